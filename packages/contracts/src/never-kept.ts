/**
 * Words for what this system never keeps about a person who petitions (docs/boundaries: duties are tracked, people are not).
 * The schema lint refuses them in names and descriptions, and a file of kinds that holds one is not loaded.
 */
const NEVER_KEPT =
  /person_?risk|risk_?(score|level|tag|person)|watch_?list|black_?list|whereabouts|stability_?control|key_?person|surveil|movement_?track|location_?(trace|track)|\brelatives\b|escort_?back|稳控|维稳|重点人员|重点信访人|黑名单|行踪|轨迹|截访|劝返|缠访|闹访|风险等级|风险评分|亲属|息诉罢访/i;

/** The first such word of a text; undefined when it holds none. */
export const neverKept = (text: string): string | undefined => NEVER_KEPT.exec(text)?.[0];
