import type { DataSource, EntityManager } from 'typeorm';
import { AppError, isRefusal } from '@anjie/contracts';
import { audit, businessTime, isId, newId, runMutation, type Actor } from '@anjie/service-kit/database';
import type { Outbox } from '@anjie/service-kit/messaging';
import type { DutyService } from '../duties/duty-service';
import type { HandOverSponsorshipInput } from '../generated/graphql';
import { casePlaces, type CasePlace } from '../readiness/crew-repository';
import { settleCrews } from '../readiness/readiness-service';
import { overseesDivision } from '../rules/acting';
import { refusals, type SponsorshipRefusal } from '../rules/sponsoring';
import { textRefusal } from '../rules/words';
import { nameSponsors, type Begun } from '../sponsorships/name-sponsors';
import { noteBegun } from '../sponsorships/sponsorship-service';
import { sponsorshipsByIds, type SponsorshipRow } from '../sponsorships/sponsorship-repository';
import { passOn } from './hand-over-moves';
import { handOversOf, insertHandOvers, type HandOverRow } from './hand-over-repository';

export interface HandOverDeps {
  readonly db: DataSource;
  readonly outbox: Outbox;
  readonly duties: DutyService;
}
interface Doing extends HandOverDeps {
  readonly actor: Actor;
}
export type HandOverAnswer = Begun | SponsorshipRefusal;

/** 交接: a sponsored case passes to a successor with everything that is open. */
export function createHandOverService(deps: HandOverDeps) {
  return {
    handOver: (actor: Actor, input: HandOverSponsorshipInput): Promise<HandOverAnswer> =>
      runMutation<HandOverAnswer>(deps.db, {
        actor, operation: 'handOverSponsorship', key: input.idempotencyKey, input, work: (tx) => handOver(tx, { ...deps, actor }, input),
      }),
  };
}
export type HandOverService = ReturnType<typeof createHandOverService>;

async function handOver(tx: EntityManager, doing: Doing, input: HandOverSponsorshipInput): Promise<HandOverAnswer> {
  const { actor, outbox, duties } = doing;
  const row = isId(input.sponsorshipId) ? (await sponsorshipsByIds(tx, actor.viewer, [input.sponsorshipId]))[0] : undefined;
  if (!row) return refusals.notFound();
  const place = (await casePlaces(tx, [row.caseId])).get(row.caseId);
  if (!place) return refusals.notFound();
  const [noted] = await handOversOf(tx, [row.id]);
  const objection = rightObjection(actor, { row, noted, place }) ?? textRefusal(input.note, { least: 1, most: 1_000 });
  if (objection) return objection;
  if (Number(row.version) !== input.expectedVersion) throw new AppError('CONFLICT', { currentVersion: Number(row.version) });
  const { today } = await businessTime(tx);
  const on = input.on ?? today;
  const [begun = refusals.notFound()] = await nameSponsors(tx, { today }, [
    {
      caseId: row.caseId, officialId: input.successorId.toLowerCase(), startOn: on, replace: true, endReason: 'POST_CHANGED',
      reach: { officeDivision: actor.viewer.divisionCode, caseDivision: place.divisionCode },
    },
  ]);
  if (isRefusal(begun)) return begun as SponsorshipRefusal;
  const { requestId } = actor;
  const done = await passOn(tx, { duties, today, requestId }, { fromId: row.id, toId: begun.sponsorshipId, officialId: begun.officialId, on, note: input.note.trim() });
  if (!done) await insertHandOvers(tx, [unasked(row, { on, note: input.note.trim(), successorId: begun.sponsorshipId })]);
  await noteBegun(tx, actor, begun);
  await audit(tx, actor, { action: 'handOverSponsorship', subjectType: 'Sponsorship', subjectId: row.id, caseId: row.caseId, detail: { successorId: begun.officialId, wasDue: done !== undefined, on } });
  await settleCrews({ tx, caseIds: [row.caseId] }, { outbox, requestId });
  return begun;
}

/** The joint office of the case's division, or the head who owes it. */
function rightObjection({ viewer }: Actor, { row, noted, place }: { row: SponsorshipRow; noted: HandOverRow | undefined; place: CasePlace }): SponsorshipRefusal | null {
  if (Number(place.isSealed) === 1) return refusals.sealed();
  const owes = noted?.state === 'DUE' && viewer.kind === 'OFFICIAL' && noted.headOfficialId === viewer.subject;
  if (!owes && !overseesDivision(viewer, place.divisionCode)) return refusals.forbidden();
  return row.endedOn === null ? null : refusals.alreadyEnded();
}

/** Handed over before anybody had to ask. */
const unasked = (row: SponsorshipRow, { on, note, successorId }: { on: string; note: string; successorId: string }): HandOverRow => ({
  id: newId(), sponsorshipId: row.id, caseId: row.caseId, unitId: null, headOfficialId: null, state: 'DONE', since: on, dueOn: on, doneOn: on, note, successorId,
});
