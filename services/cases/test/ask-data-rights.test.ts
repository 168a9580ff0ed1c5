import { join } from 'node:path';
import { writeFileSync } from 'node:fs';
import type { Viewer } from '@anjie/access';
import { select } from '@anjie/service-kit/database';
import { openRows } from '@anjie/workbook';
import { valuesOnFile } from '../src/petitioners/blind-index';
import { mostReadingsInHour } from '../src/readings/reader-repository';
import type { Answer } from './asking';
import { assign } from './asking';
import { serveFiles, type FileServer } from './files';
import { lookUp, portal, receiptOf, type Receipt } from './petitioner';
import { accuse, placeUnits, actor as sealedActor } from './sealed-world';
import { anIdNumber, key, openCases, people, register, type CasesWorld } from './world';

let world: CasesWorld;
let files: FileServer;
beforeAll(async () => {
  world = await openCases();
  files = await serveFiles(world);
});
beforeEach(() => world.reset());
afterAll(async () => {
  await files?.close();
  await world?.close();
});

interface RequestView {
  readonly id: string;
  readonly right: string;
  readonly state: string;
  readonly outcome: string | null;
  readonly basis: string | null;
  readonly dueOn: string;
  readonly dueBasis: string;
  readonly isCopyHandedOut: boolean;
  readonly version: number;
  readonly petition: { id: string } | null;
}
type Answered = Answer & { readonly basis: string | null; readonly request: RequestView };
const REQUEST = 'id right via state field outcome basis evidence askedOn dueOn dueBasis isCopyHandedOut version petition { id }';
const RESULT = `__typename ... on DataRequestPayload { request { ${REQUEST} } } ... on DataRequestRefusal { code message basis }`;
const act = async <Result>(viewer: Viewer, field: string, { input, selection = RESULT }: { input: object; selection?: string }): Promise<Result> =>
  (await world.client.query<Record<string, Result>>(viewer, `mutation ($input: ${field[0]?.toUpperCase()}${field.slice(1)}Input!) { ${field}(input: $input) { ${selection} } }`, { input: { idempotencyKey: key(), ...input } }))[field] as Result;

const recorded = (petitionId: string, input: object, viewer: Viewer = people.clerk) => act<Answered>(viewer, 'recordDataRequest', { input: { petitionId, ...input } });
const decided = (request: RequestView, input: object, viewer: Viewer = people.clerk) => act<Answered>(viewer, 'decideDataRequest', { input: { requestId: request.id, expectedVersion: request.version, reasons: '经核实，依法答复如下。', ...input } });
const ask = (receipt: Receipt, input: object) => act<Answer & { matter: { dataRequests: { id: string; right: string; state: string; outcome: string | null; reasons: string | null; isCopyReady: boolean; dueOn: string }[] } }>(portal, 'askDataRight', {
  input: { ...receipt, ...input }, selection: '__typename ... on MyMatterPayload { matter { dataRequests { id right state outcome reasons isCopyReady dueOn } } } ... on AccessRefusal { code }',
});
const listed = async (viewer: Viewer, state?: string) => (await world.client.query<{ dataRequests: { totalCount: number; nodes: RequestView[] } }>(viewer, `query ($state: DataRequestState) { dataRequests(state: $state) { totalCount nodes { ${REQUEST} } } }`, { state })).dataRequests;
const LINK = '__typename ... on DataCopyLink { path } ... on DataRequestRefusal { code }';
const OWN_LINK = '__typename ... on DataCopyLink { path } ... on AccessRefusal { code }';

async function sheetsOf(content: Buffer): Promise<string> {
  const path = join(world.scratchDir, '..', `${Math.random()}.xlsx`);
  writeFileSync(path, content);
  const cells: unknown[] = [];
  for (const sheet of ['身份信息', '信访件', '办理过程与文书', '身份信息查看记录']) for await (const row of openRows({ path }, { sheet })) cells.push(row.cells);
  return JSON.stringify(cells);
}

test('查阅复制 (《个人信息保护法》第四十五条): asked at the window, due in 30 days, granted; the copy holds what is held about the petitioner, is sealed, and is handed out once', async () => {
  const { petition, case: row } = await register(world, people.clerk, { petitioners: [{ name: '马小明', idNumber: anIdNumber(7), phone: '13800000007', address: '某路1号' }, { name: '杨联名', phone: '13900000008', role: 'CO_SIGNER' }] });
  await world.client.query(people.county, 'mutation ($input: RevealPetitionerInput!) { revealPetitioner(input: $input) { __typename } }', { input: { idempotencyKey: key(), petitionId: petition.id, ref: petition.petitioners[0]?.ref, reason: '联系核实情况' } });
  const { request } = await recorded(petition.id, { right: 'COPY', words: '请给我一份' });
  expect(request).toMatchObject({ right: 'COPY', via: 'WINDOW', state: 'OPEN', askedOn: '2022-09-27', dueOn: '2022-10-27', dueBasis: 'GB/T 35273—20208.7', outcome: null });
  const granted = await decided(request, { outcome: 'GRANTED', evidence: '已核对身份证件原件' });
  expect(granted.request).toMatchObject({ state: 'DECIDED', outcome: 'GRANTED', basis: '《中华人民共和国个人信息保护法》第四十五条第二款', isCopyHandedOut: false });
  const [first, second] = [await act<{ path: string }>(people.clerk, 'createDataCopyLink', { input: { requestId: request.id }, selection: LINK }), await act<{ path: string }>(people.clerk, 'createDataCopyLink', { input: { requestId: request.id }, selection: LINK })];
  expect((await files.fetch(first.path)).status).toBe(404);
  const answer = await files.fetch(second.path);
  const text = await sheetsOf(Buffer.from(await answer.arrayBuffer()));
  for (const held of ['马小明', anIdNumber(7), '13800000007', '某路1号', '我们小区的住户反映……', '办理不动产权证', '兴庆区信访联席办']) expect(text).toContain(held);
  for (const other of ['杨联名', '13900000008']) expect(text).not.toContain(other);
  expect((await files.fetch(second.path)).status).toBe(404);
  expect(await act<Answer>(people.clerk, 'createDataCopyLink', { input: { requestId: request.id }, selection: LINK })).toMatchObject({ code: 'NO_COPY' });
  expect((await listed(people.clerk)).nodes[0]?.isCopyHandedOut).toBe(true);
  const [file] = await select<{ storageKey: string }>(world.db.manager, "SELECT storage_key AS storageKey FROM files WHERE purpose = 'DATA_COPY'");
  const raw = Buffer.concat((await (await world.files.open(file?.storageKey ?? '')).toArray()) as Buffer[]);
  expect(raw.includes(Buffer.from('PK\u0003\u0004'))).toBe(false);
  const actions = await select<{ action: string }>(world.db.manager, 'SELECT action FROM audit_entries WHERE case_id = ? OR subject_type = ? ORDER BY id', [row.id, 'FILE']);
  expect(actions.map(({ action }) => action)).toEqual(expect.arrayContaining(['DATA_RIGHT_ASKED', 'DATA_REQUEST_DECIDED', 'DOWNLOAD_LINK_CREATED', 'FILE_DOWNLOADED']));
});

test('更正 (第四十六条): the new value takes its place, the blind index follows, the old value stays sealed in the history; whoever was slower is told', async () => {
  const { petition } = await register(world);
  const { request } = await recorded(petition.id, { right: 'CORRECTION', correction: { field: 'PHONE', value: '+86 139-1111-2222' } });
  const read = await act<{ value: string }>(people.clerk, 'readDataRequest', { input: { requestId: request.id, reason: '核对更正内容' }, selection: '__typename ... on DataRequestReading { value words } ... on DataRequestRefusal { code }' });
  expect(read.value).toBe('+86 139-1111-2222');
  expect((await decided(request, { outcome: 'GRANTED' })).request.outcome).toBe('GRANTED');
  const found = async (phone: string) => (await valuesOnFile(world.db.manager, world.services.vault.keyring, { field: 'phone', values: [phone] })).size;
  expect([await found('13911112222'), await found('13800000007')]).toEqual([1, 0]);
  const seen = await world.client.query<{ petition: { petitioners: { maskedPhone: string; maskedName: string }[] } }>(people.clerk, 'query ($id: ID!) { petition(id: $id) { petitioners { maskedPhone maskedName } } }', { id: petition.id });
  expect(seen.petition.petitioners[0]).toEqual({ maskedPhone: '139******22', maskedName: '马**' });
  const [history] = await select<{ id: string; before: Buffer }>(world.db.manager, 'SELECT id, before_sealed AS `before` FROM identity_corrections');
  expect(world.services.vault.open(history?.before ?? null, { column: 'identity_corrections.before_sealed', rowId: history?.id ?? '' })).toBe('13800000007');
  const again = (await recorded(petition.id, { right: 'CORRECTION', correction: { field: 'NAME', value: '马小鸣' } })).request;
  await world.db.query('DELETE FROM petitioners WHERE petition_id = ?', [petition.id]);
  expect(await decided(again, { outcome: 'GRANTED' })).toMatchObject({ code: 'CHANGED_MEANWHILE' });
  expect((await listed(people.clerk, 'OPEN')).totalCount).toBe(1);
});

test('限制处理 (第四十四条): ordinary handlers see nobody, cannot reveal and export nothing; the joint office can, and what units owe goes on', async () => {
  const { petition, case: row } = await register(world);
  await assign(world, row.id);
  const look = async (viewer: Viewer) => (await world.client.query<{ petition: { isProcessingRestricted: boolean; petitioners: { maskedName: string; maskedPhone: string | null }[] } }>(viewer, 'query ($id: ID!) { petition(id: $id) { isProcessingRestricted petitioners { maskedName maskedPhone } } }', { id: petition.id })).petition;
  const reveal = async (viewer: Viewer) => (await world.client.query<{ revealPetitioner: { name?: string; code?: string } }>(viewer, 'mutation ($input: RevealPetitionerInput!) { revealPetitioner(input: $input) { ... on RevealedPetitioner { name } ... on PetitionRefusal { code } } }', { input: { idempotencyKey: key(), petitionId: petition.id, ref: petition.petitioners[0]?.ref, reason: '联系核实情况' } })).revealPetitioner;
  expect(await look(people.housing)).toMatchObject({ isProcessingRestricted: false, petitioners: [{ maskedName: '马**' }] });
  const before = await select(world.db.manager, 'SELECT code, due_on, state FROM case_clocks ORDER BY code');
  await decided((await recorded(petition.id, { right: 'RESTRICTION' })).request, { outcome: 'GRANTED' });
  expect(await look(people.housing)).toEqual({ isProcessingRestricted: true, petitioners: [{ maskedName: '—', maskedPhone: null }] });
  expect(await reveal(people.housing)).toEqual({ code: 'PROCESSING_RESTRICTED' });
  expect((await look(people.county)).petitioners[0]?.maskedName).toBe('马**');
  expect(await reveal(people.county)).toEqual({ name: '马小明' });
  expect(await select(world.db.manager, 'SELECT code, due_on, state FROM case_clocks ORDER BY code')).toEqual(before);
  expect(before.length).toBeGreaterThan(0);
});

test('删除 (第四十七条、《档案法》): a file is never deleted; granted in part it is restricted; an explanation is never refused (第四十八条)', async () => {
  const { petition } = await register(world);
  const { request } = await recorded(petition.id, { right: 'DELETION' });
  expect(await decided(request, { outcome: 'GRANTED' })).toMatchObject({ code: 'OUTCOME_NOT_ALLOWED', basis: expect.stringContaining('档案法') as string });
  expect((await decided(request, { outcome: 'PARTLY_GRANTED' })).request).toMatchObject({ outcome: 'PARTLY_GRANTED' });
  expect((await select<{ on: string | null }>(world.db.manager, 'SELECT restricted_on AS `on` FROM petitions'))[0]?.on).toBe('2022-09-27');
  const explanation = (await recorded(petition.id, { right: 'EXPLANATION', words: '为何需要我的身份证号' })).request;
  expect(await decided(explanation, { outcome: 'REFUSED' })).toMatchObject({ code: 'OUTCOME_NOT_ALLOWED' });
  expect((await decided(explanation, { outcome: 'GRANTED', reasons: '依照《信访工作条例》第二十二条登记，用于告知和答复。' })).request.outcome).toBe('GRANTED');
});

test('with query code and secret: asked, answered with reasons, the copy fetched once; a wrong secret gets in nowhere', async () => {
  const { petition, case: row } = await register(world);
  const receipt = await receiptOf(world, row.id);
  const { matter } = await ask(receipt, { right: 'COPY', words: '请给我一份' });
  expect(matter.dataRequests).toMatchObject([{ right: 'COPY', state: 'OPEN', reasons: null, isCopyReady: false, dueOn: '2022-10-27' }]);
  expect(await ask(receipt, { right: 'COPY' })).toMatchObject({ code: 'ASKED_ALREADY' });
  expect(await ask({ ...receipt, secret: 'AAAAA-AAAAA' }, { right: 'RESTRICTION' })).toMatchObject({ code: 'NOT_RECOGNISED' });
  const [open] = (await listed(people.clerk, 'OPEN')).nodes;
  expect(open?.petition?.id).toBe(petition.id);
  await decided(open as RequestView, { outcome: 'GRANTED', reasons: '已制作副本，请领取。' });
  const own = (await ask(receipt, { right: 'EXPLANATION' })).matter.dataRequests.find((one) => one.right === 'COPY');
  expect(own).toMatchObject({ state: 'DECIDED', reasons: '已制作副本，请领取。', isCopyReady: true });
  const fetchCopy = (secret: string) => act<Answer & { path: string }>(portal, 'fetchDataCopy', { input: { ...receipt, secret, requestId: own?.id }, selection: OWN_LINK });
  expect(await fetchCopy('AAAAA-AAAAA')).toMatchObject({ code: 'NOT_RECOGNISED' });
  const { path } = await fetchCopy(receipt.secret);
  expect(await sheetsOf(Buffer.from(await (await files.fetch(path)).arrayBuffer()))).toContain('马小明');
  expect(await fetchCopy(receipt.secret)).toMatchObject({ code: 'NO_COPY' });
  expect((await lookUp(world, receipt)).number).toBe(row.number);
});

test('it belongs to the registering office and the joint office; others, handlers of the case among them, see no request; a repeat of the same key is one request', async () => {
  const { petition, case: row } = await register(world, people.clerk);
  await assign(world, row.id);
  const input = { idempotencyKey: key(), petitionId: petition.id, right: 'COPY' };
  const twice = [await act<Answered>(people.clerk, 'recordDataRequest', { input }), await act<Answered>(people.clerk, 'recordDataRequest', { input })];
  expect(twice[0]).toEqual(twice[1]);
  for (const [viewer, total] of [[people.clerk, 1], [people.county, 1], [people.province, 1], [people.housing, 0], [people.stranger, 0], [people.otherCounty, 0], [people.leader, 0]] as const) expect((await listed(viewer)).totalCount).toBe(total);
  const request = twice[0]?.request as RequestView;
  expect(await decided(request, { outcome: 'REFUSED' }, people.housing)).toMatchObject({ code: 'NOT_FOUND' });
  expect(await recorded(petition.id, { right: 'RESTRICTION' }, people.housing)).toMatchObject({ code: 'NOT_PERMITTED' });
  expect(await recorded(petition.id, { right: 'RESTRICTION' }, people.stranger)).toMatchObject({ code: 'NOT_FOUND' });
  expect((await decided(request, { outcome: 'REFUSED' })).request.outcome).toBe('REFUSED');
  expect(await decided(request, { outcome: 'REFUSED' })).toMatchObject({ code: 'DECIDED_ALREADY' });
});

test('it is no part of the case: no version, no event, no message and no figure changes, whatever is asked and answered', async () => {
  const { petition } = await register(world);
  const traces = async () => Promise.all(['SELECT id, version FROM cases', 'SELECT COUNT(*) AS n FROM case_events', 'SELECT COUNT(*) AS n FROM outbox_messages', 'SELECT COUNT(*) AS n FROM figure_deltas'].map((sql) => select(world.db.manager, sql)));
  const before = await traces();
  for (const right of ['COPY', 'RESTRICTION']) await decided((await recorded(petition.id, { right })).request, { outcome: 'GRANTED' });
  await recorded(petition.id, { right: 'CORRECTION', correction: { field: 'ADDRESS', value: '' } });
  expect(await traces()).toEqual(before);
});

test('of an accusation nothing is asked here (《信访工作条例》第三十条第三款)', async () => {
  await placeUnits(world);
  const { petition } = await accuse(world);
  expect(await recorded(petition.id, { right: 'COPY' }, sealedActor.clerk)).toMatchObject({ code: 'CASE_SEALED' });
});

test.each([[{ right: 'CORRECTION' }, 'CORRECTION_NOT_FIT'], [{ right: 'COPY', correction: { field: 'NAME', value: '甲' } }, 'CORRECTION_NOT_FIT'], [{ right: 'CORRECTION', correction: { field: 'ID_NUMBER', value: '123' } }, 'CORRECTION_NOT_FIT'], [{ right: 'CORRECTION', correction: { ref: '8e1c7a50-0000-4000-8000-000000000000', field: 'NAME', value: '甲乙' } }, 'CHANGED_MEANWHILE'], [{ right: 'COPY', words: '字'.repeat(2001) }, 'TEXT_LENGTH']])('%j is not taken down: %s', async (input, code) => {
  const { petition } = await register(world);
  expect(await recorded(petition.id, input)).toMatchObject({ code });
});

test('the words of a request are read thirty times an hour, each audited; the thirty-first is refused', async () => {
  const { petition } = await register(world);
  const { request } = await recorded(petition.id, { right: 'CORRECTION', correction: { field: 'PHONE', value: '13911112222' } });
  const read = (viewer = people.clerk) => act<Answer & { value: string }>(viewer, 'readDataRequest', { input: { requestId: request.id, reason: '核对更正内容' }, selection: '__typename ... on DataRequestReading { value } ... on DataRequestRefusal { code }' });
  for (let n = 0; n < 30; n += 1) expect((await read()).value).toBe('13911112222');
  expect(await read()).toMatchObject({ code: 'QUOTA_EXCEEDED' });
  const [audited] = await select<{ n: string }>(world.db.manager, "SELECT COUNT(*) AS n FROM audit_entries WHERE action = 'DATA_REQUEST_READ'");
  expect(Number(audited?.n)).toBe(30);
  expect((await read(people.county)).value).toBe('13911112222');
});

describe('a copy that is handed out at the window', () => {
  const link = (requestId: string, viewer: Viewer = people.clerk) => act<Answer & { path?: string }>(viewer, 'createDataCopyLink', { input: { requestId }, selection: LINK });
  const granted = async (petitionId: string) => {
    const { request } = await recorded(petitionId, { right: 'COPY' });
    await decided(request, { outcome: 'GRANTED' });
    return request.id;
  };
  const ownCopy = async (receipt: Receipt, requestId: string) => act<Answer & { path: string }>(portal, 'fetchDataCopy', { input: { ...receipt, requestId }, selection: OWN_LINK });

  test('is a reading of identity: under the same thirty in an hour, for the same alarm, and told to the petitioner, whose own copy it does not bound', async () => {
    const { petition, case: row } = await register(world);
    const requestId = await granted(petition.id);
    const answers = await Promise.all(Array.from({ length: 40 }, () => link(requestId)));
    expect([answers.filter(({ path }) => path).length, answers.filter(({ code }) => code === 'QUOTA_EXCEEDED').length]).toEqual([30, 10]);
    const read = await select<{ n: string }>(world.db.manager, "SELECT COUNT(*) AS n FROM audit_entries WHERE action = 'IDENTITY_READ' AND subject_id = ? AND case_id = ?", [petition.petitioners[0]?.ref, row.id]);
    expect([Number(read[0]?.n), await mostReadingsInHour(world.db.manager)]).toEqual([30, 30]);
    const { revealPetitioner } = await world.client.query<{ revealPetitioner: { code?: string } }>(people.clerk, 'mutation ($input: RevealPetitionerInput!) { revealPetitioner(input: $input) { ... on PetitionRefusal { code } } }', {
      input: { idempotencyKey: key(), petitionId: petition.id, ref: petition.petitioners[0]?.ref, reason: '联系核实情况' },
    });
    expect(revealPetitioner.code).toBe('QUOTA_EXCEEDED');
    expect((await link(requestId, people.county)).path).toContain('/files/');
    const receipt = await receiptOf(world, row.id);
    const { path } = await ownCopy(receipt, await granted(petition.id));
    const sheets = await sheetsOf(Buffer.from(await (await files.fetch(path)).arrayBuffer()));
    expect(sheets.split('兴庆区信访联席办').length - 1).toBeGreaterThanOrEqual(31);
  });

  test('is refused where processing is restricted, as identity is; the joint office and the petitioner still have it (第四十四条)', async () => {
    const { petition, case: row } = await register(world);
    const requestId = await granted(petition.id);
    await decided((await recorded(petition.id, { right: 'RESTRICTION' })).request, { outcome: 'GRANTED' });
    expect(await link(requestId)).toMatchObject({ code: 'PROCESSING_RESTRICTED' });
    expect((await ownCopy(await receiptOf(world, row.id), requestId)).path).toContain('/files/');
    expect((await files.fetch((await link(requestId, people.county)).path ?? '')).status).toBe(200);
  });

  test('is no reading where there is nothing to hand out', async () => {
    const { petition } = await register(world);
    const { request } = await recorded(petition.id, { right: 'COPY' });
    expect(await link(request.id)).toMatchObject({ code: 'NO_COPY' });
    expect(await mostReadingsInHour(world.db.manager)).toBe(0);
  });
});
