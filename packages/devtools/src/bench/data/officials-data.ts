import { caseFacts, closureRows, type Rows, SINCE } from './case-facts';
import { CAMPAIGN_ID, divisions, headOf, OFFICIALS_PER_UNIT, officials, units } from './directory';
import { idOf, sqlId } from './ids';
import type { SchemaData } from './schema-data';
import { figureOf, someCases } from './seed';


const directory: readonly Rows[] = [
  closureRows,
  { table: 'divisions', columns: 'code, name, parent_code', rows: divisions.map((one) => [one.code, one.name, one.parent]) },
  {
    table: 'units', columns: 'id, code, name, kind, division_code, parent_unit_id, head_official_id, valid_from',
    rows: units.map((unit) => [unit.id, unit.code, unit.name, unit.kind, unit.division, unit.above[0] ?? null, headOf(unit.index), SINCE]),
  },
  { table: 'officials', columns: 'id, staff_no, name', rows: officials.map((one) => [one.id, one.staffNo, one.name]) },
  {
    table: 'posts', columns: 'id, official_id, unit_id, title, is_head, started_on',
    rows: officials.map(({ id, index, unitId }) => [idOf('post', index), id, unitId, index % OFFICIALS_PER_UNIT === 0 ? '局长' : '科员', index % OFFICIALS_PER_UNIT === 0, SINCE]),
  },
];

export const officialsData: SchemaData = {
  schema: 'officials',
  directory,
  once: [
    figureOf('SPONSORED', 'c.registered_on + INTERVAL 5 DAY'),
    figureOf('FOUR_ONES_COMPLETE', 'c.registered_on + INTERVAL 20 DAY'),
  ],
  perCases: [
    ...caseFacts,
    `INSERT INTO sponsorships (id, case_id, active_case_id, official_id, level, started_on)
     SELECT ${sqlId('sponsorship', 'c.n')}, c.id, c.id, c.sponsor_id, 'COUNTY', c.registered_on + INTERVAL 5 DAY ${someCases()}`,
    `INSERT INTO task_forces (id, case_id, active_case_id, name, purpose, formed_on)
     SELECT ${sqlId('task-force', 'c.n')}, c.id, c.id, '工作专班', '查清事实并提出化解方案', c.registered_on + INTERVAL 6 DAY ${someCases()}`,
    `INSERT INTO task_force_members (id, task_force_id, official_id, active_official_id, duty, home_unit_id, joined_on)
     SELECT ${sqlId('task-force-member', 'c.n')}, ${sqlId('task-force', 'c.n')}, c.member_id, c.member_id, 'LEADER', c.lead_id, c.registered_on + INTERVAL 6 DAY ${someCases()}`,
    `INSERT INTO case_crews (case_id, version) SELECT c.id, 2 ${someCases()}`,
    `INSERT INTO case_readiness (case_id, known_on, is_sponsored, is_complete, computed_at) SELECT c.id, c.registered_on, 1, 1, UTC_TIMESTAMP(3) ${someCases()}`,
    `INSERT INTO counted_figures (case_id, campaign_id, figure, division_code, on_date)
     SELECT c.id, '${CAMPAIGN_ID}', ELT(r.seq, 'SPONSORED', 'FOUR_ONES_COMPLETE'), c.division_code, c.registered_on + INTERVAL ELT(r.seq, 5, 20) DAY ${someCases(2)}`,
  ],
};
