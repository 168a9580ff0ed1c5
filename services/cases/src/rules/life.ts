/**
 * The legal life of a case (brief §2.2): states, and the acts that lead from one to the next. The table is the whole
 * truth; whatever it does not list is refused with the article that governs the state one wanted to reach.
 */

/** How far the matter is. The four ends (办结, 终结, 审核认定办结, 化解) are recorded apart from it, see rules/ends.ts. */
export const CASE_STATUSES = [
  'RECEIVED', 'REGISTERED', 'FORWARDED', 'ASSIGNED', 'ACCEPTED', 'NOT_ACCEPTED', 'NO_LONGER_ACCEPTED', 'ROUTED_TO_LEGAL', 'TRANSFERRED',
  'RETURN_REQUESTED', 'JURISDICTION_DISPUTE', 'HANDLING', 'EXTENDED', 'REPLIED', 'SETTLED', 'REVIEW', 'EXECUTING', 'RE_REVIEW', 'TERMINATED',
  'CLOSE_REVIEW', 'RESOLVED', 'ARCHIVED', 'FOLLOW_UP',
] as const;
export type CaseStatus = (typeof CASE_STATUSES)[number];

/** What somebody does. One act leads from one state to one other. */
export type Act =
  | 'REGISTER' | 'FORWARD' | 'ASSIGN' | 'ACCEPT' | 'REFUSE_ACCEPTANCE' | 'REFUSE_FOR_GOOD' | 'ROUTE_TO_LEGAL' | 'TRANSFER' | 'OBJECT' | 'RAISE_DISPUTE'
  | 'INVESTIGATE' | 'EXTEND' | 'REPLY' | 'SETTLE' | 'REQUEST_REVIEW' | 'REISSUE_REPLY' | 'REQUEST_RE_REVIEW' | 'EXECUTE' | 'TERMINATE' | 'SUBMIT_CLOSING'
  | 'RESOLVE' | 'ARCHIVE' | 'RETURN_FOR_RECTIFICATION' | 'FOLLOW_UP' | 'CONFIRM_RESOLVED' | 'KEEP_ARCHIVED' | 'REOPEN';

export interface Move {
  readonly from: CaseStatus;
  readonly act: Act;
  readonly to: CaseStatus;
  /** Why brief §2.2 does not list the pair and the law still wants it; absent for the brief's own pairs. */
  readonly added?: string;
}

const from = (status: CaseStatus, ...moves: readonly [act: Act, to: CaseStatus, added?: string][]): Move[] =>
  moves.map(([act, to, added]) => ({ from: status, act, to, ...(added ? { added } : {}) }));

const ORGAN_ROUTES = 'Art. 31 addresses the organ that is entitled to handle, which holds the matter from here on';
const AFTER_RETURN = 'a file that was returned for want of material is handed in again without a second reply';

export const MOVES: readonly Move[] = [
  ...from('RECEIVED', ['REGISTER', 'REGISTERED']),
  ...from(
    'REGISTERED', ['FORWARD', 'FORWARDED'], ['ASSIGN', 'ASSIGNED'], ['ACCEPT', 'ACCEPTED'], ['REFUSE_ACCEPTANCE', 'NOT_ACCEPTED'],
    ['REFUSE_FOR_GOOD', 'NO_LONGER_ACCEPTED'], ['ROUTE_TO_LEGAL', 'ROUTED_TO_LEGAL'], ['TRANSFER', 'TRANSFERRED'],
  ),
  ...(['FORWARDED', 'ASSIGNED'] as const).flatMap((status) =>
    from(status, ['ACCEPT', 'ACCEPTED'], ['OBJECT', 'RETURN_REQUESTED'], ['RAISE_DISPUTE', 'JURISDICTION_DISPUTE'], ['ROUTE_TO_LEGAL', 'ROUTED_TO_LEGAL', ORGAN_ROUTES])),
  // the forwarder's consent sends it elsewhere; a refusal leaves acceptance as the unit's only way (Art. 23 ¶3)
  ...from('RETURN_REQUESTED', ['FORWARD', 'FORWARDED'], ['ASSIGN', 'ASSIGNED'], ['ACCEPT', 'ACCEPTED']),
  ...from('JURISDICTION_DISPUTE', ['ACCEPT', 'ACCEPTED']),
  ...from('ACCEPTED', ['INVESTIGATE', 'HANDLING']),
  ...from('HANDLING', ['EXTEND', 'EXTENDED'], ['REPLY', 'REPLIED'], ['SETTLE', 'SETTLED'], ['SUBMIT_CLOSING', 'CLOSE_REVIEW', AFTER_RETURN]),
  ...from('EXTENDED', ['REPLY', 'REPLIED'], ['SETTLE', 'SETTLED', 'Art. 33 mediation ends with the matter, not with the first period']),
  ...from(
    'REPLIED', ['REQUEST_REVIEW', 'REVIEW'], ['TERMINATE', 'TERMINATED'], ['EXECUTE', 'EXECUTING', 'Art. 32 ¶2: a supporting opinion is executed'],
    ['SUBMIT_CLOSING', 'CLOSE_REVIEW', 'Art. 22(3): the closing report of an assigned case that needs no execution'],
  ),
  ...from('SETTLED', ['EXECUTE', 'EXECUTING']),
  ...from(
    'REVIEW', ['REISSUE_REPLY', 'REPLIED'], ['REQUEST_RE_REVIEW', 'RE_REVIEW'], ['TERMINATE', 'TERMINATED'],
    ['EXECUTE', 'EXECUTING', 'a changed opinion that supports is executed like the first (Art. 32 ¶2)'],
  ),
  ...from('RE_REVIEW', ['TERMINATE', 'TERMINATED']),
  ...from(
    'EXECUTING', ['SUBMIT_CLOSING', 'CLOSE_REVIEW'],
    ['REQUEST_REVIEW', 'REVIEW', 'execution of one claim takes no right of review from the others (Art. 35)'],
  ),
  ...from(
    'TERMINATED', ['ARCHIVE', 'ARCHIVED'], ['EXECUTE', 'EXECUTING', 'finality does not end the duty to execute (Art. 32 ¶2)'],
    ['SUBMIT_CLOSING', 'CLOSE_REVIEW', '化解 needs a passed close review whichever way the case came (brief §2.3 #12)'],
  ),
  ...from('ROUTED_TO_LEGAL', ['SUBMIT_CLOSING', 'CLOSE_REVIEW', 'procedural track of a ledger case: 涉法涉诉程序到位 (brief §3.2 #30)']),
  ...from('CLOSE_REVIEW', ['RESOLVE', 'RESOLVED'], ['ARCHIVE', 'ARCHIVED'], ['RETURN_FOR_RECTIFICATION', 'HANDLING']),
  ...(['RESOLVED', 'ARCHIVED'] as const).flatMap((status) =>
    from(status, ['FOLLOW_UP', 'FOLLOW_UP'], ['REOPEN', 'HANDLING', 'a repeat after closing reopens at once, visit or no visit (brief §3.1 #11)'])),
  // a visit ends where it began: an archived case does not become 化解 by a visit
  ...from('FOLLOW_UP', ['REOPEN', 'HANDLING'], ['CONFIRM_RESOLVED', 'RESOLVED'], ['KEEP_ARCHIVED', 'ARCHIVED']),
];

interface Ground {
  readonly basis: string;
  readonly zh: string;
  readonly en: string;
}

const ground = (basis: string, zh: string, en: string): Ground => ({ basis, zh, en });
const REGULATIONS = '《信访工作条例》';

/** What has to be so before a state is reached, with the article that says it: the words of a refusal. */
export const ENTRY_GROUNDS: Readonly<Record<CaseStatus, Ground>> = {
  RECEIVED: ground(`${REGULATIONS}第二十二条`, '信访事项已经登记，不能回到待登记。', 'A registered matter cannot become unregistered.'),
  REGISTERED: ground(`${REGULATIONS}第二十二条`, '信访事项只登记一次。', 'A matter is registered once.'),
  FORWARDED: ground(`${REGULATIONS}第二十二条第一款`, '只有已登记或经同意退回的信访事项可以转送。', 'Only a registered matter, or one returned with consent, is forwarded.'),
  ASSIGNED: ground(`${REGULATIONS}第二十二条第一款`, '只有已登记或经同意退回的信访事项可以交办。', 'Only a registered matter, or one returned with consent, is assigned.'),
  ACCEPTED: ground(`${REGULATIONS}第二十三条`, '只有已登记、已转送、已交办或争议已指定的信访事项可以受理。', 'Only a registered, forwarded, assigned or designated matter is accepted.'),
  NOT_ACCEPTED: ground(`${REGULATIONS}第十九条第三款`, '已经受理或者正在办理的信访事项不得改为不予受理。', 'A matter that was accepted cannot be refused acceptance any more.'),
  NO_LONGER_ACCEPTED: ground(`${REGULATIONS}第三十六条第三款`, '只有复核终结后以同一事实和理由提出的可以不再受理。', 'Only the same facts and reasons after re-review are no longer accepted.'),
  ROUTED_TO_LEGAL: ground(`${REGULATIONS}第三十一条`, '导入法定程序须在受理之前分流。', 'Routing into a legal procedure comes before acceptance.'),
  TRANSFERRED: ground(`${REGULATIONS}第二十三条第四款、第三十条`, '移送政法、纪检监察机关须在登记后、转送交办前进行。', 'A transfer to political-legal or discipline organs follows registration directly.'),
  RETURN_REQUESTED: ground(`${REGULATIONS}第二十三条第三款`, '只有收到转送、交办且尚未受理的单位可以提出异议。', 'Only a unit that was sent the matter and has not accepted it may object.'),
  JURISDICTION_DISPUTE: ground(`${REGULATIONS}第二十四条第一款`, '受理争议只能在受理之前提出。', 'A dispute over who accepts is raised before acceptance.'),
  HANDLING: ground(`${REGULATIONS}第三十一条第六项`, '办理始于受理，或审核退回、复发重开之后。', 'Handling begins after acceptance, after a returned close review, or on reopening.'),
  EXTENDED: ground(`${REGULATIONS}第三十四条`, '只有办理中的信访事项可以延期，且只能延期一次。', 'Only a matter in handling is extended, and once only.'),
  REPLIED: ground(`${REGULATIONS}第三十一条、第三十二条`, '处理意见书须在受理并调查之后作出。', 'The written opinion follows acceptance and investigation.'),
  SETTLED: ground(`${REGULATIONS}第三十三条`, '调解、和解只能在办理期间达成。', 'A settlement is reached while the matter is handled.'),
  REVIEW: ground(`${REGULATIONS}第三十五条`, '复查针对已送达的处理意见。', 'Review is of an opinion that was delivered.'),
  EXECUTING: ground(`${REGULATIONS}第三十二条第二款`, '执行针对支持诉求的意见或达成的协议。', 'What is executed is a supporting opinion or an agreement.'),
  RE_REVIEW: ground(`${REGULATIONS}第三十六条第一款`, '复核针对已送达的复查意见。', 'Re-review is of a review opinion that was delivered.'),
  TERMINATED: ground(`${REGULATIONS}第三十六条第三款`, '程序终结须有复核意见送达、权利期限届满等法定理由。', 'Termination needs a lawful ground, such as a delivered re-review opinion or a right that lapsed.'),
  CLOSE_REVIEW: ground(`${REGULATIONS}第二十二条第一款第三项`, '报结须在答复、执行或终结之后。', 'A case is handed in for close review after reply, execution or termination.'),
  RESOLVED: ground(`${REGULATIONS}第二十七条`, '化解须经结案审核认定，不得以办结、终结代替。', '化解 is recognised by a close review; neither a reply nor finality replaces it.'),
  ARCHIVED: ground(`${REGULATIONS}第二十二条第一款第三项`, '归档须经结案审核或程序终结。', 'A case is archived after a close review or termination.'),
  FOLLOW_UP: ground(`${REGULATIONS}第三十七条`, '回访在结案之后进行。', 'Follow-up comes after closing.'),
};

export type IllegalMove = Ground & { readonly illegal: true };

/** The move that an act makes from a state, or why there is none. */
export function moveOf(status: CaseStatus, act: Act): Move | IllegalMove {
  const move = MOVES.find((one) => one.from === status && one.act === act);
  return move ?? { illegal: true, ...ENTRY_GROUNDS[targetOf(act)] };
}

/** The pair of states, whatever the act; undefined when the law knows no such step. */
export const moveBetween = (before: CaseStatus, after: CaseStatus): Move | undefined => MOVES.find((one) => one.from === before && one.to === after);

export const isIllegal = (move: Move | IllegalMove): move is IllegalMove => 'illegal' in move;

/** An act leads to one state wherever it starts. */
export const targetOf = (act: Act): CaseStatus => MOVES.find((one) => one.act === act)?.to ?? 'RECEIVED';

/** States in which nothing is owed any more and a repeat is a relapse. */
export const CLOSED: ReadonlySet<CaseStatus> = new Set(['RESOLVED', 'ARCHIVED', 'FOLLOW_UP']);

/** States before acceptance: an assignment still sends the matter somewhere. Later it only changes who answers. */
export const BEFORE_ACCEPTANCE: ReadonlySet<CaseStatus> = new Set(['REGISTERED', 'FORWARDED', 'ASSIGNED']);

/** What an assignment makes of a state: before acceptance the matter goes out again, later its state stays. */
export function statusAfterAssignment(status: CaseStatus, kind: 'FORWARD' | 'ASSIGN'): CaseStatus {
  if (!BEFORE_ACCEPTANCE.has(status)) return status;
  return kind === 'FORWARD' ? 'FORWARDED' : 'ASSIGNED';
}
