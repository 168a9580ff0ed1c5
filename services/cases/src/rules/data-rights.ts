import { normalisePhone, refuse, type Refusal } from '@anjie/contracts';
import type { DataRequestOutcome, DataRequestRefusalCode, DataRight, IdentityFieldName } from '../generated/graphql';
import { idDocument, type IdKind } from './id-documents';
import { isFitText, isName, lengthOf } from './text-form';

type No = Refusal<DataRequestRefusalCode>;
const PIPL = '《中华人民共和国个人信息保护法》';

interface RightRule {
  readonly zh: string;
  readonly article: string;
  /** What the law lets an office answer, each with what it rests on. */
  readonly outcomes: Readonly<Partial<Record<DataRequestOutcome, string>>>;
}

/** A petition's file is an archive of the state: it is kept (《档案法》第十三条、第十四条), whatever is asked; what is not keeping can be stopped. */
const KEPT = `${PIPL}第四十七条第二款；《中华人民共和国档案法》第十三条、第十四条`;

export const DATA_RIGHTS: Readonly<Record<DataRight, RightRule>> = {
  COPY: { zh: '查阅、复制', article: '第四十五条', outcomes: { GRANTED: `${PIPL}第四十五条第二款`, REFUSED: `${PIPL}第十八条第一款、第三十五条、第四十五条第一款` } },
  CORRECTION: { zh: '更正、补充', article: '第四十六条', outcomes: { GRANTED: `${PIPL}第四十六条第二款`, REFUSED: `${PIPL}第四十六条第二款` } },
  EXPLANATION: { zh: '解释说明', article: '第四十八条', outcomes: { GRANTED: `${PIPL}第四十八条` } },
  RESTRICTION: { zh: '限制处理', article: '第四十四条', outcomes: { GRANTED: `${PIPL}第四十四条`, REFUSED: `${PIPL}第三十四条、第四十四条` } },
  DELETION: { zh: '删除', article: '第四十七条', outcomes: { PARTLY_GRANTED: KEPT, REFUSED: KEPT } },
};

/** The basis of an outcome, or why it cannot be. */
export function outcomeBasis(right: DataRight, outcome: DataRequestOutcome): string | No {
  const basis = DATA_RIGHTS[right].outcomes[outcome];
  if (basis !== undefined) return basis;
  if (right === 'DELETION') return refuse('OUTCOME_NOT_ALLOWED', '信访档案依法保存，不能删除；可以部分同意，停止保存以外的处理。', 'Files of petitions are archives and cannot be deleted; grant in part: processing other than keeping stops.', KEPT);
  return refuse('OUTCOME_NOT_ALLOWED', `${DATA_RIGHTS[right].zh}请求不能作此答复。`, 'The law does not allow this answer to this request.', `${PIPL}${DATA_RIGHTS[right].article}`);
}

/** Whether the answer hides the petitioner from ordinary handlers from now on. */
export const restricts = (right: DataRight, outcome: DataRequestOutcome): boolean =>
  (right === 'RESTRICTION' && outcome === 'GRANTED') || (right === 'DELETION' && outcome === 'PARTLY_GRANTED');

export interface CorrectionAsked {
  readonly field: IdentityFieldName;
  readonly value: string;
  /** Of the paper that the petitioner showed. */
  readonly idKind: IdKind;
}

/** Why what is asked for cannot be taken down. The value is judged as at registration; whether it is true, the office decides. */
export function askedFault({ right, words, correction, today }: { right: DataRight; words: string | null; correction: CorrectionAsked | null; today: string }): No | undefined {
  if (!isFitText(words, 0, 2_000)) return TEXT;
  if ((right === 'CORRECTION') !== (correction !== null)) return NOT_FIT;
  return correction === null ? undefined : valueFault(correction, today);
}

const TEXT: No = refuse('TEXT_LENGTH', '内容过长或含不可见字符。', 'A text is too long or holds hidden characters.');
const NOT_FIT: No = refuse('CORRECTION_NOT_FIT', '更正请求应当写明一项信息及其正确内容，其他请求不写。', 'A correction names one item and its right value; other requests name none.', `${PIPL}第四十六条`);

function valueFault({ field, value, idKind }: CorrectionAsked, today: string): No | undefined {
  const text = value.trim();
  const isEmptied = text === '' && (field === 'ADDRESS' || field === 'PHONE');
  const isFit: Readonly<Record<IdentityFieldName, () => boolean>> = {
    NAME: () => lengthOf(text) >= 1 && lengthOf(text) <= 100 && isName(text),
    ID_NUMBER: () => idDocument(idKind, text, today) !== undefined,
    PHONE: () => lengthOf(normalisePhone(text)) >= 5 && lengthOf(normalisePhone(text)) <= 30,
    ADDRESS: () => isFitText(text, 1, 300),
  };
  return isEmptied || isFit[field]() ? undefined : NOT_FIT;
}

export const reasonsFault = (reasons: string, evidence: string | null): No | undefined => (isFitText(reasons, 5, 4_000) && isFitText(evidence, 0, 200) ? undefined : TEXT);
