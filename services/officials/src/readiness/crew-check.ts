import type { Refusal } from '@anjie/contracts';
import { isId, type Sql } from '@anjie/service-kit/database';
import { candidatesOf } from '../officials/post-repository';
import { crewObjection, type Candidate, type CrewRefusalCode } from '../rules/assignment';
import { exclusionsOf, recusedOf } from './crew-repository';

export interface CheckedCrew {
  readonly candidates: ReadonlyMap<string, Candidate>;
  /** Why one of them may not have a part in one of the cases; null when all may. */
  readonly objection: Refusal<CrewRefusalCode> | null;
}

const NOBODY: ReadonlySet<string> = new Set();

/** Are these officials in office, with a post, and kept out of none of the cases? */
export async function checkCrew(tx: Sql, { officialIds, caseIds }: { officialIds: readonly string[]; caseIds: readonly string[] }): Promise<CheckedCrew> {
  const candidates = await candidatesOf(tx, officialIds.filter(isId));
  const excluded = await exclusionsOf(tx, caseIds);
  const recused = await recusedOf(tx, caseIds);
  const of = (facts: ReadonlyMap<string, ReadonlySet<string>>, caseId: string): ReadonlySet<string> => facts.get(caseId) ?? NOBODY;
  const objections = officialIds.flatMap((officialId) => {
    const candidate = candidates.get(officialId);
    return caseIds.length === 0 ? [crewObjection(candidate, NOBODY)] : caseIds.map((caseId) => crewObjection(candidate, of(excluded, caseId), of(recused, caseId)));
  });
  return { candidates, objection: objections.find((one) => one !== null) ?? null };
}
