import type { DataSource, EntityManager } from 'typeorm';
import { refuse } from '@anjie/contracts';
import { runMutation, type Actor } from '@anjie/service-kit/database';
import { keyedLinks, type KeyedLink } from '@anjie/service-kit/files';
import type { CreateDataCopyLinkInput, FetchDataCopyInput } from '../generated/graphql';
import type { Admitted } from '../petitioner-access/admission';
import type { IdentityVault } from '../petitioners/identity-vault';
import { petitionersOf } from '../petitioners/petitioner-repository';
import { petitionsByIds } from '../petitions/petition-repository';
import { identityLooker, noteIdentityReading } from '../readings/identity-reading';
import { dropUnusedLinks, requestById, requestsOfPetition, type DataRequestRow } from './data-request-repository';
import type { DataNo } from './data-request-service';

const LINK_MINUTES = 15;
const NOT_FOUND: DataNo = refuse('NOT_FOUND', '请求不存在，或对您不可见。', 'The request does not exist or is not visible to you.');
const NO_COPY: DataNo = refuse('NO_COPY', '没有可领取的副本：未同意、已过期或已领取。', 'There is no copy to fetch: not granted, past its time, or fetched already.');

type Made = KeyedLink | DataNo;

/** Hands a copy out once: a link that was used ends it, a new link ends the one before. */
export function createCopyLinks({ db, vault }: { db: DataSource; vault: IdentityVault }) {
  const links = keyedLinks(vault.fingerprintKey, { service: 'cases', use: 'data-copy-link' });
  const linkTo = async (tx: EntityManager, row: DataRequestRow | undefined, { actor, isOwn }: { actor: Actor; isOwn: boolean }): Promise<Made> => {
    if (!row) return NOT_FOUND;
    const { fileId } = row;
    if (fileId === null || Number(row.isCopyGone) === 1) return NO_COPY;
    const no = isOwn ? undefined : await noteWindowReading(tx, row, actor);
    if (no) return no;
    await dropUnusedLinks(tx, fileId);
    return links.make(tx, { fileId, actor, minutes: LINK_MINUTES, through: { subjectType: 'DataRequest', subjectId: row.id, caseId: row.caseId } });
  };
  return {
    atWindow: async (input: CreateDataCopyLinkInput, actor: Actor) =>
      links.told(await runMutation<Made>(db, {
        actor, operation: 'createDataCopyLink', key: input.idempotencyKey, input,
        work: async (tx) => linkTo(tx, await requestById(tx, actor.viewer, { id: input.requestId, lock: true }), { actor, isOwn: false }),
      })),
    forPetitioner: async ({ secret: _secret, ...input }: FetchDataCopyInput, { admitted, actor }: { admitted: Admitted; actor: Actor }) =>
      links.told(await runMutation<Made>(db, {
        actor, operation: 'fetchDataCopy', key: input.idempotencyKey, input,
        work: async (tx) => linkTo(tx, (await requestsOfPetition(tx, admitted.petitionId)).find((row) => row.id === input.requestId.toLowerCase()), { actor, isOwn: true }),
      })),
  };
}

/** Whoever makes the link at the window can read all that the copy says of the petitioner: a reading of identity like every other, its purpose the request. */
async function noteWindowReading(tx: EntityManager, { id, petitionId, caseId }: DataRequestRow, actor: Actor): Promise<DataNo | undefined> {
  const [petition] = await petitionsByIds(tx, actor.viewer, [petitionId]);
  if (!petition) return NOT_FOUND;
  const shown = await identityLooker(tx, actor.viewer, petition);
  if ('refused' in shown) return shown;
  const principal = (await petitionersOf(tx, [petitionId])).find((row) => row.isPrincipal);
  return principal && noteIdentityReading(tx, actor, { ref: principal.id, caseId, detail: { dataRequestId: id } });
}
