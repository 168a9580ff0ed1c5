import type { DataSource } from 'typeorm';
import { hasRole, type Viewer } from '@anjie/access';
import { refuse } from '@anjie/contracts';
import { audit, runMutation, type Actor, type Sql } from '@anjie/service-kit/database';
import type { AskDataRightInput, ComplainOfRetaliationInput, MyMatter, QueryReceipt, RateMatterInput, RenewQuerySecretInput } from '../generated/graphql';
import type { IdentityVault } from '../petitioners/identity-vault';
import { petitionsByIds, type PetitionRow } from '../petitions/petition-repository';
import { isReasonFit } from '../rules/corrections';
import { inGroups } from '../rules/query-codes';
import { accessOf, FIRST_GENERATION, forgetAttempts, raiseGeneration, type AccessRow } from './access-repository';
import { createAdmission, isNo, NOT_PERMITTED, type AccessNo, type Admitted, type Credentials } from './admission';
import { createComplaintService } from './complaint-service';
import { tellMatter } from './my-matter';
import { createQuerySecrets, type QuerySecrets } from './query-secret';
import type { DataRequestService } from '../data-requests/data-request-service';
import { createRatingService } from './rating-service';

interface AccessDeps {
  readonly db: DataSource;
  readonly vault: IdentityVault;
  readonly dataRequests: DataRequestService;
}
type Renewed = { readonly petitionId: string; readonly generation: number };

const shownCode = (queryCode: string): string => inGroups(queryCode, 4);

/** 查询、评价、投诉: what a petitioner does with query code and secret, and what the window does for it. */
export function createPetitionerAccess({ db, vault, dataRequests }: AccessDeps) {
  const secrets = createQuerySecrets(vault.fingerprintKey);
  const admit = createAdmission(db, secrets);
  const ratings = createRatingService({ db, vault });
  const complaints = createComplaintService({ db, vault });
  /** The petitioner's own acts: let in first, so that a stored answer is given to nobody without the secret. */
  const act = async (given: Credentials, actor: Actor, work: (admitted: Admitted) => Promise<Admitted | AccessNo>): Promise<MyMatter | AccessNo> => {
    const admitted = await admit(given, actor, 'PUBLIC_PORTAL');
    const done = isNo(admitted) ? admitted : await work(admitted);
    return isNo(done) ? done : tellMatter(vault, { sql: db.manager, admitted: done, viewer: actor.viewer });
  };
  return {
    ratings,
    complaints,
    shownCode,
    /** As it was when the petition was registered: a repeat must not tell the clerk what the petitioner has renewed, maybe because of that clerk. */
    receipt: ({ petitionId, queryCode }: AccessRow): QueryReceipt => ({ queryCode: shownCode(queryCode), secret: secrets.shown({ petitionId, generation: FIRST_GENERATION }) }),
    receiptOf: async (sql: Sql, { petitionId, generation }: Renewed): Promise<QueryReceipt> => {
      const [row] = await accessOf(sql, [petitionId]);
      return { queryCode: shownCode(row?.queryCode ?? ''), secret: secrets.shown({ petitionId, generation }) };
    },
    async lookUp(given: Credentials, actor: Actor): Promise<MyMatter | AccessNo> {
      const admitted = await admit(given, actor, 'PUBLIC_PORTAL', 'WINDOW_CLERK');
      return isNo(admitted) ? admitted : tellMatter(vault, { sql: db.manager, admitted, viewer: actor.viewer });
    },
    rate: (input: RateMatterInput, actor: Actor) => act(input, actor, (admitted) => ratings.rate(input, { admitted, actor })),
    complain: (input: ComplainOfRetaliationInput, actor: Actor) => act(input, actor, (admitted) => complaints.complain(input, { admitted, actor })),
    /** For what a petitioner fetches with code and secret. */
    letIn: (given: Credentials, actor: Actor) => admit(given, actor, 'PUBLIC_PORTAL'),
    askDataRight: (input: AskDataRightInput, actor: Actor) =>
      act(input, actor, async (admitted) => {
        const done = await dataRequests.ask(input, { admitted, actor });
        return 'refused' in done ? (done as AccessNo) : admitted;
      }),
    renew: (input: RenewQuerySecretInput, actor: Actor) =>
      runMutation<Renewed | AccessNo>(db, {
        actor, operation: 'renewQuerySecret', key: input.idempotencyKey, input, work: (tx) => renew(tx, secrets, { input, actor }),
      }),
  };
}

/** The generation is stored, the secret is not: a repeat of the request computes it again, and after another renewal it is worth nothing. */
async function renew(tx: Sql, secrets: QuerySecrets, { input, actor }: { input: RenewQuerySecretInput; actor: Actor }): Promise<Renewed | AccessNo> {
  const [petition] = await petitionsByIds(tx, actor.viewer, [input.petitionId]);
  if (!petition) return refuse('NOT_FOUND', '信访件不存在，或对您不可见。', 'The petition does not exist or is not visible to you.');
  if (!mayRenew(actor.viewer, petition)) return NOT_PERMITTED;
  if (!isReasonFit(input.reason)) return refuse('TEXT_LENGTH', '请填写5至200字的换发事由。', 'Give a reason of 5 to 200 characters.');
  const [row] = await accessOf(tx, [petition.id]);
  const generation = await raiseGeneration(tx, petition.id);
  // whoever was locked out by a stranger's guesses comes to the window
  if (row) await forgetAttempts(tx, secrets.fingerprint('CODE', row.queryCode));
  await audit(tx, actor, { action: 'QUERY_SECRET_RENEWED', subjectType: 'Petition', subjectId: petition.id, caseId: petition.caseId, detail: { generation, reason: input.reason.trim() } });
  return { petitionId: petition.id, generation };
}

/** The registering unit itself; a joint office where none is on record. A unit that only handles could rate itself with it. */
const mayRenew = (viewer: Viewer, { registeredUnitId }: PetitionRow): boolean =>
  registeredUnitId === null ? hasRole(viewer, 'JOINT_OFFICE') : hasRole(viewer, 'JOINT_OFFICE', 'WINDOW_CLERK', 'UNIT_HANDLER') && viewer.unitId === registeredUnitId;
