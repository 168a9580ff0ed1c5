import type { DataSource } from 'typeorm';
import type { Viewer } from '@anjie/access';
import { AppError, DIVISION_CODE, divisionPrefix } from '@anjie/contracts';
import { audit, isId, type Actor, type Sql } from '@anjie/service-kit/database';
import type { PetitionerInput, RepeatDraftInput } from '../generated/graphql';
import type { IdentityVault } from '../petitioners/identity-vault';
import { petitionsByIds } from '../petitions/petition-repository';
import { casesByIds } from '../cases/case-repository';
import { containmentOf, LEAST_GRAMS, similarityOf } from '../rules/minhash';
import { isPermitted } from '../rules/permissions';
import type { ComparedPerson } from '../rules/repeat-persons';
import { scoreRepeat, type Scored } from '../rules/repeat-score';
import { comparedPetition } from './backfill-repository';
import { findCandidates, type CandidateRow, type Sought } from './candidate-repository';
import { placeOf } from './signature-writer';

export interface CandidateDeps {
  readonly db: DataSource;
  readonly vault: IdentityVault;
}

/** A case that may be the same matter, by its petition that is most alike. */
export interface Candidate extends Scored {
  readonly caseId: string;
  readonly petitionId: string;
  /** Where the case was merged into another: that one is meant, if the viewer sees it. */
  readonly intoCaseId: string | null;
  readonly similarity: number;
}

const MOST_SHOWN = 20;

interface Compared extends Sought {
  readonly divisionCode: string;
  readonly contentCategory: string | null;
}

export function createCandidateService({ db, vault }: CandidateDeps) {
  return {
    /** For a draft at the desk. With people in it each comparison is audited: it says whether they are on file. */
    async ofDraft(draft: RepeatDraftInput, actor: Actor): Promise<Candidate[]> {
      if (!isPermitted('REGISTER', { roles: actor.viewer.roles, parts: [] })) throw new AppError('FORBIDDEN');
      const compared = soughtByDraft(vault, draft, actor.viewer);
      if (compared.signature.grams < LEAST_GRAMS) return [];
      if (compared.prints.length > 0) {
        await audit(db.manager, actor, { action: 'REPEAT_COMPARED', subjectType: 'Official', subjectId: actor.viewer.subject, detail: { people: draft.petitioners?.length ?? 0 } });
      }
      return candidatesOf(db.manager, actor.viewer, compared);
    },
    async ofPetition(petitionId: string, viewer: Viewer): Promise<Candidate[]> {
      const [petition] = isId(petitionId) ? await petitionsByIds(db.manager, viewer, [petitionId]) : [];
      const [row] = petition ? await casesByIds(db.manager, viewer, [petition.caseId]) : [];
      if (!petition || !row) throw new AppError('NOT_FOUND');
      const stored = await comparedPetition(db.manager, vault, petition.id);
      if (!stored) return [];
      const { divisionCode, contentCategory, id: caseId } = row;
      const signature = vault.matterSigner.sign(stored.texts);
      return candidatesOf(db.manager, viewer, {
        signature, prints: vault.matterSigner.prints(stored.people, divisionCode), near: nearOf(viewer, divisionCode), caseId, divisionCode, contentCategory,
      });
    },
  };
}

function soughtByDraft(vault: IdentityVault, draft: RepeatDraftInput, viewer: Viewer): Compared {
  const { divisionCode } = draft;
  if (!DIVISION_CODE.test(divisionCode)) throw new AppError('BAD_USER_INPUT', { field: 'divisionCode' });
  const claims = draft.claims ?? [];
  const people = draft.petitioners ?? [];
  const isFit = [...draft.title].length <= 200 && [...draft.summary].length <= 4_000 && (draft.content ?? '').length <= 200_000 && claims.length <= 20
    && claims.every((claim) => claim.length <= 1_000) && people.length <= 100;
  if (!isFit) throw new AppError('BAD_USER_INPUT', { field: 'draft', rule: 'the limits of registerPetition' });
  return {
    signature: vault.matterSigner.sign([draft.title, draft.summary, draft.content, ...claims]),
    prints: vault.matterSigner.prints(people.map(personOf), divisionCode),
    near: nearOf(viewer, divisionCode), divisionCode, contentCategory: draft.contentCategory ?? null,
  };
}

const personOf = ({ name, idNumber, phone, idKind, role }: PetitionerInput): ComparedPerson => ({
  name: name ?? null, idNumber: idNumber ?? null, phone: phone ?? null, idKind: idKind ?? null, isAgent: role === 'AGENT',
});

/** A joint office sees its whole division; whoever sees single cases most likely sees those of the petition's county. */
function nearOf(viewer: Viewer, divisionCode: string): Sought['near'] {
  const prefix = divisionPrefix(viewer.divisionCode ?? divisionCode).slice(0, 6);
  return [Number(prefix.padEnd(6, '0')), Number(prefix.padEnd(6, '9'))];
}

/** One statement, then arithmetic. */
async function candidatesOf(sql: Sql, viewer: Viewer, compared: Compared): Promise<Candidate[]> {
  const best = new Map<string, Candidate>();
  for (const row of await findCandidates(sql, viewer, compared)) {
    const candidate = judged(row, compared);
    const matter = row.intoCaseId ?? row.caseId;
    if (candidate && candidate.score > (best.get(matter)?.score ?? -1)) best.set(matter, candidate);
  }
  return [...best.values()].sort((a, b) => b.score - a.score || (a.caseId < b.caseId ? -1 : 1)).slice(0, MOST_SHOWN);
}

function judged(row: CandidateRow, compared: Compared): Candidate | undefined {
  const persons = Number(row.persons);
  const similarity = similarityOf(compared.signature.signature, row.signature);
  const scored = scoreRepeat({
    sameIdNumber: (persons & 4) > 0, samePhone: (persons & 2) > 0, sameName: (persons & 1) > 0, similarity,
    containment: containmentOf(similarity, [compared.signature.grams, row.grams]),
    samePlace: placeOf(row.divisionCode) === placeOf(compared.divisionCode),
    sameCategory: row.contentCategory !== null && row.contentCategory === compared.contentCategory,
  });
  return scored && { ...scored, caseId: row.caseId, petitionId: row.petitionId, intoCaseId: row.intoCaseId, similarity };
}
