import { select, selectIn, type Sql } from '@anjie/service-kit/database';
import { timelineOf, type KnownHead, type PlacedStep, type TracedStep } from '../rules/inquiry-timeline';

export interface Traced {
  readonly caseId: string;
  readonly requestId: string;
  readonly tracedUnitId: string;
  readonly closedOn: string;
  readonly repeatedOn: string;
  readonly today: string;
}

/** 时间线还原: from supervision's own rows and from what the case's scope tells; each step with its official in office on that day. */
export async function reconstructTimeline(sql: Sql, traced: Traced): Promise<PlacedStep[]> {
  const steps = [...(await ofCase(sql, traced)), ...(await ofObligations(sql, traced)), ...(await ofLetters(sql, traced)), ...(await ofReviews(sql, traced)), ...ofRelapse(traced)];
  return timelineOf(steps, await headsOf(sql, [...new Set(steps.flatMap((one) => one.unitId ?? []))]), traced.today);
}

const happened = (part: Pick<TracedStep, 'source' | 'sourceId' | 'code' | 'unitId' | 'officialId'>, on: string | null): TracedStep[] =>
  on === null ? [] : [{ ...part, startedOn: on, dueOn: null, actualOn: on }];

async function ofCase(sql: Sql, { caseId }: Traced): Promise<TracedStep[]> {
  const [scope] = await select<{ leadUnitId: string | null; leadSince: string | null; planSince: string | null }>(
    sql, 'SELECT lead_unit_id AS leadUnitId, lead_since AS leadSince, plan_since AS planSince FROM case_scopes WHERE case_id = ?', [caseId],
  );
  if (!scope) return [];
  const part = { source: 'CASE' as const, sourceId: caseId, unitId: scope.leadUnitId, officialId: null };
  return [...happened({ ...part, code: 'LEAD_UNIT_NAMED' }, scope.leadSince), ...happened({ ...part, code: 'PLAN_MADE' }, scope.planSince)];
}

/** What was owed in the case, up to the repeat; the duties of the inquiry itself are not part of it. */
const ofObligations = (sql: Sql, { caseId, repeatedOn }: Traced): Promise<TracedStep[]> =>
  select<TracedStep>(
    sql,
    `SELECT 'OBLIGATION' AS source, id AS sourceId, duty_code AS code, obligor_unit_id AS unitId, obligor_official_id AS officialId, start_on AS startedOn, due_on AS dueOn, met_on AS actualOn
       FROM obligations WHERE case_id = ? AND state <> 'CANCELLED' AND start_on <= ? AND subject_type NOT IN ('BackTraceRequest', 'Inquiry')`,
    [caseId, repeatedOn],
  );

async function ofLetters(sql: Sql, { caseId }: Traced): Promise<TracedStep[]> {
  const rows = await select<{ id: string; kind: string; fromUnitId: string; issuedBy: string; issuedOn: string; toUnitId: string; repliedBy: string | null; repliedOn: string | null; dueOn: string | null; toOfficialId: string | null }>(
    sql,
    `SELECT id, kind, from_unit_id AS fromUnitId, issued_by AS issuedBy, issued_on AS issuedOn, to_unit_id AS toUnitId, replied_by AS repliedBy, replied_on AS repliedOn,
            reply_due_on AS dueOn, to_official_id AS toOfficialId FROM supervision_letters WHERE case_id = ? AND issued_on IS NOT NULL AND withdrawn_on IS NULL`, [caseId],
  );
  return rows.flatMap((row): TracedStep[] => [
    ...happened({ source: 'LETTER', sourceId: row.id, code: row.kind, unitId: row.fromUnitId, officialId: row.issuedBy }, row.issuedOn),
    ...(row.dueOn === null ? [] : [{ source: 'LETTER' as const, sourceId: row.id, code: 'LETTER_REPLY', unitId: row.toUnitId, officialId: row.repliedBy ?? row.toOfficialId, startedOn: row.issuedOn, dueOn: row.dueOn, actualOn: row.repliedOn }]),
  ]);
}

async function ofReviews(sql: Sql, { caseId }: Traced): Promise<TracedStep[]> {
  const rows = await select<{ id: string; unitId: string; by: string; on: string; firstUnitId: string | null; firstId: string | null; examinedOn: string | null; unit2Id: string | null; secondId: string | null; decidedOn: string | null }>(
    sql,
    `SELECT id, submitted_unit_id AS unitId, submitted_by AS \`by\`, submitted_on AS \`on\`, first_unit_id AS firstUnitId, first_reviewer_id AS firstId, examined_on AS examinedOn,
            reviewing_unit_id AS unit2Id, second_reviewer_id AS secondId, decided_on AS decidedOn FROM close_reviews WHERE case_id = ?`, [caseId],
  );
  return rows.flatMap((row): TracedStep[] => {
    const part = { source: 'CLOSE_REVIEW' as const, sourceId: row.id };
    return [
      ...happened({ ...part, code: 'CLOSING_SUBMITTED', unitId: row.unitId, officialId: row.by }, row.on),
      ...happened({ ...part, code: 'CLOSING_EXAMINED', unitId: row.firstUnitId, officialId: row.firstId }, row.examinedOn),
      ...happened({ ...part, code: 'CLOSING_DECIDED', unitId: row.unit2Id, officialId: row.secondId }, row.decidedOn),
    ];
  });
}

const ofRelapse = ({ requestId, tracedUnitId, closedOn, repeatedOn }: Traced): TracedStep[] => {
  const part = { source: 'BACK_TRACE' as const, sourceId: requestId, unitId: tracedUnitId, officialId: null };
  return [...happened({ ...part, code: 'CLOSED' }, closedOn), ...happened({ ...part, code: 'CAME_AGAIN' }, repeatedOn)];
};

const headsOf = (sql: Sql, unitIds: readonly string[]): Promise<KnownHead[]> =>
  selectIn<KnownHead>(
    sql,
    `SELECT u.id AS unitId, p.official_id AS officialId, p.started_on AS startedOn, p.ended_on AS endedOn FROM known_units u
       JOIN posts p ON p.official_id = u.head_official_id AND p.unit_id = u.id WHERE u.id IN (?) ORDER BY u.id, p.started_on`, unitIds,
  );
