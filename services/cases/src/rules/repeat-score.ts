/**
 * 重复信访 = 同人 + 同事: at least one identical petitioner (co-signers and representatives of a collective visit count), and facts and
 * claims basically the same. The score orders what a person then decides; it is about two papers, never about a petitioner.
 */
export interface Likeness {
  /** Equal fingerprints of an ID number, a telephone, a name within one county. Never set for an anonymous petition. */
  readonly sameIdNumber: boolean;
  readonly samePhone: boolean;
  readonly sameName: boolean;
  /** Share of common grams, 0 to 1. */
  readonly similarity: number;
  /** Share of the shorter text in the longer, 0 to 1. */
  readonly containment: number;
  readonly samePlace: boolean;
  readonly sameCategory: boolean;
}

export type RepeatClueCode = 'SAME_ID_NUMBER' | 'SAME_PHONE' | 'SAME_NAME' | 'SAME_TEXT' | 'SIMILAR_TEXT' | 'TEXT_CONTAINED' | 'SAME_PLACE' | 'SAME_CATEGORY';
export type RepeatBand = 'STRONG' | 'LIKELY' | 'POSSIBLE';

export interface RepeatClue {
  readonly code: RepeatClueCode;
  readonly percent: number | null;
}
export interface Scored {
  /** 0 to 100. */
  readonly score: number;
  readonly band: RepeatBand;
  readonly samePerson: boolean;
  readonly reasons: readonly RepeatClue[];
}

/** From 30 common grams in 100 a text alone is shown: half of the pairs just below are about two matters (measured; docs in the service README). */
export const TEXT_ALONE = 0.28;
/** With an identical petitioner less is enough: 999 of 1,000 unrelated pairs share less than 8 in 100. */
export const TEXT_WITH_PERSON = 0.08;
const CONTAINED_WITH_PERSON = 0.3;

/** 同事: how far facts and claims agree, by the share of common grams. Between the points a straight line. */
const MATTER: readonly (readonly [number, number])[] = [[0, 0], [0.05, 0.05], [0.1, 0.25], [0.2, 0.42], [0.3, 0.6], [0.4, 0.75], [0.5, 0.86], [0.7, 1], [1, 1]];

const matterAt = (share: number): number => {
  const next = MATTER.findIndex(([at]) => at >= share);
  const [[x0, y0], [x1, y1]] = [MATTER[Math.max(0, next - 1)] ?? [0, 0], MATTER[next] ?? [1, 1]];
  return x1 === x0 ? y1 : y0 + ((share - x0) / (x1 - x0)) * (y1 - y0);
};

/** 同人: an ID number is the person; a telephone may be a family's, a name in one county another's. */
const personOf = ({ sameIdNumber, samePhone, sameName }: Likeness): number => {
  if (sameIdNumber) return 1;
  if (samePhone) return sameName ? 0.95 : 0.8;
  return sameName ? 0.5 : 0;
};

/** How much the same two petitions are; undefined when there is not enough to ask a person about it. */
export function scoreRepeat(likeness: Likeness): Scored | undefined {
  const person = personOf(likeness);
  if (!isEnough(likeness, person)) return undefined;
  // a short note inside a long letter counts only where the petitioner is the same: every letter holds some short note
  const share = person > 0 ? Math.max(likeness.similarity, likeness.containment * 0.4) : likeness.similarity;
  const matter = Math.min(1, matterAt(share) + (likeness.samePlace ? 0.04 : 0) + (likeness.sameCategory ? 0.06 : 0));
  const score = Math.round(100 * matter * (0.5 + 0.5 * person));
  return { score, band: bandOf(score), samePerson: person > 0, reasons: reasonsOf(likeness) };
}

function isEnough(likeness: Likeness, person: number): boolean {
  if (person === 0) return likeness.similarity >= TEXT_ALONE;
  return likeness.similarity >= TEXT_WITH_PERSON || likeness.containment >= CONTAINED_WITH_PERSON || (likeness.sameCategory && likeness.samePlace);
}

/** STRONG needs both 同人 and 同事: the same text from others is at most LIKELY, the same person with another matter POSSIBLE. */
const bandOf = (score: number): RepeatBand => (score >= 65 ? 'STRONG' : score >= 40 ? 'LIKELY' : 'POSSIBLE');

const percentOf = (share: number): number => Math.round(share * 100);

function reasonsOf(likeness: Likeness): RepeatClue[] {
  const { similarity, containment } = likeness;
  const plain = (holds: boolean, code: RepeatClueCode): RepeatClue[] => (holds ? [{ code, percent: null }] : []);
  return [
    ...plain(likeness.sameIdNumber, 'SAME_ID_NUMBER'),
    ...plain(likeness.samePhone, 'SAME_PHONE'),
    ...plain(likeness.sameName, 'SAME_NAME'),
    ...textReason(similarity, containment),
    ...plain(likeness.samePlace, 'SAME_PLACE'),
    ...plain(likeness.sameCategory, 'SAME_CATEGORY'),
  ];
}

function textReason(similarity: number, containment: number): RepeatClue[] {
  if (similarity >= 0.85) return [{ code: 'SAME_TEXT', percent: percentOf(similarity) }];
  if (similarity >= TEXT_WITH_PERSON && containment < 0.9) return [{ code: 'SIMILAR_TEXT', percent: percentOf(similarity) }];
  return containment >= CONTAINED_WITH_PERSON ? [{ code: 'TEXT_CONTAINED', percent: percentOf(containment) }] : [];
}

const WORDS: Readonly<Record<RepeatClueCode, readonly [zh: string, en: string]>> = {
  SAME_ID_NUMBER: ['证件号码相同（同人）', 'Same ID number (same person)'],
  SAME_PHONE: ['联系电话相同', 'Same telephone'],
  SAME_NAME: ['同一县区内姓名相同', 'Same name within one county'],
  SAME_TEXT: ['反映内容基本相同，文字重合约%', 'Text basically the same, about % in common'],
  SIMILAR_TEXT: ['反映内容相近，文字重合约%', 'Similar text, about % in common'],
  TEXT_CONTAINED: ['较短一件的内容约%见于另一件', 'About % of the shorter text stands in the other'],
  SAME_PLACE: ['问题属地相同', 'Same place of the problem'],
  SAME_CATEGORY: ['内容分类相同', 'Same content category'],
};

/** The reason as a clerk reads it. */
export function clueText({ code, percent }: RepeatClue, locale: string): string {
  const [zh, en] = WORDS[code];
  return (locale === 'en' ? en : zh).replace('%', `${percent ?? ''}%`);
}
