import type { Viewer } from '@anjie/access';
import { rolesInForce } from '@anjie/contracts';
import { select } from '@anjie/service-kit/database';
import { viewers } from '@anjie/testing';
import { accuse, official, placeUnits, revealed } from './sealed-world';
import { key, openCases, people, register, type CasesWorld } from './world';

let world: CasesWorld;
beforeAll(async () => void (world = await openCases()));
beforeEach(async () => {
  await world.reset();
  await placeUnits(world);
});
afterAll(() => world?.close());

const auditor = viewers.auditor();
interface Entry {
  readonly id: string;
  readonly action: string;
  readonly actor: string;
  readonly subjectId: string;
  readonly caseId: string | null;
  readonly detail: string;
  readonly isProven: boolean;
}
interface Page {
  readonly nodes: readonly Entry[];
  readonly totalCount: number;
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
}
const AUDIT = `query ($filter: AuditFilter, $first: Int, $after: String) { auditOfCases(filter: $filter, first: $first, after: $after) {
  nodes { id recordedAt businessAt actorKind actor actorUnitId requestId action subjectType subjectId caseId detail isProven } totalCount pageInfo { hasNextPage endCursor } } }`;
const read = async (filter: object = {}, page: object = {}, viewer: Viewer = auditor): Promise<Page> => (await world.client.query<{ auditOfCases: Page }>(viewer, AUDIT, { filter, ...page })).auditOfCases;

test('an auditor reads who did what, by person, act, thing, case and day; each reading is the newest entry itself', async () => {
  const done = await register(world);
  await register(world, people.county);
  expect((await read({ action: 'PETITION_REGISTERED' })).nodes.map(({ actor: by }) => by)).toEqual([people.county.subject, people.clerk.subject]);
  expect((await read({ actor: people.clerk.subject })).nodes).toEqual('TEXT_READ PETITION_REGISTERED'.split(' ').map((action) => expect.objectContaining({ action, subjectId: done.petition.id, caseId: done.case.id })));
  expect((await read({ caseId: done.case.id, subjectType: 'Petition', subjectId: done.petition.id })).totalCount).toBe(2);
  const [newest] = (await read({}, { first: 1 })).nodes;
  expect(newest).toMatchObject({ action: 'AUDIT_READ', actor: auditor.subject, detail: '{}' });
  const [row] = await select<{ day: string }>(world.db.manager, 'SELECT DATE(UTC_TIMESTAMP() + INTERVAL 8 HOUR) AS day');
  const day = row?.day ?? '';
  const before = new Date(Date.parse(day) - 86_400_000).toISOString().slice(0, 10);
  const onDays = async (fromDay: string | null, toDay: string | null): Promise<number> => (await read({ action: 'PETITION_REGISTERED', fromDay, toDay })).totalCount;
  expect([await onDays(day, day), await onDays(before, null), await onDays(null, before), await onDays(before, before)]).toEqual([2, 2, 0, 0]);
});

test('pages are stable while entries are added, and hold each entry once', async () => {
  for (let i = 0; i < 5; i += 1) await register(world);
  const ids: string[] = [];
  let after: string | null = null;
  do {
    const { nodes, pageInfo }: Page = await read({ action: 'PETITION_REGISTERED' }, { first: 2, after });
    ids.push(...nodes.map(({ id }) => id));
    after = pageInfo.hasNextPage ? pageInfo.endCursor : null;
    if (after) await register(world);
  } while (after);
  expect([ids.length, new Set(ids).size]).toEqual([5, 5]);
});

test('an entry that was changed, or that no key of ours has sealed, is shown as not proven', async () => {
  const done = await register(world);
  const proven = async () => (await read({ caseId: done.case.id, subjectType: 'Petition' })).nodes.map(({ action, isProven }) => `${action} ${isProven}`);
  expect(await proven()).toEqual(['TEXT_READ true', 'PETITION_REGISTERED true']);
  await world.db.query("UPDATE audit_entries SET mac = NULL WHERE action = 'TEXT_READ'");
  await world.db.query("UPDATE audit_entries SET actor = 'somebody' WHERE action = 'PETITION_REGISTERED'");
  expect(await proven()).toEqual(['TEXT_READ false', 'PETITION_REGISTERED false']);
});

test('nobody else reads it, an administrator neither, and nothing is written for them', async () => {
  for (const viewer of [people.province, people.county, people.clerk, viewers.admin(), viewers.portal(), viewers.service('officials'), viewers.plain()]) {
    const { errors } = await world.client.ask(viewer, AUDIT, {});
    expect(errors).toHaveLength(1);
  }
  expect((await read({ action: 'AUDIT_READ' })).totalCount).toBe(1);
});

test('an auditor does nothing else: the role stands alone, sees no case and reveals nobody', async () => {
  const done = await register(world);
  expect(rolesInForce(['ADMIN', 'AUDITOR', 'JOINT_OFFICE'])).toEqual(['AUDITOR']);
  const asAll = { ...people.county, roles: rolesInForce(['JOINT_OFFICE', 'AUDITOR']) };
  expect(await world.client.query(asAll, '{ cases(first: 5) { totalCount } }')).toEqual({ cases: { totalCount: 0 } });
  const { errors } = await world.client.ask(asAll, 'mutation ($input: RevealPetitionerInput!) { revealPetitioner(input: $input) { __typename } }', {
    input: { idempotencyKey: key(), petitionId: done.petition.id, ref: done.petition.petitioners[0]?.ref, reason: '审计核对需要' },
  });
  expect(errors).toHaveLength(1);
  expect((await read({ action: 'IDENTITY_READ' })).totalCount).toBe(0);
});

test('no identity and no free words: a reason is withheld, a code is shown', async () => {
  const done = await register(world);
  const REVEAL = 'mutation ($input: RevealPetitionerInput!) { revealPetitioner(input: $input) { __typename } }';
  await world.client.query(people.clerk, REVEAL, { input: { idempotencyKey: key(), petitionId: done.petition.id, ref: done.petition.petitioners[0]?.ref, reason: '电话核对马小明本人' } });
  const [entry] = (await read({ action: 'IDENTITY_READ' })).nodes;
  expect(JSON.parse(entry?.detail ?? '')).toEqual({ reason: '…', idempotencyKey: '…' });
  await read({ subjectId: '马小明' }).catch(() => undefined);
  expect(JSON.stringify((await read({}, { first: 100 })).nodes)).not.toContain('马小明');
});

test('an auditor who is accused does not learn that there is an accusation: its entries are left out, counted by nobody', async () => {
  const { id } = (await accuse(world)).case;
  await revealed(world, id);
  const mole = viewers.auditor(official.mole);
  expect([(await read({ caseId: id })).totalCount > 0, (await read({ action: 'ACCUSATION_READ' })).totalCount]).toEqual([true, 1]);
  expect([(await read({ caseId: id }, {}, mole)).totalCount, (await read({ action: 'ACCUSATION_READ' }, {}, mole)).totalCount]).toEqual([0, 0]);
});

test.each([{ caseId: 'x' }, { actor: "' OR '1'='1" }, { action: '%' }, { subjectId: '_' }])('a filter of %p finds nothing', async (filter) => {
  await register(world);
  expect((await read(filter)).totalCount).toBe(0);
});
