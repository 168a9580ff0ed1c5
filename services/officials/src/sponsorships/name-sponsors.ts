import type { EntityManager } from 'typeorm';
import { isRefusal } from '@anjie/contracts';
import { isId, newId } from '@anjie/service-kit/database';
import { candidatesOf } from '../officials/post-repository';
import { caseFactsOf, lockCases, type CaseFacts } from '../readiness/case-facts-repository';
import { exclusionsOf, recusedOf } from '../readiness/crew-repository';
import { sponsorshipLevelOf, type Candidate } from '../rules/assignment';
import { refusals, sponsoringObjection, type Sponsoring, type SponsorshipRefusal } from '../rules/sponsoring';
import { activeSponsorships, beginSponsorships, closeSponsorship, type NewSponsorship, type SponsorshipEndReason, type SponsorshipRow } from './sponsorship-repository';

export interface SponsorWish extends Sponsoring {
  /** Of the sponsorship that is taken over; REPLACED when left out. */
  readonly endReason?: SponsorshipEndReason;
  readonly caseId: string;
}

/** A sponsorship that began, by reference. */
export interface Begun {
  readonly sponsorshipId: string;
  readonly caseId: string;
  readonly officialId: string;
  readonly replacedId: string | null;
}

interface Standing {
  readonly today: string;
  readonly facts: ReadonlyMap<string, CaseFacts>;
  readonly present: ReadonlyMap<string, SponsorshipRow>;
  readonly candidates: ReadonlyMap<string, Candidate>;
  readonly excluded: ReadonlyMap<string, ReadonlySet<string>>;
  readonly recused: ReadonlyMap<string, ReadonlySet<string>>;
}

/**
 * Gives each case its sponsor where the rule allows it, in a handful of statements however many cases. The rights to the
 * cases have been checked. A case that comes twice is sponsored after its first time.
 */
export async function nameSponsors(tx: EntityManager, { today }: { today: string }, wishes: readonly SponsorWish[]): Promise<(Begun | SponsorshipRefusal)[]> {
  if (wishes.length === 0) return [];
  const caseIds = [...new Set(wishes.map((wish) => wish.caseId))];
  await lockCases(tx, caseIds);
  const standing = await standingOf(tx, { today, caseIds, officialIds: [...new Set(wishes.map((wish) => wish.officialId).filter(isId))] });
  const taken = new Set<string>();
  const begun: NewSponsorship[] = [];
  const answers: (Begun | SponsorshipRefusal)[] = [];
  for (const wish of wishes) {
    const answer = taken.has(wish.caseId) ? refusals.alreadySponsored() : decide(standing, wish);
    answers.push(answer);
    if (isRefusal(answer)) continue;
    taken.add(wish.caseId);
    if (answer.replacedId) await closeSponsorship(tx, answer.replacedId, { endedOn: wish.startOn, endReason: wish.endReason ?? 'REPLACED' });
    const candidate = standing.candidates.get(wish.officialId);
    begun.push({
      id: answer.sponsorshipId, caseId: wish.caseId, officialId: wish.officialId, unitId: candidate?.unitId ?? null, level: candidate ? sponsorshipLevelOf(candidate) : null, startedOn: wish.startOn,
    });
  }
  await beginSponsorships(tx, begun);
  return answers;
}

async function standingOf(tx: EntityManager, { today, caseIds, officialIds }: { today: string; caseIds: readonly string[]; officialIds: readonly string[] }): Promise<Standing> {
  return {
    today,
    facts: new Map((await caseFactsOf(tx, caseIds)).map((f) => [f.id, f])),
    present: new Map((await activeSponsorships(tx, caseIds)).map((row) => [row.caseId, row])),
    candidates: await candidatesOf(tx, officialIds),
    excluded: await exclusionsOf(tx, caseIds),
    recused: await recusedOf(tx, caseIds),
  };
}

function decide(standing: Standing, wish: SponsorWish): Begun | SponsorshipRefusal {
  const present = standing.present.get(wish.caseId);
  const objection = sponsoringObjection(
    {
      today: standing.today, candidate: standing.candidates.get(wish.officialId), excluded: standing.excluded.get(wish.caseId) ?? new Set(), recused: standing.recused.get(wish.caseId),
      present, lastEndedOn: standing.facts.get(wish.caseId)?.sponsorLostOn ?? null,
    },
    wish,
  );
  return objection ?? { sponsorshipId: newId(), caseId: wish.caseId, officialId: wish.officialId, replacedId: present?.id ?? null };
}
