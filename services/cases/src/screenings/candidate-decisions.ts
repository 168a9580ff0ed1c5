import type { EntityManager } from 'typeorm';
import { audit, businessTime, write, type Actor } from '@anjie/service-kit/database';
import type { Outbox } from '@anjie/service-kit/messaging';
import { groupBy } from '@anjie/service-kit/runtime';
import { countNewEntries, insertEntries, lockLedger, type Ledger, type NewEntry } from '../campaigns/ledger-writer';
import { publishScopes } from '../cases/scope-service';
import type { DecideCandidatesInput, ScreeningRefusalCode } from '../generated/graphql';
import { recordEvents } from '../history/history-repository';
import { cohortPlace } from '../rules/cohort';
import { isWords } from '../rules/words';
import { duplicatesAmong } from './duplicate-repository';
import { SCREENING_NO, type ScreeningNo } from './screening-refusals';
import { candidatesByIds, lockCandidateCases, type BatchRow, type CandidateRow } from './screening-repository';

/** References only: it is stored as the answer to a repeat. */
export type Decided = { batchId: string; rows: { candidateId: string; code: ScreeningRefusalCode | null }[] };

const MAX_DECISIONS = 500;

interface Decision {
  readonly batch: BatchRow;
  readonly input: DecideCandidatesInput;
  readonly actor: Actor;
}

type Verdict = { readonly id: string; readonly code: ScreeningRefusalCode | null; readonly row?: CandidateRow; readonly entry?: NewEntry };

/** Each candidate for itself: what may be done is done, what may not says why. The batch is locked by the caller. */
export async function decideCandidates(tx: EntityManager, outbox: Outbox, decision: Decision): Promise<Decided | ScreeningNo> {
  const { batch, input, actor } = decision;
  const ids = [...input.admit, ...input.reject.map((one) => one.id)].map((id) => id.toLowerCase());
  if (ids.length < 1 || ids.length > MAX_DECISIONS) return SCREENING_NO.COUNT_OUT_OF_RANGE;
  if (new Set(ids).size !== ids.length) return SCREENING_NO.CANDIDATE_TWICE;
  const found = new Map((await candidatesByIds(tx, actor.viewer, ids)).filter((row) => row.batchId === batch.id).map((row) => [row.id, row]));
  const { today } = await businessTime(tx);
  const admitted = await admissions(tx, decision, { found, today });
  const rejected = input.reject.map((one) => rejection(found.get(one.id.toLowerCase()), one));
  await writeAdmissions(tx, outbox, { ...decision, today, admitted: admitted.filter((one) => one.code === null) });
  await writeRejections(tx, { input, actor, today, ids: rejected.filter((one) => one.code === null).map((one) => one.id) });
  const done = (verdicts: readonly Verdict[]): number => verdicts.filter((one) => one.code === null).length;
  await audit(tx, actor, { action: 'CANDIDATES_DECIDED', subjectType: 'ScreeningBatch', subjectId: batch.id, detail: { admitted: done(admitted), rejected: done(rejected) } });
  return { batchId: batch.id, rows: [...admitted, ...rejected].map(({ id, code }) => ({ candidateId: id, code })) };
}

function rejection(row: CandidateRow | undefined, { id, reason }: { readonly id: string; readonly reason: string }): Verdict {
  if (!row) return { id, code: 'NOT_FOUND' };
  if (row.state !== 'PENDING') return { id, code: row.state === 'DUPLICATE' ? 'DUPLICATE' : 'ALREADY_DECIDED' };
  return { id, code: isWords(reason, 5, 500) ? null : 'TEXT_LENGTH', row };
}

/** The ledger's row first, then the cases: what the ledger and the links say now decides, not what they said when the batch was opened. */
async function admissions(tx: EntityManager, { batch, input, actor }: Decision, { found, today }: { found: ReadonlyMap<string, CandidateRow>; today: string }): Promise<Verdict[]> {
  const ledger = await lockLedger(tx, batch.campaignId);
  const caseIds = input.admit.flatMap((id) => found.get(id.toLowerCase())?.caseId ?? []);
  const cases = new Map((await lockCandidateCases(tx, actor.viewer, caseIds)).map((row) => [row.id, row]));
  const duplicates = await duplicatesAmong(tx, batch.campaignId, caseIds);
  const late = [...found.values()].filter((row) => row.state === 'PENDING' && duplicates.has(row.caseId));
  for (const [ground, rows] of groupBy(late, (row) => duplicates.get(row.caseId) ?? null)) {
    await write(tx, "UPDATE screening_candidates SET state = 'DUPLICATE', duplicate_ground = ? WHERE id IN (?)", [ground, rows.map((row) => row.id)]);
  }
  return input.admit.map((id): Verdict => {
    const row = found.get(id.toLowerCase());
    const one = row && cases.get(row.caseId);
    if (!row || !one || !ledger) return { id, code: 'NOT_FOUND' };
    if (row.state === 'ADMITTED' || row.state === 'REJECTED') return { id, code: 'ALREADY_DECIDED' };
    if (duplicates.has(row.caseId)) return { id, code: 'DUPLICATE' };
    return { id, row, ...placeOf(ledger, { ...one, source: input.source, enteredOn: today }) };
  });
}

interface Entrant {
  readonly id: string;
  readonly divisionCode: string;
  readonly registeredOn: string;
  readonly limitOn: string | null;
  readonly isResolved: number;
  readonly source: DecideCandidatesInput['source'];
  readonly enteredOn: string;
}
/** A case that is settled already is so from its first day on the ledger. */
function placeOf(ledger: Ledger, { id, registeredOn, isResolved, ...one }: Entrant): Pick<Verdict, 'code' | 'entry'> {
  const place = cohortPlace(ledger, { registeredOn, source: one.source });
  // the source is always given here, so that it cannot be missing
  if ('refused' in place) return { code: place.refused === 'SOURCE_MISSING' ? 'CRITERIA_INVALID' : place.refused };
  return { code: null, entry: { ...one, caseId: id, cohort: place.cohort, resolvedOn: isResolved ? one.enteredOn : null } };
}

type Admission = Decision & { readonly today: string; readonly admitted: readonly Verdict[] };

/** What the importer does for a row, for a case that exists: entry, history, scope, figures. */
async function writeAdmissions(tx: EntityManager, outbox: Outbox, { batch, actor, today, admitted }: Admission): Promise<void> {
  const entries = admitted.flatMap((one) => one.entry ?? []);
  if (entries.length === 0) return;
  const caseIds = entries.map((entry) => entry.caseId);
  await insertEntries(tx, batch.campaignId, { rows: entries, actor: actor.viewer.subject });
  await write(
    tx,
    `UPDATE screening_candidates k JOIN ledger_entries l ON l.case_id = k.case_id AND l.campaign_id = ?
        SET k.state = 'ADMITTED', k.entry_id = l.id, k.decided_on = ?, k.decided_by = ? WHERE k.id IN (?)`,
    [batch.campaignId, today, actor.viewer.subject, admitted.map((one) => one.row?.id)],
  );
  await write(tx, 'UPDATE cases SET version = version + 1 WHERE id IN (?)', [caseIds]);
  await recordEvents(tx, actor, caseIds.map((caseId) => ({ caseId, action: 'LEDGER_ENTERED', detail: { campaignId: batch.campaignId, batchId: batch.id } })));
  await publishScopes(tx, outbox, { caseIds, requestId: actor.requestId });
  await countNewEntries(tx, batch.campaignId, entries);
}

/** One statement for each reason: clerks reject many for the same one. */
async function writeRejections(tx: EntityManager, { input, actor, today, ids }: Pick<Decision, 'input' | 'actor'> & { today: string; ids: readonly string[] }): Promise<void> {
  const wanted = new Set(ids);
  for (const [reason, rows] of groupBy(input.reject.filter((one) => wanted.has(one.id)), (one) => one.reason.trim())) {
    await write(
      tx, "UPDATE screening_candidates SET state = 'REJECTED', reason = ?, decided_on = ?, decided_by = ? WHERE id IN (?)",
      [reason, today, actor.viewer.subject, rows.map((one) => one.id)],
    );
  }
}
