import DataLoader from 'dataloader';
import type { EntityManager } from 'typeorm';
import type { Viewer } from '@anjie/access';
import { businessTime } from '@anjie/service-kit/database';
import { groupBy } from '@anjie/service-kit/runtime';
import { listConnectionsByParent, loaderById, loaderOfConnections, loaderOfMany, type PageArgs } from '@anjie/service-kit/subgraph';
import {
  assessmentsUnderDivision, commendationsUnder, resultsUnder, scoresOf, visibleAssessments, visibleCommendations, visibleResults, type AssessmentRow, type CommendationRow, type ResultRow, type ScoreRow,
} from './assessments/assessment-repository';
import { readBulletin, type BulletinReading } from './bulletins/bulletin-reading';
import { bulletinsUnder, cellsOf, linesUnderBulletin, visibleBulletins, type BulletinParentKind, type BulletinRow, type StoredLine } from './bulletins/bulletin-repository';
import { countedCasesUnder } from './bulletins/counted-cases';
import { answersOf, checklistsUnderUnit, completionOf, unitsInView, visibleChecklists, type AnswerRow, type ChecklistRow } from './checklists/checklist-repository';
import { casesUnderDecision, decisionReviewsUnder, linkCounts, measuresOf, visibleDecisionReviews, type DecisionReviewRow, type MeasureRow } from './decision-reviews/decision-review-repository';
import type { ChecklistState } from './generated/graphql';
import type { Kinds } from './kinds';
import {
  awardYears, entriesUnderProgramme, membersUnderProgramme, programmesUnder, targetsOf, visibleEntries, visibleProgrammes,
  type EntryRow, type MemberRow, type ProgrammeParentKind, type ProgrammeRow, type TargetRow,
} from './programmes/programme-repository';
import { reviewMarksOfUnits } from './reports/fact-repository';
import type { EntryKind } from './rules/programme-rules';
import type { Period } from './rules/report-periods';
import { cellKey } from './rules/report-rows';
import { casesUnderUnit, dutyLoads, letterLoads, partLoads, type PartLoad } from './workloads/workload-repository';

/** Loaders of bulletins, programmes, checklists, assessments, decision reviews and workloads. */
export const createReportLoaders = (sql: EntityManager, viewer: Viewer, kinds: Kinds) => ({
  ...bulletinLoaders(sql, viewer, kinds), ...programmeLoaders(sql, viewer), ...checklistLoaders(sql, viewer), ...assessmentLoaders(sql, viewer), ...decisionLoaders(sql, viewer), ...workloadLoaders(sql, viewer),
});

const firstTime = <Value>(make: () => Value): (() => Value) => ((value) => () => (value.made ??= { it: make() }).it)({} as { made?: { it: Value } });

/** Made once per request and key. */
function once<Value>(make: (key: string) => Value): (key: string) => Value {
  const made = new Map<string, Value>();
  return (key) => {
    const value = made.get(key) ?? make(key);
    made.set(key, value);
    return value;
  };
}

function bulletinLoaders(sql: EntityManager, viewer: Viewer, kinds: Kinds) {
  const under = (kind: BulletinParentKind) =>
    loaderOfConnections<BulletinRow, PageArgs>((parents, args) => listConnectionsByParent(sql, bulletinsUnder(viewer, kind), { parents, args }));
  const readings = new Map<string, Promise<BulletinReading>>();
  return {
    today: firstTime(() => businessTime(sql).then(({ today }) => today)),
    bulletin: loaderById((ids) => visibleBulletins(sql, viewer, ids)),
    bulletinsUnder: { unit: under('unit'), division: under('division'), campaign: under('campaign') },
    bulletinReading(row: BulletinRow, isPublic: boolean): Promise<BulletinReading> {
      const key = `${row.id}|${row.version}`;
      const reading = readings.get(key) ?? readBulletin(sql, row, { kinds, isPublic });
      readings.set(key, reading);
      return reading;
    },
    linesOfBulletin: loaderOfConnections<StoredLine, PageArgs>((parents, args) => listConnectionsByParent(sql, linesUnderBulletin, { parents, args })),
    cellsOfBulletin: new DataLoader(async (ids: readonly string[]) => {
      const byBulletin = groupBy(await cellsOf(sql, ids), (cell) => cell.bulletinId);
      return ids.map((id) => new Map((byBulletin.get(id) ?? []).map((cell) => [cellKey(cell.ordinal, cell.figure), cell])));
    }),
    countedCases: loaderOfConnections<{ id: string }, PageArgs>(countedCasesUnder(sql, viewer)),
  };
}

function programmeLoaders(sql: EntityManager, viewer: Viewer) {
  const under = (kind: ProgrammeParentKind) =>
    loaderOfConnections<ProgrammeRow, PageArgs>((parents, args) => listConnectionsByParent(sql, programmesUnder(viewer, kind), { parents, args }));
  return {
    programme: loaderById((ids) => visibleProgrammes(sql, viewer, ids)),
    programmesUnder: { unit: under('unit'), division: under('division'), case: under('case'), campaign: under('campaign') },
    membersOfProgramme: loaderOfConnections<MemberRow, PageArgs>((parents, args) => listConnectionsByParent(sql, membersUnderProgramme(viewer), { parents, args })),
    targetsOfProgramme: loaderOfMany<TargetRow>((row) => row.programmeId, (ids) => targetsOf(sql, ids)),
    programmeEntry: loaderById((ids) => visibleEntries(sql, viewer, ids)),
    entriesOfProgramme: loaderOfConnections<EntryRow, PageArgs & { kinds?: readonly EntryKind[] | null | undefined }>((parents, args) =>
      listConnectionsByParent(sql, entriesUnderProgramme(viewer, args.kinds), { parents, args })),
    awardYearsOf: loaderOfMany<{ id: string; year: number }>((row) => row.id, (ids) => awardYears(sql, ids)),
  };
}

function checklistLoaders(sql: EntityManager, viewer: Viewer) {
  const periodOf = (key: string): Period => ((days) => ({ from: days[0] ?? '', to: days[1] ?? '' }))(key.split('|'));
  const completion = once((key) => loaderById((ids) => completionOf(sql, ids, periodOf(key))));
  const reviewMarks = once((key) => new DataLoader(async (ids: readonly string[]) => {
    const byUnit = groupBy(await reviewMarksOfUnits(sql, ids, periodOf(key)), (mark) => mark.unitId);
    return ids.map((id) => byUnit.get(id) ?? []);
  }));
  return {
    checklist: loaderById((ids) => visibleChecklists(sql, viewer, ids)),
    checklistsOfUnit: loaderOfConnections<ChecklistRow, PageArgs & { kinds?: string[] | null | undefined; state?: ChecklistState | null | undefined }>((parents, args) =>
      listConnectionsByParent(sql, checklistsUnderUnit(viewer, args), { parents, args })),
    answersOfChecklist: loaderOfMany<AnswerRow>((row) => row.checklistId, (ids) => answersOf(sql, ids)),
    unitInView: new DataLoader(async (ids: readonly string[]) => {
      const seen = await unitsInView(sql, viewer, ids);
      return ids.map((id) => seen.has(id.toLowerCase()));
    }),
    completionOfUnit: ({ from, to }: Period) => completion(`${from}|${to}`),
    reviewMarksOfUnit: ({ from, to }: Period) => reviewMarks(`${from}|${to}`),
  };
}

function assessmentLoaders(sql: EntityManager, viewer: Viewer) {
  const results = (kind: 'assessment' | 'unit') =>
    loaderOfConnections<ResultRow, PageArgs>((parents, args) => listConnectionsByParent(sql, resultsUnder(viewer, kind), { parents, args }));
  const commendations = (kind: 'unit' | 'official') =>
    loaderOfConnections<CommendationRow, PageArgs>((parents, args) => listConnectionsByParent(sql, commendationsUnder(viewer, kind), { parents, args }));
  return {
    assessment: loaderById((ids) => visibleAssessments(sql, viewer, ids)),
    assessmentsOfDivision: loaderOfConnections<AssessmentRow, PageArgs>((parents, args) => listConnectionsByParent(sql, assessmentsUnderDivision(viewer), { parents, args })),
    assessmentResult: loaderById((ids) => visibleResults(sql, viewer, ids)),
    resultsUnder: { assessment: results('assessment'), unit: results('unit') },
    scoresOfResult: loaderOfMany<ScoreRow>((row) => row.resultId, (ids) => scoresOf(sql, ids)),
    commendation: loaderById((ids) => visibleCommendations(sql, viewer, ids)),
    commendationsUnder: { unit: commendations('unit'), official: commendations('official') },
  };
}

function decisionLoaders(sql: EntityManager, viewer: Viewer) {
  const under = (kind: 'unit' | 'case') =>
    loaderOfConnections<DecisionReviewRow, PageArgs>((parents, args) => listConnectionsByParent(sql, decisionReviewsUnder(viewer, kind), { parents, args }));
  return {
    decisionReview: loaderById((ids) => visibleDecisionReviews(sql, viewer, ids)),
    decisionReviewsUnder: { unit: under('unit'), case: under('case') },
    measuresOfDecision: loaderOfMany<MeasureRow>((row) => row.decisionReviewId, (ids) => measuresOf(sql, ids)),
    linkCounts: loaderById((ids) => linkCounts(sql, viewer, ids)),
    casesOfDecision: loaderOfConnections<{ id: string }, PageArgs>((parents, args) => listConnectionsByParent(sql, casesUnderDecision(viewer), { parents, args })),
  };
}

const workloadLoaders = (sql: EntityManager, viewer: Viewer) => ({
  dutyLoad: loaderById((ids) => dutyLoads(sql, viewer, ids)),
  letterLoad: loaderById((ids) => letterLoads(sql, viewer, ids)),
  partLoads: loaderOfMany<PartLoad>((row) => row.unitId, (ids) => partLoads(sql, viewer, ids)),
  casesOfUnit: loaderOfConnections<{ id: string }, PageArgs & { role?: string | null | undefined }>((parents, args) =>
    listConnectionsByParent(sql, casesUnderUnit(viewer, args.role), { parents, args })),
});
