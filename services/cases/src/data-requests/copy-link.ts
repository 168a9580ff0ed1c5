import { createHmac } from 'node:crypto';
import type { DataSource, EntityManager } from 'typeorm';
import { downloadPath, refuse } from '@anjie/contracts';
import { newId, runMutation, type Actor } from '@anjie/service-kit/database';
import { createDownloadLink } from '@anjie/service-kit/files';
import type { CreateDataCopyLinkInput, FetchDataCopyInput } from '../generated/graphql';
import type { Admitted } from '../petitioner-access/admission';
import type { IdentityVault } from '../petitioners/identity-vault';
import { dropUnusedLinks, requestById, requestsOfPetition, type DataRequestRow } from './data-request-repository';
import type { DataNo } from './data-request-service';

const LINK_MINUTES = 15;
const NOT_FOUND: DataNo = refuse('NOT_FOUND', '请求不存在，或对您不可见。', 'The request does not exist or is not visible to you.');
const NO_COPY: DataNo = refuse('NO_COPY', '没有可领取的副本：未同意、已过期或已领取。', 'There is no copy to fetch: not granted, past its time, or fetched already.');

type Link = { readonly linkId: string };

/** Hands a copy out once: a link that was used ends it, a new link ends the one before. The secret is made again from the key and stands in no table. */
export function createCopyLinks({ db, vault }: { db: DataSource; vault: IdentityVault }) {
  const secretOf = (linkId: string): Buffer => createHmac('sha256', vault.fingerprintKey).update(`data-copy-link|${linkId}`).digest();
  const linkTo = async (tx: EntityManager, row: DataRequestRow | undefined, actor: Actor): Promise<Link | DataNo> => {
    if (!row) return NOT_FOUND;
    if (row.fileId === null || Number(row.isCopyGone) === 1) return NO_COPY;
    const linkId = newId();
    await dropUnusedLinks(tx, row.fileId);
    await createDownloadLink(tx, { fileId: row.fileId, actor, minutes: LINK_MINUTES, through: { subjectType: 'DataRequest', subjectId: row.id, caseId: row.caseId }, secret: secretOf(linkId) });
    return { linkId };
  };
  const pathOf = (made: Link | DataNo): { path: string } | DataNo => ('refused' in made ? made : { path: downloadPath('cases', secretOf(made.linkId).toString('base64url')) });
  return {
    atWindow: async (input: CreateDataCopyLinkInput, actor: Actor) =>
      pathOf(await runMutation<Link | DataNo>(db, { actor, operation: 'createDataCopyLink', key: input.idempotencyKey, input, work: async (tx) => linkTo(tx, await requestById(tx, actor.viewer, { id: input.requestId, lock: true }), actor) })),
    forPetitioner: async ({ secret: _secret, ...input }: FetchDataCopyInput, { admitted, actor }: { admitted: Admitted; actor: Actor }) =>
      pathOf(await runMutation<Link | DataNo>(db, {
        actor, operation: 'fetchDataCopy', key: input.idempotencyKey, input,
        work: async (tx) => linkTo(tx, (await requestsOfPetition(tx, admitted.petitionId)).find((row) => row.id === input.requestId.toLowerCase()), actor),
      })),
  };
}
