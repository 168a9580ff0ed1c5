import type { DataSource, EntityManager } from 'typeorm';
import { AppError, isRefusal } from '@anjie/contracts';
import { audit, businessTime, isId, runMutation, updateVersion, type Actor } from '@anjie/service-kit/database';
import type { Outbox } from '@anjie/service-kit/messaging';
import type { DutyService } from '../duties/duty-service';
import { dropOpen, passOn } from '../hand-overs/hand-over-moves';
import { lockCases } from '../readiness/case-facts-repository';
import { casesInView } from '../readiness/crew-repository';
import { settleCrews } from '../readiness/readiness-service';
import { isPlausibleDay } from '../rules/assignment';
import { mayDoInDivision } from '../rules/permissions';
import { refusals, type SponsorshipRefusal } from '../rules/sponsoring';
import { nameSponsors, type Begun, type SponsorWish } from './name-sponsors';
import { sponsorshipsByIds, type SponsorshipEndReason } from './sponsorship-repository';

export interface SponsorCaseInput {
  readonly idempotencyKey: string;
  readonly caseId: string;
  readonly officialId: string;
  readonly startOn?: string | null | undefined;
  readonly replace?: boolean | null | undefined;
}
export interface SponsorCasesInput {
  readonly idempotencyKey: string;
  readonly items: readonly { readonly caseId: string; readonly officialId: string }[];
}
export interface EndSponsorshipInput {
  readonly idempotencyKey: string;
  readonly sponsorshipId: string;
  readonly expectedVersion: number;
  readonly reason: SponsorshipEndReason;
  readonly endedOn?: string | null | undefined;
}
export interface SponsorshipServiceDeps {
  readonly db: DataSource;
  readonly outbox: Outbox;
  readonly duties: DutyService;
}

const MAX_ITEMS = 100;

export function createSponsorshipService(deps: SponsorshipServiceDeps) {
  return {
    sponsor: (actor: Actor, input: SponsorCaseInput): Promise<Begun | SponsorshipRefusal> =>
      runMutation<Begun | SponsorshipRefusal>(deps.db, {
        actor, operation: 'sponsorCase', key: input.idempotencyKey, input,
        work: async (tx) => {
          const { today } = await businessTime(tx);
          const wish = { caseId: input.caseId, officialId: input.officialId, startOn: input.startOn ?? today, replace: input.replace ?? false };
          return (await assign(tx, { ...deps, actor, today }, [wish]))[0] ?? refusals.notFound();
        },
      }),
    /** Each item is answered by itself; the items that are not refused commit together. */
    sponsorMany: (actor: Actor, input: SponsorCasesInput): Promise<{ results: readonly (Begun | SponsorshipRefusal)[] }> => {
      if (input.items.length < 1 || input.items.length > MAX_ITEMS) throw new AppError('BAD_USER_INPUT', { field: 'items', rule: `1-${MAX_ITEMS}` });
      return runMutation(deps.db, {
        actor, operation: 'sponsorCases', key: input.idempotencyKey, input,
        work: async (tx) => {
          const { today } = await businessTime(tx);
          return { results: await assign(tx, { ...deps, actor, today }, input.items.map((item) => ({ ...item, startOn: today, replace: false }))) };
        },
      });
    },
    end: (actor: Actor, input: EndSponsorshipInput): Promise<{ sponsorshipId: string } | SponsorshipRefusal> =>
      runMutation<{ sponsorshipId: string } | SponsorshipRefusal>(deps.db, {
        actor, operation: 'endSponsorship', key: input.idempotencyKey, input, work: (tx) => endOne(tx, { ...deps, actor }, input),
      }),
  };
}
export type SponsorshipService = ReturnType<typeof createSponsorshipService>;

interface Doing extends SponsorshipServiceDeps {
  readonly actor: Actor;
}

/** The viewer's right to each case first, then the rule; an invisible case answers as a missing one. */
async function assign(tx: EntityManager, doing: Doing & { readonly today: string }, wishes: readonly SponsorWish[]): Promise<(Begun | SponsorshipRefusal)[]> {
  const { viewer } = doing.actor;
  const cases = await casesInView(tx, viewer, wishes.map((wish) => wish.caseId).filter(isId));
  const rights = wishes.map((wish): SponsorWish | SponsorshipRefusal => {
    const found = cases.get(wish.caseId.toLowerCase());
    if (!found) return refusals.notFound();
    if (found.isSealed) return refusals.sealed();
    if (!mayDoInDivision(viewer, 'SPONSOR_CASE', found.divisionCode)) return refusals.forbidden();
    return { ...wish, caseId: found.id, officialId: wish.officialId.toLowerCase(), reach: { officeDivision: viewer.divisionCode, caseDivision: found.divisionCode } };
  });
  const allowed = rights.filter((right): right is SponsorWish => !isRefusal(right));
  const named = await nameSponsors(tx, { today: doing.today }, allowed);
  const begun = named.filter((one): one is Begun => !isRefusal(one));
  for (const one of begun) await noteBegun(tx, doing.actor, one);
  await passOnReplaced(tx, doing, begun);
  if (begun.length > 0) await settleCrews({ tx, caseIds: begun.map((one) => one.caseId) }, { outbox: doing.outbox, requestId: doing.actor.requestId });
  const answers = named.values();
  return rights.map((right) => (isRefusal(right) ? right : (answers.next().value ?? refusals.notFound())));
}

/** Whoever takes a case over takes over what is open in it. */
async function passOnReplaced(tx: EntityManager, { actor, duties, today }: Doing & { readonly today: string }, begun: readonly Begun[]): Promise<void> {
  for (const { replacedId, sponsorshipId, officialId } of begun) {
    if (replacedId) await passOn(tx, { duties, today, requestId: actor.requestId }, { fromId: replacedId, toId: sponsorshipId, officialId, on: today, note: null });
  }
}

export const noteBegun = (tx: EntityManager, actor: Actor, begun: Begun): Promise<void> =>
  audit(tx, actor, {
    action: 'sponsorCase', subjectType: 'Sponsorship', subjectId: begun.sponsorshipId, caseId: begun.caseId,
    detail: { officialId: begun.officialId, replacedId: begun.replacedId },
  });

async function endOne(tx: EntityManager, { actor, outbox, duties }: Doing, input: EndSponsorshipInput): Promise<{ sponsorshipId: string } | SponsorshipRefusal> {
  const { today } = await businessTime(tx);
  const row = isId(input.sponsorshipId) ? (await sponsorshipsByIds(tx, actor.viewer, [input.sponsorshipId]))[0] : undefined;
  if (!row) return refusals.notFound();
  const scope = (await casesInView(tx, actor.viewer, [row.caseId])).get(row.caseId);
  if (!scope || !mayDoInDivision(actor.viewer, 'END_SPONSORSHIP', scope.divisionCode)) return refusals.forbidden();
  await lockCases(tx, [row.caseId]);
  if (row.endedOn !== null) return refusals.alreadyEnded();
  const endedOn = input.endedOn ?? today;
  if (!isPlausibleDay(endedOn, { today, notBefore: row.startedOn })) return refusals.dateOutOfRange();
  const set = { active_case_id: null, ended_on: endedOn, end_reason: input.reason };
  if (!(await updateVersion(tx, 'sponsorships', { id: row.id, version: input.expectedVersion, set }))) throw await conflict(tx, actor, row.id);
  await audit(tx, actor, { action: 'endSponsorship', subjectType: 'Sponsorship', subjectId: row.id, caseId: row.caseId, detail: { reason: input.reason, endedOn } });
  await dropOpen(tx, { duties, today, requestId: actor.requestId }, [row.id]);
  await settleCrews({ tx, caseIds: [row.caseId] }, { outbox, requestId: actor.requestId });
  return { sponsorshipId: row.id };
}

const conflict = async (tx: EntityManager, { viewer }: Actor, id: string): Promise<AppError> =>
  new AppError('CONFLICT', { currentVersion: (await sponsorshipsByIds(tx, viewer, [id]))[0]?.version ?? null });
