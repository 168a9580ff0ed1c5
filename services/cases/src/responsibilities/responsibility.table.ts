import { EntitySchema } from 'typeorm';

const ascii = (length: number) => ({ type: 'varchar' as const, length: String(length), charset: 'ascii', collation: 'ascii_bin' });
const id = { type: 'uuid' as const, primary: true };
const reference = { type: 'uuid' as const };
const optionalReference = { type: 'uuid' as const, nullable: true };
const day = { type: 'date' as const };
const optionalDay = { type: 'date' as const, nullable: true };
const role = ascii(16);
const placeKind = { ...ascii(16), nullable: true };
const ground = { type: 'varchar' as const, length: 500 };

const responsibilityTable = new EntitySchema({
  name: 'CaseResponsibility', tableName: 'case_responsibilities',
  columns: {
    id, case_id: reference, active_case_id: optionalReference, unit_id: reference, role, place_kind: placeKind, ground,
    since: day, until: optionalDay, set_by: ascii(64), request_id: optionalReference,
  },
  indices: [
    { name: 'uq_case_responsibilities_active_unit', unique: true, columns: ['active_case_id', 'unit_id'] },
    { name: 'ix_case_responsibilities_case_id', columns: ['case_id', 'since', 'id'] },
    { name: 'ix_case_responsibilities_unit_id', columns: ['unit_id', 'active_case_id'] },
  ],
});

const requestTable = new EntitySchema({
  name: 'CoordinationRequest', tableName: 'coordination_requests',
  columns: {
    id, case_id: reference, open_case_id: optionalReference, state: ascii(16), requested_unit_id: reference, requested_by: ascii(64),
    requested_on: day, ground: { type: 'varchar', length: 1000 }, superior_division_code: ascii(12), office_unit_id: reference, due_on: optionalDay,
    decided_on: optionalDay, decided_by: { ...ascii(64), nullable: true }, decision_ground: { type: 'varchar', length: 1000, nullable: true },
    minutes_number: { type: 'varchar', length: 64, nullable: true },
  },
  indices: [
    { name: 'uq_coordination_requests_open_case', unique: true, columns: ['open_case_id'] },
    { name: 'ix_coordination_requests_case_id', columns: ['case_id', 'requested_on', 'id'] },
    { name: 'ix_coordination_requests_requested_on', columns: ['requested_on', 'id'] },
  ],
});

const proposalTable = new EntitySchema({
  name: 'CoordinationProposal', tableName: 'coordination_proposals',
  columns: { request_id: id, ordinal: { type: 'smallint', primary: true }, unit_id: reference, role, place_kind: placeKind, ground },
});

const successionTable = new EntitySchema({
  name: 'UnitSuccession', tableName: 'unit_successions',
  columns: { unit_id: id, closes_on: day, state: ascii(16), moved_cases: { type: 'int' } },
  indices: [{ name: 'ix_unit_successions_state', columns: ['state', 'closes_on'] }],
});

const firstHandlerTable = new EntitySchema({
  name: 'CaseFirstHandler', tableName: 'case_first_handlers',
  columns: { case_id: id, unit_id: reference, official_id: optionalReference, since: day },
});

export const caseResponsibilityTables = [responsibilityTable, requestTable, proposalTable, successionTable, firstHandlerTable] as unknown as readonly EntitySchema<never>[];
