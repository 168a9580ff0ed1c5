import { OfficialChanged, refuse } from '@anjie/contracts';
import { newId, type Actor, type Sql } from '@anjie/service-kit/database';
import type { Outbox } from '@anjie/service-kit/messaging';
import { groupBy } from '@anjie/service-kit/runtime';
import { rowRefusal, sortedByState, type DirectoryChange, type PutAnswer, type PutCounts } from '../directory/directory-change';
import { officialProblem, postChanges, type OfficialRowIn, type PostChanges, type PostFact } from '../rules/directory';
import { saveUnits, unitsByCodes, unitsByIds } from '../units/unit-repository';
import { announceUnits } from '../units/unit-service';
import { databaseNow, officialsByStaffNos, saveOfficials, untoldOfficials, type OfficialRow } from './official-repository';
import { currentUnits, headsOf, openPostsOf, postsOfOfficials, savePostChanges, type PostRow } from './post-repository';

/** Creates or changes officials by staff number in the caller's transaction; the rows of one number are all the posts held now. */
export async function putOfficials(change: DirectoryChange, rows: readonly OfficialRowIn[]): Promise<PutAnswer> {
  const { tx } = change;
  const refusal = rowRefusal(rows, { problemOf: officialProblem });
  if (refusal) return refusal;
  const unitIds = new Map((await unitsByCodes(tx, [...new Set(rows.flatMap((row) => row.unitCode ?? []))])).map((unit) => [unit.code, unit.id]));
  const lost = rows.find((row) => row.unitCode != null && !unitIds.has(row.unitCode));
  if (lost) return refuse('REFERENCE_UNKNOWN', `干部 ${lost.staffNo}：单位不存在。`, `Official ${lost.staffNo}: the unit is not known.`);
  const known = new Map((await officialsByStaffNos(tx, [...new Set(rows.map((row) => row.staffNo))])).map((official) => [official.staffNo, official]));
  const open = groupBy(await openPostsOf(tx, [...known.values()].map((official) => official.id)), (post) => post.officialId);
  const standing = { known, unitIds, open, now: await databaseNow(tx) };
  const people = [...groupBy(rows, (row) => row.staffNo).values()].map((own) => planOf(change, own, standing));
  return settle(change, people, [...open.values()].flat());
}

interface Standing {
  readonly known: ReadonlyMap<string, OfficialRow>;
  readonly unitIds: ReadonlyMap<string, string>;
  readonly open: ReadonlyMap<string, readonly PostRow[]>;
  readonly now: Date;
}
interface PersonPlan {
  readonly wanted: OfficialRow;
  readonly known: OfficialRow | undefined;
  readonly posts: PostChanges;
}

function planOf({ today }: DirectoryChange, own: readonly OfficialRowIn[], standing: Standing): PersonPlan {
  const [first] = own as [OfficialRowIn, ...OfficialRowIn[]];
  const known = standing.known.get(first.staffNo);
  const id = known?.id ?? (first.id ?? newId()).toLowerCase();
  const posts = postChanges(standing.open.get(id) ?? [], postsIn(own, standing, today), today);
  const validTo = first.validTo ?? null;
  const sessionsValidAfter = known ? sessionsOf(known, { validTo, posts, today, now: standing.now }) : null;
  return { wanted: { id, staffNo: first.staffNo, name: first.name, validTo, sessionsValidAfter, version: (known?.version ?? 0) + 1 }, known, posts };
}

/** Whoever leaves or moves does not go on in the session of before. */
function sessionsOf(known: OfficialRow, { validTo, posts, today, now }: { validTo: string | null; posts: PostChanges; today: string; now: Date }): Date | null {
  const hasLeft = validTo !== null && validTo <= today && known.validTo !== validTo;
  return hasLeft || posts.end.some((post) => post.endedOn <= today) ? now : known.sessionsValidAfter;
}

/** The posts that a person's rows name, but for those that are over. */
const postsIn = (rows: readonly OfficialRowIn[], { unitIds }: Standing, today: string): PostFact[] =>
  rows.flatMap((row) => {
    const unitId = row.unitCode == null ? undefined : unitIds.get(row.unitCode);
    if (!unitId || (row.endsOn != null && row.endsOn <= today)) return [];
    return [{ unitId, title: row.title ?? '', isHead: row.isHead ?? false, startedOn: row.startedOn ?? today, kind: row.kind ?? 'PRIMARY', endedOn: row.endsOn ?? null }];
  });

const arePostsTouched = ({ posts }: PersonPlan): boolean => posts.begin.length + posts.end.length + posts.correct.length > 0;

async function settle(change: DirectoryChange, people: readonly PersonPlan[], open: readonly PostRow[]): Promise<PutCounts> {
  const { tx } = change;
  const sorted = sortedByState(people.map((person) => [person.wanted, person.known] as const));
  const own = new Set([...sorted.created, ...sorted.changed].map((official) => official.id));
  const moved = people.filter((person) => !own.has(person.wanted.id) && arePostsTouched(person)).map((person) => person.wanted);
  await saveOfficials(tx, sorted.created, [...sorted.changed, ...moved]);
  await savePostChanges(tx, new Map(people.map((person) => [person.wanted.id, person.posts])));
  const touched = people.filter(arePostsTouched);
  const mine = new Set(touched.map((person) => person.wanted.id));
  const left = open.filter((post) => mine.has(post.officialId)).map((post) => post.unitId);
  await settleHeads(change, [...new Set([...left, ...touched.flatMap((person) => person.posts.begin.map((post) => post.unitId))])]);
  await announceOfficials(change, [...sorted.created, ...sorted.changed, ...moved]);
  const { created, changed, unchanged } = sorted.counts;
  return { created, changed: changed + moved.length, unchanged: unchanged - moved.length };
}

/** Gives units whose head changed a new version and tells the others. */
async function settleHeads(change: DirectoryChange, unitIds: readonly string[]): Promise<void> {
  const heads = await headsOf(change.tx, unitIds);
  const changed = (await unitsByIds(change.tx, unitIds))
    .filter((unit) => unit.headOfficialId !== (heads.get(unit.id) ?? null))
    .map((unit) => ({ ...unit, headOfficialId: heads.get(unit.id) ?? null, version: unit.version + 1 }));
  await saveUnits(change.tx, [], changed);
  await announceUnits(change, changed);
}

/** Tells the others about officials as they stand, each with every post that there was. */
export async function announceOfficials({ tx, outbox, actor }: DirectoryChange, officials: readonly OfficialRow[]): Promise<void> {
  const posts = groupBy(await postsOfOfficials(tx, officials.map((o) => o.id)), (post) => post.officialId);
  const units = new Map((await currentUnits(tx, officials.map((o) => o.id))).map((row) => [row.id, row.unitId]));
  await outbox.announceAll(tx, OfficialChanged, officials.map((o) => ({
    aggregateId: o.id, version: o.version, requestId: actor.requestId,
    payload: {
      officialId: o.id, staffNo: o.staffNo, name: o.name, unitId: units.get(o.id) ?? null, validTo: o.validTo,
      posts: (posts.get(o.id) ?? []).map(({ unitId, kind, startedOn, endedOn }) => ({ unitId, kind, startedOn, endedOn })),
      sessionsValidAfter: o.sessionsValidAfter?.toISOString() ?? null,
    },
  })));
}

const TOLD_AT_ONCE = 200;

/** Officials of before the others knew posts: told once more, with a new version. @returns how many */
export async function tellPosts(tx: Sql, outbox: Outbox, actor: Actor): Promise<number> {
  const officials = (await untoldOfficials(tx, TOLD_AT_ONCE)).map((official) => ({ ...official, version: official.version + 1 }));
  await saveOfficials(tx, [], officials);
  await announceOfficials({ tx, outbox, actor, today: '' }, officials);
  return officials.length;
}
