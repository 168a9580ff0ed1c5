/** 文书: the papers of a case (brief §2.5), which template prints each, to whom it goes and on what article it rests. */

export type Addressee = 'PETITIONER' | 'UNIT' | 'FILE';

interface DocumentRule {
  readonly title: string;
  /** 文号 mark: 信受告〔2022〕3号. */
  readonly mark: string;
  readonly addressee: Addressee;
  readonly basis: string;
}

const rule = (title: string, mark: string, to: readonly [Addressee, basis: string]): DocumentRule => ({ title, mark, addressee: to[0], basis: to[1] });
const of = (article: string): string => `《信访工作条例》${article}`;

export const DOCUMENT_RULES = {
  REGISTRATION: rule('信访事项登记表', '信登', ['FILE', of('第二十二条、第二十三条')]),
  FORWARD: rule('信访事项转送函', '信转', ['UNIT', of('第二十二条第一款')]),
  ASSIGNMENT: rule('信访事项交办函', '信交', ['UNIT', of('第二十二条第一款')]),
  ACCEPTANCE: rule('信访事项受理告知书', '信受告', ['PETITIONER', of('第二十三条')]),
  NOT_ACCEPTED: rule('信访事项不予受理告知书', '信不受', ['PETITIONER', of('第十九条第三款')]),
  NO_LONGER_ACCEPTED: rule('信访事项不再受理告知书', '信不再', ['PETITIONER', of('第三十六条第三款')]),
  ROUTE_NOTICE: rule('信访事项途径告知书', '信途', ['PETITIONER', of('第三十一条')]),
  OBJECTION: rule('信访事项异议（退回）函', '信异', ['UNIT', of('第二十三条第三款')]),
  OBJECTION_DECISION: rule('信访事项异议核实意见', '信核', ['UNIT', of('第二十三条第三款')]),
  DESIGNATION: rule('信访事项指定受理（办理）决定', '信指', ['UNIT', of('第二十四条第一款')]),
  EXTENSION: rule('信访事项延期办理告知书', '信延', ['PETITIONER', of('第三十四条')]),
  OPINION: rule('信访事项处理意见书', '信处', ['PETITIONER', of('第三十一条第六项、第三十二条')]),
  SUGGESTION_REPLY: rule('信访事项建议采纳情况答复', '信建', ['PETITIONER', of('第二十九条')]),
  SETTLEMENT: rule('信访事项调解（和解）记录', '信调', ['FILE', of('第三十三条')]),
  EXECUTION_REPORT: rule('信访事项执行情况报告', '信执', ['FILE', of('第三十二条第二款')]),
  REVIEW_NOTICE: rule('信访事项复查受理告知书', '信复受', ['PETITIONER', of('第三十五条')]),
  REVIEW_OPINION: rule('信访事项复查意见书', '信复查', ['PETITIONER', of('第三十五条')]),
  RE_REVIEW_NOTICE: rule('信访事项复核受理告知书', '信核受', ['PETITIONER', of('第三十六条第一款')]),
  RE_REVIEW_OPINION: rule('信访事项复核意见书', '信复核', ['PETITIONER', of('第三十六条第一款')]),
  TERMINATION: rule('信访事项程序终结告知书', '信终', ['PETITIONER', of('第三十六条第三款')]),
  CLOSING_REPORT: rule('信访事项办结报告', '信结', ['UNIT', of('第二十二条第一款第三项')]),
} as const satisfies Readonly<Record<string, DocumentRule>>;
export type DocumentKind = keyof typeof DOCUMENT_RULES;

export const DOCUMENT_KINDS = Object.keys(DOCUMENT_RULES) as readonly DocumentKind[];

/** 文号. */
export const documentNumber = (kind: DocumentKind, year: string, serial: number): string => `${DOCUMENT_RULES[kind].mark}〔${year}〕${serial}号`;

/** 2022-09-07 → 2022年9月7日 */
export const zhDate = (day: string): string => {
  const [year = '', month = '', date = ''] = day.split('-');
  return `${year}年${Number(month)}月${Number(date)}日`;
};

/** 送达: how a paper went, and what came of it. */
export type DeliveryMethod = 'IN_PERSON' | 'POST' | 'OTHER';
export type DeliveryOutcome = 'SIGNED' | 'REFUSED' | 'UNDELIVERED';

export interface DeliveryFacts {
  readonly issuedOn: string;
  readonly sentOn: string;
  readonly outcome: DeliveryOutcome;
  readonly receivedOn: string | null;
  readonly proofNote: string | null;
  readonly today: string;
}

/** Why a delivery does not count as proved. A refusal to sign counts when it is witnessed and noted (留置送达). */
export function deliveryFault({ issuedOn, sentOn, outcome, receivedOn, proofNote, today }: DeliveryFacts): 'DATE_ORDER' | 'DATE_MISSING' | 'PROOF_MISSING' | null {
  if (sentOn < issuedOn || sentOn > today) return 'DATE_ORDER';
  if (outcome === 'UNDELIVERED') return null;
  if (!receivedOn) return 'DATE_MISSING';
  if (receivedOn < sentOn || receivedOn > today) return 'DATE_ORDER';
  return outcome === 'REFUSED' && [...(proofNote ?? '').trim()].length < 5 ? 'PROOF_MISSING' : null;
}
