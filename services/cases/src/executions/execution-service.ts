import { isRefusal, refuse } from '@anjie/contracts';
import { insertRows, newId, updateVersion, type Actor } from '@anjie/service-kit/database';
import type { ReportExecutionInput, SettleCaseInput } from '../generated/graphql';
import { takeStep, textFault, type Stand, type StepDeps, type StepNo, type StepOutcome } from '../life/step';
import { executionsOf, insertExecutions, type ExecutionRow } from './execution-repository';

/** 执行 (第三十二条第二款) and 调解、和解 (第三十三条): what a unit promised or decided, carried out by a day. */
export function createExecutionService(deps: StepDeps) {
  return {
    settle: (input: SettleCaseInput, actor: Actor) =>
      takeStep(deps, { operation: 'settleCase', input, actor, action: 'HANDLE', act: 'SETTLE', work: (stand) => settle(deps, input, stand) }),
    report: (input: ReportExecutionInput, actor: Actor) =>
      takeStep(deps, { operation: 'reportExecution', input, actor, action: 'HANDLE', act: null, work: (stand) => report(deps, input, stand) }),
  };
}

export type Promised = Pick<ExecutionRow, 'sourceType' | 'sourceId' | 'claimId' | 'unitId' | 'promise' | 'dueOn'>;

/** Each promise is a duty of the unit with its own date; supervision watches it. */
export async function promiseExecutions({ clocks }: StepDeps, { tx, row, actor, today }: Stand, promised: readonly Promised[]): Promise<void> {
  const rows = promised.map((one) => ({ ...one, id: newId(), caseId: row.id }));
  await insertExecutions(tx, rows);
  for (const { id, unitId, dueOn } of rows) {
    await clocks.start(tx, {
      code: 'EXECUTION_DATE', caseId: row.id, divisionCode: row.divisionCode, obligorUnitId: unitId, startOn: today, assignedOn: dueOn, subject: { type: 'Execution', id },
    }, actor.requestId);
  }
}

async function settle(deps: StepDeps, input: SettleCaseInput, stand: Stand): Promise<StepOutcome | StepNo> {
  const { tx, row, actor, today } = stand;
  const unitId = row.leadUnitId;
  const no = textFault(input.terms, 4, 10_000) ?? textFault(input.agreementReference, 1, 100) ?? input.promises.map((one) => textFault(one.promise, 2, 500)).find((one) => one !== undefined);
  if (no || !unitId) return no ?? refuse('UNIT_MISSING', '没有责任单位。', 'There is no unit that handles the case.');
  if (!input.isConsentOfBoth) return refuse('CONSENT_MISSING', '调解、和解须各方自愿。', 'A settlement needs the consent of both sides.', '《信访工作条例》第三十三条');
  if (input.agreedOn > today) return refuse('DATE_INVALID', '达成日期不能晚于今天。', 'The day of the agreement lies in the future.');
  if (input.promises.length > 20 || input.promises.some((one) => one.dueOn < input.agreedOn)) return refuse('DATE_INVALID', '履行日期不能早于达成日期。', 'A promise lies before the agreement, or there are more than 20.');
  const id = newId();
  const documentId = await deps.papers.issue(tx, {
    case: row, kind: 'SETTLEMENT', issuerUnitId: unitId, issuedOn: today, actor,
    fields: { agreedOn: input.agreedOn, kindText: input.kind === 'MEDIATION' ? '调解协议' : '和解协议', reference: input.agreementReference, terms: input.terms, promises: input.promises },
  });
  await insertRows(tx, 'settlements', [{
    id, case_id: row.id, kind: input.kind, agreed_on: input.agreedOn, agreement_reference: input.agreementReference.trim(),
    terms_sealed: deps.vault.seal(input.terms, { column: 'settlements.terms_sealed', rowId: id }), recorded_by: actor.viewer.subject,
  }]);
  await promiseExecutions(deps, stand, input.promises.map((one) => ({ sourceType: 'SETTLEMENT', sourceId: id, claimId: null, unitId, promise: one.promise, dueOn: one.dueOn })));
  await deps.clocks.end(tx, { caseId: row.id, codes: ['T8', 'SIMPLE_OPINION'], state: 'MET', on: today, requestId: actor.requestId });
  return { event: 'SETTLED', basis: '《信访工作条例》第三十三条', documentId, detail: { settlementId: id, kind: input.kind } };
}


async function report({ papers, clocks }: StepDeps, input: ReportExecutionInput, stand: Stand): Promise<StepOutcome | StepNo> {
  const { tx, row, actor, today } = stand;
  const found = await reportable(input, stand);
  if (isRefusal(found)) return found as StepNo;
  const changed = await updateVersion(tx, 'executions', { id: found.id, version: Number(found.version), set: { state: 'DONE', done_on: input.doneOn, report: input.report.trim() } });
  if (!changed) return refuse('ILLEGAL_STEP', '该事项已报告。', 'It was reported already.');
  const documentId = await papers.issue(tx, {
    case: row, kind: 'EXECUTION_REPORT', issuerUnitId: found.unitId, issuedOn: today, actor,
    fields: { promise: found.promise, dueOn: found.dueOn, doneOn: input.doneOn, report: input.report },
  });
  await clocks.end(tx, { caseId: row.id, codes: ['EXECUTION_DATE'], subjectId: found.id, state: 'MET', on: input.doneOn, requestId: actor.requestId });
  // a review that is under way keeps its state: carrying out one claim does not end it
  const act = row.status === 'REPLIED' || row.status === 'SETTLED' || row.status === 'TERMINATED' ? 'EXECUTE' : null;
  return { act, event: 'EXECUTED', ground: input.report, basis: '《信访工作条例》第三十二条第二款', documentId, detail: { executionId: found.id, isLate: input.doneOn > found.dueOn } };
}

/** From the answer to the close review, a returned file included. */
const REPORTABLE = new Set(['REPLIED', 'SETTLED', 'REVIEW', 'RE_REVIEW', 'EXECUTING', 'TERMINATED', 'HANDLING']);

async function reportable(input: ReportExecutionInput, { tx, row, today }: Stand): Promise<ExecutionRow | StepNo> {
  const found = (await executionsOf(tx, [row.id])).find((one) => one.id === input.executionId.toLowerCase());
  if (!found || found.state === 'CANCELLED') return refuse('NOT_FOUND', '没有这项落实措施。', 'There is no such promise in this case.');
  if (found.state === 'DONE') return refuse('ILLEGAL_STEP', '该事项已报告。', 'It was reported already.');
  if (!REPORTABLE.has(row.status)) {
    return refuse('ILLEGAL_STEP', '目前的状态不能报告执行情况。', 'Execution cannot be reported in this state.', '《信访工作条例》第三十二条第二款');
  }
  if (input.doneOn > today) return refuse('DATE_INVALID', '完成日期不能晚于今天。', 'The day lies in the future.');
  return textFault(input.report, 4, 1_000) ?? found;
}
