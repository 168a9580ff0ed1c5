import { EntitySchema } from 'typeorm';

const ascii = (length: number) => ({ type: 'varchar' as const, length: String(length), charset: 'ascii', collation: 'ascii_bin' });
const id = { type: 'uuid' as const, primary: true };
const binary = (length: number) => ({ type: 'binary' as const, length });
const seq = { type: 'int' as const, unsigned: true, primary: true };
const optional = { nullable: true };

const signatureTable = new EntitySchema({
  name: 'PetitionSignature', tableName: 'petition_signatures',
  columns: { seq: { ...seq, generated: 'increment' }, petition_id: { type: 'uuid' }, grams: { type: 'smallint', unsigned: true }, signature: binary(128) },
  indices: [{ name: 'uq_petition_signatures_petition', unique: true, columns: ['petition_id'] }],
});

const bandTable = new EntitySchema({
  name: 'PetitionBand', tableName: 'petition_bands',
  columns: { band: { ...binary(8), primary: true }, place: { type: 'mediumint', unsigned: true, primary: true }, seq },
});

const personTable = new EntitySchema({
  name: 'PetitionPerson', tableName: 'petition_persons',
  columns: { print: { ...binary(16), primary: true }, seq },
});

const runTable = new EntitySchema({
  name: 'SignatureRun', tableName: 'signature_runs',
  columns: { id: { type: 'tinyint', primary: true }, after_id: { type: 'uuid' }, finished_at: { type: 'datetime', precision: 3, nullable: true } },
});

const linkTable = new EntitySchema({
  name: 'CaseLink', tableName: 'case_links',
  columns: {
    id, kind: ascii(16), state: ascii(12), case_id: { type: 'uuid' }, into_case_id: { type: 'uuid' }, petition_id: { type: 'uuid', ...optional },
    active_case_id: { type: 'uuid', ...optional }, reason: { type: 'varchar', length: 500 }, decided_on: { type: 'date' }, decided_by: ascii(64),
    undo_reason: { type: 'varchar', length: 500, ...optional }, undone_on: { type: 'date', ...optional }, undone_by: { ...ascii(64), ...optional },
    seq: { type: 'bigint', generated: 'increment' },
  },
  indices: [
    { name: 'uq_case_links_active_case', unique: true, columns: ['active_case_id'] },
    { name: 'ix_case_links_case_id', columns: ['case_id'] },
    { name: 'ix_case_links_into_case_id', columns: ['into_case_id'] },
    { name: 'uq_case_links_seq', unique: true, columns: ['seq'] },
  ],
});

const askTable = new EntitySchema({
  name: 'BlindMatchAsk', tableName: 'blind_match_asks',
  columns: { official: { ...ascii(64), primary: true }, asked_on: { type: 'date', primary: true }, asks: { type: 'int' } },
});

export const repeatTables = [signatureTable, bandTable, personTable, runTable, linkTable, askTable] as unknown as readonly EntitySchema<never>[];
