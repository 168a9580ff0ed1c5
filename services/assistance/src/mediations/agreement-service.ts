import { isRefusal, refuse, type Refusal } from '@anjie/contracts';
import { audit, businessTime, newId, type Sql } from '@anjie/service-kit/database';
import { knownCases, knownOfficial, knownUnit } from '@anjie/service-kit/facts';
import { keptOut } from '../cases/conflict-repository';
import { changeRow, mutationsOf, rowToChange, type Act } from '../cases/acts';
import type { ConcludeMediationInput, MediationRefusalCode, RecordAgreementPerformanceInput, RecordCourtConfirmationInput } from '../generated/graphql';
import { refusesConfirmation, refusesItems } from '../rules/mediation-lifecycle';
import { refusesCondition } from '../rules/never-conditional';
import { lastDayOf } from '../rules/service-terms';
import { requiredText } from '../rules/texts';
import { addAgreementItems, agreementCase, agreementItemRows, type AgreementItemRow, type MediationRow } from './mediation-repository';
import { moveMediation, type MediationAnswer, type MediationDeps, type MediationPlan } from './mediation-service';

type Refused = Refusal<MediationRefusalCode>;
export type AgreementItemAnswer = { readonly itemId: string } | Refused;
const TEXT = (field: string, max: number) => ({ field, max });

/** What comes of a mediation: an agreement that binds units and officials, item by item, and its confirmation in court. */
export function createAgreementService(deps: MediationDeps) {
  const mutation = mutationsOf<MediationAnswer>(deps.db);
  return {
    conclude: mutation('concludeMediation', (act: Act<ConcludeMediationInput>) => conclude(deps, act)),
    perform: mutationsOf<AgreementItemAnswer>(deps.db)('recordAgreementPerformance', (act: Act<RecordAgreementPerformanceInput>) => perform(deps, act)),
    confirm: mutation('recordCourtConfirmation', (act: Act<RecordCourtConfirmationInput>) => moveMediation(act, { action: 'CONDUCT', plan: (row, today) => confirming(act.input, row, today) })),
  };
}
export type AgreementService = ReturnType<typeof createAgreementService>;

async function conclude(deps: MediationDeps, act: Act<ConcludeMediationInput>): Promise<MediationAnswer> {
  const { tx, input } = act;
  const items = input.agreement?.items ?? [];
  const answer = await moveMediation(act, { action: 'CONDUCT', plan: async (row, today) => (await unfitObligor(tx, row.caseId, items)) ?? concluding(deps, { input, row, today }) });
  if (!isRefusal(answer) && items.length > 0) await bind(deps, act, answer.mediationId);
  return answer;
}

type Items = NonNullable<ConcludeMediationInput['agreement']>['items'];

/** Whoever owes an item hears of the case: known, in office, and not kept out of it. */
async function unfitObligor(tx: Sql, caseId: string, items: Items): Promise<Refusal<'OBLIGOR_INVALID' | 'UNIT_EXCLUDED'> | null> {
  const out = items.length > 0 ? await keptOut(tx, caseId) : new Set<string>();
  for (const { obligorUnitId, obligorOfficialId } of items) {
    const isKnown = (!obligorUnitId || (await knownUnit(tx, obligorUnitId))) && (!obligorOfficialId || (await knownOfficial(tx, obligorOfficialId)));
    if (!isKnown) return refuse('OBLIGOR_INVALID', '义务单位或者干部不存在，或者已撤并、离任。', 'The unit or official who owes an item is unknown, closed or out of office.');
    if ([obligorUnitId, obligorOfficialId].some((id) => id && out.has(id.toLowerCase()))) return refuse('UNIT_EXCLUDED', '该单位或者干部应当回避本信访事项。', 'The unit or official is kept out of this case.', '《信访工作条例》第三十条第三款');
  }
  return null;
}

function concluding({ kinds, duties }: MediationDeps, { input, row, today }: { input: ConcludeMediationInput; row: MediationRow; today: string }): MediationPlan | Refused {
  const { agreement } = input;
  if ((input.outcome === 'AGREED') !== Boolean(agreement)) return refuse('AGREEMENT_MISSING', '达成协议的，须登记协议书；未达成的不登记。', 'An agreement goes with AGREED and only with it.', '《信访工作条例》第三十三条');
  if (!agreement) return { act: 'NOT_AGREE', event: 'MEDIATION_NOT_AGREED', set: { ended_on: today } };
  const reference = requiredText(agreement.reference, TEXT('reference', 200));
  if (isRefusal(reference)) return reference;
  const no = refusesCondition(...agreement.items.map(({ promise }) => promise)) ?? refusesItems(
    agreement.items.map(({ promise, dueOn, obligorUnitId, obligorOfficialId }) => ({ promise, dueOn, hasUnit: Boolean(obligorUnitId), hasOfficial: Boolean(obligorOfficialId) })),
    { effectiveOn: agreement.effectiveOn, today },
  );
  if (no) return no;
  const { confirmWithinDays } = kinds.mediations.of(row.kind);
  const confirmBy = confirmWithinDays === null ? null : lastDayOf({ days: confirmWithinDays, unit: 'CALENDAR_DAY' }, agreement.effectiveOn, duties.books.calendar).on;
  return { act: 'AGREE', event: 'MEDIATION_AGREED', set: { ended_on: today, agreement_ref: reference, effective_on: agreement.effectiveOn, confirm_by: confirmBy } };
}

/** Items with their duties. What the petitioner's side promised is theirs: it is in the paper and nowhere here. */
async function bind({ duties }: MediationDeps, { tx, actor, input }: Act<ConcludeMediationInput>, mediationId: string): Promise<void> {
  const { effectiveOn = '', items = [] } = input.agreement ?? {};
  const [seen] = await agreementCase(tx, mediationId);
  if (!seen) return;
  const owed = items.map((item, i) => ({ ...item, id: newId(), seq: i + 1, unitId: item.obligorUnitId ?? null, officialId: item.obligorOfficialId ?? null }));
  await addAgreementItems(tx, owed.map((item) => ({
    id: item.id, mediation_id: mediationId, case_id: seen.caseId, seq: item.seq, obligor_unit_id: item.unitId, obligor_official_id: item.officialId, promise: item.promise.trim(), due_on: item.dueOn,
  })));
  const [known] = await knownCases(tx, [seen.caseId]);
  await duties.open(tx, owed.map((item) => ({
    dutyCode: 'AGREEMENT_ITEM' as const, subject: { type: 'AgreementItem', id: item.id }, caseId: seen.caseId, jurisdictionCode: known?.divisionCode ?? '', obligorUnitId: item.unitId,
    obligorOfficialId: item.officialId, startOn: effectiveOn, dueOn: item.dueOn, requestId: actor.requestId,
  })));
}

async function perform({ duties }: MediationDeps, { tx, actor, input }: Act<RecordAgreementPerformanceInput>): Promise<AgreementItemAnswer> {
  const item = await rowToChange<AgreementItemRow>({ tx, actor }, {
    rows: agreementItemRows, id: input.itemId, expectedVersion: input.expectedVersion, action: 'REPORT_PERFORMANCE',
    sides: ({ obligorUnitId, obligorOfficialId }) => ({ OBLIGOR: obligorUnitId, OBLIGED_OFFICIAL: obligorOfficialId }),
  });
  if (isRefusal(item)) return item;
  if (item.doneOn) return refuse('ILLEGAL_STATE', '该项约定已登记履行。', 'This item was performed already.');
  const { today } = await businessTime(tx);
  const evidenceRef = requiredText(input.evidenceRef, TEXT('evidenceRef', 200));
  if (isRefusal(evidenceRef)) return evidenceRef;
  const [seen] = await agreementCase(tx, item.mediationId);
  if (input.doneOn > today || input.doneOn < (seen?.effectiveOn ?? '')) return refuse('DATE_INVALID', '履行日期须在协议生效之后、不晚于今天。', 'It was performed between the agreement and today.');
  await changeRow(tx, agreementItemRows, { row: item, set: { done_on: input.doneOn, evidence_ref: evidenceRef } });
  await audit(tx, actor, { action: 'AGREEMENT_ITEM_PERFORMED', subjectType: 'AgreementItem', subjectId: item.id, caseId: item.caseId, detail: { mediationId: item.mediationId } });
  await duties.end(tx, { subjectIds: [item.id], state: 'MET', today: input.doneOn, requestId: actor.requestId });
  return { itemId: item.id };
}

function confirming(input: RecordCourtConfirmationInput, row: MediationRow, today: string): MediationPlan | Refused {
  if (row.state !== 'AGREED' || !row.effectiveOn || row.confirmedOn) return refuse('ILLEGAL_STATE', '没有待确认的协议。', 'There is no agreement that waits for confirmation.', '《人民调解法》第三十三条');
  const confirmedOn = input.confirmedOn ?? null;
  const no = refusesConfirmation({ effectiveOn: row.effectiveOn, confirmBy: row.confirmBy, appliedOn: input.appliedOn, confirmedOn, today });
  if (no) return no;
  const reference = confirmedOn ? requiredText(input.reference ?? '', TEXT('reference', 200)) : null;
  if (isRefusal(reference)) return reference;
  return { act: null, event: confirmedOn ? 'AGREEMENT_CONFIRMED' : 'CONFIRMATION_ASKED', set: { confirmation_applied_on: input.appliedOn, confirmed_on: confirmedOn, confirmation_ref: reference } };
}
