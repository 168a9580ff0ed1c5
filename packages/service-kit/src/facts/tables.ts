import { EntitySchema } from 'typeorm';

const ascii = (length: number) => ({ type: 'varchar' as const, length: String(length), charset: 'ascii', collation: 'ascii_bin' });
const id = { type: 'uuid' as const, primary: true };
const optionalId = { type: 'uuid' as const, nullable: true };
const optionalDay = { type: 'date' as const, nullable: true };

export const caseScopeTable = new EntitySchema({
  name: 'CaseScope', tableName: 'case_scopes',
  columns: {
    case_id: id, division_code: ascii(12), status: ascii(32), lead_unit_id: optionalId, lead_since: optionalDay,
    plan_since: optionalDay, closed_on: optionalDay, version: { type: 'bigint' }, is_sealed: { type: 'boolean', default: 0 },
    is_hard: { type: 'boolean', default: 0 }, limit_on: optionalDay, plan_on: optionalDay,
  },
  indices: [{ name: 'ix_case_scopes_division_code', columns: ['division_code'] }],
});

export const casePartyTable = new EntitySchema({
  name: 'CaseParty', tableName: 'case_parties',
  columns: { case_id: id, party_kind: { ...ascii(8), primary: true }, party_id: id, role: { ...ascii(16), primary: true } },
  indices: [{ name: 'ix_case_parties_party', columns: ['party_kind', 'party_id', 'case_id'] }],
});

export const caseExclusionTable = new EntitySchema({
  name: 'CaseExclusion', tableName: 'case_exclusions',
  columns: { case_id: id, party_kind: { ...ascii(8), primary: true }, party_id: id, since_on: optionalDay },
});

export const caseLedgerTable = new EntitySchema({
  name: 'CaseLedger', tableName: 'case_ledgers',
  columns: { case_id: id, campaign_id: id, division_code: ascii(12), entered_on: { type: 'date' }, removed_on: optionalDay, recognised_on: optionalDay },
  indices: [{ name: 'ix_case_ledgers_campaign', columns: ['campaign_id', 'division_code'] }],
});

export const unitClosureTable = new EntitySchema({
  name: 'UnitClosure', tableName: 'unit_closure',
  columns: { descendant_id: id, ancestor_id: id },
  indices: [{ name: 'ix_unit_closure_ancestor_id', columns: ['ancestor_id', 'descendant_id'] }],
});

export const knownDivisionTable = new EntitySchema({
  name: 'KnownDivision', tableName: 'known_divisions',
  columns: { code: { ...ascii(12), primary: true }, name: { type: 'varchar', length: 120 }, parent_code: { ...ascii(12), nullable: true }, valid_to: optionalDay },
});

export const knownUnitTable = new EntitySchema({
  name: 'KnownUnit', tableName: 'known_units',
  columns: {
    id, code: { type: 'varchar', length: 32 }, name: { type: 'varchar', length: 200 }, kind: ascii(24), division_code: ascii(12),
    head_official_id: optionalId, successor_unit_id: optionalId, valid_to: optionalDay,
  },
  indices: [
    { name: 'ix_known_units_name', columns: ['name'] },
    { name: 'ix_known_units_division_code', columns: ['division_code'] },
  ],
});

export const knownOfficialTable = new EntitySchema({
  name: 'KnownOfficial', tableName: 'known_officials',
  columns: {
    id, staff_no: { type: 'varchar', length: 32 }, name: { type: 'varchar', length: 100 }, unit_id: optionalId, valid_to: optionalDay,
    sessions_valid_after: { type: 'datetime', precision: 3, nullable: true },
  },
  indices: [
    { name: 'ix_known_officials_staff_no', columns: ['staff_no'] },
    { name: 'ix_known_officials_name', columns: ['name'] },
  ],
});

/** Which official holds, held or will hold a post in which unit: in officials the truth, of which this is a part. */
export const knownPostTable = new EntitySchema({
  name: 'KnownPost', tableName: 'posts',
  columns: { official_id: id, unit_id: id, started_on: { type: 'date', primary: true }, kind: { ...ascii(12), primary: true, default: 'PRIMARY' }, ended_on: optionalDay },
});

export const caseScopeTables = [caseScopeTable, casePartyTable, caseExclusionTable, caseLedgerTable, unitClosureTable] as unknown as readonly EntitySchema<never>[];
export const directoryTables = [knownDivisionTable, knownUnitTable, knownOfficialTable, knownPostTable] as unknown as readonly EntitySchema<never>[];
