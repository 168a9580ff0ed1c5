import type { DataSource } from 'typeorm';
import { AppError, isRefusal, refuse, type Refusal } from '@anjie/contracts';
import type { Actor } from '@anjie/service-kit/database';
import { StorageUnavailable, verifiedContent, visibleFile, type FileStorage, type StoredFile } from '@anjie/service-kit/files';
import type { Logger } from '@anjie/service-kit/runtime';
import type { AttachmentRefusalCode } from '../generated/graphql';
import type { IdentityVault } from '../petitioners/identity-vault';
import { fileTypeOf } from '../rules/attachments';
import { isZip } from '../rules/file-types';
import { readArchive } from './read-archive';

export interface UploadDeps {
  readonly db: DataSource;
  readonly storage: FileStorage;
  readonly log: Logger;
  readonly vault: IdentityVault;
}
export interface InspectedUpload {
  readonly file: StoredFile;
  /** What the sender calls it. */
  readonly name: string;
  readonly content: Buffer;
  readonly mediaType: string;
}
type No = Refusal<AttachmentRefusalCode>;

export const ATTACHMENT_PURPOSE = 'CASE_ATTACHMENT';
export const FILE_UNKNOWN: No = refuse('FILE_UNKNOWN', '未找到您上传的附件文件，或已过期、已使用。', 'No such upload of yours; or it is past its time, or used already.');

/** Reads an upload of the actor's and judges its content. Before any transaction: nobody should wait for 20 MB with a locked case. */
export async function inspectUpload({ db, storage, log, vault }: UploadDeps, fileId: string, { viewer }: Actor): Promise<InspectedUpload | No> {
  const file = await visibleFile(db.manager, viewer, fileId);
  if (!file || file.purpose !== ATTACHMENT_PURPOSE) return FILE_UNKNOWN;
  const content = await verifiedContent(storage, file).catch((error: unknown) => {
    log.error({ err: error, fileId }, 'an upload cannot be read');
    if (error instanceof StorageUnavailable) throw new AppError('SERVICE_UNAVAILABLE');
    return undefined;
  });
  if (!content) return refuse('FILE_DAMAGED', '文件已损坏，请重新上传。', 'The file is damaged; send it again.');
  const name = vault.open(file.nameSealed, { column: 'files.name_sealed', rowId: file.id }) ?? file.name;
  const found = fileTypeOf({ name, content, ...(isZip(content) ? { archive: await readArchive(content) } : {}) });
  return isRefusal(found) ? (found as No) : { file, name, content, mediaType: found.mediaType };
}
