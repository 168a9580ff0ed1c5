import { isWords } from './words';

/** What a colour may rest on (brief §5.3): nothing about the person who petitions. */
export const URGENCY_GROUNDS = ['HARM', 'DEADLINE', 'UNIT_INACTIVITY'] as const;
export const DIFFICULTY_CRITERIA = ['TIME_SPAN', 'HEADCOUNT', 'POLICY', 'COMPLEXITY'] as const;
export type DifficultyCriterion = (typeof DIFFICULTY_CRITERIA)[number];

export interface CriterionFact {
  readonly criterion: DifficultyCriterion;
  readonly fact: string;
}

/**
 * A mark speaks of the matter and of the unit that answers for it. Words for a person's conduct, character or journeys
 * are no ground for one (《信访工作条例》第十八条 forbids suppressing petitions; brief §5.3 三色).
 */
const OF_THE_PERSON = /越级|扬言|缠访|闹访|非访|稳控|进京|赴京|到京|晋京|敏感(时|日|期|节)|性格|偏执|精神(病|异常|障碍)|前科|息诉承诺/;

export const wordOfThePerson = (text: string): string | undefined => OF_THE_PERSON.exec(text.normalize('NFKC').replace(/\s/g, ''))?.[0];

export type MarkFault = 'TEXT_LENGTH' | 'ABOUT_A_PERSON' | 'REVIEW_OUT_OF_RANGE' | 'CRITERIA_INVALID';

export interface MarkWords {
  readonly reason: string;
  readonly reviewOn: string;
  readonly criteria?: readonly CriterionFact[];
}

/** A mark has a reason in words, and a day within a year on which somebody looks at it again. */
export function markFault(words: MarkWords, { today, latest }: { readonly today: string; readonly latest: string }): MarkFault | undefined {
  const facts = words.criteria ?? [];
  if (!isWords(words.reason, 5, 500) || facts.some(({ fact }) => !isWords(fact, 2, 300))) return 'TEXT_LENGTH';
  if ([words.reason, ...facts.map(({ fact }) => fact)].some((text) => wordOfThePerson(text))) return 'ABOUT_A_PERSON';
  if (words.reviewOn <= today || words.reviewOn > latest) return 'REVIEW_OUT_OF_RANGE';
  if (words.criteria && (facts.length < 1 || new Set(facts.map(({ criterion }) => criterion)).size !== facts.length)) return 'CRITERIA_INVALID';
  return undefined;
}

/** How many of the four criteria the facts bear out; no weights, because no text gives any. */
export const difficultyLevel = (facts: readonly CriterionFact[]): number => new Set(facts.map(({ criterion }) => criterion)).size;
