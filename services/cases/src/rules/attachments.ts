import { refuse, type Refusal } from '@anjie/contracts';
import type { AttachmentRefusalCode } from '../generated/graphql';
import { archiveTypeOf, FILE_TYPES, isActive, plainTypeOf, type ArchiveFacts, type FileTypeCode, type Foreign } from './file-types';

type No = Refusal<AttachmentRefusalCode>;

/** As the gateway takes it. */
export const ATTACHMENT_BYTES = 20 * 1024 * 1024;
/** Withdrawn ones count: they are kept. */
export const ATTACHMENTS_PER_CASE = 500;
const UNPACKED_BYTES = 200 * 1024 * 1024;
const ARCHIVE_PARTS = 2_000;

export interface FileFacts {
  readonly name: string;
  readonly content: Uint8Array;
  /** Of a zip archive; `DAMAGED` when its directory cannot be read. */
  readonly archive?: ArchiveFacts | 'DAMAGED';
}

export interface FoundType {
  readonly type: FileTypeCode;
  readonly mediaType: string;
}

/** What a file is, judged by its content, or why it is not taken. */
export function fileTypeOf(facts: FileFacts): FoundType | No {
  const size = facts.content.length;
  if (size === 0) return refuse('FILE_EMPTY', '文件为空。', 'The file is empty.');
  if (size > ATTACHMENT_BYTES) return refuse('FILE_TOO_LARGE', '文件不得超过20MB。', 'A file has at most 20 MB.');
  const no = facts.archive === undefined ? undefined : unsafeArchive(facts.archive);
  if (no) return no;
  const found = facts.archive === undefined || facts.archive === 'DAMAGED' ? plainTypeOf(facts.content) : archiveTypeOf(facts.archive);
  return typeof found === 'string' ? named(found, facts.name) : foreign(found);
}

const foreign = ({ zh, en }: Foreign): No =>
  refuse(
    'FILE_TYPE_NOT_ALLOWED',
    `文件内容是${zh}，不能作为附件。可用：PDF、OFD、DOCX、XLSX、JPEG、PNG、GIF、TIFF、UTF-8 文本、MP3、WAV、MP4。`,
    `The content is ${en}. Allowed: PDF, OFD, DOCX, XLSX, JPEG, PNG, GIF, TIFF, UTF-8 text, MP3, WAV, MP4.`,
  );

/** By what the archive declares: nothing is unpacked here. */
function unsafeArchive(archive: ArchiveFacts | 'DAMAGED'): No | undefined {
  if (archive === 'DAMAGED') return refuse('FILE_DAMAGED', '文件已损坏，无法读取。', 'The file is damaged and cannot be read.');
  if (archive.isEncrypted) return refuse('FILE_ENCRYPTED', '文件已加密，请去除密码后上传。', 'The file is encrypted; take the password off.');
  const isBomb = archive.unpackedBytes > UNPACKED_BYTES || archive.names.length > ARCHIVE_PARTS || archive.packedBytes > ATTACHMENT_BYTES;
  if (isBomb) return refuse('FILE_UNPACKS_TOO_LARGE', '文件解压后过大。', 'The file grows too large when it is unpacked.');
  if (isActive(archive)) return refuse('FILE_HAS_MACROS', '文件含宏、控件或程序，请另存为不含宏的文档。', 'The file holds macros, controls or programs; save it without them.');
  return undefined;
}

export const extensionOf = (name: string): string => /\.([^.]*)$/.exec(name)?.[1]?.toLowerCase() ?? '';

function named(type: FileTypeCode, name: string): FoundType | No {
  const fitting = FILE_TYPES[type];
  const extension = extensionOf(name);
  const mediaType = Object.hasOwn(fitting, extension) ? fitting[extension] : undefined;
  if (mediaType) return { type, mediaType };
  const wanted = Object.keys(fitting).map((one) => `.${one}`);
  return refuse('NAME_DOES_NOT_FIT', `文件扩展名与内容不符，应为 ${wanted.join(' 或 ')}。`, `The name does not fit the content; it has to end with ${wanted.join(' or ')}.`);
}

/** Control characters: they break letters and logs. */
const CONTROL = /\p{Cc}/u;
const isBetween = (text: string, least: number, most: number): boolean => {
  const length = [...text.trim()].length;
  return length >= least && length <= most && !CONTROL.test(text);
};

export const unfitTitle = (title: string): No | undefined =>
  isBetween(title, 1, 200) ? undefined : refuse('TEXT_LENGTH', '附件名称须为1至200字，不含控制字符。', 'The title has 1 to 200 characters, no control characters.');

export const unfitReason = (reason: string): No | undefined =>
  isBetween(reason, 5, 200) ? undefined : refuse('REASON_MISSING', '请填写5至200字的撤回理由。', 'Give a reason of 5 to 200 characters.');

/** How a download is called: the title, which names nobody, and the extension of the file. */
export const downloadName = (title: string, fileName: string): string =>
  `${title.trim().replace(/[/\\\p{Bidi_Control}\p{Surrogate}]/gu, '_')}.${extensionOf(fileName)}`;

interface Acting {
  readonly subject: string;
  readonly unitId: string | null;
  readonly isJointOffice: boolean;
}
interface Attached {
  readonly attachedBy: string;
  readonly attachedUnitId: string | null;
  readonly withdrawnOn: string | null;
}

/** A paper is taken back by the one who put it there, that one's unit, or the joint office. */
export function mayWithdraw(actor: Acting, attached: Attached): boolean {
  const isOwn = attached.attachedBy === actor.subject || (actor.unitId !== null && attached.attachedUnitId === actor.unitId);
  return actor.isJointOffice || isOwn;
}

/** Whoever sees the case reads its papers. A withdrawn one may be somebody else's paper: it is kept, and only the joint office opens it. */
export const mayRead = (actor: Pick<Acting, 'isJointOffice'>, attached: Pick<Attached, 'withdrawnOn'>): boolean => attached.withdrawnOn === null || actor.isJointOffice;
