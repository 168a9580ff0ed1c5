import { divisionLine } from './back-trace';
import type { ReminderFacts } from './recipients';

/** Rows of the service's copies, of many cases at once. */
export interface KnownFacts {
  readonly parts: readonly { readonly caseId: string; readonly officialId: string; readonly role: string; readonly unitId: string | null }[];
  readonly units: readonly { readonly id: string; readonly divisionCode: string; readonly headOfficialId: string | null }[];
  /** Where officials are in office: each post that is not over, so that one official may have several rows. */
  readonly posts: readonly { readonly officialId: string; readonly unitId: string | null }[];
  /** Joint offices in the order of their codes; none when nobody needs one. */
  readonly offices: readonly { readonly id: string; readonly divisionCode: string }[];
  readonly closure: readonly { readonly unitId: string; readonly ancestorId: string }[];
  readonly exclusions: readonly { readonly caseId: string; readonly partyId: string }[];
  /** 检举控告件: nobody above hears that they are there. */
  readonly sealedCaseIds: readonly string[];
}

export interface DutyParties {
  readonly caseId: string | null;
  readonly obligorUnitId: string | null;
  readonly obligorOfficialId: string | null;
}

const setsOf = <Row>(rows: readonly Row[], key: (row: Row) => string, value: (row: Row) => string): ReadonlyMap<string, ReadonlySet<string>> => {
  const sets = new Map<string, Set<string>>();
  for (const row of rows) sets.set(key(row), (sets.get(key(row)) ?? new Set()).add(value(row)));
  return sets;
};

/** Answers, for each duty, what decides whom to remind: one pass over the rows however many duties. */
export function createFactFinder(known: KnownFacts): (duty: DutyParties) => ReminderFacts {
  const ancestors = setsOf(known.closure, (row) => row.unitId, (row) => row.ancestorId);
  const named = setsOf(known.exclusions, (row) => row.caseId, (row) => row.partyId);
  const postsOf = setsOf([...known.posts, ...known.parts].flatMap(({ officialId, unitId }) => (unitId === null ? [] : [{ officialId, unitId }])), (row) => row.officialId, (row) => row.unitId);
  const units = new Map(known.units.map((row) => [row.id, row]));
  const sealed = new Set(known.sealedCaseIds);
  const parts = new Map<string, KnownFacts['parts'][number][]>();
  for (const part of known.parts) parts.set(part.caseId, [...(parts.get(part.caseId) ?? []), part]);
  const isWithin = (unitId: string | null, above: string): boolean => unitId !== null && (unitId === above || ancestors.get(unitId)?.has(above) === true);
  // nobody is named in a report where there is no case
  const namedIn = (caseId: string | null): ReadonlySet<string> => (caseId === null ? undefined : named.get(caseId)) ?? new Set();
  const isUnitNamed = (caseId: string | null, unitId: string | null): boolean => [...namedIn(caseId)].some((party) => isWithin(unitId, party));
  const isNamed = (caseId: string | null, id: string): boolean => namedIn(caseId).has(id) || isUnitNamed(caseId, id) || [...(postsOf.get(id) ?? [])].some((unitId) => isUnitNamed(caseId, unitId));
  const officeFor = ({ caseId, obligorUnitId }: DutyParties): string | null => {
    const unit = obligorUnitId === null || (caseId !== null && sealed.has(caseId)) ? undefined : units.get(obligorUnitId);
    if (!unit) return null;
    const free = known.offices.filter((office) => !isWithin(office.id, unit.id) && !isUnitNamed(caseId, office.id));
    return divisionLine(unit.divisionCode).flatMap((code) => free.filter((office) => office.divisionCode === code))[0]?.id ?? null;
  };
  return (duty) => {
    const { caseId, obligorUnitId, obligorOfficialId } = duty;
    const ofCase = (caseId === null ? undefined : parts.get(caseId)) ?? [];
    const headOfficialId = (obligorUnitId !== null && units.get(obligorUnitId)?.headOfficialId) || null;
    const candidates = [obligorUnitId, obligorOfficialId, headOfficialId, ...ofCase.map((one) => one.officialId)].filter((id) => id !== null);
    return {
      obligorUnitId, obligorOfficialId, headOfficialId,
      caseOfficials: ofCase.map(({ officialId, role, unitId }) => ({ officialId, role, isInObligorUnit: obligorUnitId !== null && isWithin(unitId, obligorUnitId) })),
      oversightUnitId: officeFor(duty),
      excludedIds: candidates.filter((id) => isNamed(caseId, id)),
    };
  };
}
