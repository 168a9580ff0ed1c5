import type { EntityManager } from 'typeorm';
import { divisionPrefix, SponsorNamed } from '@anjie/contracts';
import { businessTime, idFromName, insertRows } from '@anjie/service-kit/database';
import { defineImport, ImportFailure, type ImportRun, type ReadRow, type RowReading } from '@anjie/service-kit/imports';
import type { Outbox } from '@anjie/service-kit/messaging';
import { countNewEntries, insertEntries, ledgerOf, lockLedger, type Ledger, type NewEntry } from '../campaigns/ledger-writer';
import { insertCases, insertPetitions } from '../cases/case-writer';
import type { Obligations } from '../cases/obligations';
import { publishScopes } from '../cases/scope-service';
import { recordEvents } from '../history/history-repository';
import type { IdentityVault } from '../petitioners/identity-vault';
import { cohortPlace, type AssignmentSource } from '../rules/cohort';
import { ledgerColumns } from './import-columns';
import { named, prepareLookup, problem, type ImportLookup } from './import-lookup';
import { findKnownPetitioners } from './known-petitioners';
import { petitionCells, petitionKey, petitionProblems, type PetitionCells } from './read-petition-cells';

interface LedgerLookup extends ImportLookup {
  readonly ledger: Ledger | undefined;
}
export interface LedgerDraft extends PetitionCells {
  readonly summary: string;
  readonly petitionerCount: number;
  readonly affectedCount: number | null;
  readonly registeredOn: string;
  readonly enteredOn: string;
  readonly leadUnitId: string | null;
  readonly supportUnitIds: readonly string[];
  readonly sponsorId: string | null;
  readonly limitOn: string | null;
  readonly resolvedOn: string | null;
  readonly source: AssignmentSource | null;
}

export interface ImportDeps {
  readonly outbox: Outbox;
  readonly vault: IdentityVault;
  readonly obligations: Obligations;
}

export const campaignOf = ({ parameters: { campaignId } }: ImportRun): string => (typeof campaignId === 'string' ? campaignId : '');

/** 台账导入: each row is a case with its petition, its place in the campaign's ledger and who answers for it. */
export const ledgerImport = (deps: ImportDeps) =>
  defineImport<LedgerDraft, LedgerLookup>({
    kind: 'LEDGER',
    version: 2,
    columns: ledgerColumns,
    async prepare(sql, run) {
      const { today } = await businessTime(sql);
      return { ...(await prepareLookup(sql, run, today)), ledger: await ledgerOf(sql, campaignOf(run)) };
    },
    readRow: readLedgerRow,
    keyOf: (draft, run) => `${campaignOf(run)}|${petitionKey(draft)}`,
    findDuplicates: (sql, drafts) => findKnownPetitioners(sql, deps.vault, drafts),
    commit: (tx, drafts, run) => commitLedger(tx, deps, { drafts, run }),
  });

function readLedgerRow(row: ReadRow, lookup: LedgerLookup): RowReading<LedgerDraft> {
  const cells = petitionCells(row);
  const lead = named(lookup.units, 'leadUnit', row.text('leadUnit'));
  const sponsor = named(lookup.officials, 'sponsor', row.text('sponsor'));
  const supports = (row.text('supportUnits') ?? '').split(/[、,，;；]/).map((name) => name.trim()).filter(Boolean).map((name) => named(lookup.units, 'supportUnits', name));
  const source = row.text('source') as AssignmentSource | null;
  const dates = {
    registeredOn: row.text('registeredOn') ?? '', enteredOn: row.text('enteredOn') ?? '', limitOn: row.text('limitOn'), resolvedOn: row.text('resolvedOn'),
  };
  const problems = [
    ...petitionProblems(cells, lookup),
    ...[lead, sponsor, ...supports].flatMap((found) => ('problem' in found ? [found.problem] : [])),
    ...supportProblems(row),
    ...countProblems(row),
    ...dateProblems(dates, lookup),
    ...cohortProblems({ ...cells, ...dates, source }, lookup.ledger),
  ];
  if (problems.length > 0) return { problems };
  return {
    draft: {
      ...cells, ...dates, source,
      summary: row.text('summary') ?? '',
      petitionerCount: row.integer('petitionerCount') ?? 1,
      affectedCount: row.integer('affectedCount'),
      leadUnitId: 'id' in lead ? lead.id : null,
      supportUnitIds: [...new Set(supports.flatMap((found) => ('id' in found && found.id ? [found.id] : [])))],
      sponsorId: 'id' in sponsor ? sponsor.id : null,
    },
  };
}

/** A supporting unit stands in an assignment, and there is none without a lead unit. */
const supportProblems = (row: ReadRow) =>
  row.text('supportUnits') && !row.text('leadUnit')
    ? [problem('supportUnits', 'LEAD_UNIT_MISSING', { zh: '有配合单位，须同时填写责任单位', en: 'Supporting units need a lead unit' })]
    : [];

/** Nobody petitions for 999,999,999,999 people: a slip of the hand must stop its row, not the whole file. */
function countProblems(row: ReadRow) {
  const wrong = (key: string, least: number, most: number) => {
    const found = row.integer(key);
    const isFine = found === null || (found >= least && found <= most);
    return isFine ? [] : [problem(key, 'COUNT_OUT_OF_RANGE', { zh: `人数须在${least}至${most}之间`, en: `The number must be ${least} to ${most}` })];
  };
  return [...wrong('petitionerCount', 1, 1_000_000), ...wrong('affectedCount', 0, 100_000_000)];
}

interface LedgerDates {
  readonly registeredOn: string;
  readonly enteredOn: string;
  readonly limitOn: string | null;
  readonly resolvedOn: string | null;
}

function dateProblems(dates: LedgerDates, { today }: ImportLookup) {
  const late = { zh: '日期晚于今天', en: 'The date lies in the future' };
  const early = { zh: '早于交办日期', en: 'Earlier than the day of entry' };
  return [
    ...(dates.registeredOn > today ? [problem('registeredOn', 'DATE_IN_FUTURE', late)] : []),
    ...(dates.enteredOn > today ? [problem('enteredOn', 'DATE_IN_FUTURE', late)] : []),
    ...(dates.enteredOn < dates.registeredOn ? [problem('enteredOn', 'DATE_ORDER', { zh: '早于登记日期', en: 'Earlier than the registration' })] : []),
    ...(dates.limitOn && dates.limitOn < dates.enteredOn ? [problem('limitOn', 'DATE_ORDER', early)] : []),
    ...(dates.resolvedOn && dates.resolvedOn < dates.enteredOn ? [problem('resolvedOn', 'DATE_ORDER', early)] : []),
    ...(dates.resolvedOn && dates.resolvedOn > today ? [problem('resolvedOn', 'DATE_IN_FUTURE', late)] : []),
  ];
}

const COHORT_PROBLEMS = {
  OUTSIDE_COHORT: ['registeredOn', { zh: '登记日期早于底数范围', en: 'Registered before the cohort begins' }],
  COHORT_FROZEN: ['registeredOn', { zh: '底数已固定，不能再列入', en: 'The cohort is frozen' }],
  SOURCE_MISSING: ['source', { zh: '本专项工作按交办来源确定底数，请填写', en: 'The campaign decides its cohort by source; give it' }],
} as const;

/** 底数 is fixed once: later registrations enter as daily assignment, and nothing enters a frozen cohort. */
function cohortProblems(row: { divisionCode: string; registeredOn: string; source: AssignmentSource | null }, ledger: Ledger | undefined) {
  if (!ledger) return [problem('registeredOn', 'OUTSIDE_COHORT', { zh: '专项工作不存在', en: 'The campaign does not exist' })];
  const place = cohortPlace(ledger, row);
  if ('refused' in place && place.refused === 'COHORT_FROZEN') return [problem('registeredOn', 'COHORT_FROZEN', COHORT_PROBLEMS.COHORT_FROZEN[1])];
  const elsewhere = row.divisionCode.startsWith(divisionPrefix(ledger.divisionCode)) ? [] : [problem('divisionCode', 'OUTSIDE_CAMPAIGN', { zh: '不在专项工作实施地区', en: 'Outside the campaign’s area' })];
  return 'refused' in place ? [problem(COHORT_PROBLEMS[place.refused][0], place.refused, COHORT_PROBLEMS[place.refused][1]), ...elsewhere] : elsewhere;
}

interface Batch {
  readonly drafts: readonly LedgerDraft[];
  readonly run: ImportRun;
}

async function commitLedger(tx: EntityManager, deps: ImportDeps, { drafts, run }: Batch): Promise<void> {
  const { viewer, requestId } = run.actor;
  const campaignId = campaignOf(run);
  const caseIds = await insertCases(tx, drafts.map((draft) => ({
    divisionCode: draft.divisionCode, purpose: draft.purpose, title: draft.title, summary: draft.summary, contentCategory: draft.contentCategory,
    registeredOn: draft.registeredOn, registeredUnitId: viewer.unitId, leadUnitId: draft.leadUnitId,
    leadSince: draft.leadUnitId ? draft.enteredOn : null, limitOn: draft.limitOn,
  })));
  await insertPetitions(tx, deps.vault, drafts.map((draft, i) => ({
    caseId: caseIds[i] ?? '', divisionCode: draft.divisionCode, registeredOn: draft.registeredOn, registeredUnitId: viewer.unitId,
    petition: { ...draft, content: null, identities: draft.identity.name || draft.identity.idNumber || draft.identity.phone ? [draft.identity] : [] },
  })));
  const placed = drafts.map((draft, i) => ({ ...draft, caseId: caseIds[i] ?? '' }));
  await insertAssignments(tx, placed, viewer.subject);
  const entries = await entriesOf(tx, campaignId, placed);
  await insertEntries(tx, campaignId, { rows: entries, actor: viewer.subject });
  await recordEvents(tx, run.actor, placed.map(({ caseId, registeredOn }) => ({ caseId, action: 'IMPORTED', on: registeredOn, detail: { runId: run.id, campaignId } })));
  await publishScopes(tx, deps.outbox, { caseIds, requestId });
  await deps.outbox.announceAll(tx, SponsorNamed, placed.flatMap((row) => (row.sponsorId
    ? [{ aggregateId: row.caseId, version: 1, payload: { caseId: row.caseId, officialId: row.sponsorId, on: row.enteredOn }, requestId }] : [])));
  await deps.obligations.declare(tx, placed.flatMap(limitDuty), requestId);
  await countNewEntries(tx, campaignId, entries);
}

type Placed = LedgerDraft & { readonly caseId: string };

/** A limit of an open row is the lead unit's duty. */
const limitDuty = (row: Placed) =>
  row.limitOn && row.leadUnitId && !row.resolvedOn
    ? [{ code: 'CAMPAIGN_LIMIT' as const, caseId: row.caseId, divisionCode: row.divisionCode, obligorUnitId: row.leadUnitId, startOn: row.enteredOn, assignedOn: row.limitOn, state: 'OPEN' as const, metOn: null, version: 1 }]
    : [];

async function insertAssignments(tx: EntityManager, rows: readonly Placed[], assignedBy: string): Promise<void> {
  const led = rows.filter((row) => row.leadUnitId);
  await insertRows(tx, 'assignments', led.map((row) => ({
    id: idFromName('assignment', row.caseId), case_id: row.caseId, active_case_id: row.caseId, kind: 'ASSIGN', lead_unit_id: row.leadUnitId,
    assigned_on: row.enteredOn, assigned_by: assignedBy, limit_on: row.limitOn, note: null, ended_on: null,
  })));
  await insertRows(tx, 'assignment_supports', led.flatMap((row) =>
    row.supportUnitIds.filter((unit) => unit !== row.leadUnitId).map((unit) => ({ assignment_id: idFromName('assignment', row.caseId), unit_id: unit }))));
}

/** A row that belongs to the cohort at the check may meet a frozen one at the commit: then nothing of the rest is taken. */
async function entriesOf(tx: EntityManager, campaignId: string, rows: readonly Placed[]): Promise<NewEntry[]> {
  const ledger = await lockLedger(tx, campaignId);
  return rows.map((row) => {
    const place = ledger && cohortPlace(ledger, row);
    if (!place || 'refused' in place) throw new ImportFailure('COHORT_FROZEN', { zh: '导入期间底数已固定，其余行未列入', en: 'The cohort was frozen during the import; the remaining rows were not taken' });
    return { ...row, cohort: place.cohort };
  });
}
