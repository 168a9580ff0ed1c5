import { refuse, type Refusal } from '@anjie/contracts';

/** What a text asks of a petitioner when it makes help depend on silence. Data: a phrase here is all that a new form needs. */
export const WAIVERS: readonly string[] = [
  '不再信访', '不再上访', '不再走访', '不再进京', '不再越级', '不再反映', '不再投诉', '不再申诉', '不再缠访', '停止信访', '停止上访', '放弃信访', '放弃上访', '放弃诉求', '放弃申诉', '放弃复查', '放弃复核', '放弃诉讼', '放弃权利',
  '息访', '息诉', '罢访', '停访', '撤回信访', '撤销信访', '撤访', '不上访', '不信访', '终止信访', '终结信访诉求',
  'stop petitioning', 'no longer petition', 'not petition again', 'withdraw the petition', 'withdraw his petition', 'withdraw her petition', 'drop the petition', 'waive', 'waiver',
];

/** 《宪法》第四十一条; aid follows need (《信访工作条例》第三十七条), mediation the will of both sides (第三十三条). */
export const NEVER_CONDITIONAL_BASIS = '《宪法》第四十一条；《信访工作条例》第三十三条、第三十七条';

/** The first phrase by which the text asks for a waiver; blanks between characters hide nothing. */
export function waiverIn(text: string): string | undefined {
  const said = text.normalize('NFKC').toLowerCase();
  const dense = said.replaceAll(/[\s\p{P}]+/gu, '');
  return WAIVERS.find((phrase) => (/^[a-z ]+$/.test(phrase) ? said.replaceAll(/\s+/g, ' ').includes(phrase) : dense.includes(phrase)));
}

/** Help, mediation and talk are never conditional on dropping a petition: a text that says so is not recorded. */
export function refusesCondition(...texts: readonly (string | null | undefined)[]): Refusal<'CONDITIONAL'> | null {
  const phrase = texts.map((text) => waiverIn(text ?? '')).find((found) => found !== undefined);
  if (!phrase) return null;
  return refuse(
    'CONDITIONAL', `“${phrase}”：救助、调解和解释疏导不得以放弃信访权利为条件，不予登记。`,
    `"${phrase}": help, mediation and explanation never depend on giving up the right to petition; this is not recorded.`, NEVER_CONDITIONAL_BASIS,
  );
}
