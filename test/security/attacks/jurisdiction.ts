import { outcomeOf } from '../outcome';
import { holdDown } from '../../faults/harness/probes';
import type { Attack, Group, Row } from './attack';
import { housingCase, refer, referralInput, SECRET } from './fill-world';
import { claimsOf, DISTRICT, units, type Persona } from './people';
import { LATER } from './jurisdiction-inputs';
import type { World } from './world';

/** Every way to a case by its id, and by what hangs on it. */
const CASE = 'query ($id: ID!) { case(id: $id) { id number title summary petitions { nodes { id title } } leadUnit { name } obligations { totalCount } referrals { totalCount } } }';
const told = async (world: World, who: Persona, query: string, variables: object = {}): Promise<string> => outcomeOf(await world.ask(who, query, variables));
const looks = (who: Persona, idOf: (world: World) => string) => (world: World): Promise<string> => told(world, who, CASE, { id: idOf(world) });
const sees = (who: Persona, idOf: (world: World) => string) => async (world: World): Promise<unknown> => {
  const found = await told(world, who, CASE, { id: idOf(world) });
  return found.startsWith('answered') || Promise.reject(new Error(`${who} sees ${found}`));
};
const [open, sealed, kept, shunned] = [(w: World) => w.known.open.caseId, (w: World) => w.known.sealed.caseId, (w: World) => w.known.kept.caseId, (w: World) => w.known.shunned.caseId];

/** Somebody who must see nothing of a case, by its id, in lists, searches and counts; and somebody who does. */
const unseen = (number: number, name: string, part: { readonly who: readonly Persona[]; readonly id: (world: World) => string; readonly by: Persona; readonly search?: string }): Attack => ({
  number, name, expected: 'nothing', honest: sees(part.by, part.id),
  attack: async (world) => (await Promise.all(part.who.map(async (who) => [
    await told(world, who, CASE, { id: part.id(world) }),
    (await listed(world, who)).includes(part.id(world)) ? 'listed' : 'nothing',
    ...(part.search ? [await told(world, who, 'query ($s: String) { cases(filter: { search: $s }) { totalCount nodes { id } } }', { s: part.search })] : []),
  ]))).flat(),
});
const listed = async (world: World, who: Persona): Promise<string[]> =>
  (await world.data<{ cases: { nodes: { id: string }[] } }>(who, '{ cases(first: 100) { totalCount nodes { id } } }')).cases.nodes.map(({ id }) => id);

const neighbour = (id: string, by: number): string => id.slice(0, -4) + ((Number.parseInt(id.slice(-4), 16) + by) & 0xffff).toString(16).padStart(4, '0');
/** A token of the same person, signed now: what ended before does not touch it. */
const freshly = async (world: World, who: Persona, query: string, variables: object, claims: object = {}): Promise<string> => {
  const token = await world.issuer.tokenFor({ ...claimsOf[who], ...claims });
  return outcomeOf(await world.ask(who, query, variables, { headers: { authorization: `Bearer ${token}` } }));
};

/** A unit is kept out while a referral to it is still in the queue: it is never delivered, or nobody there sees it. */
async function excludedOnTheWay(world: World): Promise<string[]> {
  const { case: { id } } = await housingCase(world, { title: '排队中的转办' });
  const bringBack = await holdDown(world.system, 'assistance-worker');
  const referralId = await refer(world, id, units.queued.id);
  await world.done('office', 'excludeFromCase', { caseId: id, unitId: units.queued.id, reason: '信访人反映其涉及此事' });
  await bringBack();
  await world.settled();
  world.takeDeaths();
  return Promise.all([told(world, 'queued', CASE, { id }), told(world, 'queued', 'query ($id: ID!) { referral(id: $id) { id request state } }', { id: referralId }), told(world, 'queued', '{ referrals(first: 10) { totalCount nodes { id } } }')]);
}

/** What the directory says of people whose token says something else. */
const STANDINGS: readonly Row[] = [
  unseen(63, 'a clerk of the window who serves on secondment in the accused unit', { who: ['seconded'], id: kept, by: 'clerk', search: SECRET.title }),
  {
    number: 64, name: 'a clerk who went over to the accused unit after the accusation', expected: ['nothing', 'UNAUTHENTICATED'], honest: sees('clerk', kept),
    async attack(w) {
      return [await told(w, 'transferred', CASE, { id: kept(w) }), await freshly(w, 'transferred', CASE, { id: kept(w) }), await freshly(w, 'transferred', CASE, { id: kept(w) }, { unit: units.accused.id })];
    },
  },
  { number: 65, name: 'the better of two posts: a unit or a division that the person does not hold', expected: 'nothing', honest: sees('office', open), attack: async (w) => [await freshly(w, 'sibling', CASE, { id: open(w) }, { unit: units.office.id, roles: ['JOINT_OFFICE'] }), await freshly(w, 'otherOffice', CASE, { id: open(w) }, { division: DISTRICT }), await freshly(w, 'otherOffice', CASE, { id: open(w) }, { division: '640000' }), await freshly(w, 'sponsor', CASE, { id: kept(w) }, { unit: units.hall.id, roles: ['WINDOW_CLERK'] })] },
  { number: 66, name: 'acting in a post beyond its last day', expected: 'nothing', honest: sees('actingFor', open), attack: looks('actedFor', open) },
  { number: 67, name: 'the account of a unit that was merged into another', expected: 'nothing', honest: (w) => w.data('heir', '{ me { id } }'), attack: async (w) => [await told(w, 'merged', CASE, { id: open(w) }), await told(w, 'merged', '{ cases { totalCount } obligations { totalCount } referrals { totalCount } }')] },
  { number: 68, name: 'the account of a unit that was closed, and of somebody who left', expected: ['nothing', 'UNAUTHENTICATED'], honest: sees('office', open), attack: async (w) => [await freshly(w, 'merged', '{ cases { totalCount } }', {}), await told(w, 'gone', CASE, { id: open(w) })] },
];

const ROWS: readonly Row[] = [
  {
    number: 58, name: 'ids that are guessed: neighbours, numbers, ids of other things', expected: ['nothing', 'BAD_USER_INPUT'], honest: sees('office', open),
    attack: (w) => Promise.all([w.known.open.caseId, ...[1, -1, 2].map((by) => neighbour(open(w), by)), '1', '0', '000001', w.known.open.number, w.known.open.petitionId, units.housing.id, open(w).toUpperCase(), `${open(w)} `, `${open(w)}/..`].map((id) => told(w, 'otherOffice', CASE, { id }))),
  },
  unseen(59, 'units above read a sealed case of a unit below', { who: ['province', 'city', 'office', 'admin'], id: sealed, by: 'discipline', search: SECRET.title }),
  unseen(60, 'a sibling unit, and an office of another district', { who: ['sibling', 'otherOffice', 'otherClerk'], id: open, by: 'housing' }),
  unseen(61, 'the accused unit', { who: ['accused'], id: shunned, by: 'housing', search: '占道经营' }),
  unseen(61, 'the accused unit, of an accusation', { who: ['accused'], id: sealed, by: 'discipline', search: SECRET.title }),
  {
    number: 61, name: 'a referral to the unit that is complained of, and to one below it', isSlow: true, expected: 'refused UNIT_EXCLUDED', honest: async (w) => refer(w, (await housingCase(w)).case.id, units.receiver.id),
    attack: (w) => Promise.all([units.accused.id, units.accusedChild.id].map(async (toUnitId) => outcomeOf(await w.act('housing', 'sendReferral', referralInput(shunned(w), toUnitId))))),
  },
  unseen(62, 'the unit below the accused one', { who: ['accusedChild'], id: shunned, by: 'office', search: '占道经营' }),
  unseen(63, 'the unit above the accused one', { who: ['accusedParent'], id: sealed, by: 'discipline', search: SECRET.title }),
  ...STANDINGS,
  { number: 69, name: 'kept out while the referral to it is in the queue', expected: 'nothing', mayChange: true, isSlow: true, attack: excludedOnTheWay, honest: (w) => w.data('receiver', 'query ($id: ID!) { referral(id: $id) { id request } }', { id: w.known.open.referralId }).then((found) => (found as { referral: object | null }).referral ?? Promise.reject(new Error('the receiver does not see its referral'))) },
  {
    number: 70, name: 'somebody whose list of units is empty', expected: 'nothing', honest: (w) => listed(w, 'office').then((ids) => ids.length > 2 || Promise.reject(new Error('the office sees no cases'))),
    attack: (w) => Promise.all((['plain', 'developer', 'admin'] as const).flatMap((who) => ['{ cases(first: 5) { totalCount nodes { id } } }', '{ petitions(first: 5) { totalCount nodes { id } } }', '{ obligations(first: 5) { totalCount nodes { id } } }', '{ referrals(first: 5) { totalCount nodes { id } } }', '{ supervisionLetters(first: 5) { totalCount nodes { id } } }', '{ sponsorships(first: 5) { totalCount nodes { id } } }', '{ followUpVisits(first: 5) { totalCount nodes { id } } }'].map((query) => told(w, who, query)))),
  },
  { number: 70, name: 'the account of a website asks for what is not its own', expected: ['FORBIDDEN', 'nothing'], honest: (w) => w.data('website', 'query ($c: String!, $s: String!) { myMatter(queryCode: $c, secret: $s) { __typename } }', { c: w.known.open.receipt.queryCode, s: w.known.open.receipt.secret }), attack: (w) => Promise.all(['{ cases { totalCount } }', '{ units { totalCount nodes { name } } }', '{ officials { nodes { name } } }', '{ obligations { totalCount } }', '{ referrals { totalCount } }', '{ me { id } }', '{ contentCategories { slug } }'].map((query) => told(w, 'website', query))) },
  {
    number: 71, name: 'wildcards and paths for a division, in a filter and in a token', expected: ['nothing', 'BAD_USER_INPUT', 'UNAUTHENTICATED'], honest: (w) => w.data('office', 'query ($d: ID!) { cases(filter: { divisionCode: $d }) { totalCount } }', { d: DISTRICT }),
    attack: (w) => Promise.all([...['%', '_', '64%', '6401__', '64', '/640104', '640104/..', '640104%', ''].map((d) => told(w, 'office', 'query ($d: ID!) { cases(filter: { divisionCode: $d }) { totalCount } }', { d })), ...['64%', '%', '64', '64____', '6'].map((division) => freshly(w, 'otherOffice', CASE, { id: open(w) }, { division }))]),
  },
  {
    number: 72, name: 'filters on what is hidden: the accused, the petitioner, sealed words', expected: ['nothing', 'BAD_USER_INPUT'], honest: (w) => w.data<{ cases: { totalCount: number } }>('office', '{ cases(filter: { search: "不动产权证" }) { totalCount } }').then(({ cases }) => cases.totalCount > 0 || Promise.reject(new Error('a search finds nothing'))),
    attack: (w) => Promise.all([...[`accused: "${units.accused.id}"`, 'accused: { eq: "x" }', 'petitionerName: "白某某"', 'isSealed: true', 'purpose: ACCUSATION', 'idNumber: "1"'].map((filter) => told(w, 'office', `{ cases(filter: { ${filter} }) { totalCount } }`)), ...[SECRET.title, SECRET.content, SECRET.name, '白某某', '13900004455'].map((s) => told(w, 'office', 'query ($s: String) { cases(filter: { search: $s }) { totalCount nodes { id } } }', { s }))]),
  },
  { number: 73, name: 'sorting by what is hidden', expected: 'BAD_USER_INPUT', honest: (w) => w.data('office', '{ cases(sort: OLDEST_FIRST) { totalCount } }'), attack: (w) => Promise.all(['PETITIONER_NAME', 'ACCUSED', 'IS_SEALED', '"id"', 'id_DESC', 'NUMBER desc'].map((sort) => told(w, 'office', `{ cases(sort: ${sort}) { totalCount } }`))) },
  { number: 74, name: 'figures of a place, by somebody who oversees none; a small cell', expected: 'nothing', honest: (w) => w.data<{ ratingFigures: object | null }>('office', FIGURES).then(({ ratingFigures }) => ratingFigures ?? Promise.reject(new Error('no figures'))), attack: (w) => Promise.all((['housing', 'clerk', 'otherOffice', 'plain', 'accused'] as const).map((who) => told(w, who, FIGURES))) },
  { number: 74, name: 'a cell of fewer than five', provenBy: { file: 'services/cases/test/rate-matter.test.ts', title: 'a small cell is hidden from one who may not see every counted case' } },
  {
    number: 75, name: 'cursors that were forged or belong to another', expected: ['nothing', 'BAD_USER_INPUT'], honest: (w) => w.data('office', 'query ($after: String) { cases(first: 1, after: $after) { nodes { id } } }', { after: null }),
    async attack(w) {
      const page = (who: Persona, after: string) => told(w, who, 'query ($after: String) { cases(first: 5, after: $after) { nodes { id } } }', { after });
      const { cases } = await w.data<{ cases: { pageInfo: { endCursor: string } } }>('office', '{ cases(first: 1) { pageInfo { endCursor } } }');
      const keys = JSON.parse(Buffer.from(cases.pageInfo.endCursor, 'base64url').toString()) as unknown[];
      const cursor = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
      return [await page('sibling', cases.pageInfo.endCursor), ...(await Promise.all(['x', cases.pageInfo.endCursor.slice(0, -3), cursor([]), cursor({}), cursor(null), cursor([...keys, 1]), cursor(keys.map(() => ["' OR 1=1"])), cursor(keys.map(() => ({ sql: '1' }))), cursor(keys.map(() => "' OR '1'='1"))].map((after) => page('office', after))))];
    },
  },
  {
    number: 76, name: 'totals that count what is not shown', expected: 'counts what it shows', honest: sees('office', open),
    async attack(w) {
      const asked = (['office', 'city', 'province', 'accused', 'housing', 'clerk', 'sibling', 'otherOffice', 'discipline'] as const).map(async (who) => {
        const { cases, petitions } = await w.data<Record<'cases' | 'petitions', { totalCount: number; nodes: { id: string; isSealed?: boolean }[] }>>(who, '{ cases(first: 100) { totalCount nodes { id isSealed } } petitions(first: 100) { totalCount nodes { id } } }');
        const isRight = [cases, petitions].every(({ totalCount, nodes }) => totalCount === nodes.length) && (['discipline', 'clerk'].includes(who) || cases.nodes.every(({ isSealed }) => !isSealed));
        return isRight ? 'counts what it shows' : `${who}: ${JSON.stringify([cases, petitions]).slice(0, 200)}`;
      });
      return Promise.all(asked);
    },
  },
  ...LATER,
];
const FIGURES = `{ ratingFigures(divisionCode: "${DISTRICT}", from: "2022-01-01", to: "2022-12-31") { petitionOffice { __typename } handlingUnit { __typename } } }`;

export const JURISDICTION_ATTACKS: Group = { letter: 'D', from: 58, to: 86, rows: ROWS };
