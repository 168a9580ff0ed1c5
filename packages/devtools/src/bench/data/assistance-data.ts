import { caseFacts, directoryCopies } from './case-facts';
import { CAMPAIGN_ID } from './directory';
import { sqlId } from './ids';
import type { SchemaData } from './schema-data';
import { figureOf, someCases } from './seed';

const REFERRAL = sqlId('referral', 'c.n');

export const assistanceData: SchemaData = {
  schema: 'assistance',
  directory: directoryCopies,
  once: [
    figureOf('REFERRALS_OPEN', 'c.registered_on + INTERVAL 8 DAY'),
    figureOf('VISITS_DONE', 'c.registered_on + INTERVAL 28 DAY', 'c.n % 4 = 0'),
  ],
  perCases: [
    ...caseFacts,
    `INSERT INTO referrals (id, case_id, from_unit_id, to_unit_id, purpose, request, state, sent_on, sent_by, delivered_at, signed_on, sign_due_on, accepted_on, complete_by, version)
     SELECT ${REFERRAL}, c.id, c.lead_id, c.referred_id, 'RELIEF', '请依据救助政策核查并反馈意见', 'ACCEPTED', c.registered_on + INTERVAL 8 DAY, c.member_id,
       c.registered_on + INTERVAL 8 DAY, c.registered_on + INTERVAL 9 DAY, c.registered_on + INTERVAL 13 DAY, c.registered_on + INTERVAL 10 DAY,
       c.registered_on + INTERVAL 60 DAY, 4 ${someCases()}`,
    `INSERT INTO referral_events (referral_id, seq, from_state, to_state, by_official_id, unit_id, at)
     SELECT ${REFERRAL}, r.seq, ELT(r.seq, NULL, 'SENT', 'DELIVERED', 'SIGNED'), ELT(r.seq, 'SENT', 'DELIVERED', 'SIGNED', 'ACCEPTED'), c.member_id, c.lead_id,
       c.registered_on + INTERVAL 7 + r.seq DAY ${someCases(4)}`,
    `INSERT INTO referral_receipts (referral_id, to_unit_id, delivered_at) SELECT ${REFERRAL}, c.referred_id, c.registered_on + INTERVAL 8 DAY ${someCases()}`,
    `INSERT INTO follow_up_visits (id, case_id, kind, planned_on, unit_id, official_id, state, done_on, summary)
     SELECT ${sqlId('visit', 'c.n')}, c.id, 'LEADER_VISIT', c.registered_on + INTERVAL 28 DAY, c.lead_id, c.member_id, 'DONE', c.registered_on + INTERVAL 28 DAY,
       '当面说明办理进展' ${someCases()} WHERE c.n % 4 = 0`,
    `INSERT INTO counted_figures (case_id, figure, subject_id, campaign_id, division_code, from_on)
     SELECT c.id, 'REFERRALS_OPEN', ${REFERRAL}, '${CAMPAIGN_ID}', c.division_code, c.registered_on + INTERVAL 8 DAY ${someCases()}`,
  ],
};
