import { randomUUID } from 'node:crypto';
import { select, write } from '@anjie/service-kit/database';
import { expireFiles } from '@anjie/service-kit/files';
import { createLog } from '@anjie/service-kit/runtime';
import { count, faultOf } from './asking';
import { aCaseOfHousing, aDocx, aPdf, attach, attachAnew, attachmentsSeen, aZip, contentTypes, linkTo, serveFiles, sha256, upload, withdraw, type AttachmentPart, type FileServer } from './files';
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

test('a file is uploaded, attached, listed under its case and its petition, and comes back byte for byte', async () => {
  const { caseId, petitionId } = await aCase();
  const content = aPdf('复印件');
  const { done, id } = await anAttachment({ caseId, petitionId, content, title: ' 不动产权证 ' });
  expect(done.attachment).toEqual({
    id, kind: 'EVIDENCE', title: '不动产权证', fileName: '马小明-产权证.pdf', mediaType: 'application/pdf', size: content.length, sha256: sha256(content), attachedOn: '2022-09-27',
    attachedBy: { id: people.housing.subject }, attachedByUnit: { id: place.housing }, withdrawnOn: null, withdrawnReason: null, petition: { id: petitionId }, case: { id: caseId },
  });
  const seen = await attachmentsSeen(world, people.county, caseId);
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
