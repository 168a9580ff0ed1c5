import { randomUUID } from 'node:crypto';
import { CaseCrewChanged } from '@anjie/contracts';
import { select } from '@anjie/service-kit/database';
import { viewers } from '@anjie/testing';
import { assign, count, makePlan, seesCase } from './asking';
import { abroad, cityOffice, haveOffices } from './asking-responsibility';
import { exported } from './exchanging';
import { attach, linkTo, upload, withdraw } from './files';
import { hear } from './hearing';
import { aRoutedCase, caseNow, done, step } from './life';
import { exclude, lift } from './sealed-world';
import { key, openCases, people, place, register, type CasesWorld } from './world';

let world: CasesWorld;
beforeAll(async () => (world = await openCases()));
beforeEach(() => world.reset());
afterAll(() => world?.close());

/** An official of the neighbouring county's joint office who was called into the task force of a case of this county. */
const helper = viewers.jointOffice('640121', randomUUID());
const call = (caseId: string, part: object) =>
  hear(world, { event: CaseCrewChanged, aggregateId: caseId, version: 1, payload: { caseId, sponsorIds: [], taskForceIds: [], ...part } });
async function called(part: object = { taskForceIds: [helper.subject] }) {
  const { case: { id }, petition } = await register(world);
  await call(id, part);
  expect(await seesCase(world, helper, id)).toBe(true);
  return { id, petition, version: (await caseNow(world, id)).version };
}

test('《信访工作条例》第二十二条: a part in a case of another county shows it and commands nothing: it is not assigned', async () => {
  const { id, version } = await called();
  expect(await assign(world, id, { expectedVersion: version }, helper)).toMatchObject({ code: 'NOT_PERMITTED' });
  expect(await assign(world, id, { expectedVersion: version }, people.county)).toMatchObject({ __typename: 'AssignCasePayload' });
});

test('nobody is kept out or let in again by it, and it does not read who is', async () => {
  const { id } = await called();
  expect(await exclude(world, id, { unitId: place.housing }, helper)).toMatchObject({ code: 'NOT_PERMITTED' });
  const { case: { exclusions: [made] } } = await exclude(world, id, { unitId: place.housing }, people.county);
  expect(await lift(world, id, made?.id ?? '', helper)).toMatchObject({ code: 'NOT_PERMITTED' });
  const read = async (viewer: typeof helper) => (await world.client.query<{ case: { exclusions: object[] } }>(viewer, 'query ($id: ID!) { case(id: $id) { exclusions { id } } }', { id })).case.exclusions.length;
  expect([await read(helper), await read(people.county), await count(world, 'case_exclusions')]).toEqual([0, 1, 1]);
});

test('neither an objection is decided by it nor a case opened again', async () => {
  const one = await aRoutedCase(world);
  await call(one.id, { sponsorIds: [helper.subject] });
  await step(world, 'objectToCase', one.id, { reasons: '该地块已移交水务局管护，不属于我局职权范围。' });
  expect(await step(world, 'decideObjection', one.id, { viewer: helper, isConsented: false, note: '仍属你局' })).toMatchObject({ code: 'NOT_PERMITTED' });
  expect(await step(world, 'reopenCase', one.id, { viewer: helper, ground: '化解未落实，重新办理' })).toMatchObject({ code: 'NOT_PERMITTED' });
  expect(await step(world, 'decideObjection', one.id, { viewer: people.county, isConsented: false, note: '仍属你局' })).toMatchObject({ __typename: 'StepPayload' });
});

test('what the part itself is for goes on: plans are made, identity is read; the exception of a joint office for restricted identity is not theirs', async () => {
  const { id, petition, version } = await called();
  expect(await makePlan(world, id, { expectedVersion: version }, helper)).toMatchObject({ __typename: 'ResolutionPlanPayload' });
  const REVEAL = 'mutation ($input: RevealPetitionerInput!) { revealPetitioner(input: $input) { ... on RevealedPetitioner { name } ... on PetitionRefusal { code } } }';
  const reveal = async (viewer: typeof helper) => (await world.client.query<{ revealPetitioner: object }>(viewer, REVEAL, { input: { idempotencyKey: key(), petitionId: petition.id, ref: petition.petitioners[0]?.ref, reason: '联系核实情况' } })).revealPetitioner;
  const names = async (viewer: typeof helper) => (await world.client.query<{ petition: { petitioners: { maskedName: string | null }[] } }>(viewer, 'query ($id: ID!) { petition(id: $id) { petitioners { maskedName } } }', { id: petition.id })).petition.petitioners.map((one) => one.maskedName);
  expect([await reveal(helper), await names(helper)]).toEqual([{ name: '马小明' }, ['马**']]);
  await world.db.query("UPDATE petitions SET restricted_on = '2022-09-27' WHERE id = ?", [petition.id]);
  expect([await reveal(helper), await names(helper), await reveal(people.county), await names(people.county)]).toEqual([{ code: 'PROCESSING_RESTRICTED' }, ['—'], { name: '马小明' }, ['马**']]);
});

test('a paper of another unit is not withdrawn by it, and a withdrawn one not opened', async () => {
  const { id } = await called();
  const made = await attach(world, people.clerk, { caseId: id, fileId: await upload(world, people.clerk) });
  const attachmentId = made.attachment?.id ?? '';
  expect(await withdraw(world, helper, attachmentId)).toMatchObject({ code: 'NOT_PERMITTED' });
  expect(await withdraw(world, people.county, attachmentId)).not.toHaveProperty('code');
  expect([await linkTo(world, helper, attachmentId), await linkTo(world, people.county, attachmentId)]).toMatchObject([{ code: 'NOT_PERMITTED' }, { __typename: 'AttachmentLink' }]);
});

test('an export in full holds identity and text of the own division only', async () => {
  const { petition } = await called();
  const [abroadRow] = await exported(world, {}, helper);
  expect([abroadRow?.['姓名'] ?? '', abroadRow?.['投诉内容'] ?? '']).toEqual(['', '']);
  const [homeRow] = await exported(world, {}, people.county);
  expect([homeRow?.['姓名'], homeRow?.['投诉内容'], homeRow?.['信访件编号']]).toEqual(['马小明', '我们小区的住户反映……', petition.number]);
});

test('a request about personal data is neither recorded, seen nor decided by it', async () => {
  const { petition } = await called();
  const RECORD = 'mutation ($input: RecordDataRequestInput!) { recordDataRequest(input: $input) { __typename ... on DataRequestRefusal { code } } }';
  const record = async (viewer: typeof helper) => (await world.client.query<{ recordDataRequest: object }>(viewer, RECORD, { input: { idempotencyKey: key(), petitionId: petition.id, right: 'COPY' } })).recordDataRequest;
  expect([await record(helper), await count(world, 'data_requests')]).toEqual([{ __typename: 'DataRequestRefusal', code: 'NOT_PERMITTED' }, 0]);
  expect(await record(people.clerk)).toMatchObject({ __typename: 'DataRequestPayload' });
  const seen = async (viewer: typeof helper) => (await world.client.query<{ dataRequests: { totalCount: number } }>(viewer, '{ dataRequests { totalCount } }')).dataRequests.totalCount;
  expect([await seen(helper), await seen(people.county), await seen(people.province)]).toEqual([0, 1, 1]);
  const [request] = await select<{ id: string; version: string }>(world.db.manager, 'SELECT id, version FROM data_requests');
  const DECIDE = 'mutation ($input: DecideDataRequestInput!) { decideDataRequest(input: $input) { __typename ... on DataRequestRefusal { code } } }';
  const input = { idempotencyKey: key(), requestId: request?.id, expectedVersion: Number(request?.version), outcome: 'REFUSED', reasons: '经核实，依法答复如下。' };
  expect(await world.client.query(helper, DECIDE, { input })).toMatchObject({ decideDataRequest: { code: 'NOT_FOUND' } });
});

describe('whom an objection or a dispute may be decided in favour of', () => {
  const reasons = '该地块已移交水务局管护，不属于我局职权范围。';
  beforeEach(() => haveOffices(world));

  test('第二十三条第三款: with consent a matter goes to a unit of the own division or of a place above the case, not to a neighbour\'s', async () => {
    const one = await aRoutedCase(world);
    await done(world, 'objectToCase', one.id, { reasons });
    const consent = { viewer: people.county, isConsented: true, note: '同意退回' };
    expect(await step(world, 'decideObjection', one.id, { ...consent, toUnitId: abroad.otherTown })).toMatchObject({ code: 'NOT_PERMITTED' });
    expect((await done(world, 'decideObjection', one.id, { ...consent, toUnitId: place.cityGovernment })).case.status).toBe('FORWARDED');
  });

  test('第二十四条第一款: a unit is designated by the superior of it, too', async () => {
    const one = await aRoutedCase(world);
    await done(world, 'objectToCase', one.id, { reasons, isDispute: true });
    for (const unitId of [abroad.otherTown, place.cityGovernment]) {
      expect(await step(world, 'designateUnit', one.id, { viewer: people.county, unitId, note: '指定受理' })).toMatchObject({ code: 'NOT_PERMITTED' });
    }
    await done(world, 'designateUnit', one.id, { viewer: cityOffice, unitId: abroad.otherTown, note: '指定受理' });
  });

  test('第二十四条第一款: a dispute of a unit of the city is not for the county', async () => {
    const { case: one } = await register(world);
    await assign(world, one.id, { kind: 'FORWARD', leadUnitId: place.cityGovernment });
    await done(world, 'objectToCase', one.id, { viewer: people.cityGovernment, reasons, isDispute: true });
    const designation = { unitId: place.elsewhere, note: '指定受理' };
    expect(await step(world, 'designateUnit', one.id, { viewer: people.county, ...designation })).toMatchObject({ code: 'NOT_PERMITTED' });
    await done(world, 'designateUnit', one.id, { viewer: cityOffice, ...designation });
  });
});
