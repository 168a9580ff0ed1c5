import { EntitySchema } from 'typeorm';

const flag = { type: 'boolean' as const, default: false };
const unknownFlag = { type: 'boolean' as const, nullable: true };
const words = (length: number) => ({ type: 'varchar' as const, length: String(length), nullable: true });
const ascii = (length: number) => ({ type: 'varchar' as const, length: String(length), charset: 'ascii', collation: 'ascii_bin' });

export const petitionTable = new EntitySchema({
  name: 'Petition', tableName: 'petitions',
  columns: {
    id: { type: 'uuid', primary: true }, number: ascii(40), case_id: { type: 'uuid' }, channel: ascii(16), petitioned_on: { type: 'date' },
    registered_on: { type: 'date' }, registered_unit_id: { type: 'uuid', nullable: true }, title: { type: 'varchar', length: 200 },
    content_sealed: { type: 'mediumblob', nullable: true }, petitioner_count: { type: 'int' }, affected_count: { type: 'int', nullable: true },
    received_on: { type: 'date', nullable: true }, addressee: words(100), external_form: { ...ascii(24), nullable: true }, stated_purpose: { ...ascii(16), nullable: true },
    is_joint: flag, is_collective: flag, is_anonymous: flag, is_identity_unclear: flag, consents_to_publication: unknownFlag, is_first_at_org: unknownFlag,
    is_first_nationwide: unknownFlag, major_urgent_at: { type: 'datetime', precision: 3, nullable: true }, involves_litigation: flag, is_cross_separation: flag,
    cause_slug: words(64), cause_code: { ...ascii(16), nullable: true }, hot_topic_slug: words(64), hot_topic_code: { ...ascii(16), nullable: true },
    system_slug: words(64), system_code: { ...ascii(16), nullable: true }, category_slug: words(64), category_code: { ...ascii(16), nullable: true },
    residence_division: { ...ascii(12), nullable: true }, household_division: { ...ascii(12), nullable: true },
    restricted_on: { type: 'date', nullable: true }, repeat_reason: { ...ascii(24), nullable: true }, disposition: { ...ascii(24), nullable: true },
  },
  indices: [
    { name: 'uq_petitions_number', unique: true, columns: ['number'] },
    { name: 'ix_petitions_case_id', columns: ['case_id', 'registered_on', 'id'] },
    { name: 'ix_petitions_registered_on', columns: ['registered_on', 'id'] },
  ],
}) as unknown as EntitySchema<never>;

export const petitionCorrectionTable = new EntitySchema({
  name: 'PetitionCorrection', tableName: 'petition_corrections',
  columns: {
    id: { type: 'uuid', primary: true }, petition_id: { type: 'uuid' }, case_id: { type: 'uuid' }, field: ascii(32), before_value: { type: 'text', nullable: true },
    after_value: { type: 'text', nullable: true }, reason: { type: 'varchar', length: 200 }, corrected_by: ascii(64), corrected_on: { type: 'date' },
    corrected_at: { type: 'datetime', precision: 3 },
  },
  indices: [{ name: 'ix_petition_corrections_petition_id', columns: ['petition_id', 'corrected_at', 'id'] }],
}) as unknown as EntitySchema<never>;
