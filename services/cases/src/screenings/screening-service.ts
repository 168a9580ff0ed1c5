import type { DataSource, EntityManager } from 'typeorm';
import { DIVISION_CODE, isInDivision } from '@anjie/contracts';
import { audit, businessTime, insertRows, newId, runMutation, updateVersion, type Actor } from '@anjie/service-kit/database';
import type { Outbox } from '@anjie/service-kit/messaging';
import { lockCampaign, type CampaignRow } from '../campaigns/campaign-repository';
import { governs } from '../campaigns/campaign-service';
import type { CloseScreeningInput, DecideCandidatesInput, OpenScreeningInput } from '../generated/graphql';
import { isPermitted } from '../rules/permissions';
import { decideCandidates, type Decided } from './candidate-decisions';
import { duplicatesAmong, nextOrdinal } from './duplicate-repository';
import { SCREENING_NO, type ScreeningNo } from './screening-refusals';
import { chooseCases, countsOfBatches, lockBatch, type BatchRow, type Chosen, type Criteria } from './screening-repository';

export interface ScreeningDeps {
  readonly db: DataSource;
  readonly outbox: Outbox;
}
type Done = { batchId: string };

/** What one batch can hold: as many as people can decide, and one transaction can write. */
const MAX_CANDIDATES = 20_000;
const ROWS_PER_STATEMENT = 1_000;

export function createScreeningService(deps: ScreeningDeps) {
  return {
    open: (input: OpenScreeningInput, actor: Actor) =>
      runMutation<Done | ScreeningNo>(deps.db, { actor, operation: 'openScreening', key: input.idempotencyKey, input, work: (tx) => open(tx, input, actor) }),
    decide: (input: DecideCandidatesInput, actor: Actor) =>
      runMutation<Decided | ScreeningNo>(deps.db, {
        actor, operation: 'decideCandidates', key: input.idempotencyKey, input,
        work: async (tx) => {
          const batch = await workableBatch(tx, input.batchId, actor);
          return 'refused' in batch ? batch : decideCandidates(tx, deps.outbox, { batch, input, actor });
        },
      }),
    close: (input: CloseScreeningInput, actor: Actor) =>
      runMutation<Done | ScreeningNo>(deps.db, { actor, operation: 'closeScreening', key: input.idempotencyKey, input, work: (tx) => close(tx, input, actor) }),
  };
}

const mayScreen = (actor: Actor): boolean => isPermitted('CAMPAIGN', { roles: actor.viewer.roles, parts: [] });

async function open(tx: EntityManager, input: OpenScreeningInput, actor: Actor): Promise<Done | ScreeningNo> {
  const campaign = await lockCampaign(tx, actor.viewer, input.campaignId);
  if (!campaign) return SCREENING_NO.NOT_FOUND;
  if (!mayScreen(actor) || !governs(actor, campaign.divisionCode)) return SCREENING_NO.NOT_PERMITTED;
  const criteria = criteriaOf(input, campaign);
  if (!areFitting(criteria, campaign)) return SCREENING_NO.CRITERIA_INVALID;
  const chosen = await chooseCases(tx, actor.viewer, { criteria, limit: MAX_CANDIDATES + 1 });
  if (chosen.length > MAX_CANDIDATES) return SCREENING_NO.TOO_MANY_CANDIDATES;
  const { today } = await businessTime(tx);
  const batchId = newId();
  await insertRows(tx, 'screening_batches', [{
    id: batchId, campaign_id: campaign.id, ordinal: await nextOrdinal(tx, campaign.id), state: 'OPEN', registered_from: criteria.registeredFrom, registered_to: criteria.registeredTo,
    minimum_petitions: criteria.minimumPetitions, is_unresolved_only: criteria.isUnresolvedOnly, content_category: criteria.contentCategory, division_code: criteria.divisionCode,
    opened_on: today, opened_by: actor.viewer.subject, closed_on: null, closed_by: null, version: 1,
  }]);
  await insertCandidates(tx, { batchId, campaignId: campaign.id }, chosen);
  await audit(tx, actor, { action: 'SCREENING_OPENED', subjectType: 'ScreeningBatch', subjectId: batchId, detail: { campaignId: campaign.id, candidates: chosen.length } });
  return { batchId };
}

const criteriaOf = ({ criteria }: OpenScreeningInput, campaign: CampaignRow): Criteria => ({
  registeredFrom: criteria.registeredFrom ?? campaign.cohortFrom, registeredTo: criteria.registeredTo ?? campaign.cohortTo,
  minimumPetitions: criteria.minimumPetitions ?? 2, isUnresolvedOnly: criteria.unresolvedOnly ?? true, contentCategory: criteria.contentCategory ?? null,
  divisionCode: criteria.divisionCode ?? campaign.divisionCode,
});

function areFitting(criteria: Criteria, campaign: CampaignRow): boolean {
  const isPeriod = criteria.registeredFrom <= criteria.registeredTo && criteria.registeredFrom >= campaign.cohortFrom;
  const isCategory = criteria.contentCategory === null || /^[\p{L}\p{N}._-]{1,64}$/u.test(criteria.contentCategory);
  const isPlace = DIVISION_CODE.test(criteria.divisionCode) && isInDivision(criteria.divisionCode, campaign.divisionCode);
  return isPeriod && isCategory && isPlace && criteria.minimumPetitions >= 1 && criteria.minimumPetitions <= 100;
}

async function insertCandidates(tx: EntityManager, { batchId, campaignId }: { batchId: string; campaignId: string }, chosen: readonly Chosen[]): Promise<void> {
  for (let from = 0; from < chosen.length; from += ROWS_PER_STATEMENT) {
    const part = chosen.slice(from, from + ROWS_PER_STATEMENT);
    const duplicates = await duplicatesAmong(tx, campaignId, part.map((one) => one.caseId));
    await insertRows(tx, 'screening_candidates', part.map(({ caseId, petitionCount }) => ({
      id: newId(), batch_id: batchId, case_id: caseId, state: duplicates.has(caseId) ? 'DUPLICATE' : 'PENDING', petition_count: Number(petitionCount),
      duplicate_ground: duplicates.get(caseId) ?? null, entry_id: null, reason: null, decided_on: null, decided_by: null,
    })));
  }
}

/** An open batch, locked until commit, that the viewer may work on: two clerks decide one after the other. */
async function workableBatch(tx: EntityManager, batchId: string, actor: Actor): Promise<BatchRow | ScreeningNo> {
  const batch = await lockBatch(tx, actor.viewer, batchId);
  if (!batch) return SCREENING_NO.NOT_FOUND;
  if (!mayScreen(actor)) return SCREENING_NO.NOT_PERMITTED;
  return batch.state === 'CLOSED' ? SCREENING_NO.BATCH_CLOSED : batch;
}

async function close(tx: EntityManager, input: CloseScreeningInput, actor: Actor): Promise<Done | ScreeningNo> {
  const batch = await workableBatch(tx, input.batchId, actor);
  if ('refused' in batch) return batch;
  const counts = await countsOfBatches(tx, [batch.id]);
  if (counts.some((one) => one.state === 'PENDING')) return SCREENING_NO.CANDIDATES_PENDING;
  const { today } = await businessTime(tx);
  // the row is locked and was read under the lock: nobody can have been faster
  await updateVersion(tx, 'screening_batches', { id: batch.id, version: Number(batch.version), set: { state: 'CLOSED', closed_on: today, closed_by: actor.viewer.subject } });
  await audit(tx, actor, { action: 'SCREENING_CLOSED', subjectType: 'ScreeningBatch', subjectId: batch.id, detail: Object.fromEntries(counts.map((one) => [one.state, Number(one.many)])) });
  return { batchId: batch.id };
}
