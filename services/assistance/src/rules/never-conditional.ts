import { refuse, waiverIn, type Refusal } from '@anjie/contracts';

/** 《宪法》第四十一条; aid follows need (《信访工作条例》第三十七条), mediation the will of both sides (第三十三条). */
export const NEVER_CONDITIONAL_BASIS = '《宪法》第四十一条；《信访工作条例》第三十三条、第三十七条';

/** Help, mediation and talk are never conditional on dropping a petition: a text that says so is not recorded. */
export function refusesCondition(...texts: readonly (string | null | undefined)[]): Refusal<'CONDITIONAL'> | null {
  const phrase = texts.map((text) => waiverIn(text ?? '')).find((found) => found !== undefined);
  if (!phrase) return null;
  return refuse(
    'CONDITIONAL', `“${phrase}”：救助、调解和解释疏导不得以放弃信访权利为条件，不予登记。`,
    `"${phrase}": help, mediation and explanation never depend on giving up the right to petition; this is not recorded.`, NEVER_CONDITIONAL_BASIS,
  );
}
