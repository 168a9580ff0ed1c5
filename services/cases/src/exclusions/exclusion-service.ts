import type { DataSource, EntityManager } from 'typeorm';
import { hasRole } from '@anjie/access';
import { type Refusal, refuse } from '@anjie/contracts';
import { audit, businessTime, isId, runMutation, type Actor } from '@anjie/service-kit/database';
import type { Outbox } from '@anjie/service-kit/messaging';
import { areKnown, placedUnits, treeOfAccused } from '../accusations/accused-tree';
import { lockAnyCase, standingInCase, type CaseRow } from '../cases/case-repository';
import { publishScopes } from '../cases/scope-service';
import type { ExcludeFromCaseInput, ExclusionRefusalCode, LiftExclusionInput } from '../generated/graphql';
import { recordEvent } from '../history/history-repository';
import type { IdentityVault } from '../petitioners/identity-vault';
import { isReasonFit } from '../rules/corrections';
import { isPermitted } from '../rules/permissions';
import { isAbove } from '../rules/places';
import { exclusionsOfAccused, isKeptOut, type Accused, type Exclusion } from '../rules/sealed-lane';
import { divisionsOf, liftRecord, lockExclusion, recordedFrom, recordExclusions } from './exclusion-repository';

export interface ExclusionDeps {
  readonly db: DataSource;
  readonly outbox: Outbox;
  readonly vault: IdentityVault;
}
type No = Refusal<ExclusionRefusalCode>;
type Done = { readonly caseId: string };

const BASIS = '《信访工作条例》第三十条第三款';
const NOT_FOUND: No = refuse('NOT_FOUND', '不存在，或对您不可见。', 'It does not exist, or is not visible to you.');

export function createExclusionService(deps: ExclusionDeps) {
  return {
    // the reason may say what the case is about: the key keeps no print of it
    exclude: (input: ExcludeFromCaseInput, actor: Actor) =>
      runMutation<Done | No>(deps.db, { actor, operation: 'excludeFromCase', key: input.idempotencyKey, input: { ...input, reason: null }, work: (tx) => exclude(tx, deps, { input, actor }) }),
    lift: (input: LiftExclusionInput, actor: Actor) =>
      runMutation<Done | No>(deps.db, { actor, operation: 'liftExclusion', key: input.idempotencyKey, input: { ...input, reason: null }, work: (tx) => lift(tx, deps, { input, actor }) }),
  };
}

async function held(tx: EntityManager, actor: Actor, { caseId, reason }: { caseId: string; reason: string }): Promise<CaseRow | No> {
  const row = isId(caseId) ? await lockAnyCase(tx, actor.viewer, caseId) : undefined;
  if (!row) return NOT_FOUND;
  const may = row.isSealed ? hasRole(actor.viewer, 'JOINT_OFFICE', 'UNIT_HANDLER') : isPermitted('EXCLUDE', await standingInCase(tx, actor.viewer, row.id));
  if (!may) return refuse('NOT_PERMITTED', '只有联席办可以登记回避；检举控告件由持有单位登记。', 'Only a joint office records this; of an accusation, the unit that has it.');
  return isReasonFit(reason) ? row : refuse('REASON_MISSING', '请填写5至200字的事由。', 'Give a reason of 5 to 200 characters.');
}

interface Excluding {
  readonly input: ExcludeFromCaseInput;
  readonly actor: Actor;
}

async function exclude(tx: EntityManager, deps: ExclusionDeps, { input, actor }: Excluding): Promise<Done | No> {
  const row = await held(tx, actor, input);
  if ('refused' in row) return row;
  const target = { unitId: input.unitId?.toLowerCase() ?? null, officialId: input.officialId?.toLowerCase() ?? null };
  if (!(await isFit(tx, target))) return refuse('TARGET_NOT_FIT', '请指定一个名录中的单位或者干部。', 'Name exactly one unit or official of the directory.');
  const exclusions = await exclusionsOf(tx, row, target);
  const { today } = await businessTime(tx);
  const fault = (await conflictOf(tx, exclusions, actor)) ?? (row.isSealed ? undefined : await upperFault(tx, target, { viewer: actor.viewer, today }));
  if (fault) return fault;
  const fresh = await recordExclusions(tx, deps.vault, { caseId: row.id, exclusions, actor, on: today, reason: input.reason.trim() });
  if (fresh === 0) return refuse('ALREADY_EXCLUDED', '已在回避名单中。', 'It is kept out already.');
  return conclude(tx, deps, { actor, caseId: row.id, action: 'EXCLUDED', detail: row.isSealed ? {} : target });
}

const isFit = async (tx: EntityManager, { unitId, officialId }: Accused): Promise<boolean> =>
  (unitId === null) !== (officialId === null) && [unitId, officialId].every((id) => id === null || isId(id)) && areKnown(tx, [{ unitId, officialId }]);

/** In an ordinary case exactly who is named; in an accusation whoever the law keeps out with them. */
async function exclusionsOf(tx: EntityManager, row: CaseRow, target: Accused): Promise<Exclusion[]> {
  if (row.isSealed) return exclusionsOfAccused([target], await treeOfAccused(tx, [target]));
  return target.unitId ? [{ kind: 'UNIT', id: target.unitId, ground: 'OFFICE' }] : [{ kind: 'OFFICIAL', id: target.officialId ?? '', ground: 'OFFICE' }];
}

/** Nobody locks themselves out; so an accusation, which only the unit that has it sees, always has somebody who does. */
async function conflictOf(tx: EntityManager, exclusions: readonly Exclusion[], { viewer }: Actor): Promise<No | undefined> {
  const excluded = new Set(exclusions.map((one) => one.id));
  const own = viewer.unitId ? ((await placedUnits(tx, [viewer.unitId])).get(viewer.unitId) ?? { id: viewer.unitId, above: [] }) : undefined;
  if (!excluded.has(viewer.subject) && !(own && isKeptOut(own, excluded))) return undefined;
  return refuse('OWN_UNIT', '本人或者本单位的回避由其他有权机关登记。', 'Your own exclusion is recorded by another office.');
}

/** No office blinds the one that supervises it: who is kept out above is decided above. Of an accusation the law decides, see rules/sealed-lane. */
async function upperFault(tx: EntityManager, target: Accused, { viewer, today }: { viewer: Actor['viewer']; today: string }): Promise<No | undefined> {
  const own = viewer.divisionCode;
  if (own !== null && !(await divisionsOf(tx, target, today)).some((place) => isAbove(place, own))) return undefined;
  return refuse('NOT_PERMITTED', '上级机关、单位及其干部的回避由上级机关决定。', 'Whether an organ of a higher level or an official of it is kept out is decided at that level.', '《信访工作条例》第三十条');
}

async function lift(tx: EntityManager, deps: ExclusionDeps, { input, actor }: { input: LiftExclusionInput; actor: Actor }): Promise<Done | No> {
  const row = await held(tx, actor, input);
  if ('refused' in row) return row;
  const record = isId(input.exclusionId) ? await lockExclusion(tx, input.exclusionId) : undefined;
  if (record?.caseId !== row.id) return NOT_FOUND;
  if (row.isSealed || record.ground !== 'OFFICE') return refuse('NOT_LIFTABLE', '检举控告件的回避不得解除。', 'The accused of an accusation stay kept out.', BASIS);
  const [from, own] = [await recordedFrom(tx, record), actor.viewer.divisionCode];
  if (from !== null && own !== null && isAbove(from, own)) {
    return refuse('NOT_PERMITTED', '上级联席办登记的回避由上级联席办解除。', 'What an office above has recorded is lifted by that office.', BASIS);
  }
  const { today } = await businessTime(tx);
  await liftRecord(tx, deps.vault, { row: record, on: today, by: actor.viewer.subject, reason: input.reason.trim() });
  return conclude(tx, deps, { actor, caseId: row.id, action: 'EXCLUSION_LIFTED', detail: { exclusionId: record.id } });
}

interface Conclusion {
  readonly actor: Actor;
  readonly caseId: string;
  readonly action: 'EXCLUDED' | 'EXCLUSION_LIFTED';
  readonly detail: Readonly<Record<string, unknown>>;
}

async function conclude(tx: EntityManager, { outbox }: ExclusionDeps, { actor, caseId, action, detail }: Conclusion): Promise<Done> {
  await audit(tx, actor, { action, subjectType: 'Case', subjectId: caseId, caseId, detail });
  await recordEvent(tx, actor, { caseId, action, basis: BASIS, detail });
  await publishScopes(tx, outbox, { caseIds: [caseId], requestId: actor.requestId });
  return { caseId };
}
