import { randomUUID } from 'node:crypto';
import { graphql } from 'graphql';
import type { EntityManager } from 'typeorm';
import { select, write } from '@anjie/service-kit/database';
import { expireFiles } from '@anjie/service-kit/files';
import { createLog } from '@anjie/service-kit/runtime';
import { claimsFor, setBusinessNow } from '@anjie/testing';
import { createContext } from '../src/context';
import { buildCasesSchema } from '../src/subgraph';
import { assign, count, faultOf } from './asking';
import { aDocx, aPdf, attach, ATTACHMENT, aZip, contentTypes, linkTo, serveFiles, sha256, upload, withdraw, type AttachmentView, type FileServer } from './files';
import { key, openCases, people, place, register, type CasesWorld } from './world';

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

/** A case of the housing bureau, registered by the clerk's office. */
async function aCase() {
  const registered = await register(world);
  await assign(world, registered.case.id);
  return { caseId: registered.case.id, petitionId: registered.petition.id };
}
async function anAttachment(part: { content?: Buffer; name?: string; viewer?: typeof people.clerk } & Record<string, unknown> = {}) {
  const { content = aPdf(), name = '马小明-产权证.pdf', viewer = people.housing, ...input } = part;
  const ids = 'caseId' in input ? undefined : await aCase();
  const done = await attach(world, viewer, { ...(ids ? { caseId: ids.caseId } : {}), fileId: await files.send(viewer, name, content), ...input });
  return { caseId: ids?.caseId ?? String(input['caseId']), done, id: done.attachment?.id ?? '' };
}
const list = async (viewer: typeof people.clerk, caseId: string) =>
  (await world.client.query<{ case: { attachments: { totalCount: number; nodes: AttachmentView[] }; petitions: { nodes: { attachments: { nodes: AttachmentView[] } }[] } } | null }>(
    viewer, `query ($id: ID!) { case(id: $id) { attachments(first: 10) { totalCount nodes { ${ATTACHMENT} } } petitions(first: 1) { nodes { attachments(first: 10) { nodes { id } } } } } }`, { id: caseId },
  )).case;

test('a file is uploaded, attached, listed under its case and its petition, and comes back byte for byte', async () => {
  const { caseId, petitionId } = await aCase();
  const content = aPdf('复印件');
  const { done, id } = await anAttachment({ caseId, petitionId, content, title: ' 不动产权证 ' });
  expect(done.attachment).toEqual({
    id, kind: 'EVIDENCE', title: '不动产权证', fileName: '马小明-产权证.pdf', mediaType: 'application/pdf', size: content.length, sha256: sha256(content), attachedOn: '2022-09-27',
    attachedBy: { id: people.housing.subject }, attachedByUnit: { id: place.housing }, withdrawnOn: null, withdrawnReason: null, petition: { id: petitionId }, case: { id: caseId },
  });
  const seen = await list(people.county, caseId);
  expect(seen?.attachments).toEqual({ totalCount: 1, nodes: [done.attachment] });
  expect(seen?.petitions.nodes).toEqual([{ attachments: { nodes: [{ id }] } }]);
  const answer = await files.fetch((await linkTo(world, people.county, id)).path);
  expect(answer.status).toBe(200);
  expect(sha256(Buffer.from(await answer.arrayBuffer()))).toBe(done.attachment.sha256);
  expect(Object.fromEntries(['content-type', 'content-disposition', 'x-content-type-options', 'cache-control'].map((name) => [name, answer.headers.get(name)]))).toEqual({
    'content-type': 'application/pdf', 'content-disposition': `attachment; filename="_____.pdf"; filename*=UTF-8''${encodeURIComponent('不动产权证.pdf')}`, 'x-content-type-options': 'nosniff', 'cache-control': 'no-store',
  });
});

test('the sender’s name for the file lies sealed; content is in no file in clear; history and audit name the act, not the words', async () => {
  const { caseId, id } = await anAttachment({ content: aPdf('马小明 640104') });
  const rows = await select<Record<string, unknown>>(world.db.manager, 'SELECT * FROM attachments JOIN files ON files.id = attachments.file_id');
  expect(rows).toHaveLength(1);
  expect(JSON.stringify(rows.map((row) => Object.values(row).map(String)))).not.toContain('马小明');
  const events = await select<{ action: string; detail: string }>(world.db.manager, "SELECT action, detail FROM case_events WHERE case_id = ? AND action = 'FILE_ATTACHED'", [caseId]);
  expect(events.map((event) => JSON.parse(event.detail))).toEqual([{ attachmentId: id, kind: 'EVIDENCE' }]);
  const notes = await select<{ action: string; case_id: string | null }>(world.db.manager, "SELECT action, case_id FROM audit_entries WHERE subject_type IN ('Attachment', 'FILE') ORDER BY id");
  expect(notes).toEqual([{ action: 'FILE_RECEIVED', case_id: null }, { action: 'FILE_ATTACHED', case_id: caseId }]);
});

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
    expect(await list(viewer, caseId)).toBeNull();
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

test('who has no part in the case may see but not attach; a petition of another case is not found', async () => {
  const [one, other] = [await aCase(), await aCase()];
  expect((await anAttachment({ viewer: people.province, caseId: one.caseId, content: aPdf('p') })).done.__typename).toBe('AttachmentPayload');
  expect((await anAttachment({ viewer: people.stranger, caseId: one.caseId })).done).toMatchObject({ code: 'NOT_FOUND' });
  expect((await anAttachment({ caseId: one.caseId, petitionId: other.petitionId })).done).toMatchObject({ code: 'NOT_FOUND' });
  expect(await count(world, 'attachments')).toBe(1);
});

test('a file of somebody else, of another purpose, unknown or used already is unknown, and nothing is written', async () => {
  const { caseId } = await aCase();
  const [theirs, ledger, used] = [await files.send(people.county, 'a.pdf', aPdf()), await files.send(people.housing, 'a.pdf', aPdf(), 'LEDGER_IMPORT'), await files.send(people.housing, 'a.pdf', aPdf())];
  for (const fileId of [theirs, ledger, randomUUID(), 'x']) expect(await attach(world, people.housing, { caseId, fileId })).toMatchObject({ code: 'FILE_UNKNOWN' });
  expect(await count(world, 'attachments')).toBe(0);
  await attach(world, people.housing, { caseId, fileId: used });
  const second = await aCase();
  expect(await attach(world, people.housing, { caseId: second.caseId, fileId: used })).toMatchObject({ code: 'FILE_UNKNOWN' });
});

test.each<[string, string, () => Promise<Buffer> | Buffer, string]>([
  ['a program called PDF', 'a.pdf', () => Buffer.from('MZ\x90\0\x03'), 'FILE_TYPE_NOT_ALLOWED'],
  ['a web page called text', 'a.txt', () => Buffer.from('<html><script>alert(1)</script>'), 'FILE_TYPE_NOT_ALLOWED'],
  ['SVG', 'a.svg', () => Buffer.from('<svg onload="alert(1)"/>'), 'FILE_TYPE_NOT_ALLOWED'],
  ['a script', 'a.js', () => Buffer.from('alert(1)'), 'NAME_DOES_NOT_FIT'],
  ['a ZIP', 'a.zip', () => aZip({ 'a.txt': 'x' }), 'FILE_TYPE_NOT_ALLOWED'],
  ['a .docm', 'a.docm', () => aZip({ '[Content_Types].xml': contentTypes('application/vnd.ms-word.document.macroEnabled.main+xml'), 'word/document.xml': '' }), 'FILE_HAS_MACROS'],
  ['a .docx with vbaProject.bin', 'a.docx', () => aDocx({ 'word/vbaProject.bin': 'x' }), 'FILE_HAS_MACROS'],
  ['a zip bomb that declares 250 MB', 'a.docx', () => aDocx({ 'word/media/a.xml': '\0'.repeat(250 * 1024 * 1024) }), 'FILE_UNPACKS_TOO_LARGE'],
  ['an archive that was cut', 'a.docx', async () => (await aDocx()).subarray(0, 200), 'FILE_DAMAGED'],
  ['a part that climbs out of the archive', 'a.docx', async () => Buffer.from((await aDocx({ 'word/a/evil.xml': 'x' })).toString('latin1').replaceAll('word/a/evil', '../../../ev'), 'latin1'), 'FILE_DAMAGED'],
  ['a document behind a password', 'a.docx', async () => encrypted(await aDocx()), 'FILE_ENCRYPTED'],
  ['a PDF called JPEG', 'a.jpg', () => aPdf(), 'NAME_DOES_NOT_FIT'],
])('refused: %s', async (_what, name, content, code) => {
  const { caseId } = await aCase();
  const { done } = await anAttachment({ caseId, name, content: await content() });
  expect(done).toMatchObject({ __typename: 'AttachmentRefusal', code });
  expect(await count(world, 'attachments')).toBe(0);
  expect(await count(world, 'files', 'expires_at IS NULL')).toBe(0);
});

/** Sets the bit of the zip directory that says "encrypted" on every entry. */
function encrypted(zip: Buffer): Buffer {
  const content = Buffer.from(zip);
  for (let at = content.indexOf('PK\x01\x02'); at >= 0; at = content.indexOf('PK\x01\x02', at + 4)) content.writeUInt16LE(content.readUInt16LE(at + 8) | 1, at + 8);
  return content;
}

test.each<[string, string, () => Promise<Buffer> | Buffer, string]>([
  ['a DOCX', '协议.docx', () => aDocx(), 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'],
  ['an OFD', '公文.ofd', () => aZip({ 'OFD.xml': '<ofd:OFD/>', 'Doc_0/Document.xml': '' }), 'application/ofd'],
  ['a text', '笔录.txt', () => Buffer.from('问：何时入住？'), 'text/plain; charset=utf-8'],
])('taken by its content, whatever the sender called it: %s', async (_what, name, content, mediaType) => {
  const { done, id } = await anAttachment({ name, content: await content() });
  expect(done.attachment.mediaType).toBe(mediaType);
  expect((await files.fetch((await linkTo(world, people.county, id)).path)).headers.get('content-type')).toBe(mediaType);
});

test('an empty file does not even arrive', async () => {
  await expect(files.send(people.housing, 'a.txt', Buffer.alloc(0))).rejects.toThrow('BAD_USER_INPUT');
});

test('the same content goes on a case once, on another case again, and on the same one after it was withdrawn', async () => {
  const { caseId } = await aCase();
  const first = await anAttachment({ caseId });
  expect((await anAttachment({ caseId, name: 'b.pdf' })).done).toMatchObject({ code: 'ALREADY_ATTACHED' });
  expect((await anAttachment({})).done.__typename).toBe('AttachmentPayload');
  await withdraw(world, people.housing, first.id);
  expect((await anAttachment({ caseId })).done.__typename).toBe('AttachmentPayload');
});

test('twenty people who send the same file at once leave one attachment', async () => {
  const { caseId } = await aCase();
  const sent = await Promise.all(Array.from({ length: 20 }, () => upload(world, people.housing)));
  const done = await Promise.all(sent.map((fileId) => attach(world, people.housing, { caseId, fileId })));
  expect(done.filter((one) => one.__typename === 'AttachmentPayload')).toHaveLength(1);
  expect(new Set(done.map((one) => one.code))).toEqual(new Set([undefined, 'ALREADY_ATTACHED']));
});

test('the same key attaches once; another input under it is a mistake', async () => {
  const { caseId } = await aCase();
  const [fileId, idempotencyKey] = [await files.send(people.housing, 'a.pdf', aPdf()), key()];
  const [one, two] = [await attach(world, people.housing, { caseId, fileId, idempotencyKey }), await attach(world, people.housing, { caseId, fileId, idempotencyKey })];
  expect(two).toEqual(one);
  expect(await count(world, 'attachments')).toBe(1);
  const fault = await faultOf(world, people.housing, 'mutation ($input: AttachFileInput!) { attachFile(input: $input) { __typename } }', {
    input: { idempotencyKey, caseId, fileId, kind: 'OTHER', title: '另一个' },
  });
  expect(fault?.code).toBe('IDEMPOTENCY_KEY_REUSED');
});

test('no more than 500 attachments on one case', async () => {
  const { caseId, id } = await anAttachment();
  await write(world.db.manager, `INSERT INTO attachments (id, case_id, file_id, kind, title, file_name_sealed, media_type, size, sha256, attached_at, attached_on, attached_by)
    SELECT UUID(), case_id, UUID(), kind, title, '', media_type, size, sha256, attached_at, attached_on, attached_by FROM attachments, seq_1_to_499 WHERE id = ?`, [id]);
  expect((await anAttachment({ caseId, content: aPdf('501') })).done).toMatchObject({ code: 'TOO_MANY' });
  expect(await count(world, 'attachments')).toBe(500);
});

test.each(['', '  ', '字'.repeat(201), 'a\u0000b'])('a title %j is refused', async (title) => {
  expect((await anAttachment({ title })).done).toMatchObject({ code: 'TEXT_LENGTH' });
});

test('a withdrawn paper stays in the list with its day and reason, its content stays, and only the joint office opens it', async () => {
  const { caseId, id } = await anAttachment();
  await setBusinessNow(world.db, new Date('2022-09-30T09:00:00+08:00'));
  const before = await linkTo(world, people.housing, id);
  expect(await withdraw(world, people.housing, id, { reason: '错' })).toMatchObject({ code: 'REASON_MISSING' });
  expect((await withdraw(world, people.housing, id)).attachment).toMatchObject({ withdrawnOn: '2022-09-30', withdrawnReason: '误传他人材料' });
  expect(await withdraw(world, people.housing, id)).toMatchObject({ code: 'ALREADY_WITHDRAWN' });
  expect((await list(people.housing, caseId))?.attachments.nodes).toMatchObject([{ id, withdrawnOn: '2022-09-30' }]);
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

test('an upload that nobody attached goes with its time, one that was attached stays', async () => {
  const kept = await anAttachment();
  const loose = await files.send(people.housing, 'b.pdf', aPdf('loose'));
  await write(world.db.manager, 'UPDATE files SET expires_at = UTC_TIMESTAMP(3) - INTERVAL 1 SECOND WHERE expires_at IS NOT NULL');
  const { storage } = world.services;
  expect(await expireFiles({ db: world.db, storage, log: createLog('cases', 'silent') })).toBe(1);
  await expect(storage.open(loose)).rejects.toThrow('ENOENT');
  expect(await attach(world, people.housing, { caseId: kept.caseId, fileId: loose })).toMatchObject({ code: 'FILE_UNKNOWN' });
  expect((await files.fetch((await linkTo(world, people.county, kept.id)).path)).status).toBe(200);
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
  const schema = buildCasesSchema();
  const cost = async (source: string, variableValues: Record<string, unknown>) => {
    let statements = 0;
    const sql = new Proxy(world.db.manager, {
      get(manager, name) {
        const value: unknown = Reflect.get(manager, name);
        return name === 'query' ? (...args: Parameters<EntityManager['query']>) => ((statements += 1), manager.query(...args)) : value;
      },
    });
    const result = await graphql({ schema, source, variableValues, contextValue: createContext({ sql, claims: claimsFor(people.county), services: world.services }) });
    expect(result.errors).toBeUndefined();
    return { statements, data: JSON.parse(JSON.stringify(result.data)) as Record<string, unknown> };
  };
  const ids: string[] = [];
  for (let i = 0; i < 6; i += 1) {
    const { caseId, petitionId } = await aCase();
    for (const text of ['a', 'b']) ids.push((await attach(world, people.housing, { caseId, petitionId, fileId: await upload(world, people.housing, aPdf(text)) })).attachment.id);
  }
  const page = 'query ($first: Int) { cases(first: $first) { nodes { attachments(first: 5) { nodes { id fileName case { id } petition { id } } } petitions(first: 1) { nodes { attachments(first: 5) { nodes { id } } } } } } }';
  const [one, six] = [await cost(page, { first: 1 }), await cost(page, { first: 6 })];
  expect((six.data['cases'] as { nodes: { attachments: { nodes: object[] } }[] }).nodes.flatMap((node) => node.attachments.nodes)).toHaveLength(12);
  expect(six.statements).toBe(one.statements);
  const found = await cost('query ($r: [_Any!]!) { _entities(representations: $r) { ... on Attachment { id } } }', { r: ids.map((id) => ({ __typename: 'Attachment', id })) });
  expect(found.statements).toBe(1);
  expect(found.data['_entities']).toEqual(ids.map((id) => ({ id })));
});
