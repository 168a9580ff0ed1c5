import { caseFacts, directoryCopies } from './case-facts';
import { CAMPAIGN_ID, REGION } from './directory';
import { sqlId } from './ids';
import { figureOf, someCases } from './seed';
import type { SchemaData } from './schema-data';
import { searchGramsOf, summaryOf, titleOf } from './texts';

const CAMPAIGN = `INSERT INTO campaigns (id, code, name, parent_id, division_code, starts_on, ends_on, basis_documents, cohort_from, cohort_to, version)
  VALUES ('${CAMPAIGN_ID}', 'BENCH', '重复信访治理与信访积案化解专项工作', NULL, '${REGION}', UTC_DATE() - INTERVAL 900 DAY, UTC_DATE() + INTERVAL 200 DAY, '[]',
    UTC_DATE() - INTERVAL 930 DAY, UTC_DATE(), 1)`;

export const casesData: SchemaData = {
  schema: 'cases',
  directory: directoryCopies,
  once: [
    CAMPAIGN,
    `INSERT INTO campaign_ancestors (campaign_id, ancestor_id) VALUES ('${CAMPAIGN_ID}', '${CAMPAIGN_ID}')`,
    `INSERT INTO campaign_targets (campaign_id, due_on, percent, minimum)
     SELECT '${CAMPAIGN_ID}', UTC_DATE() - INTERVAL 200 DAY + INTERVAL seq * 100 DAY, 20 * seq, CEIL((SELECT COUNT(*) FROM bench_data.cases) * 0.2 * seq)
       FROM bench_data.seq_1_to_4`,
    figureOf('LEDGER_STOCK', 'c.registered_on'),
    figureOf('LEDGER_RESOLVED', 'c.registered_on + INTERVAL 25 DAY', 'c.n % 3 = 0'),
  ],
  perCases: [
    ...caseFacts,
    `INSERT INTO cases (id, number, title, summary, search_grams, status, purpose, content_category, division_code, registered_on, registered_unit_id, lead_unit_id,
       lead_since, limit_on, plan_since, version)
     SELECT c.id, CONCAT('M', c.division_code, YEAR(c.registered_on), LPAD(c.n, 7, '0')), CONCAT(${titleOf('c.n')}, '（', c.n, '）'), ${summaryOf('c.n')},
       ${searchGramsOf('c.n')}, 'ASSIGNED', 'CLAIM', '城乡建设', c.division_code, c.registered_on, c.registrar_id, c.lead_id,
       c.registered_on + INTERVAL 3 DAY, c.registered_on + INTERVAL 180 DAY, c.registered_on + INTERVAL 20 DAY, 4 ${someCases()}`,
    `INSERT INTO petitions (id, number, case_id, channel, petitioned_on, registered_on, registered_unit_id, title, petitioner_count)
     SELECT ${sqlId('petition', 'c.n')}, CONCAT('P', c.n), c.id, 'VISIT', c.registered_on, c.registered_on, c.registrar_id, ${titleOf('c.n')}, 1 + c.n % 5 ${someCases()}`,
    `INSERT INTO claims (id, case_id, ordinal, stated) SELECT ${sqlId('claim', 'c.n')}, c.id, 1, '要求依法履行职责并书面答复' ${someCases()}`,
    `INSERT INTO assignments (id, case_id, active_case_id, kind, lead_unit_id, assigned_on, assigned_by, limit_on)
     SELECT ${sqlId('assignment', 'c.n')}, c.id, c.id, 'ASSIGN', c.lead_id, c.registered_on + INTERVAL 3 DAY, c.office_head_id, c.registered_on + INTERVAL 180 DAY ${someCases()}`,
    `INSERT INTO assignment_supports (assignment_id, unit_id) SELECT ${sqlId('assignment', 'c.n')}, c.support_id ${someCases()}`,
    `INSERT INTO resolution_plans (id, case_id, active_case_id, revision, measures, made_on, made_by)
     SELECT ${sqlId('plan', 'c.n')}, c.id, c.id, 1, '查清事实、分清责任、逐项答复、跟踪回访', c.registered_on + INTERVAL 20 DAY, c.member_id ${someCases()}`,
    `INSERT INTO plan_milestones (id, plan_id, ordinal, title, due_on)
     SELECT ${sqlId('milestone', 'c.n * 2 + r.seq')}, ${sqlId('plan', 'c.n')}, r.seq, ELT(r.seq, '查清事实', '书面答复'), c.registered_on + INTERVAL 40 * r.seq DAY ${someCases(2)}`,
    `INSERT INTO ledger_entries (id, campaign_id, case_id, entry_no, division_code, entered_on, limit_on, resolved_on, version)
     SELECT ${sqlId('ledger-entry', 'c.n')}, '${CAMPAIGN_ID}', c.id, c.n, c.division_code, c.registered_on, c.registered_on + INTERVAL 180 DAY,
       IF(c.n % 3 = 0, c.registered_on + INTERVAL 25 DAY, NULL), 1 ${someCases()}`,
    `INSERT INTO case_crew_members (case_id, official_id, role)
     SELECT c.id, IF(r.seq = 1, c.sponsor_id, c.member_id), ELT(r.seq, 'SPONSOR', 'TASK_FORCE') ${someCases(2)}`,
    `INSERT INTO case_referrals (referral_id, case_id, to_unit_id, is_seen) SELECT ${sqlId('referral', 'c.n')}, c.id, c.referred_id, 1 ${someCases()}`,
  ],
};
