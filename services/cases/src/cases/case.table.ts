import { EntitySchema } from 'typeorm';

const ascii = (length: number) => ({ type: 'varchar' as const, length: String(length), charset: 'ascii', collation: 'ascii_bin' });
const id = { type: 'uuid' as const, primary: true };
const optionalId = { type: 'uuid' as const, nullable: true };
const day = { type: 'date' as const };
const optionalDay = { type: 'date' as const, nullable: true };

const caseTable = new EntitySchema({
  name: 'Case', tableName: 'cases',
  columns: {
    id, number: ascii(32), title: { type: 'varchar', length: 200 }, summary: { type: 'text' },
    search_grams: { type: 'mediumtext', charset: 'utf8mb4', collation: 'utf8mb4_bin' },
    status: ascii(32), purpose: ascii(16), content_category: { type: 'varchar', length: 64, nullable: true }, division_code: ascii(12),
    registered_on: day, registered_unit_id: optionalId, lead_unit_id: optionalId, lead_since: optionalDay, limit_on: optionalDay,
    plan_since: optionalDay, version: { type: 'bigint' }, route: { ...ascii(16), nullable: true }, procedure_kind: { ...ascii(16), default: 'ORDINARY' },
    closed_on: optionalDay, relapse_until: optionalDay, is_sealed: { type: 'boolean', default: 0 },
  },
  indices: [
    { name: 'uq_cases_number', unique: true, columns: ['number'] },
    { name: 'ix_cases_registered_on', columns: ['registered_on', 'id'] },
    // registered_on descends, which TypeORM cannot say: without it the newest-first work list reads and sorts every row
    { name: 'ix_cases_newest', columns: ['registered_on', 'id'] },
    { name: 'ix_cases_division_code', columns: ['division_code', 'registered_on', 'id'] },
    { name: 'ix_cases_lead_unit_id', columns: ['lead_unit_id', 'registered_on'] },
    { name: 'ft_cases_search_grams', columns: ['search_grams'], fulltext: true },
  ],
});

const claimTable = new EntitySchema({
  name: 'Claim', tableName: 'claims',
  columns: {
    id, case_id: { type: 'uuid' }, ordinal: { type: 'smallint' }, stated: { type: 'varchar', length: 500 },
    clarified: { type: 'varchar', length: 500, nullable: true }, withdrawn_on: optionalDay,
  },
  indices: [{ name: 'uq_claims_place', unique: true, columns: ['case_id', 'ordinal'] }],
});

const numberSeriesTable = new EntitySchema({
  name: 'NumberSeries', tableName: 'number_series',
  columns: { series: { ...ascii(64), primary: true }, last_serial: { type: 'bigint' } },
});

const crewTable = new EntitySchema({
  name: 'CaseCrewMember', tableName: 'case_crew_members',
  columns: { case_id: id, official_id: id, role: { ...ascii(16), primary: true } },
});

const referralTable = new EntitySchema({
  name: 'CaseReferral', tableName: 'case_referrals',
  columns: { referral_id: id, case_id: { type: 'uuid' }, to_unit_id: { type: 'uuid' }, is_seen: { type: 'boolean' } },
  indices: [{ name: 'ix_case_referrals_case_id', columns: ['case_id'] }],
});

export const caseTables = [caseTable, claimTable, numberSeriesTable, crewTable, referralTable] as unknown as readonly EntitySchema<never>[];
