import { randomUUID } from 'node:crypto';
import { select, write } from '@anjie/service-kit/database';
import { setBusinessNow } from '@anjie/testing';
import { count } from './asking';
import { costOf } from './counting';
import { aCaseOfHousing, aPdf, attach, attachAnew, attachmentsSeen, linkTo, serveFiles, sha256, upload, withdraw, type AttachmentPart, type FileServer } from './files';
import { key, openCases, people, place, type CasesWorld } from './world';

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
const aCase = () => aCaseOfHousing(world);
const anAttachment = (part: AttachmentPart = {}) => attachAnew(world, files, part);

test('a link works once, for whoever sees the case, and each step is audited', async () => {
  const { caseId, id } = await anAttachment();
  for (const viewer of [people.county, people.clerk, people.housing]) {
    const { path } = await linkTo(world, viewer, id);
    expect(path).toMatch(/^\/files\/cases\/[\w-]{43}$/);
    const answers = await Promise.all([files.fetch(path), files.fetch(path)]);
    expect(answers.map((answer) => answer.status).sort()).toEqual([200, 404]);
  }
  const made = await select<{ actor: string; subject_type: string; subject_id: string; case_id: string }>(
    world.db.manager, "SELECT actor, subject_type, subject_id, case_id FROM audit_entries WHERE action = 'DOWNLOAD_LINK_CREATED' ORDER BY id",
  );
  expect(made).toEqual([people.county, people.clerk, people.housing].map(({ subject }) => ({ actor: subject, subject_type: 'Attachment', subject_id: id, case_id: caseId })));
  expect(await count(world, 'audit_entries', "action = 'FILE_DOWNLOADED'")).toBe(3);
});

test('a repeat of the mutation gives the same link without a second one, and the secret stands in no table', async () => {
  const { id } = await anAttachment();
  const idempotencyKey = key();
  const [one, two] = [await linkTo(world, people.county, id, { idempotencyKey }), await linkTo(world, people.county, id, { idempotencyKey })];
  expect(two).toEqual(one);
  expect(await count(world, 'download_links')).toBe(1);
  const [stored] = await select<{ response: string }>(world.db.manager, "SELECT response FROM idempotency_keys WHERE operation = 'createAttachmentLink'");
  expect(stored?.response).not.toContain(one.path.split('/').at(-1));
});

test('for a stranger there is no attachment: not in the case, not by id, not by reference, not by link, not to withdraw', async () => {
  const { caseId, id } = await anAttachment();
  for (const viewer of [people.stranger, people.otherCounty, people.civilAffairs]) {
    expect(await attachmentsSeen(world, viewer, caseId)).toBeNull();
    const found = await world.client.query<{ attachment: null; _entities: null[] }>(
      viewer, 'query ($id: ID!, $r: [_Any!]!) { attachment(id: $id) { id } _entities(representations: $r) { ... on Attachment { id title } } }', { id, r: [{ __typename: 'Attachment', id }] },
    );
    expect(found).toEqual({ attachment: null, _entities: [null] });
    expect(await linkTo(world, viewer, id)).toMatchObject({ code: 'NOT_FOUND' });
    expect(await linkTo(world, viewer, randomUUID())).toEqual(await linkTo(world, viewer, id));
    expect(await withdraw(world, viewer, id)).toMatchObject({ code: 'NOT_FOUND' });
    expect(await attach(world, viewer, { caseId, fileId: await files.send(viewer, 'a.pdf', aPdf('other')) })).toMatchObject({ code: 'NOT_FOUND' });
  }
  expect(await count(world, 'attachments')).toBe(1);
  const seen = await world.client.query<{ attachment: { id: string }; _entities: { id: string }[] }>(
    people.county, 'query ($id: ID!, $r: [_Any!]!) { attachment(id: $id) { id } _entities(representations: $r) { ... on Attachment { id } } }', { id, r: [{ __typename: 'Attachment', id }] },
  );
  expect(seen).toEqual({ attachment: { id }, _entities: [{ id }] });
});

test('a link does not outlive the right by which it was made (第三十条第三款: material never reaches the unit complained of)', async () => {
  const { caseId, id } = await anAttachment();
  const { path } = await linkTo(world, people.housing, id);
  const other = await linkTo(world, people.county, id);
  await write(world.db.manager, "INSERT INTO case_exclusions (case_id, party_kind, party_id) VALUES (?, 'UNIT', ?)", [caseId, place.housing]);
  expect((await files.fetch(path)).status).toBe(404);
  expect((await files.fetch(other.path)).status).toBe(200);
});

test('a withdrawn paper stays in the list with its day and reason, its content stays, and only the joint office opens it', async () => {
  const { caseId, id } = await anAttachment();
  await setBusinessNow(world.db, new Date('2022-09-30T09:00:00+08:00'));
  const before = await linkTo(world, people.housing, id);
  expect(await withdraw(world, people.housing, id, { reason: '错' })).toMatchObject({ code: 'REASON_MISSING' });
  expect((await withdraw(world, people.housing, id)).attachment).toMatchObject({ withdrawnOn: '2022-09-30', withdrawnReason: '误传他人材料' });
  expect(await withdraw(world, people.housing, id)).toMatchObject({ code: 'ALREADY_WITHDRAWN' });
  expect((await attachmentsSeen(world, people.housing, caseId))?.attachments.nodes).toMatchObject([{ id, withdrawnOn: '2022-09-30' }]);
  expect((await files.fetch(before.path)).status).toBe(404);
  expect(await linkTo(world, people.housing, id)).toMatchObject({ code: 'NOT_PERMITTED' });
  const kept = await files.fetch((await linkTo(world, people.county, id)).path);
  expect(Buffer.from(await kept.arrayBuffer()).equals(aPdf())).toBe(true);
  const [event] = await select<{ ground: string }>(world.db.manager, "SELECT ground FROM case_events WHERE case_id = ? AND action = 'ATTACHMENT_WITHDRAWN'", [caseId]);
  expect(event?.ground).toBe('误传他人材料');
});

test('the registering office does not take back what the bureau attached; a joint office may', async () => {
  const { id } = await anAttachment();
  expect(await withdraw(world, people.clerk, id)).toMatchObject({ code: 'NOT_PERMITTED' });
  expect((await withdraw(world, people.county, id)).__typename).toBe('AttachmentPayload');
});

test('content that was changed in the storage is given to nobody', async () => {
  const { id, done } = await anAttachment();
  await write(world.db.manager, 'UPDATE files SET sha256 = ? WHERE id = (SELECT file_id FROM attachments WHERE id = ?)', [Buffer.alloc(32), id]);
  const answer = await files.fetch((await linkTo(world, people.county, id)).path);
  expect(answer.status).toBe(500);
  expect(await answer.text()).not.toContain('%PDF');
  expect(done.attachment.sha256).toBe(sha256(aPdf()));
});

test('the attachments of any number of cases, petitions and references cost as many statements as those of one', async () => {
  const ids: string[] = [];
  for (let i = 0; i < 6; i += 1) {
    const { caseId, petitionId } = await aCase();
    for (const text of ['a', 'b']) ids.push((await attach(world, people.housing, { caseId, petitionId, fileId: await upload(world, people.housing, aPdf(text)) })).attachment.id);
  }
  const page = 'query ($first: Int) { cases(first: $first) { nodes { attachments(first: 5) { nodes { id fileName case { id } petition { id } } } petitions(first: 1) { nodes { attachments(first: 5) { nodes { id } } } } } } }';
  const [one, six] = [await costOf(world, page, { first: 1 }), await costOf(world, page, { first: 6 })];
  expect((six.data['cases'] as { nodes: { attachments: { nodes: object[] } }[] }).nodes.flatMap((node) => node.attachments.nodes)).toHaveLength(12);
  expect(six.statements).toBe(one.statements);
  const found = await costOf(world, 'query ($r: [_Any!]!) { _entities(representations: $r) { ... on Attachment { id } } }', { r: ids.map((id) => ({ __typename: 'Attachment', id })) });
  expect(found.statements).toBe(1);
  expect(found.data['_entities']).toEqual(ids.map((id) => ({ id })));
});
