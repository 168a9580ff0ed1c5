import { personas } from '@anjie/devtools';
import { eventually } from '@anjie/testing';
import { createGraphClient, key, runningSystem, settled } from './system';

const system = runningSystem();
const graph = createGraphClient(system);

const REGISTER = `mutation ($input: RegisterPetitionInput!) { registerPetition(input: $input) {
  ... on RegisterPetitionPayload { petition { number petitioners { maskedName } } case { id number version } } ... on PetitionRefusal { code message } } }`;
const READINESS = 'query ($id: ID!) { case(id: $id) { version status leadUnit { name } supportUnits { name } limitOn sponsorship { official { name } } taskForce { name members { duty official { name } } } plan { revision milestones { title dueOn } } readiness { isComplete missing slots { code label isFilled since missingSince } } } }';

interface Ready {
  readonly case: {
    readonly version: number;
    readonly status: string;
    readonly leadUnit: { name: string } | null;
    readonly readiness: { isComplete: boolean; missing: string[]; slots: { code: string; isFilled: boolean; since: string | null; missingSince: string | null }[] } | null;
  };
}
const housing = String(personas['housing-portal']?.claims['unit']);
const civilAffairs = String(personas['civil-affairs-portal']?.claims['unit']);
const sponsor = String(personas['sponsor']?.claims['sub']);

test('taking charge of a case: lead and supporting unit, limit, sponsor, task force, plan; readiness says what of 四个一 is missing and since when · rows 50, 53', async () => {
  const { registerPetition } = await graph.query<{ registerPetition: { case: { id: string; version: number }; petition: { petitioners: { maskedName: string }[] } } }>('window-clerk', REGISTER, {
    input: {
      idempotencyKey: key(), channel: 'VISIT', purpose: 'CLAIM', petitionedOn: '2022-09-26', divisionCode: '640104', title: '安置房办证问题',
      summary: '反映安置房交付多年未办理不动产权证。', petitioners: [{ name: '白某某', phone: '13800000001' }], claims: ['办理不动产权证'],
    },
  });
  const { id } = registerPetition.case;
  expect(registerPetition.petition.petitioners[0]?.maskedName).toMatch(/^白\*+$/);

  const bare = await eventually('officials knows the case', async () => {
    const ready = await graph.query<Ready>('district-office', READINESS, { id });
    return ready.case.readiness ? ready : undefined;
  });
  expect(bare.case.readiness).toMatchObject({ isComplete: false, missing: expect.arrayContaining(['SPONSOR', 'TASK_FORCE', 'PLAN']) as string[] });

  const assigned = await graph.query<{ assignCase: { case: { version: number }; code?: string } }>(
    'district-office',
    'mutation ($input: AssignCaseInput!) { assignCase(input: $input) { ... on AssignCasePayload { case { version } assignment { leadUnit { name } supportUnits { name } limitOn } } ... on ResponsibilityRefusal { code message } } }',
    { input: { idempotencyKey: key(), caseId: id, expectedVersion: bare.case.version, kind: 'ASSIGN', leadUnitId: housing, supportUnitIds: [civilAffairs], limitOn: '2022-12-20', note: '请牵头办理' } },
  );
  expect(assigned.assignCase.code).toBeUndefined();

  await graph.query('district-office', 'mutation ($input: SponsorCaseInput!) { sponsorCase(input: $input) { __typename ... on SponsorshipRefusal { code message } } }', {
    input: { idempotencyKey: key(), caseId: id, officialId: sponsor },
  });
  await graph.query('district-office', 'mutation ($input: FormTaskForceInput!) { formTaskForce(input: $input) { __typename ... on TaskForceRefusal { code message } } }', {
    input: { idempotencyKey: key(), caseId: id, name: '安置房办证专班', purpose: '协调不动产登记', members: [{ officialId: sponsor, duty: 'LEADER' }] },
  });
  await settled(system);
  // the lead unit's own portal writes the plan, with the version that it sees
  const { case: seen } = await graph.query<{ case: { version: number } }>('housing-portal', 'query ($id: ID!) { case(id: $id) { version } }', { id });
  const planned = await graph.query<{ makeResolutionPlan: { plan?: { revision: number }; code?: string } }>(
    'housing-portal', 'mutation ($input: MakeResolutionPlanInput!) { makeResolutionPlan(input: $input) { ... on ResolutionPlanPayload { plan { revision } } ... on ResponsibilityRefusal { code message } } }',
    { input: { idempotencyKey: key(), caseId: id, expectedVersion: seen.version, measures: '一、核对资料；二、协调税务；三、集中办证。', milestones: [{ title: '资料核对', dueOn: '2022-10-31' }, { title: '集中办证', dueOn: '2022-12-10' }] } },
  );
  expect(planned.makeResolutionPlan.plan?.revision).toBe(1);

  const ready = await eventually('四个一 are complete', async () => {
    const now = await graph.query<Ready>('district-office', READINESS, { id });
    return now.case.readiness?.isComplete ? now : undefined;
  });
  expect(ready.case).toMatchObject({ status: 'ASSIGNED', limitOn: '2022-12-20', supportUnits: [expect.anything()], readiness: { missing: [] } });
  expect(ready.case.readiness?.slots.map((slot) => [slot.isFilled, slot.missingSince])).toEqual(Array(4).fill([true, null]));
});

test('somebody who saw an older state is told so, with the version that is current', async () => {
  const { cases } = await graph.query<{ cases: { nodes: { id: string; version: number }[] } }>('district-office', '{ cases(first: 1, filter: { unresolved: true }) { nodes { id version } } }');
  const row = cases.nodes[0];
  const answer = await graph.ask('district-office', 'mutation ($input: AssignCaseInput!) { assignCase(input: $input) { __typename } }', {
    input: { idempotencyKey: key(), caseId: row?.id, expectedVersion: (row?.version ?? 0) - 1, kind: 'ASSIGN', leadUnitId: housing, limitOn: '2022-12-20' },
  });
  expect(answer.errors?.[0]).toMatchObject({ extensions: { code: 'CONFLICT', detail: { currentVersion: row?.version } } });
});
