import { DISTRICT } from './divisions';
import { DEMO_TODAY } from './days';
import { ledgerOf, type LedgerRow } from './ledger-rows';
import { officialOf, officials, officialsOf } from './officials';
import { unit } from './units';

/** 兴庆区's ledger. */
const rows = ledgerOf(DISTRICT);
const byLimit = (a: LedgerRow, b: LedgerRow): number => ((a.limitOn ?? '') < (b.limitOn ?? '') ? -1 : 1);

/** Open rows, the nearest limit first. */
export const openRows: readonly LedgerRow[] = rows.filter((row) => row.resolvedOn === null).sort(byLimit);
/** Open rows with a sponsor: they get a plan and a task force. The one without stays as it is, for a person to complete. */
export const plannedRows: readonly LedgerRow[] = openRows.filter((row) => row.sponsor !== null);
/** Overdue rows that the office urges. */
export const urgedRows: readonly LedgerRow[] = openRows.filter((row) => (row.limitOn ?? DEMO_TODAY) < DEMO_TODAY && row.lead !== 'ZRJ').slice(0, 2);
/** Open rows of the housing bureau that it refers to civil affairs. */
export const referredRows: readonly LedgerRow[] = openRows.filter((row) => row.lead === 'ZJJ').slice(0, 3);
const closedRows: readonly LedgerRow[] = rows.filter((row) => row.resolvedOn !== null).sort((a, b) => ((a.resolvedOn ?? '') < (b.resolvedOn ?? '') ? 1 : -1));
/** The two that were resolved last: somebody calls on the people afterwards. */
export const visitedRows: readonly LedgerRow[] = closedRows.slice(0, 2);
/** What was resolved before September and has no visit planned yet, the latest first. */
export const settledRows: readonly LedgerRow[] = closedRows.slice(2).filter((row) => (row.resolvedOn ?? '') < '2022-09-01');

const MEASURES: Readonly<Record<string, string>> = {
  ZJJ: '一、由住房和城乡建设局牵头，会同自然资源、属地街道（乡镇）逐户核对底数，列出问题清单。\n二、约谈开发、物业等责任企业，明确资金来源和完成时间，逾期依法依规处理。\n三、每两周向群众代表通报进展，完成后由联席办组织审核。',
  RSJ: '一、由人力资源和社会保障局核实用工、参保和欠薪数额，固定证据。\n二、责令责任企业先行清偿，必要时启用保证金，依法移送。\n三、支付到位后逐人核对并回访。',
  ZRJ: '一、由自然资源局调取征地批文和补偿台账，与群众代表共同核对。\n二、对核实的差额列入补偿计划，公开标准和明细。\n三、落实被征地农民社会保障，结果书面告知。',
};
const measuresOf = (row: LedgerRow): string => MEASURES[row.lead] ?? MEASURES['ZJJ'] ?? '';

/** 一案一策: what the plan of a case says. */
export const planOf = (row: LedgerRow) => ({
  measures: measuresOf(row),
  milestones: [
    { title: '核清底数，与群众代表见面', dueOn: '2022-10-14' },
    { title: '形成处理意见并书面答复', dueOn: '2022-11-15' },
    { title: '措施落实到位，提请审核', dueOn: '2022-12-20' },
  ],
});

const idOf = (staffNo: string | null): string | undefined => officials.find((official) => official.staffNo === staffNo)?.id;

/** 工作专班: the sponsor leads; the lead unit's two people and the joint office's clerk are members. */
export function taskForceOf(row: LedgerRow) {
  const leader = idOf(row.sponsor);
  const members = [...officialsOf(DISTRICT, row.lead).map(({ id }) => id), officialOf(DISTRICT, 'XLB', 1).id];
  return {
    name: `${row.title.replace(/^反映/, '').slice(0, 40)}化解工作专班`,
    purpose: '集中研究案情，会商措施，督促责任单位按方案推进，按期提请审核。',
    formedOn: '2022-09-26',
    members: [...(leader ? [{ officialId: leader, duty: 'LEADER' }] : []), ...members.map((officialId) => ({ officialId, duty: 'MEMBER' }))],
  };
}

const LETTERS = [
  { kind: 'SUPERVISION_LETTER', ground: 'DELAY', replyDueOn: '2022-10-10', body: '该件化解时限已过，至今没有实质进展。请说明原因，明确下一步措施和完成时间，按要求日期书面回复。' },
  { kind: 'URGE_NOTE', ground: 'NOT_HANDLED_AS_REQUIRED', replyDueOn: '2022-09-30', body: '该件化解时限已过，请尽快报送办理情况，不得以办理过程代替办理结果。' },
];

/** 督办: the letters to the lead units of the urged rows. */
export const letters = urgedRows.map((row, i) => ({ row, ...LETTERS[i % LETTERS.length], toUnitId: unit(DISTRICT, row.lead).id }));

const REQUESTS = [
  { purpose: 'RELIEF', request: '该事项部分家庭在外租房时间较长、生活困难，请核查是否符合临时救助条件并反馈结果。' },
  { purpose: 'JOINT_HANDLING', request: '该事项涉及老年和残疾家庭的安置顺序，请协助核对名单并提出意见。' },
  { purpose: 'RELIEF', request: '部分住户因支出较大影响基本生活，请按社会救助有关规定入户了解并告知申请途径。' },
];

/** 转办: what housing asks civil affairs for. */
export const referrals = referredRows.map((row, i) => ({ row, ...REQUESTS[i % REQUESTS.length], toUnitId: unit(DISTRICT, 'MZJ').id }));

/** 回访 planned by the joint office. */
export const visits = visitedRows.map((row, i) => ({ row, kind: 'POST_CLOSE', plannedOn: i === 0 ? '2022-09-28' : '2022-09-30' }));
