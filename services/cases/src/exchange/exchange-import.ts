import type { EntityManager } from 'typeorm';
import { businessTime } from '@anjie/service-kit/database';
import { defineImport, type ImportRun } from '@anjie/service-kit/imports';
import { insertCases, insertPetitions } from '../cases/case-writer';
import { publishScopes } from '../cases/scope-service';
import { insertClaims } from '../claims/claim-repository';
import { recordEvents } from '../history/history-repository';
import { prepareLookup, type ImportLookup } from '../imports/import-lookup';
import { findKnownPetitioners } from '../imports/known-petitioners';
import type { ImportDeps } from '../imports/ledger-import';
import { statusBySlug } from '../rules/exchange-values';
import { exchangeColumns } from './exchange-columns';
import { insertExchangeRecords } from './exchange-record-repository';
import { readExchangeRow, type ExchangeDraft } from './read-exchange-row';

/** Exchange records of another office: each becomes a petition with a case of its own, received today. Sender and number make it once for ever. */
export const exchangeImport = (deps: ImportDeps) =>
  defineImport<ExchangeDraft, ImportLookup>({
    kind: 'EXCHANGE',
    version: 1,
    columns: exchangeColumns,
    maxColumns: 160,
    prepare: async (sql, run) => prepareLookup(sql, run, (await businessTime(sql)).today),
    readRow: readExchangeRow,
    keyOf: (draft) => `${draft.sourceDivisionCode}|${draft.sourceNumber ?? ''}`,
    findDuplicates: (sql, drafts) => findKnownPetitioners(sql, deps.vault, drafts),
    commit: (tx, drafts, run) => commitRecords(tx, deps, { drafts, run }),
  });

/** The sender says that the matter has ended there: nobody here owes a step. */
const isEnded = ({ reported }: ExchangeDraft): boolean =>
  reported.isClosed === true || reported.isClosingAccepted === true || statusBySlug(reported.status)?.isEnded === true;

interface Batch {
  readonly drafts: readonly ExchangeDraft[];
  readonly run: ImportRun;
}

async function commitRecords(tx: EntityManager, deps: ImportDeps, { drafts, run }: Batch): Promise<void> {
  const { viewer, requestId } = run.actor;
  const { today, now } = await businessTime(tx);
  const caseIds = await insertCases(tx, drafts.map((draft) => ({
    divisionCode: draft.divisionCode, purpose: draft.purpose, title: draft.title, summary: draft.summary, contentCategory: draft.contentCategory,
    registeredOn: today, registeredUnitId: viewer.unitId, leadUnitId: null, leadSince: null, limitOn: null,
  })));
  const placed = drafts.map((draft, i) => ({ draft, caseId: caseIds[i] ?? '' }));
  const petitionIds = await insertPetitions(tx, deps.vault, placed.map(({ draft, caseId }) => ({
    caseId, divisionCode: draft.divisionCode, registeredOn: today, registeredUnitId: viewer.unitId, markedAt: now, petition: draft,
  })));
  await insertExchangeRecords(tx, placed.map(({ draft, caseId }, i) => ({
    petitionId: petitionIds[i] ?? '', caseId, sourceDivisionCode: draft.sourceDivisionCode, externalNumber: draft.sourceNumber ?? '', reported: draft.reported,
    runId: run.id, importedOn: today,
  })));
  await insertClaims(tx, placed.map(({ draft, caseId }) => ({ caseId, stated: draft.claims })));
  await recordEvents(tx, run.actor, placed.map(({ draft, caseId }) => ({ caseId, action: 'IMPORTED', detail: { runId: run.id, sourceDivisionCode: draft.sourceDivisionCode } })));
  await publishScopes(tx, deps.outbox, { caseIds, requestId });
  const { unitId } = viewer;
  if (!unitId) return;
  await deps.obligations.declare(tx, placed.filter(({ draft }) => !isEnded(draft)).map(({ draft, caseId }) => ({
    code: 'T2', caseId, divisionCode: draft.divisionCode, obligorUnitId: unitId, startOn: today, state: 'OPEN', metOn: null, version: 1,
  })), requestId);
}
