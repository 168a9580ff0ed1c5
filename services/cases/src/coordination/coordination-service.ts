import type { DataSource, EntityManager } from 'typeorm';
import { AppError, isRefusal, refuse } from '@anjie/contracts';
import { audit, businessTime, newId, runMutation, type Actor } from '@anjie/service-kit/database';
import type { Outbox } from '@anjie/service-kit/messaging';
import { lockCase, partsInCase, type CaseRow } from '../cases/case-repository';
import type { Clocks } from '../clocks/clock-service';
import type { DecideCoordinationInput, RequestCoordinationInput, WithdrawCoordinationInput } from '../generated/graphql';
import { recordEvent } from '../history/history-repository';
import { canonicalSet, placesOf, refusalOfFault, withUnits } from '../responsibilities/responsibility-service';
import { commonSuperior } from '../rules/places';
import { faultIn, isPlainText, mayCoordinate, type CoordinationAction } from '../rules/responsibility';
import { chooseUnits, type No } from '../successions/unit-choice';
import { decideSet } from './coordination-decision';
import { endRequest, hasOpenRequest, insertRequest, officeAbove, requestNow, requestsByIds, type RequestRow } from './coordination-repository';

export interface CoordinationDeps {
  readonly db: DataSource;
  readonly outbox: Outbox;
  readonly clocks: Clocks;
}
type Done = { requestId: string; caseId: string };
const ART24 = '《信访工作条例》第二十四条第一款';

export function createCoordinationService(deps: CoordinationDeps) {
  return {
    request: (input: RequestCoordinationInput, actor: Actor) =>
      runMutation<Done | No>(deps.db, { actor, operation: 'requestCoordination', key: input.idempotencyKey, input, work: (tx) => request(tx, deps, { input, actor }) }),
    withdraw: (input: WithdrawCoordinationInput, actor: Actor) =>
      runMutation<Done | No>(deps.db, { actor, operation: 'withdrawCoordination', key: input.idempotencyKey, input, work: (tx) => withdraw(tx, deps, { input, actor }) }),
    decide: (input: DecideCoordinationInput, actor: Actor) =>
      runMutation<Done | No>(deps.db, { actor, operation: 'decideCoordination', key: input.idempotencyKey, input, work: (tx) => decide(tx, deps, { input, actor }) }),
  };
}

const NOT_FOUND: No = refuse('NOT_FOUND', '信访事项不存在，或对您不可见。', 'The case does not exist or is not visible to you.');
const REQUEST_NOT_FOUND: No = refuse('NOT_FOUND', '协调会商申请不存在，或对您不可见。', 'The request does not exist or is not visible to you.');
const NOT_LEAD: No = refuse('NOT_PERMITTED', '只有责任单位（牵头）可以提出或者撤回协调会商申请。', 'Only the lead unit may request coordination or withdraw the request.', '三跨三分离责任规则 (practice)');
const NOT_SUPERIOR: No = refuse('NOT_PERMITTED', '由相关各地的共同上级联席办决定，其他机关不得代为决定。', 'The joint office of the common superior decides, and nobody else.', ART24);
const GROUND: No = refuse('TEXT_LENGTH', '理由须为1至1000字，不得含控制字符。', 'The ground must have 1 to 1,000 characters, none of them control characters.');
const NO_SUPERIOR: No = refuse('NO_COMMON_SUPERIOR', '本系统中没有辖区包含全部相关地方的联席办，请报共同的上一级机关决定。', 'No joint office known here holds all places; report to the common superior organ.', ART24);
const ENDED: No = refuse('REQUEST_NOT_OPEN', '该申请已决定或者已撤回。', 'The request was decided or withdrawn.');

interface Order<Input> {
  readonly input: Input;
  readonly actor: Actor;
}

async function standingOf(tx: EntityManager, { viewer }: Actor, caseId: string) {
  const parts = (await partsInCase(tx, viewer, caseId)).map((part) => part.role);
  return { roles: viewer.roles, parts, divisionCode: viewer.divisionCode, places: [] as string[], superior: null as string | null };
}

async function request(tx: EntityManager, deps: CoordinationDeps, { input, actor }: Order<RequestCoordinationInput>): Promise<Done | No> {
  const row = await lockCase(tx, actor.viewer, input.caseId);
  if (!row) return NOT_FOUND;
  if (!row.leadUnitId || !mayCoordinate('REQUEST_COORDINATION', await standingOf(tx, actor, row.id))) return NOT_LEAD;
  if (!isPlainText(input.ground, 1_000)) return GROUND;
  const proposal = canonicalSet(input.proposal);
  const fault = faultIn(proposal);
  if (fault) return refusalOfFault(fault);
  const { today } = await businessTime(tx);
  const chosen = await chooseUnits(tx, { caseId: row.id, unitIds: proposal.map((one) => one.unitId), today });
  if (isRefusal(chosen)) return chosen;
  if (await hasOpenRequest(tx, row.id)) return refuse('REQUEST_OPEN', '本信访事项已有未决定的协调会商申请。', 'A request for this case is open already.');
  const superior = commonSuperior(placesOf(row.divisionCode, proposal, chosen));
  const office = superior ? await officeAbove(tx, row.id, superior) : undefined;
  if (!office) return NO_SUPERIOR;
  const id = newId();
  // T4 and every other limit goes on: the text knows no pause for a dispute (第二十四条; T6 has no period)
  const clock = await deps.clocks.start(tx, {
    code: 'COORDINATION', caseId: row.id, divisionCode: row.divisionCode, obligorUnitId: office.unitId, startOn: today, subject: { type: 'CoordinationRequest', id },
  }, actor.requestId);
  await insertRequest(tx, {
    id, case_id: row.id, open_case_id: row.id, state: 'OPEN', requested_unit_id: row.leadUnitId, requested_by: actor.viewer.subject, requested_on: today,
    ground: input.ground.trim(), superior_division_code: office.divisionCode, office_unit_id: office.unitId, due_on: clock?.dueOn ?? null,
  }, withUnits(proposal, chosen));
  const detail = { requestId: id, officeUnitId: office.unitId, superior: office.divisionCode };
  await audit(tx, actor, { action: 'COORDINATION_REQUESTED', subjectType: 'CoordinationRequest', subjectId: id, caseId: row.id, detail });
  await recordEvent(tx, actor, { caseId: row.id, action: 'COORDINATION_REQUESTED', ground: input.ground.trim(), basis: ART24, detail });
  return { requestId: id, caseId: row.id };
}

interface Found {
  readonly row: CaseRow;
  readonly asked: RequestRow;
}

/** The request of a visible case, both locked; the case first, as everywhere. */
async function lockRequest(tx: EntityManager, { viewer }: Actor, id: string): Promise<Found | undefined> {
  const [seen] = await requestsByIds(tx, viewer, [id]);
  const row = seen && (await lockCase(tx, viewer, seen.caseId));
  const asked = row && (await requestNow(tx, seen.id));
  return row && asked ? { row, asked } : undefined;
}

async function withdraw(tx: EntityManager, deps: CoordinationDeps, { input, actor }: Order<WithdrawCoordinationInput>): Promise<Done | No> {
  const found = await lockRequest(tx, actor, input.requestId);
  if (!found) return REQUEST_NOT_FOUND;
  const { row, asked } = found;
  if (!mayCoordinate('WITHDRAW_COORDINATION', await standingOf(tx, actor, row.id))) return NOT_LEAD;
  if (!isPlainText(input.ground, 1_000)) return GROUND;
  if (asked.state !== 'OPEN') return ENDED;
  const { today } = await businessTime(tx);
  await endAll(tx, deps, { found, actor, end: { state: 'WITHDRAWN', on: today, by: actor.viewer.subject, ground: input.ground.trim(), minutesNumber: null } });
  await audit(tx, actor, { action: 'COORDINATION_WITHDRAWN', subjectType: 'CoordinationRequest', subjectId: asked.id, caseId: row.id });
  await recordEvent(tx, actor, { caseId: row.id, action: 'COORDINATION_WITHDRAWN', ground: input.ground.trim(), detail: { requestId: asked.id } });
  return { requestId: asked.id, caseId: row.id };
}

interface Ending {
  readonly found: Found;
  readonly actor: Actor;
  readonly end: Parameters<typeof endRequest>[2];
}
async function endAll(tx: EntityManager, deps: CoordinationDeps, { found: { row, asked }, actor, end }: Ending): Promise<void> {
  if (!(await endRequest(tx, asked.id, end))) throw new AppError('CONFLICT', { currentVersion: Number(row.version) });
  await deps.clocks.end(tx, { caseId: row.id, codes: ['COORDINATION'], subjectId: asked.id, state: end.state === 'DECIDED' ? 'MET' : 'CANCELLED', on: end.on, requestId: actor.requestId });
}

async function decide(tx: EntityManager, deps: CoordinationDeps, { input, actor }: Order<DecideCoordinationInput>): Promise<Done | No> {
  const found = await lockRequest(tx, actor, input.requestId);
  if (!found) return REQUEST_NOT_FOUND;
  const { row, asked } = found;
  const action: CoordinationAction = 'DECIDE_COORDINATION';
  if (!mayCoordinate(action, { ...(await standingOf(tx, actor, row.id)), superior: asked.superiorDivisionCode })) return NOT_SUPERIOR;
  if (!isPlainText(input.ground, 1_000)) return GROUND;
  if (input.minutesNumber && !isPlainText(input.minutesNumber, 64)) return refuse('TEXT_LENGTH', '会商纪要文号须为1至64字。', 'The number of the minutes has 1 to 64 characters.');
  if (asked.state !== 'OPEN') return ENDED;
  const { today } = await businessTime(tx);
  const decided = await decideSet(tx, { row, set: canonicalSet(input.responsibilities), superior: asked.superiorDivisionCode, today });
  if (isRefusal(decided)) return decided;
  if (Number(row.version) !== input.expectedVersion) throw new AppError('CONFLICT', { currentVersion: Number(row.version) });
  const end = { state: 'DECIDED' as const, on: today, by: actor.viewer.subject, ground: input.ground.trim(), minutesNumber: input.minutesNumber?.trim() ?? null };
  await endAll(tx, deps, { found, actor, end });
  await decided.carryOut(deps, { actor, requestId: asked.id, ground: end.ground });
  return { requestId: asked.id, caseId: row.id };
}
