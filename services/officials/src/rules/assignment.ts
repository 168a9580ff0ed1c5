import { divisionLevel, isInDivision, refuse, type Refusal } from '@anjie/contracts';

/** An official as it matters for a place in a case's crew, with the posts that are held today. */
export interface Candidate {
  readonly officialId: string;
  /** Of the post that began first. */
  readonly unitId: string | null;
  readonly divisionCode: string | null;
  /** The units of every post and the units above them. */
  readonly unitLine: readonly string[];
  /** Where each of the posts is. */
  readonly divisionCodes: readonly string[];
}

export type SponsorshipLevel = 'PROVINCE' | 'CITY' | 'COUNTY' | 'TOWNSHIP';
export type CrewRefusalCode = 'OFFICIAL_UNKNOWN' | 'OFFICIAL_WITHOUT_POST' | 'OFFICIAL_EXCLUDED' | 'OFFICIAL_RECUSED';

/** 包案级别: a village's unit counts with its township, the lowest level that sponsors cases. */
export function sponsorshipLevelOf(candidate: Candidate): SponsorshipLevel | null {
  if (candidate.divisionCode === null) return null;
  const level = divisionLevel(candidate.divisionCode);
  return level === 'VILLAGE' ? 'TOWNSHIP' : level;
}

/** 《信访工作条例》第三十条第三款: whoever the case accuses, or a unit of theirs by whichever post, has no part in it. */
export const isExcluded = (candidate: Candidate, excluded: ReadonlySet<string>): boolean =>
  excluded.has(candidate.officialId) || candidate.unitLine.some((unit) => excluded.has(unit));

/** Why this official may not join the crew of a case; null when they may. `recused` are those whose 回避 was decided. */
export function crewObjection(candidate: Candidate | undefined, excluded: ReadonlySet<string>, recused?: ReadonlySet<string>): Refusal<CrewRefusalCode> | null {
  if (!candidate) return refuse('OFFICIAL_UNKNOWN', '没有这位在职干部。', 'There is no such official in office.');
  if (candidate.unitId === null) return refuse('OFFICIAL_WITHOUT_POST', '该干部目前没有任职。', 'The official holds no post today.');
  if (recused?.has(candidate.officialId)) return refuse('OFFICIAL_RECUSED', '该干部已被决定回避此事项。', 'The official is recused from this case.', '《信访工作条例》第二十八条');
  if (!isExcluded(candidate, excluded)) return null;
  return refuse('OFFICIAL_EXCLUDED', '该干部或其单位应当回避此事项。', 'The official or their unit must stay out of this case.', '《信访工作条例》第三十条第三款');
}

export interface Reach {
  /** Of whoever names the official; null where that is nobody's. */
  readonly officeDivision: string | null;
  readonly caseDivision: string;
}

/** A place in a crew shows the case: it goes to officials of the division that names them, or to leaders above the case, never to another office. */
export function reachObjection({ divisionCodes }: Candidate, { officeDivision, caseDivision }: Reach): Refusal<'NOT_PERMITTED'> | null {
  const isReached = divisionCodes.some((code) => (officeDivision !== null && isInDivision(code, officeDivision)) || isInDivision(caseDivision, code));
  return isReached ? null : refuse('NOT_PERMITTED', '仅可指定本辖区的干部，或者该事项所在地上级的干部。', 'Name an official of your own division or of one above the case.');
}

/** A start or an end is a fact: never in the future, never before what it ends. */
export const isPlausibleDay = (day: string, { today, notBefore }: { today: string; notBefore?: string | null }): boolean =>
  day <= today && (notBefore == null || day >= notBefore);
