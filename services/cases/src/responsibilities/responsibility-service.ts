import type { DataSource, EntityManager } from 'typeorm';
import { AppError, isRefusal, refuse } from '@anjie/contracts';
import { audit, businessTime, runMutation, select, updateVersion, type Actor } from '@anjie/service-kit/database';
import type { Outbox } from '@anjie/service-kit/messaging';
import { lockCase, partsInCase } from '../cases/case-repository';
import { publishScopes } from '../cases/scope-service';
import type { ResponsibilityInput, SetResponsibilitiesInput } from '../generated/graphql';
import { recordEvent } from '../history/history-repository';
import { faultIn, faultUndecided, mayCoordinate, type ProposedResponsibility, type ResponsibilityFault } from '../rules/responsibility';
import { chooseUnits, type ChosenUnits, type No } from '../successions/unit-choice';
import { putResponsibilities } from './responsibility-repository';

export interface ResponsibilityDeps {
  readonly db: DataSource;
  readonly outbox: Outbox;
}
type Done = { caseId: string };
const ART24 = '《信访工作条例》第二十四条第一款';

export function createResponsibilityService(deps: ResponsibilityDeps) {
  return {
    set: (input: SetResponsibilitiesInput, actor: Actor) =>
      runMutation<Done | No>(deps.db, { actor, operation: 'setResponsibilities', key: input.idempotencyKey, input, work: (tx) => set(tx, deps, { input, actor }) }),
  };
}

/** Ids in the one form in which rows and events carry them; texts without spaces around them. */
export const canonicalSet = (set: readonly ResponsibilityInput[]): ProposedResponsibility[] =>
  set.map(({ unitId, role, placeKind, ground }) => ({ unitId: unitId.toLowerCase(), role, placeKind: placeKind ?? null, ground: ground.trim() }));

/** The set with the open units that are meant. */
export const withUnits = (set: readonly ProposedResponsibility[], chosen: ChosenUnits): ProposedResponsibility[] =>
  set.map((one) => ({ ...one, unitId: chosen.unitOf(one.unitId).id }));

/** Where all of a set's units sit, with the place of the problem. */
export const placesOf = (divisionCode: string, set: readonly ProposedResponsibility[], chosen: ChosenUnits): string[] =>
  [divisionCode, ...set.map((one) => chosen.unitOf(one.unitId).divisionCode)];

const FAULTS: Readonly<Record<ResponsibilityFault, readonly [zh: string, en: string, basis?: string]>> = {
  COUNT_OUT_OF_RANGE: ['责任分工须为1至20个单位。', 'A case has 1 to 20 responsible units.'],
  UNIT_TWICE: ['同一单位不能重复列名。', 'A unit is listed twice.'],
  ONE_RESOLVER: ['化解责任单位须有且只有一个。', 'Exactly one unit resolves.'],
  TEXT_LENGTH: ['理由须为1至500字，不得含控制字符。', 'Each ground must have 1 to 500 characters, none of them control characters.'],
  ROLE_NOT_BY_PLACE: ['事发地或有权处理部门负责化解，常住地及其他相关单位协办，户籍地配合；另作安排须经协调会商。', 'The place of occurrence or the competent organ resolves, the residence and other related units assist, the household place cooperates; anything else needs a decision of the joint conference.', '三跨三分离责任规则 (practice)'],
  RESOLVER_NOT_LEAD: ['化解责任单位须为责任单位（牵头），请先交办。', 'The unit that resolves must be the lead unit; assign the case first.', '《信访工作条例》第二十二条'],
};
export const refusalOfFault = (fault: ResponsibilityFault): No => {
  const [zh, en, basis = null] = FAULTS[fault];
  return refuse(fault, zh, en, basis);
};

interface Setting {
  readonly input: SetResponsibilitiesInput;
  readonly actor: Actor;
}

async function set(tx: EntityManager, deps: ResponsibilityDeps, { input, actor }: Setting): Promise<Done | No> {
  const row = await lockCase(tx, actor.viewer, input.caseId);
  if (!row) return refuse('NOT_FOUND', '信访事项不存在，或对您不可见。', 'The case does not exist or is not visible to you.');
  const parts = (await partsInCase(tx, actor.viewer, row.id)).map((part) => part.role);
  const standing = { roles: actor.viewer.roles, parts, divisionCode: actor.viewer.divisionCode, superior: null };
  const notPermitted = refuse('NOT_PERMITTED', '只有辖区包含全部相关地方的联席办可以确定责任；各地意见不一致的，由主办单位提出协调会商申请。', 'Only a joint office whose division holds all places may set responsibilities; when places disagree, the lead unit requests coordination.', ART24);
  if (!mayCoordinate('SET_RESPONSIBILITIES', { ...standing, places: [row.divisionCode] })) return notPermitted;
  if (!row.leadUnitId) return refuse('NOT_ASSIGNED', '尚无责任单位，请先交办。', 'The case has no lead unit yet; assign it first.', '《信访工作条例》第二十二条');
  const wanted = canonicalSet(input.responsibilities);
  const fault = faultIn(wanted);
  if (fault) return refusalOfFault(fault);
  const { today } = await businessTime(tx);
  const chosen = await chooseUnits(tx, { caseId: row.id, unitIds: wanted.map((one) => one.unitId), today });
  if (isRefusal(chosen)) return chosen;
  if (!mayCoordinate('SET_RESPONSIBILITIES', { ...standing, places: placesOf(row.divisionCode, wanted, chosen) })) return notPermitted;
  const decided = withUnits(wanted, chosen);
  const undecided = faultUndecided(decided, row.leadUnitId);
  if (undecided) return refusalOfFault(undecided);
  const open = await select(tx, 'SELECT id FROM coordination_requests WHERE open_case_id = ?', [row.id]);
  if (open.length > 0) return refuse('REQUEST_OPEN', '协调会商申请尚未决定，须先作出决定或者撤回。', 'A coordination request is open; it is decided or withdrawn first.', ART24);
  if (Number(row.version) !== input.expectedVersion) throw new AppError('CONFLICT', { currentVersion: Number(row.version) });
  await putResponsibilities(tx, [{ caseId: row.id, set: decided }], { by: actor.viewer.subject, today, requestId: null });
  if (!(await updateVersion(tx, 'cases', { id: row.id, version: Number(row.version), set: {} }))) throw new AppError('CONFLICT', { currentVersion: Number(row.version) });
  await noteSet(tx, { actor, caseId: row.id, decided });
  await publishScopes(tx, deps.outbox, { caseIds: [row.id], requestId: actor.requestId });
  return { caseId: row.id };
}

async function noteSet(tx: EntityManager, { actor, caseId, decided }: { actor: Actor; caseId: string; decided: readonly ProposedResponsibility[] }): Promise<void> {
  const detail = { responsibilities: decided.map(({ unitId, role, placeKind }) => ({ unitId, role, placeKind })) };
  await audit(tx, actor, { action: 'RESPONSIBILITIES_SET', subjectType: 'Case', subjectId: caseId, caseId, detail });
  await recordEvent(tx, actor, { caseId, action: 'RESPONSIBILITIES_SET', basis: '《信访工作条例》第二十二条第一款第二项', detail });
}
