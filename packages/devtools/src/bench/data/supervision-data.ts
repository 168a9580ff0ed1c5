import { caseFacts, directoryCopies } from './case-facts';
import { CAMPAIGN_ID } from './directory';
import { sqlId } from './ids';
import type { SchemaData } from './schema-data';
import { figureOf, someCases } from './seed';

/** The first obligation of a case is to finish it and stays open, each tenth overdue; the second was the answer to a letter. */
const ID = sqlId('obligation', 'c.n * 2 + r.seq');
const OVERDUE = '(r.seq = 1 AND c.n % 10 = 0)';
const DUE = `IF(${OVERDUE}, UTC_DATE() - INTERVAL 5 + c.n % 60 DAY, IF(r.seq = 1, UTC_DATE() + INTERVAL 5 + c.n % 170 DAY, c.registered_on + INTERVAL 15 DAY))`;

export const supervisionData: SchemaData = {
  schema: 'supervision',
  directory: directoryCopies,
  once: [
    figureOf('OPEN_OBLIGATIONS', 'c.registered_on'),
    figureOf('OVERDUE_OBLIGATIONS', '(UTC_DATE() - INTERVAL 4 + c.n % 60 DAY)', 'c.n % 10 = 0'),
    `INSERT INTO letter_counters (unit_id, number_year, last_serial)
     SELECT from_unit_id, number_year, MAX(serial) FROM supervision_letters GROUP BY from_unit_id, number_year`,
  ],
  perCases: [
    ...caseFacts,
    `INSERT INTO obligations (id, case_id, duty_code, state, overdue_at, obligor_unit_id, subject_type, subject_id, start_on, due_raw, due_on, is_provisional,
       rule_code, rule_version, calendar_version, jurisdiction_code, basis, met_on, source, declared_version, version)
     SELECT ${ID}, c.id, ELT(r.seq, 'T8', 'REPLY_SUPERVISION_LETTER'), ELT(r.seq, 'OPEN', 'MET'), IF(${OVERDUE}, ${DUE} + INTERVAL 1 DAY, NULL), c.lead_id,
       ELT(r.seq, 'CASE', 'SUPERVISION_LETTER'), ELT(r.seq, c.id, ${sqlId('letter', 'c.n')}), c.registered_on, ${DUE}, ${DUE}, 0,
       ELT(r.seq, 'T8', 'LETTER_REPLY'), '2022-05-01', 'bench', '100000', '《信访工作条例》第三十四条', IF(r.seq = 2, c.registered_on + INTERVAL 12 DAY, NULL),
       ELT(r.seq, 'cases', 'supervision'), 1, 1 ${someCases(2)}`,
    `INSERT INTO deadlines (id, obligation_id, case_id, kind, step, due_at, state, version, fired_at, fired_by)
     SELECT ${sqlId('deadline', 'c.n')}, ${sqlId('obligation', 'c.n * 2 + 1')}, c.id, 'OVERDUE', 0,
       UTC_DATE() + INTERVAL IF(c.n % 10 = 0, -4 - c.n % 60, 6 + c.n % 170) DAY, IF(c.n % 10 = 0, 'FIRED', 'ARMED'), 1,
       IF(c.n % 10 = 0, UTC_TIMESTAMP(3), NULL), IF(c.n % 10 = 0, 'ALARM', NULL) ${someCases()}`,
    `INSERT INTO supervision_letters (id, from_unit_id, number_year, serial, kind, case_id, to_unit_id, issued_by, ground, body, reply_due_on, issued_on, issued_at,
       state, reply, replied_on, replied_by, obligation_id, version)
     SELECT ${sqlId('letter', 'c.n')}, c.registrar_id, YEAR(c.registered_on), c.n, 'URGE_NOTE', c.id, c.lead_id, c.office_head_id, 'DELAY',
       '请于收到之日起十五日内书面反馈办理进展，说明未按期办理的原因和下一步措施', c.registered_on + INTERVAL 15 DAY, c.registered_on, c.registered_on,
       'REPLIED', '已约见信访人并制定方案', c.registered_on + INTERVAL 12 DAY, c.member_id, ${sqlId('obligation', 'c.n * 2 + 2')}, 2 ${someCases()}`,
    `INSERT INTO counted_figures (obligation_id, campaign_id, figure, division_code)
     SELECT ${sqlId('obligation', 'c.n * 2 + 1')}, '${CAMPAIGN_ID}', 'OPEN_OBLIGATIONS', c.division_code ${someCases()}`,
  ],
};
