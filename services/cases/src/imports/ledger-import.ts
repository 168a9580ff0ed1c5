import type { EntityManager } from 'typeorm';
import { divisionPrefix, SponsorNamed } from '@anjie/contracts';
import { businessTime, idFromName, insertRows, newId, select } from '@anjie/service-kit/database';
import { addFigures } from '@anjie/service-kit/figures';
import { defineImport, ImportFailure, type ImportRun, type ReadRow, type RowReading } from '@anjie/service-kit/imports';
import type { Outbox } from '@anjie/service-kit/messaging';
import { ancestorIdsOf } from '../campaigns/campaign-repository';
import { insertCases, insertPetitions } from '../cases/case-writer';
import type { Obligations } from '../cases/obligations';
import { publishScopes } from '../cases/scope-service';
import { recordEvents } from '../history/history-repository';
import type { IdentityVault } from '../petitioners/identity-vault';
import { isInCohort } from '../rules/campaign-dates';
import { ledgerColumns } from './import-columns';
import { named, prepareLookup, problem, type ImportLookup } from './import-lookup';
import { findKnownPetitioners } from './known-petitioners';
import { petitionCells, petitionKey, petitionProblems, type PetitionCells } from './read-petition-cells';

interface Cohort {
  readonly cohortFrom: string;
  readonly cohortTo: string;
  readonly isFrozen: boolean;
  readonly prefix: string;
}
interface LedgerLookup extends ImportLookup {
  readonly cohort: Cohort;
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
    version: 1,
    columns: ledgerColumns,
    async prepare(sql, run) {
      const { today } = await businessTime(sql);
      const [campaign] = await select<{ cohortFrom: string; cohortTo: string; frozenOn: string | null; divisionCode: string }>(
        sql, 'SELECT cohort_from AS cohortFrom, cohort_to AS cohortTo, cohort_frozen_on AS frozenOn, division_code AS divisionCode FROM campaigns WHERE id = ?', [campaignOf(run)],
      );
      const prefix = campaign ? divisionPrefix(campaign.divisionCode) : 'none';
      return {
        ...(await prepareLookup(sql, run, today)),
        cohort: { cohortFrom: campaign?.cohortFrom ?? '9999', cohortTo: campaign?.cohortTo ?? '0000', isFrozen: Boolean(campaign?.frozenOn), prefix },
      };
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
  const dates = {
    registeredOn: row.text('registeredOn') ?? '', enteredOn: row.text('enteredOn') ?? '', limitOn: row.text('limitOn'), resolvedOn: row.text('resolvedOn'),
  };
  const problems = [
    ...petitionProblems(cells, lookup),
    ...[lead, sponsor, ...supports].flatMap((found) => ('problem' in found ? [found.problem] : [])),
    ...supportProblems(row),
    ...countProblems(row),
    ...dateProblems(dates, lookup),
    ...cohortProblems(cells.divisionCode, dates.registeredOn, lookup.cohort),
  ];
  if (problems.length > 0) return { problems };
  return {
    draft: {
      ...cells, ...dates,
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

/** 底数 is fixed once: later registrations go to daily assignment, and nothing enters a frozen cohort. */
function cohortProblems(divisionCode: string, registeredOn: string, cohort: Cohort) {
  if (cohort.isFrozen) return [problem('registeredOn', 'COHORT_FROZEN', { zh: '底数已固定，不能再列入', en: 'The cohort is frozen' })];
  const outside = !isInCohort(cohort, registeredOn)
    ? [problem('registeredOn', 'OUTSIDE_COHORT', { zh: '登记日期不在底数范围，应纳入日常交办', en: 'Registered outside the cohort; belongs to daily assignment' })]
    : [];
  const elsewhere = divisionCode.startsWith(cohort.prefix) ? [] : [problem('divisionCode', 'OUTSIDE_CAMPAIGN', { zh: '不在专项工作实施地区', en: 'Outside the campaign’s area' })];
  return [...outside, ...elsewhere];
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
  await insertEntries(tx, placed, campaignId);
  await recordEvents(tx, run.actor, placed.map(({ caseId, registeredOn }) => ({ caseId, action: 'IMPORTED', on: registeredOn, detail: { runId: run.id, campaignId } })));
  await publishScopes(tx, deps.outbox, { caseIds, requestId });
  await deps.outbox.announceAll(tx, SponsorNamed, placed.flatMap((row) => (row.sponsorId
    ? [{ aggregateId: row.caseId, version: 1, payload: { caseId: row.caseId, officialId: row.sponsorId, on: row.enteredOn }, requestId }] : [])));
  await deps.obligations.declare(tx, placed.flatMap(limitDuty), requestId);
  await addLedgerFigures(tx, placed, campaignId);
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

async function insertEntries(tx: EntityManager, rows: readonly Placed[], campaignId: string): Promise<void> {
  // the campaign's row serialises entry numbers and freezing; it is held until commit
  const [campaign] = await select<{ frozenOn: string | null }>(tx, 'SELECT cohort_frozen_on AS frozenOn FROM campaigns WHERE id = ? FOR UPDATE', [campaignId]);
  if (campaign?.frozenOn) throw new ImportFailure('COHORT_FROZEN', { zh: '导入期间底数已固定，其余行未列入', en: 'The cohort was frozen during the import; the remaining rows were not taken' });
  const [last] = await select<{ n: number }>(tx, 'SELECT COALESCE(MAX(entry_no), 0) AS n FROM ledger_entries WHERE campaign_id = ?', [campaignId]);
  await insertRows(tx, 'ledger_entries', rows.map((row, i) => ({
    id: newId(), campaign_id: campaignId, case_id: row.caseId, entry_no: Number(last?.n ?? 0) + i + 1, division_code: row.divisionCode,
    entered_on: row.enteredOn, limit_on: row.limitOn, resolved_on: row.resolvedOn, version: 1,
  })));
}

/** Stock from the day of entry, resolved from the day of recognition; in the campaign and in each above it. */
async function addLedgerFigures(tx: EntityManager, rows: readonly Placed[], campaignId: string): Promise<void> {
  const campaigns = await ancestorIdsOf(tx, campaignId);
  await addFigures(tx, campaigns.flatMap((campaign) => rows.flatMap((row) => {
    const place = { campaignId: campaign, divisionCode: row.divisionCode, delta: 1 };
    const stock = { ...place, figure: 'LEDGER_STOCK', on: row.enteredOn };
    return row.resolvedOn ? [stock, { ...place, figure: 'LEDGER_RESOLVED', on: row.resolvedOn }] : [stock];
  })));
}
