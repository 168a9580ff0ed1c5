import { hasRole, type Viewer } from '@anjie/access';
import { addDays, type LocalDate } from '@anjie/calendar';
import { refuse, type Refusal } from '@anjie/contracts';
import { isOfDivisionOrAbove } from './close-reviewers';

/** A row of kinds/formalism-rules.yaml, as far as rules read it. */
export interface FormalismRule {
  readonly code: string;
  readonly zh: string;
  readonly en: string;
  readonly basis?: string | undefined;
  readonly rows: readonly number[];
  readonly retired: boolean;
  readonly check: 'NO_OUTCOME' | 'SAME_TEXT' | 'NO_CONTACT';
  readonly days: number;
  readonly atLeast: number;
  readonly exceptKinds: readonly string[];
}

export interface ReportedActivity {
  readonly activityId: string;
  readonly kind: string;
  readonly unitId: string;
  readonly heldOn: LocalDate;
  readonly hasOutcome: boolean;
  readonly textKey: string | null;
  readonly caseIds: readonly string[];
  readonly officialIds: readonly string[];
}

/** A ledger case that is open, with the unit that leads it. */
export interface WatchedCase {
  readonly caseId: string;
  readonly unitId: string;
  /** The later of: it entered a ledger, the unit took it on. */
  readonly since: LocalDate;
  /** When contact was last made, or offered and declined; both are the unit's duty done. */
  readonly lastOfferedOn: LocalDate | null;
}

export interface Finding {
  readonly rule: string;
  /** Tells this finding from every other of the rule, so that finding it again makes no second one. */
  readonly key: string;
  readonly unitId: string;
  readonly officialId: string | null;
  readonly caseId: string | null;
  readonly activityId: string | null;
  /** Days, or cases. */
  readonly count: number;
  readonly since: LocalDate;
}

const only = (ids: readonly string[]): string | null => (ids.length === 1 ? (ids[0] ?? null) : null);

/** Held so many days ago, and nothing came of it. */
export const withoutOutcome = (rule: FormalismRule, activities: readonly ReportedActivity[], today: LocalDate): Finding[] =>
  activities
    .filter((one) => !one.hasOutcome && one.heldOn <= addDays(today, -rule.days) && !rule.exceptKinds.includes(one.kind))
    .map((one) => ({
      rule: rule.code, key: one.activityId, unitId: one.unitId, officialId: only(one.officialIds), caseId: only(one.caseIds), activityId: one.activityId, count: rule.days, since: one.heldOn,
    }));

/** The same words for several cases of a unit within the days: what was said to one was not said about it. */
export function sameText(rule: FormalismRule, activities: readonly ReportedActivity[], today: LocalDate): Finding[] {
  const groups = new Map<string, ReportedActivity[]>();
  for (const one of activities) {
    if (one.textKey === null || one.heldOn < addDays(today, -rule.days) || rule.exceptKinds.includes(one.kind)) continue;
    const key = `${one.unitId} ${one.textKey}`;
    groups.set(key, [...(groups.get(key) ?? []), one]);
  }
  return [...groups].flatMap(([key, ofText]) => {
    const [first] = ofText.toSorted((a, b) => (a.heldOn < b.heldOn ? -1 : 1));
    const cases = new Set(ofText.flatMap((one) => one.caseIds)).size;
    const officials = [...new Set(ofText.flatMap((one) => one.officialIds))];
    return first && ofText.length > 1 && cases >= rule.atLeast
      ? [{ rule: rule.code, key, unitId: first.unitId, officialId: only(officials), caseId: null, activityId: first.activityId, count: cases, since: first.heldOn }]
      : [];
  });
}

/** Nobody of the unit offered to meet for so many days. An offer that was declined is an offer. */
export const withoutContact = (rule: FormalismRule, cases: readonly WatchedCase[], today: LocalDate): Finding[] =>
  cases.flatMap(({ caseId, unitId, since, lastOfferedOn }) => {
    const from = lastOfferedOn !== null && lastOfferedOn > since ? lastOfferedOn : since;
    return from <= addDays(today, -rule.days) ? [{ rule: rule.code, key: `${caseId} ${unitId} ${from}`, unitId, officialId: null, caseId, activityId: null, count: rule.days, since: from }] : [];
  });

export type FormalismRefusalCode = 'NOT_FOUND' | 'NOT_PERMITTED' | 'WRONG_STATE' | 'TEXT_NOT_ACCEPTABLE';
export const formalismRefusals = {
  notFound: (): Refusal<FormalismRefusalCode> => refuse('NOT_FOUND', '不存在，或对您不可见。', 'It does not exist, or is not visible to you.'),
  notPermitted: (): Refusal<FormalismRefusalCode> => refuse('NOT_PERMITTED', '由信访联席办核实处理。', 'A joint office looks into it.'),
  wrongState: (): Refusal<FormalismRefusalCode> => refuse('WRONG_STATE', '该发现已处理。', 'The finding was settled.'),
  badText: (): Refusal<FormalismRefusalCode> => refuse('TEXT_NOT_ACCEPTABLE', '理由不能为空、不超过1000字、不含控制字符。', 'The reason must not be empty, longer than 1,000 characters or hold control characters.'),
};

/** An office of the division or above, never for its own unit: whoever sees a finding by a part in the case, or is found about, does not dismiss it. */
export const mayDismiss = (viewer: Viewer, finding: { readonly unitId: string; readonly divisionCode: string | null }): boolean =>
  viewer.kind === 'OFFICIAL' && viewer.unitId !== null && viewer.unitId !== finding.unitId && hasRole(viewer, 'JOINT_OFFICE') &&
  finding.divisionCode !== null && isOfDivisionOrAbove(viewer, finding.divisionCode);
