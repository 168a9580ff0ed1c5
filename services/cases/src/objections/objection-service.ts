import { isRefusal, refuse, type Refusal } from '@anjie/contracts';
import { insertRows, isId, newId, updateVersion, write, type Actor } from '@anjie/service-kit/database';
import { tellUnits } from '../assignments/tell-units';
import { startReceipt } from '../clocks/receipt';
import type { DecideObjectionInput, DesignateUnitInput, ObjectToCaseInput } from '../generated/graphql';
import { takeStep, textFault, type Stand, type StepDeps, type StepNo, type StepOutcome } from '../life/step';
import type { UnitInChain } from '../successions/succession-repository';
import { chooseUnits, foreignUnit } from '../successions/unit-choice';
import { holdsAll } from '../rules/places';
import { STEP_PERMISSIONS } from '../rules/step-permissions';
import { disputingPlaces, objectionLimits, openObjection, sendingOf } from './objection-repository';

/** 异议与受理争议: "not ours" is a request that needs consent (第二十三条第三款); a dispute is decided by the common superior (第二十四条第一款). */
export function createObjectionService(deps: StepDeps) {
  return {
    object: (input: ObjectToCaseInput, actor: Actor) =>
      takeStep(deps, {
        operation: 'objectToCase', input, actor, action: 'OBJECT', act: input.isDispute ? 'RAISE_DISPUTE' : 'OBJECT', work: (stand) => object(deps, input, stand),
      }),
    decide: (input: DecideObjectionInput, actor: Actor) =>
      takeStep(deps, { operation: 'decideObjection', input, actor, action: 'DECIDE_OBJECTION', act: null, work: (stand) => decide(deps, input, stand) }),
    designate: (input: DesignateUnitInput, actor: Actor) =>
      takeStep(deps, { operation: 'designateUnit', input, actor, action: 'DECIDE_OBJECTION', act: null, work: (stand) => designate(deps, input, stand) }),
  };
}

const ART23 = '《信访工作条例》第二十三条第三款';
const ART24 = '《信访工作条例》第二十四条第一款';

async function object({ papers, clocks }: StepDeps, input: ObjectToCaseInput, { tx, row, actor, today }: Stand): Promise<StepOutcome | StepNo> {
  const no = textFault(input.reasons, 10, 2_000);
  if (no || !row.leadUnitId) return no ?? refuse('UNIT_MISSING', '没有责任单位。', 'There is no unit that handles the case.');
  const kind = input.isDispute ? 'DISPUTE' : 'OBJECTION';
  const late = kind === 'OBJECTION' ? await objectionOver(tx, row.id, { unitId: row.leadUnitId, today }) : undefined;
  if (late) return late;
  const sent = await sendingOf(tx, row.id);
  const documentId = await papers.issue(tx, {
    case: row, kind: 'OBJECTION', issuerUnitId: row.leadUnitId, issuedOn: today, actor, ...(row.registeredUnitId ? { toUnitId: row.registeredUnitId } : {}),
    fields: { sentOn: sent?.on ?? row.registeredOn, sentHow: sent?.kind === 'FORWARD' ? '转送' : '交办', reasons: input.reasons },
  });
  await insertRows(tx, 'objections', [{
    id: newId(), case_id: row.id, kind, unit_id: row.leadUnitId, raised_on: today, reasons: input.reasons.trim(), decision: null, decided_on: null, decided_by: null,
    decided_unit_id: null, decision_note: null, version: 1,
  }]);
  if (kind === 'OBJECTION') await clocks.end(tx, { caseId: row.id, codes: ['T5'], state: 'MET', on: today, requestId: actor.requestId });
  return { event: kind === 'OBJECTION' ? 'OBJECTED' : 'DISPUTE_RAISED', ground: input.reasons, basis: kind === 'OBJECTION' ? ART23 : ART24, documentId };
}

/** T5: within five working days of receipt, and not a second time. */
async function objectionOver(tx: Stand['tx'], caseId: string, { unitId, today }: { unitId: string; today: string }): Promise<StepNo | undefined> {
  const { isRefused, dueOn } = await objectionLimits(tx, caseId, unitId);
  if (isRefused) return refuse('OBJECTED_ALREADY', '异议经核实不同意后，不得再次提出。', 'An objection that was refused cannot be raised again.', ART23);
  if (!dueOn || dueOn >= today) return undefined;
  return refuse('TOO_LATE', `异议须在收到之日起5个工作日内（${dueOn}前）提出。`, `An objection is due within 5 working days, by ${dueOn}.`, ART23);
}

async function decide(deps: StepDeps, input: DecideObjectionInput, stand: Stand): Promise<StepOutcome | StepNo> {
  const { tx, row, actor, today } = stand;
  const open = await openObjection(tx, row.id, 'OBJECTION');
  if (row.status !== 'RETURN_REQUESTED' || !open) return refuse('ILLEGAL_STEP', '没有待核实的异议。', 'There is no objection to decide.', ART23);
  const no = textFault(input.note, 2, 1_000);
  if (no) return no;
  const reach = { own: actor.viewer.divisionCode, casePlace: row.divisionCode };
  const toUnitId = input.isConsented ? await unitMeant(stand, input.toUnitId ?? '', (unit) => foreignUnit([unit], reach)) : null;
  if (isRefusal(toUnitId)) return toUnitId as StepNo;
  if (input.isConsented && toUnitId === row.leadUnitId) return refuse('UNIT_UNKNOWN', '同意退回的，须同时转送、交办其他单位。', 'With consent the matter is sent to another unit at once.', ART23);
  const documentId = await deps.papers.issue(tx, {
    case: row, kind: 'OBJECTION_DECISION', issuerUnitId: actor.viewer.unitId ?? row.registeredUnitId ?? open.unitId, toUnitId: open.unitId, issuedOn: today, actor,
    fields: { decision: input.isConsented ? '同意退回' : '不同意退回，请你单位依法受理办理', note: input.note },
  });
  await updateVersion(tx, 'objections', {
    id: open.id, version: Number(open.version),
    set: { decision: toUnitId ? 'CONSENTED' : 'REFUSED', decided_on: today, decided_by: actor.viewer.subject, decision_note: input.note.trim(), decided_unit_id: toUnitId },
  });
  const detail = { objectionId: open.id, toUnitId };
  // a refusal leaves the state: what remains to the unit is to accept (brief §2.2 #9)
  if (!toUnitId) return { act: null, event: 'OBJECTION_REFUSED', ground: input.note, basis: ART23, documentId, detail };
  await moveAssignment(stand, toUnitId);
  await tellUnits(tx, deps.outbox, { row, units: { leadUnitId: toUnitId }, actor });
  await deps.clocks.end(tx, { caseId: row.id, codes: ['T4', 'T5'], state: 'CANCELLED', on: today, requestId: actor.requestId });
  await startReceipt(tx, deps.clocks, { caseId: row.id, divisionCode: row.divisionCode, unitId: toUnitId, on: today, requestId: actor.requestId });
  return { act: 'FORWARD', set: { lead_unit_id: toUnitId, lead_since: today }, event: 'OBJECTION_CONSENTED', ground: input.note, basis: ART23, documentId, detail };
}

/** The open unit that is meant: a closed one gives way to its successor, one that is kept out or that `fault` speaks against is refused. */
async function unitMeant({ tx, row, today }: Stand, named: string, fault: (unit: UnitInChain) => Refusal | undefined): Promise<string | StepNo> {
  const unitId = named.toLowerCase();
  if (!isId(unitId)) return refuse('UNIT_UNKNOWN', '须指定单位。', 'Name the unit.');
  const chosen = await chooseUnits(tx, { caseId: row.id, unitIds: [unitId], today });
  if (isRefusal(chosen)) return chosen as StepNo;
  const unit = chosen.unitOf(unitId);
  return (fault(unit) as StepNo | undefined) ?? unit.id;
}

/** The assignment in force goes to the other unit; the former one stays in the record. */
async function moveAssignment({ tx, row, actor, today }: Stand, toUnitId: string): Promise<void> {
  await write(tx, 'UPDATE assignments SET active_case_id = NULL, ended_on = ? WHERE active_case_id = ?', [today, row.id]);
  await insertRows(tx, 'assignments', [{
    id: newId(), case_id: row.id, active_case_id: row.id, kind: 'FORWARD', lead_unit_id: toUnitId, assigned_on: today, assigned_by: actor.viewer.subject,
    limit_on: row.limitOn, note: null, ended_on: null,
  }]);
}

/** 第二十四条第一款: the common superior of all who dispute, and of the one that is designated. */
const NOT_SUPERIOR: StepNo = refuse('NOT_PERMITTED', STEP_PERMISSIONS.DECIDE_OBJECTION.zh, STEP_PERMISSIONS.DECIDE_OBJECTION.en, ART24);

/** 指定受理: the designated unit answers from now on; T4 was never stopped (brief T6). */
async function designate(deps: StepDeps, input: DesignateUnitInput, stand: Stand): Promise<StepOutcome | StepNo> {
  const { tx, row, actor, today } = stand;
  const open = await openObjection(tx, row.id, 'DISPUTE');
  if (row.status !== 'JURISDICTION_DISPUTE' || !open) return refuse('ILLEGAL_STEP', '没有待决定的受理争议。', 'There is no dispute to decide.', ART24);
  const places = await disputingPlaces(tx, row.id);
  const unitId = await unitMeant(stand, input.unitId, (unit) => (holdsAll(actor.viewer.divisionCode, [unit.divisionCode, ...places]) ? undefined : NOT_SUPERIOR));
  if (isRefusal(unitId)) return unitId as StepNo;
  const no = textFault(input.note, 2, 1_000);
  if (no) return no;
  await updateVersion(tx, 'objections', {
    id: open.id, version: Number(open.version), set: { decision: 'DESIGNATED', decided_on: today, decided_by: actor.viewer.subject, decided_unit_id: unitId, decision_note: input.note.trim() },
  });
  const documentId = await deps.papers.issue(tx, {
    case: row, kind: 'DESIGNATION', issuerUnitId: actor.viewer.unitId ?? unitId, toUnitId: unitId, issuedOn: today, actor, fields: { note: input.note },
  });
  if (unitId !== row.leadUnitId) {
    await moveAssignment(stand, unitId);
    await tellUnits(tx, deps.outbox, { row, units: { leadUnitId: unitId }, actor });
    for (const clock of await deps.clocks.open(tx, row.id, ['T4'])) await deps.clocks.hand(tx, { clock, toUnitId: unitId, requestId: actor.requestId });
  }
  return { act: null, set: { lead_unit_id: unitId, lead_since: unitId === row.leadUnitId ? row.leadSince : today }, event: 'DESIGNATED', ground: input.note, basis: ART24, documentId, detail: { unitId } };
}
