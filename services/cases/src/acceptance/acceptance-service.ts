import { refuse } from '@anjie/contracts';
import { isId, type Actor } from '@anjie/service-kit/database';
import type { ClockRow } from '../clocks/clock-repository';
import { endReceipt } from '../clocks/receipt';
import type { AcceptCaseInput, RefuseAcceptanceInput, RouteCaseInput } from '../generated/graphql';
import { takeStep, textFault, type Stand, type StepDeps, type StepNo, type StepOutcome } from '../life/step';
import { flagsOfCase } from '../petitions/petition-repository';
import { petitionCount, sameMatter } from './acceptance-repository';
import { fitsPurpose, handlingRuleOf, ROUTE_RULES, whyNotSimple, type ProcedureKind, type Route } from '../rules/routes';
import { recordFirstHandler } from '../responsibilities/responsibility-repository';

/** 分流与受理: what kind of matter it is, who takes it on, and what the petitioner is told (第二十二、二十三、三十一条). */
export function createAcceptanceService(deps: StepDeps) {
  return {
    route: (input: RouteCaseInput, actor: Actor) =>
      takeStep(deps, { operation: 'routeCase', input, actor, action: 'ROUTE', act: null, work: (stand) => route(deps, input, stand) }),
    accept: (input: AcceptCaseInput, actor: Actor) =>
      takeStep(deps, { operation: 'acceptCase', input, actor, action: 'ACCEPT', act: 'ACCEPT', work: (stand) => accept(deps, input, stand) }),
    refuse: (input: RefuseAcceptanceInput, actor: Actor) =>
      takeStep(deps, { operation: 'refuseAcceptance', input, actor, action: 'ACCEPT', act: null, work: (stand) => refuseAcceptance(deps, input, stand) }),
  };
}

/** Before acceptance only: a clock that runs is not moved by a change of mind. */
const ROUTABLE = new Set(['REGISTERED', 'FORWARDED', 'ASSIGNED']);

async function route(deps: StepDeps, input: RouteCaseInput, stand: Stand): Promise<StepOutcome | StepNo> {
  const { row } = stand;
  const rule = ROUTE_RULES[input.route];
  if (!ROUTABLE.has(row.status)) return refuse('ILLEGAL_STEP', '分流须在受理之前进行。', 'Routing comes before acceptance.', rule.basis);
  if (!fitsPurpose(input.route, row.purpose) || rule.leads === 'SEALED') return refuse('ROUTE_UNFIT', '该途径不适用于此类信访事项。', 'This route does not fit the purpose of the petition.', rule.basis);
  const no = textFault(input.ground, 4, 1_000);
  if (no) return no;
  const procedure = input.procedure ?? 'ORDINARY';
  if (procedure === 'SIMPLE') {
    const { involvesLitigation } = await flagsOfCase(stand.tx, row.id);
    const why = whyNotSimple({ purpose: row.purpose, route: input.route, isFirst: (await petitionCount(stand.tx, row.id)) === 1, involvesLitigation: involvesLitigation || input.involvesLitigation === true, isUnderReview: false });
    if (why) return refuse('NOT_SIMPLE', '不符合简易办理条件。', `Simple procedure does not apply: ${why}.`, '《信访事项简易办理办法（试行）》');
  }
  const set = { route: input.route, procedure_kind: procedure };
  if (rule.leads === 'HANDLE') return { set, event: 'ROUTED', ground: input.ground, basis: rule.basis, detail: { route: input.route, procedure } };
  return leaveForLaw(deps, input, stand);
}

/** 导入法定程序: the petitioner is told the way and its own time limits; no petition clock starts. */
async function leaveForLaw({ papers, clocks }: StepDeps, input: RouteCaseInput, { tx, row, actor, today }: Stand): Promise<StepOutcome | StepNo> {
  const rule = ROUTE_RULES[input.route];
  const unitId = row.leadUnitId ?? row.registeredUnitId;
  const no = textFault(input.legalProcedure, 2, 500);
  if (no || !unitId) return no ?? refuse('UNIT_MISSING', '没有可以出具文书的单位。', 'There is no unit that could issue the notice.');
  const documentId = await papers.issue(tx, {
    case: row, kind: 'ROUTE_NOTICE', issuerUnitId: unitId, issuedOn: today, actor, sent: { method: input.noticeMethod ?? 'OTHER', on: today },
    fields: { route: rule.zh, routeBasis: rule.basis, legalProcedure: input.legalProcedure, reason: input.ground },
  });
  await endReceipt(tx, clocks, { caseId: row.id, on: today, requestId: actor.requestId });
  return { act: 'ROUTE_TO_LEGAL', set: { route: input.route }, event: 'ROUTED_TO_LEGAL', ground: input.ground, basis: rule.basis, documentId, detail: { route: input.route } };
}

async function accept({ papers, clocks }: StepDeps, input: AcceptCaseInput, { tx, row, actor, today }: Stand): Promise<StepOutcome | StepNo> {
  if (!row.route || ROUTE_RULES[row.route].leads !== 'HANDLE') return refuse('ROUTE_MISSING', '受理之前须先分流。', 'Route the matter before accepting it.', '《信访工作条例》第三十一条');
  const unitId = row.leadUnitId ?? row.registeredUnitId;
  if (!unitId) return refuse('UNIT_MISSING', '没有责任单位。', 'There is no unit that handles the case.');
  const isUnclear = await isAddressUnclear(tx, row.id, input);
  if (!isUnclear && !input.noticeMethod) {
    return refuse('NOTICE_MISSING', '受理须书面告知信访人，姓名、名称、住址不清的除外。', 'Acceptance is told in writing, unless name or address is unclear.', '《信访工作条例》第二十三条第二款');
  }
  const code = handlingRuleOf(row.route, row.procedureKind);
  const clock = code ? await clocks.start(tx, { code, caseId: row.id, divisionCode: row.divisionCode, obligorUnitId: unitId, startOn: today }, actor.requestId) : undefined;
  await recordFirstHandler(tx, { caseId: row.id, unitId, officialId: actor.viewer.subject, since: today });
  const documentId = await papers.issue(tx, {
    case: row, kind: 'ACCEPTANCE', issuerUnitId: unitId, issuedOn: today, actor, ...(input.noticeMethod ? { sent: { method: input.noticeMethod, on: today } } : {}),
    fields: noticeFields(row.route, row.procedureKind, clock),
  });
  await endReceipt(tx, clocks, { caseId: row.id, on: today, requestId: actor.requestId });
  return {
    set: { lead_unit_id: unitId, lead_since: row.leadSince ?? today }, event: 'ACCEPTED', basis: '《信访工作条例》第二十三条', documentId,
    ground: isUnclear ? '姓名、名称或者住址不清，无法书面告知' : null, detail: clock ? { clockId: clock.id, dueOn: clock.dueOn } : {},
  };
}

const isAddressUnclear = async (tx: Stand['tx'], caseId: string, input: AcceptCaseInput): Promise<boolean> =>
  input.isAddressUnknown === true || (!input.noticeMethod && (await flagsOfCase(tx, caseId)).isIdentityUnclear);

const noticeFields = (route: Route, procedure: ProcedureKind, clock: ClockRow | undefined) => ({
  route: ROUTE_RULES[route].zh, routeBasis: ROUTE_RULES[route].basis, procedure: procedure === 'SIMPLE' ? '简易办理' : '听取陈述、调查核实、出具书面意见',
  dueOn: clock?.dueOn ?? '', dueBasis: clock?.basis ?? '',
});

/**
 * 不予受理 (第十九条第三款) only while another unit has accepted the same matter and is inside its limit; 不再受理 (第三十六条第三款) only
 * after the re-review of the same matter. Neither for want of level or form.
 */
async function refuseAcceptance(deps: StepDeps, input: RefuseAcceptanceInput, stand: Stand): Promise<StepOutcome | StepNo> {
  const { tx, row, actor, today } = stand;
  const no = textFault(input.reason, 10, 1_000);
  const unitId = row.leadUnitId ?? row.registeredUnitId;
  if (no || !unitId) return no ?? refuse('UNIT_MISSING', '没有可以出具文书的单位。', 'There is no unit that could issue the notice.');
  const other = isId(input.acceptedCaseId) ? await sameMatter(tx, actor.viewer, { caseId: input.acceptedCaseId, exceptId: row.id }) : undefined;
  const issued = { case: row, issuerUnitId: unitId, issuedOn: today, actor, sent: { method: input.noticeMethod, on: today } };
  if (other?.finalOn) {
    const fields = { finalOn: other.finalOn, basis: ART36 };
    return told(deps, stand, { act: 'REFUSE_FOR_GOOD', event: 'NO_LONGER_ACCEPTED', ground: input.reason, basis: ART36, documentId: await deps.papers.issue(tx, { ...issued, kind: 'NO_LONGER_ACCEPTED', fields }) });
  }
  if (other?.dueOn && other.dueOn >= today) {
    const fields = { reason: input.reason, basis: ART19, handledBy: other.unitName ?? '', handledUntil: other.dueOn };
    return told(deps, stand, { act: 'REFUSE_ACCEPTANCE', event: 'NOT_ACCEPTED', ground: input.reason, basis: ART19, documentId: await deps.papers.issue(tx, { ...issued, kind: 'NOT_ACCEPTED', fields }) });
  }
  return refuse('NOT_WITHIN_TERM', '只有已由其他单位受理且在规定期限内，或者已经复核终结的同一事项可以不予受理、不再受理。', 'Acceptance is refused only while another unit handles the same matter within its limit, or after its re-review.', `${ART19}、第三十六条第三款`);
}

const ART19 = '《信访工作条例》第十九条第三款';
const ART36 = '《信访工作条例》第三十六条第三款';

/** The petitioner was told, so the duty to tell is met. */
async function told({ clocks }: StepDeps, { tx, row, actor, today }: Stand, outcome: StepOutcome): Promise<StepOutcome> {
  await endReceipt(tx, clocks, { caseId: row.id, on: today, requestId: actor.requestId });
  return outcome;
}
