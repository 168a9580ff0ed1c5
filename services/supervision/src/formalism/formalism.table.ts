import { EntitySchema } from 'typeorm';
import { ascii, day, moment, uuid, whole } from '../table-columns';

const optionalId = { ...uuid, nullable: true };
const flag = { type: 'boolean' as const };

export const formalismTables = [
  new EntitySchema({
    name: 'KnownActivity', tableName: 'known_activities',
    columns: {
      activity_id: { ...uuid, primary: true }, kind: ascii(48), state: ascii(12), unit_id: uuid, planned_on: day, held_on: { ...day, nullable: true }, has_outcome: flag,
      offered_contact: flag, text_key: { ...ascii(64), nullable: true },
    },
    indices: [{ name: 'ix_known_activities_state', columns: ['state', 'held_on'] }],
  }),
  new EntitySchema({
    name: 'KnownActivityCase', tableName: 'known_activity_cases',
    columns: { activity_id: { ...uuid, primary: true }, case_id: { ...uuid, primary: true } },
    indices: [{ name: 'ix_known_activity_cases_case_id', columns: ['case_id', 'activity_id'] }],
  }),
  new EntitySchema({
    name: 'KnownActivityOfficial', tableName: 'known_activity_officials',
    columns: { activity_id: { ...uuid, primary: true }, official_id: { ...uuid, primary: true } },
  }),
  new EntitySchema({
    name: 'FormalismFinding', tableName: 'formalism_findings',
    columns: {
      id: { ...uuid, primary: true }, rule: ascii(48), unit_id: uuid, official_id: optionalId, case_id: optionalId, activity_id: optionalId, amount: whole, since_on: day,
      found_on: day, found_at: moment, state: ascii(12), reason: { type: 'varchar', length: 1000, nullable: true }, settled_on: { ...day, nullable: true },
      settled_by: optionalId, version: whole,
    },
    indices: [
      { name: 'ix_formalism_findings_unit_id', columns: ['unit_id', 'found_at'] },
      { name: 'ix_formalism_findings_case_id', columns: ['case_id', 'found_at'] },
      { name: 'ix_formalism_findings_found_at', columns: ['found_at', 'id'] },
      { name: 'ix_formalism_findings_state', columns: ['state', 'rule'] },
    ],
  }),
];
