import { createHash, generateKeyPairSync, randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { ZipFile } from 'yazl';
import { createTokenGate, createTokenMint, type Viewer } from '@anjie/access';
import { purposesOf } from '@anjie/contracts';
import { fileRoutes, insertFile } from '@anjie/service-kit/files';
import { createLog } from '@anjie/service-kit/runtime';
import { serveRoutes } from '@anjie/service-kit/subgraph';
import { viewers } from '@anjie/testing';
import { assign, type Answer } from './asking';
import { key, people, register, type CasesWorld } from './world';

/** The file routes of the service over HTTP, asked as the gateway asks them. */
export async function serveFiles(world: CasesWorld) {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  const gate = createTokenGate('cases', { gateway: publicKey.export({ format: 'der', type: 'spki' }).toString('base64') });
  const mint = createTokenMint('gateway', privateKey.export({ format: 'der', type: 'pkcs8' }).toString('base64'));
  const log = createLog('cases', 'silent');
  const server = await serveRoutes(
    fileRoutes({ db: world.db, storage: world.services.storage, log, gate, admit: async (viewer) => viewer, allowedPurposes: purposesOf('cases'), expireAfterHours: 72, mayStillRead: world.services.attachments.mayStillRead, sealName: world.services.sealName }), { host: '127.0.0.1', port: 0, log },
  );
  const at = `http://127.0.0.1:${server.port}/internal`;
  const signed = (viewer: Viewer, body: string | Uint8Array) => ({ 'x-internal-auth': mint({ audience: 'cases', viewer, requestId: 'r-1', body }) });
  return {
    close: server.close,
    /** Id of the uploaded file. */
    async send(viewer: Viewer, name: string, content: Buffer, purpose = 'CASE_ATTACHMENT'): Promise<string> {
      const body = new Uint8Array(content);
      const answer = await fetch(`${at}/files?${new URLSearchParams({ purpose, name })}`, { method: 'PUT', body, headers: { ...signed(viewer, body), 'content-type': 'text/html' } });
      if (answer.status !== 201) throw new Error(`${name}: ${answer.status} ${await answer.text()}`);
      return ((await answer.json()) as { id: string }).id;
    },
    /** Follows a link of the gateway's, as the gateway does. */
    fetch: (path: string) => fetch(`${at}/downloads/${path.split('/').at(-1)}`, { headers: signed(viewers.service('gateway'), '') }),
  };
}
export type FileServer = Awaited<ReturnType<typeof serveFiles>>;

export interface AttachmentView {
  readonly id: string;
  readonly kind: string;
  readonly title: string;
  readonly fileName: string;
  readonly mediaType: string;
  readonly size: number;
  readonly sha256: string;
  readonly attachedOn: string;
  readonly attachedBy: { id: string };
  readonly attachedByUnit: { id: string } | null;
  readonly withdrawnOn: string | null;
  readonly withdrawnReason: string | null;
  readonly petition: { id: string } | null;
  readonly case: { id: string };
}
export type Attached = Answer & { readonly attachment: AttachmentView };
const ATTACHMENT = 'id kind title fileName mediaType size sha256 attachedOn attachedBy { id } attachedByUnit { id } withdrawnOn withdrawnReason petition { id } case { id }';
const RESULT = `__typename ... on AttachmentPayload { attachment { ${ATTACHMENT} } } ... on AttachmentRefusal { code message }`;

export const attach = async (world: CasesWorld, viewer: Viewer, input: Readonly<Record<string, unknown>>) =>
  (await world.client.query<{ attachFile: Attached }>(viewer, `mutation ($input: AttachFileInput!) { attachFile(input: $input) { ${RESULT} } }`, {
    input: { idempotencyKey: key(), kind: 'EVIDENCE', title: '不动产权证', ...input },
  })).attachFile;
export const withdraw = async (world: CasesWorld, viewer: Viewer, attachmentId: string, part: Readonly<Record<string, unknown>> = {}) =>
  (await world.client.query<{ withdrawAttachment: Attached }>(viewer, `mutation ($input: WithdrawAttachmentInput!) { withdrawAttachment(input: $input) { ${RESULT} } }`, {
    input: { idempotencyKey: key(), attachmentId, reason: '误传他人材料', ...part },
  })).withdrawAttachment;
export const linkTo = async (world: CasesWorld, viewer: Viewer, attachmentId: string, part: Readonly<Record<string, unknown>> = {}) =>
  (await world.client.query<{ createAttachmentLink: Answer & { path: string } }>(
    viewer,
    'mutation ($input: CreateAttachmentLinkInput!) { createAttachmentLink(input: $input) { __typename ... on AttachmentLink { path } ... on AttachmentRefusal { code message } } }',
    { input: { idempotencyKey: key(), attachmentId, ...part } },
  )).createAttachmentLink;

/** An upload that came without the route, for tests of something else. */
export async function upload(world: CasesWorld, viewer: Viewer, content = aPdf()): Promise<string> {
  const id = randomUUID();
  await world.services.storage.put(id, Readable.from([content]));
  await insertFile(world.db.manager, {
    id, purpose: 'CASE_ATTACHMENT', name: '证.pdf', mediaType: 'application/pdf', size: content.length, sha256: createHash('sha256').update(content).digest(), storageKey: id, owner: viewer, expireAfterHours: 72,
  });
  return id;
}

/** A case of the housing bureau, registered by the clerk's office. */
export async function aCaseOfHousing(world: CasesWorld) {
  const registered = await register(world);
  await assign(world, registered.case.id);
  return { caseId: registered.case.id, petitionId: registered.petition.id };
}

export interface AttachmentPart {
  readonly content?: Buffer;
  readonly name?: string;
  readonly viewer?: Viewer;
  readonly caseId?: string;
  readonly petitionId?: string;
  readonly title?: string;
}
/** Uploads a file and attaches it: a PDF of the housing bureau's, on a new case, unless the test says otherwise. */
export async function attachAnew(world: CasesWorld, files: FileServer, { content = aPdf(), name = '马小明-产权证.pdf', viewer = people.housing, ...input }: AttachmentPart) {
  const caseId = input.caseId ?? (await aCaseOfHousing(world)).caseId;
  const done = await attach(world, viewer, { ...input, caseId, fileId: await files.send(viewer, name, content) });
  return { caseId, done, id: done.attachment?.id ?? '' };
}

/** What a viewer finds under a case and its petitions; null when the case is not there. */
export const attachmentsSeen = async (world: CasesWorld, viewer: Viewer, caseId: string) =>
  (await world.client.query<{ case: { attachments: { totalCount: number; nodes: AttachmentView[] }; petitions: { nodes: { attachments: { nodes: AttachmentView[] } }[] } } | null }>(
    viewer, `query ($id: ID!) { case(id: $id) { attachments(first: 10) { totalCount nodes { ${ATTACHMENT} } } petitions(first: 1) { nodes { attachments(first: 10) { nodes { id } } } } } }`, { id: caseId },
  )).case;

/** A small PDF that is different for each text. */
export const aPdf = (text = ''): Buffer => Buffer.from(`%PDF-1.7\n% ${text}\n1 0 obj\nendobj\ntrailer\n%%EOF\n`);
export const sha256 = (content: Buffer): string => createHash('sha256').update(content).digest('hex');

/** A real zip archive with these parts. */
export async function aZip(parts: Readonly<Record<string, string | Buffer>>): Promise<Buffer> {
  const zip = new ZipFile();
  for (const [name, content] of Object.entries(parts)) zip.addBuffer(Buffer.from(content), name);
  zip.end();
  return buffer(zip.outputStream);
}
export const contentTypes = (main: string): string => `<?xml version="1.0"?><Types><Override PartName="/x" ContentType="${main}"/></Types>`;
const WORD_MAIN = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml';
export const aDocx = (more: Readonly<Record<string, string>> = {}): Promise<Buffer> =>
  aZip({ '[Content_Types].xml': contentTypes(WORD_MAIN), 'word/document.xml': '<w:document/>', ...more });
