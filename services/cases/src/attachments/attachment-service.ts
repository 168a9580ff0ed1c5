import { Readable } from 'node:stream';
import type { EntityManager } from 'typeorm';
import type { Viewer } from '@anjie/access';
import { isRefusal, refuse, type Refusal } from '@anjie/contracts';
import { audit, businessTime, insertRows, newId, runMutation, type Actor, type Sql } from '@anjie/service-kit/database';
import { keepForGood, keyedLinks, type KeyedLink, type Reading } from '@anjie/service-kit/files';
import { lockCase, standingInCase } from '../cases/case-repository';
import type { AttachFileInput, AttachmentRefusalCode, CreateAttachmentLinkInput, WithdrawAttachmentInput } from '../generated/graphql';
import { recordEvent } from '../history/history-repository';
import { ATTACHMENTS_PER_CASE, downloadName, mayRead, mayWithdraw, unfitReason, unfitTitle } from '../rules/attachments';
import { isPermitted, rolesReaching } from '../rules/permissions';
import { attachmentOfFile, attachmentsByIds, attachmentsOnCase, isPetitionOf, lockAttachment, markWithdrawn, type AttachmentRow } from './attachment-repository';
import { ATTACHMENT_PURPOSE, FILE_UNKNOWN, inspectUpload, type InspectedUpload, type UploadDeps } from './inspect-upload';

export type AttachmentDeps = UploadDeps;
type No = Refusal<AttachmentRefusalCode>;
type Done = { attachmentId: string; caseId: string };

/** Minutes that a link stays good. */
const LINK_MINUTES = 15;
const NOT_FOUND: No = refuse('NOT_FOUND', '信访事项、信访件或附件不存在，或对您不可见。', 'The case, petition or attachment does not exist or is not visible to you.');
const NOT_PERMITTED: No = refuse('NOT_PERMITTED', '您不能为此信访事项办理附件。', 'You may not do this with files of this case.');

export function createAttachmentService(deps: AttachmentDeps) {
  return {
    async attach(input: AttachFileInput, actor: Actor): Promise<Done | No> {
      const upload = await inspectUpload(deps, input.fileId, actor);
      // an upload lies under a key that is destroyed after weeks; a paper on a case must not
      if (!isRefusal(upload)) await deps.storage.put((upload as InspectedUpload).file.storageKey, Readable.from([(upload as InspectedUpload).content]));
      return runMutation<Done | No>(deps.db, { actor, operation: 'attachFile', key: input.idempotencyKey, input, work: (tx) => attach(tx, deps, { input, actor, upload }) });
    },
    withdraw: (input: WithdrawAttachmentInput, actor: Actor) =>
      runMutation<Done | No>(deps.db, { actor, operation: 'withdrawAttachment', key: input.idempotencyKey, input, work: (tx) => withdraw(tx, input, actor) }),
    link: (input: CreateAttachmentLinkInput, actor: Actor) => link(deps, input, actor),
    mayStillRead,
  };
}

interface Attaching {
  readonly input: AttachFileInput;
  readonly actor: Actor;
  readonly upload: InspectedUpload | No;
}

async function attach(tx: EntityManager, deps: AttachmentDeps, { input, actor, upload }: Attaching): Promise<Done | No> {
  const row = await lockCase(tx, actor.viewer, input.caseId);
  if (!row) return NOT_FOUND;
  if (!isPermitted('ATTACH', await standingInCase(tx, actor.viewer, row.id))) return NOT_PERMITTED;
  if (input.petitionId && !(await isPetitionOf(tx, input.petitionId, row.id))) return NOT_FOUND;
  if (isRefusal(upload)) return upload as No;
  const no = unfitTitle(input.title) ?? (await noRoom(tx, row.id, upload));
  if (no) return no;
  const title = input.title.trim();
  const { file, mediaType } = upload;
  if (!(await keepForGood(tx, { fileId: file.id, name: downloadName(title, upload.name), mediaType }))) return FILE_UNKNOWN;
  const attachmentId = await insertAttachment(tx, deps, { input, actor, upload });
  await audit(tx, actor, { action: 'FILE_ATTACHED', subjectType: 'Attachment', subjectId: attachmentId, caseId: row.id, detail: { fileId: file.id, sha256: file.sha256.toString('hex') } });
  await recordEvent(tx, actor, { caseId: row.id, action: 'FILE_ATTACHED', detail: { attachmentId, kind: input.kind } });
  return { attachmentId, caseId: row.id };
}

async function noRoom(tx: Sql, caseId: string, { file }: InspectedUpload): Promise<No | undefined> {
  const { total, isThere } = await attachmentsOnCase(tx, caseId, file.sha256);
  if (isThere) return refuse('ALREADY_ATTACHED', '此信访事项已有相同内容的附件。', 'The same content is on this case already.');
  if (total >= ATTACHMENTS_PER_CASE) return refuse('TOO_MANY', `每件信访事项最多${ATTACHMENTS_PER_CASE}个附件。`, `At most ${ATTACHMENTS_PER_CASE} attachments on one case.`);
  return undefined;
}

async function insertAttachment(tx: Sql, { vault }: AttachmentDeps, { input, actor, upload }: Attaching & { upload: InspectedUpload }): Promise<string> {
  const { now, today } = await businessTime(tx);
  const id = newId();
  await insertRows(tx, 'attachments', [{
    id, case_id: input.caseId, petition_id: input.petitionId ?? null, active_case_id: input.caseId, file_id: upload.file.id, kind: input.kind,
    title: input.title.trim(), file_name_sealed: vault.seal(upload.name, { column: 'attachments.file_name_sealed', rowId: id }), media_type: upload.mediaType,
    size: upload.file.size, sha256: upload.file.sha256, attached_at: now, attached_on: today, attached_by: actor.viewer.subject, attached_unit_id: actor.viewer.unitId,
  }]);
  return id;
}

async function withdraw(tx: EntityManager, input: WithdrawAttachmentInput, actor: Actor): Promise<Done | No> {
  const found = await lockAttachment(tx, actor.viewer, input.attachmentId);
  if (!found) return NOT_FOUND;
  if (!mayWithdraw(actingOf(actor.viewer, found), found)) return NOT_PERMITTED;
  const no = unfitReason(input.reason);
  if (no) return no;
  const reason = input.reason.trim();
  const { today } = await businessTime(tx);
  const isDone = await markWithdrawn(tx, { id: found.id, on: today, by: actor.viewer.subject, reason });
  if (!isDone) return refuse('ALREADY_WITHDRAWN', '该附件已撤回。', 'It is withdrawn already.');
  await audit(tx, actor, { action: 'ATTACHMENT_WITHDRAWN', subjectType: 'Attachment', subjectId: found.id, caseId: found.caseId });
  await recordEvent(tx, actor, { caseId: found.caseId, action: 'ATTACHMENT_WITHDRAWN', ground: reason, detail: { attachmentId: found.id } });
  return { attachmentId: found.id, caseId: found.caseId };
}

async function link(deps: AttachmentDeps, input: CreateAttachmentLinkInput, actor: Actor): Promise<{ path: string } | No> {
  const links = keyedLinks(deps.vault.fingerprintKey, { service: 'cases', use: 'attachment-link' });
  return links.told(await runMutation<KeyedLink | No>(deps.db, {
    actor, operation: 'createAttachmentLink', key: input.idempotencyKey, input,
    work: async (tx) => {
      const [found] = await attachmentsByIds(tx, actor.viewer, [input.attachmentId]);
      if (!found) return NOT_FOUND;
      if (!mayRead(actingOf(actor.viewer, found), found)) return refuse('NOT_PERMITTED', '该附件已撤回，仅联席办可以查看。', 'It is withdrawn; only the joint office opens it.');
      return links.make(tx, { fileId: found.fileId, actor, minutes: LINK_MINUTES, through: { subjectType: 'Attachment', subjectId: found.id, caseId: found.caseId } });
    },
  }));
}

/** A link does not outlive the right by which it was made: an exclusion may have come since. Other files belong to who sent them. */
async function mayStillRead(sql: Sql, { file, viewer }: Reading): Promise<boolean> {
  if (file.purpose !== ATTACHMENT_PURPOSE) return true;
  const found = await attachmentOfFile(sql, viewer, file.id);
  return found !== undefined && mayRead(actingOf(viewer, found), found);
}

const actingOf = (viewer: Viewer, { caseDivisionCode }: AttachmentRow) => ({
  subject: viewer.subject, unitId: viewer.unitId, isJointOffice: rolesReaching({ ...viewer, parts: [], caseDivisionCode }).includes('JOINT_OFFICE'),
});
