import { wordOfThePerson } from './marks';
import { isWords } from './words';

export interface ClusterWords {
  readonly name: string;
  readonly contentCategory: string;
  readonly specialisedGroup: string | null;
  readonly groupInterest: string | null;
}

/** Groups of persons (brief §3.2 #38: health data, and a label that sticks). The interest at issue is described instead. */
const GROUP_OF_PERSONS = /人员$|群体$|信访户|上访户|患者|老兵$|军人$/;

/** 群体利益 names what is at issue — 退役安置待遇, 特殊疾病医保报销 — not who somebody is. */
export function clusterFault(words: ClusterWords): 'TEXT_LENGTH' | 'ABOUT_A_PERSON' | undefined {
  const isFitting = isWords(words.name, 2, 200) && /^[\p{L}\p{N}._-]{1,64}$/u.test(words.contentCategory)
    && (words.specialisedGroup === null || isWords(words.specialisedGroup, 2, 500)) && (words.groupInterest === null || isWords(words.groupInterest, 2, 200));
  if (!isFitting) return 'TEXT_LENGTH';
  const ofPersons = words.groupInterest !== null && GROUP_OF_PERSONS.test(words.groupInterest.trim());
  return ofPersons || [words.name, words.groupInterest ?? ''].some((text) => wordOfThePerson(text)) ? 'ABOUT_A_PERSON' : undefined;
}
