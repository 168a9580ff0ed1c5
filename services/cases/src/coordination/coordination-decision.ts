import type { EntityManager } from 'typeorm';
import { AppError, isRefusal, refuse } from '@anjie/contracts';
import { audit, updateVersion, type Actor } from '@anjie/service-kit/database';
import type { Outbox } from '@anjie/service-kit/messaging';
import { changeAssignments } from '../assignments/assignment-changes';
import { tellUnits } from '../assignments/tell-units';
import type { CaseRow } from '../cases/case-repository';
import { publishScopes } from '../cases/scope-service';
import { openClocksOfUnit } from '../clocks/clock-repository';
import type { Clocks } from '../clocks/clock-service';
import { recordEvent } from '../history/history-repository';
import { putResponsibilities } from '../responsibilities/responsibility-repository';
import { placesOf, refusalOfFault, withUnits } from '../responsibilities/responsibility-service';
import { holdsAll } from '../rules/places';
import { faultIn, type ProposedResponsibility } from '../rules/responsibility';
import { unitsUnder } from '../rules/succession';
import { chooseUnits, type No } from '../successions/unit-choice';

export interface DecisionDeps {
  readonly outbox: Outbox;
  readonly clocks: Clocks;
}
interface Decision {
  readonly row: CaseRow;
  readonly set: readonly ProposedResponsibility[];
  /** Division of the office that decides. */
  readonly superior: string;
  readonly today: string;
}
interface Decider {
  readonly actor: Actor;
  readonly requestId: string;
  readonly ground: string;
}
const ART24 = '《信访工作条例》第二十四条第一款';

/** What a conference may decide: any unit of its own division in any role, one of which resolves. */
export async function decideSet(tx: EntityManager, { row, set, superior, today }: Decision) {
  const fault = faultIn(set);
  if (fault) return refusalOfFault(fault);
  const chosen = await chooseUnits(tx, { caseId: row.id, unitIds: set.map((one) => one.unitId), today });
  if (isRefusal(chosen)) return chosen as No;
  if (!holdsAll(superior, placesOf(row.divisionCode, set, chosen))) {
    return refuse('NOT_PERMITTED', '决定机关只能确定其辖区内单位的责任。', 'The conference decides about units of its own division only.', ART24) as No;
  }
  const decided = withUnits(set, chosen);
  return { carryOut: (deps: DecisionDeps, decider: Decider) => carryOut(tx, deps, { ...decider, row, decided, today }) };
}

interface Decided extends Decider {
  readonly row: CaseRow;
  readonly decided: readonly ProposedResponsibility[];
  readonly today: string;
}

/** Puts the decision in force. Another unit that resolves becomes the lead unit and owes what the earlier one owed, on the same days. */
async function carryOut(tx: EntityManager, { outbox, clocks }: DecisionDeps, { row, decided, today, actor, requestId, ground }: Decided): Promise<void> {
  const resolver = decided.find((one) => one.role === 'RESOLVE')?.unitId ?? row.leadUnitId;
  const isMoved = resolver !== null && resolver !== row.leadUnitId;
  if (isMoved) await giveLead(tx, clocks, { row, resolver, today, actor });
  if (isMoved) await tellUnits(tx, outbox, { row, units: { leadUnitId: resolver }, actor });
  await putResponsibilities(tx, [{ caseId: row.id, set: decided }], { by: actor.viewer.subject, today, requestId });
  const isNewest = await updateVersion(tx, 'cases', { id: row.id, version: Number(row.version), set: isMoved ? { lead_unit_id: resolver, lead_since: today } : {} });
  if (!isNewest) throw new AppError('CONFLICT', { currentVersion: Number(row.version) });
  const detail = { requestId, responsibilities: decided.map(({ unitId, role, placeKind }) => ({ unitId, role, placeKind })), leadUnitBefore: row.leadUnitId };
  await audit(tx, actor, { action: 'COORDINATION_DECIDED', subjectType: 'CoordinationRequest', subjectId: requestId, caseId: row.id, detail });
  await recordEvent(tx, actor, { caseId: row.id, action: 'COORDINATION_DECIDED', ground, basis: ART24, detail });
  await publishScopes(tx, outbox, { caseIds: [row.id], requestId: actor.requestId });
}

interface LeadChange {
  readonly row: CaseRow;
  readonly resolver: string;
  readonly today: string;
  readonly actor: Actor;
}
async function giveLead(tx: EntityManager, clocks: Clocks, { row, resolver, today, actor }: LeadChange): Promise<void> {
  const unguided = await changeAssignments(tx, { caseIds: [row.id], unitsAfter: (units) => unitsUnder(units, resolver), origin: 'COORDINATION', by: actor.viewer.subject, today });
  if (unguided.length > 0) await clocks.end(tx, { caseId: row.id, codes: ['GUIDANCE'], state: 'CANCELLED', on: today, requestId: actor.requestId });
  if (!row.leadUnitId) return;
  const owed = (await openClocksOfUnit(tx, { caseIds: [row.id], unitId: row.leadUnitId })).filter((clock) => clock.subjectType !== 'CoordinationRequest' && clock.code !== 'T2');
  await clocks.handAll(tx, { clocks: owed, toUnitId: resolver, requestId: actor.requestId });
}
