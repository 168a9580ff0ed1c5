import type { EntityManager } from 'typeorm';
import { businessTime } from '@anjie/service-kit/database';
import { defineImport, type ImportRun, type ReadRow, type RowReading } from '@anjie/service-kit/imports';
import { insertCases, insertPetitions } from '../cases/case-writer';
import { publishScopes } from '../cases/scope-service';
import { recordEvents } from '../history/history-repository';
import { petitionListColumns } from './import-columns';
import { prepareLookup, type ImportLookup } from './import-lookup';
import { findKnownPetitioners } from './known-petitioners';
import type { ImportDeps } from './ledger-import';
import { petitionCells, petitionKey, petitionProblems, type PetitionCells } from './read-petition-cells';

export interface PetitionDraft extends PetitionCells {
  readonly content: string;
}

/** Characters of the text that stand as summary until a clerk writes one. */
const SUMMARY_LENGTH = 500;

/** 信访件清单导入: each row is registered today as a petition with a case of its own; T2 runs from today. */
export const petitionImport = (deps: ImportDeps) =>
  defineImport<PetitionDraft, ImportLookup>({
    kind: 'PETITIONS',
    version: 1,
    columns: petitionListColumns,
    prepare: async (sql, run) => prepareLookup(sql, run, (await businessTime(sql)).today),
    readRow: readPetitionRow,
    keyOf: (draft, run) => `${run.actor.viewer.unitId ?? ''}|${petitionKey(draft)}`,
    findDuplicates: (sql, drafts) => findKnownPetitioners(sql, deps.vault, drafts),
    commit: (tx, drafts, run) => commitPetitions(tx, deps, { drafts, run }),
  });

function readPetitionRow(row: ReadRow, lookup: ImportLookup): RowReading<PetitionDraft> {
  const cells = petitionCells(row);
  const problems = petitionProblems(cells, lookup);
  return problems.length > 0 ? { problems } : { draft: { ...cells, content: row.text('content') ?? '' } };
}

interface Batch {
  readonly drafts: readonly PetitionDraft[];
  readonly run: ImportRun;
}

async function commitPetitions(tx: EntityManager, deps: ImportDeps, { drafts, run }: Batch): Promise<void> {
  const { viewer, requestId } = run.actor;
  const { today } = await businessTime(tx);
  const caseIds = await insertCases(tx, drafts.map((draft) => ({
    divisionCode: draft.divisionCode, purpose: draft.purpose, title: draft.title, summary: [...draft.content].slice(0, SUMMARY_LENGTH).join(''),
    contentCategory: draft.contentCategory, registeredOn: today, registeredUnitId: viewer.unitId, leadUnitId: null, leadSince: null, limitOn: null,
  })));
  await insertPetitions(tx, deps.vault, drafts.map((draft, i) => ({
    caseId: caseIds[i] ?? '', divisionCode: draft.divisionCode, registeredOn: today, registeredUnitId: viewer.unitId,
    petition: { ...draft, petitionerCount: 1, affectedCount: null, identities: draft.identity.name || draft.identity.idNumber || draft.identity.phone ? [draft.identity] : [] },
  })));
  await recordEvents(tx, run.actor, caseIds.map((caseId) => ({ caseId, action: 'IMPORTED', detail: { runId: run.id } })));
  await publishScopes(tx, deps.outbox, { caseIds, requestId });
  const { unitId } = viewer;
  if (!unitId) return;
  await deps.obligations.declare(tx, drafts.map((draft, i) => ({
    code: 'T2', caseId: caseIds[i] ?? '', divisionCode: draft.divisionCode, obligorUnitId: unitId, startOn: today, state: 'OPEN', metOn: null, version: 1,
  })), requestId);
}
