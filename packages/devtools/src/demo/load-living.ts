import { campaignCode } from './campaigns';
import { DISTRICT } from './divisions';
import type { GraphClient } from './graph-client';
import type { LedgerRow } from './ledger-rows';
import type { Tell } from './tell';
import { campaignOf, type KnownCampaigns } from './load-campaigns';
import { letters, plannedRows, planOf, referrals, taskForceOf, visits } from './story';

export interface LivingTask {
  readonly known: KnownCampaigns;
  readonly tell: Tell;
  readonly settled: () => Promise<void>;
}

/** One referral is signed; the others wait. */
const SIGNED = 1;
export const LIVING_STEPS = plannedRows.length * 2 + letters.length + visits.length + referrals.length + SIGNED;

interface LivingCase {
  readonly id: string;
  readonly title: string;
  readonly version: number;
  readonly plan: { readonly id: string } | null;
  readonly taskForce: { readonly id: string } | null;
}
interface LedgerAnswer {
  readonly campaign: { readonly ledger: { readonly nodes: readonly { readonly case: LivingCase }[] } } | null;
}
const LEDGER = `query Demo($id: ID!) { campaign(id: $id) { ledger(first: 100) { nodes { case { id title version plan { id } taskForce { id } } } } } }`;

interface Work {
  readonly client: GraphClient;
  readonly tell: Tell;
  readonly caseOf: (row: LedgerRow) => LivingCase;
}

/** What goes on in 兴庆区 now: plans, task forces, letters, visits and referrals, each by whoever does it in life. */
export async function loadLiving(client: GraphClient, { known, tell, settled }: LivingTask): Promise<void> {
  const { campaign } = await client.ask<LedgerAnswer>('district-office', LEDGER, { id: campaignOf(known, campaignCode(DISTRICT)).id });
  const cases = new Map(campaign?.ledger.nodes.map(({ case: one }) => [one.title, one]));
  const work: Work = {
    client,
    tell,
    caseOf: (row) => {
      const found = cases.get(row.title);
      if (!found) throw new Error(`the case "${row.title}" of the demo ledger was not found`);
      return found;
    },
  };
  await makePlans(work);
  await formTaskForces(work);
  await issueLetters(work);
  await planVisits(work);
  const sent = await sendReferrals(work);
  await settled();
  await signReferral(work, sent[0]);
}

/** Before anything else changes a case: a plan is made on the version that was read. */
async function makePlans({ client, tell, caseOf }: Work): Promise<void> {
  for (const row of plannedRows) {
    const { id, version, plan } = caseOf(row);
    if (!plan) {
      await client.change('district-office', {
        field: 'makeResolutionPlan', inputType: 'MakeResolutionPlanInput', refusalType: 'ResponsibilityRefusal', payload: 'ResolutionPlanPayload { plan { id } }',
        about: `making the plan of "${row.title}"`, input: { caseId: id, expectedVersion: version, ...planOf(row) },
      });
    }
    tell(`plan: ${row.title}`);
  }
}

async function formTaskForces({ client, tell, caseOf }: Work): Promise<void> {
  for (const row of plannedRows) {
    const { id, taskForce } = caseOf(row);
    if (!taskForce) {
      await client.change('district-office', {
        field: 'formTaskForce', inputType: 'FormTaskForceInput', refusalType: 'TaskForceRefusal', payload: 'FormTaskForcePayload { taskForce { id } }',
        about: `forming the task force of "${row.title}"`, input: { caseId: id, ...taskForceOf(row) },
      });
    }
    tell(`task force: ${row.title}`);
  }
}

async function issueLetters({ client, tell, caseOf }: Work): Promise<void> {
  for (const { row, ...letter } of letters) {
    await client.change('district-office', {
      field: 'issueSupervisionLetter', inputType: 'IssueSupervisionLetterInput', refusalType: 'SupervisionLetterRefusal',
      payload: 'SupervisionLetterPayload { letter { id } }', about: `the letter about "${row.title}"`, input: { caseId: caseOf(row).id, ...letter },
    });
    tell(`letter: ${row.title}`);
  }
}

async function planVisits({ client, tell, caseOf }: Work): Promise<void> {
  for (const { row, ...visit } of visits) {
    await client.change('district-office', {
      field: 'planFollowUpVisit', inputType: 'PlanFollowUpVisitInput', refusalType: 'FollowUpVisitRefusal',
      payload: 'FollowUpVisitPayload { followUpVisit { id } }', about: `the visit after "${row.title}"`, input: { caseId: caseOf(row).id, ...visit },
    });
    tell(`visit: ${row.title}`);
  }
}

async function sendReferrals({ client, tell, caseOf }: Work): Promise<string[]> {
  const sent: string[] = [];
  for (const { row, ...referral } of referrals) {
    const answer = await client.change<{ referral: { id: string } }>('housing-portal', {
      field: 'sendReferral', inputType: 'SendReferralInput', refusalType: 'ReferralRefusal', payload: 'ReferralPayload { referral { id } }',
      about: `referring "${row.title}" to civil affairs`, input: { caseId: caseOf(row).id, ...referral },
    });
    sent.push(answer.referral.id);
    tell(`referral: ${row.title}`);
  }
  return sent;
}

/** The receiving bureau takes notice of one, once it has been delivered. */
async function signReferral({ client, tell }: Work, id: string | undefined): Promise<void> {
  const answer = await client.ask<{ referral: { state: string; version: number } | null }>(
    'civil-affairs-portal', 'query Demo($id: ID!) { referral(id: $id) { state version } }', { id: id ?? '' },
  );
  if (!answer.referral) throw new Error('the first referral was not delivered to civil affairs; is the worker of assistance running?');
  if (answer.referral.state === 'DELIVERED') {
    await client.change('civil-affairs-portal', {
      field: 'signReferral', inputType: 'SignReferralInput', refusalType: 'ReferralRefusal', payload: 'ReferralPayload { referral { state } }',
      about: 'signing the first referral', input: { referralId: id, expectedVersion: answer.referral.version },
    });
  }
  tell('one referral signed');
}
