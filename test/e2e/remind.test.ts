import { personas } from '@anjie/devtools';
import { eventually } from '@anjie/testing';
import { createGraphClient, key, moveBusinessNow, runningSystem, settled } from './system';

const system = runningSystem();
const graph = createGraphClient(system);
const civilAffairs = String(personas['civil-affairs-portal']?.claims['unit']);

interface Obligation {
  readonly id: string;
  readonly dutyCode: string;
  readonly state: string;
  readonly dueOn: string;
  readonly explainDeadline: { linesZh: string[]; check: string; basis: string; days: { on: string; isCounted: boolean; ordinal: number | null; note: string }[] };
}
const OBLIGATIONS = 'query ($id: ID!) { case(id: $id) { obligations(first: 20) { nodes { id dutyCode state dueOn explainDeadline { linesZh check basis days { on isCounted ordinal note } } } } } }';
const obligationOf = (caseId: string, duty: string): Promise<Obligation> =>
  eventually(`obligation ${duty}`, async () => {
    const { case: found } = await graph.query<{ case: { obligations: { nodes: Obligation[] } | null } }>('district-office', OBLIGATIONS, { id: caseId });
    return found.obligations?.nodes.find((obligation) => obligation.dutyCode === duty);
  });

/** Back to where the demo stands, for the journeys after this one. */
afterAll(() => moveBusinessNow(system, '2022-09-27T09:30:00+08:00'));

test('an obligation over the National Day: explained day by day with articles, reminded to the unit head, overdue after its last day, never before · row 134', async () => {
  const registered = await graph.query<{ registerPetition: { case: { id: string; version: number } } }>(
    'window-clerk', 'mutation ($input: RegisterPetitionInput!) { registerPetition(input: $input) { ... on RegisterPetitionPayload { case { id version } } ... on PetitionRefusal { code } } }',
    { input: { idempotencyKey: key(), channel: 'LETTER', purpose: 'CLAIM', petitionedOn: '2022-09-20', divisionCode: '640104', title: '低保待遇问题', summary: '反映低保待遇停发。', petitioners: [] } },
  );
  const { id, version } = registered.registerPetition.case;
  const assigned = await graph.query<{ assignCase: { __typename: string } }>(
    'district-office', 'mutation ($input: AssignCaseInput!) { assignCase(input: $input) { __typename } }',
    { input: { idempotencyKey: key(), caseId: id, expectedVersion: version, kind: 'ASSIGN', leadUnitId: String(personas['housing-portal']?.claims['unit']), limitOn: '2022-10-14' } },
  );
  expect(assigned.assignCase.__typename).toBe('AssignCasePayload');
  await settled(system);
  const sent = await graph.query<{ sendReferral: { referral: { id: string } } }>(
    'housing-portal', 'mutation ($input: SendReferralInput!) { sendReferral(input: $input) { ... on ReferralPayload { referral { id } } ... on ReferralRefusal { code message } } }',
    { input: { idempotencyKey: key(), caseId: id, toUnitId: civilAffairs, purpose: 'RELIEF', request: '请核查低保待遇。' } },
  );
  expect(sent.sendReferral.referral.id).toBeTruthy();

  const duty = await obligationOf(id, 'REFERRAL_SIGN');
  expect(duty).toMatchObject({ state: 'OPEN', dueOn: '2022-10-09', explainDeadline: { check: 'CONFIRMED' } });
  const counted = duty.explainDeadline.days.filter((day) => day.isCounted).map((day) => day.on);
  expect(counted).toEqual(['2022-09-28', '2022-09-29', '2022-09-30', '2022-10-08', '2022-10-09']);
  expect(duty.explainDeadline.linesZh.join('\n')).toMatch(/第二十三条/);

  await moveBusinessNow(system, '2022-10-09T09:05:00+08:00');
  const head = await eventually('the unit head of civil affairs is reminded on the due day', async () => {
    const { obligation } = await graph.query<{ obligation: { state: string; reminders: { nodes: { kind: string; reason: string; text: string }[] } } }>(
      'district-office', 'query ($id: ID!) { obligation(id: $id) { state reminders(first: 20) { nodes { kind reason text } } } }', { id: duty.id },
    );
    return obligation.reminders.nodes.some((reminder) => reminder.kind === 'REMIND_DUE') && obligation;
  });
  expect(head.state).toBe('OPEN');
  expect(head.reminders.nodes.find((reminder) => reminder.kind === 'REMIND_DUE')).toMatchObject({ reason: 'UNIT_HEAD', text: expect.stringMatching(/2022-10-09|10月9日/) as string });

  // three seconds before midnight: whatever fires it, the fact recorded must not lie before the first instant of the next day
  await moveBusinessNow(system, '2022-10-09T23:59:57+08:00');
  await eventually('overdue', async () => (await obligationOf(id, 'REFERRAL_SIGN')).state === 'OVERDUE');
  const { obligation } = await graph.query<{ obligation: { overdueAt: string } }>('district-office', 'query ($id: ID!) { obligation(id: $id) { overdueAt } }', { id: duty.id });
  const lateness = new Date(obligation.overdueAt).getTime() - new Date('2022-10-10T00:00:00+08:00').getTime();
  expect(lateness).toBeGreaterThanOrEqual(0);
});
