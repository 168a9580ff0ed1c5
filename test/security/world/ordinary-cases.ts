import { handlerOf, COUNTIES, type CountyName } from './cast';
import { assign, step } from './lives';
import { idsOf, markOf, register, versionOf, type KnownCase } from './known-cases';
import { PERSONAS, type PersonaName } from './personas';
import { PLACES, type PlaceName } from './places';
import { inParallel, type SecuritySystem } from './security-system';

export const TODAY = '2022-12-28';
/** Cases that live whole lives have the numbers below. */
const FIRST_NO = 10;

const LEADS: readonly (PlaceName | null)[] = ['housing', 'landReserve', 'civilAffairs', 'housing', 'landStation', 'housingCentre', 'labour', 'housing', 'landBureau', null];
const countyOf = (i: number): CountyName => (i % 12 === 11 ? 'far' : i % 6 === 4 ? 'neighbour' : 'here');
const leadOf = (i: number, county: CountyName): PlaceName | null => (county === 'here' ? (LEADS[i % LEADS.length] ?? null) : county === 'neighbour' ? 'neighbourBureau' : null);

/** Ordinary cases of three counties, each with its own mixture of what can happen to a case. */
export async function makeCases(system: SecuritySystem, count: number): Promise<KnownCase[]> {
  const numbers = Array.from({ length: count }, (_, i) => i);
  const made = await inParallel(numbers, async (i) => {
    const county = countyOf(i);
    const one = await register(system, { no: FIRST_NO + i, county, today: TODAY, part: { contentCategory: i % 2 ? 'land.expropriation' : 'construction.housing' } });
    const lead = leadOf(i, county);
    if (!lead) return one;
    const supports = (i % 3 === 0 ? ['civilAffairs', 'landReserve'] as const : i % 5 === 0 ? ['labour'] as const : []).filter((place) => place !== lead && county === 'here');
    const guide = i % 9 === 3 ? { guideUnitId: PLACES.labour.id, guidanceDueOn: '2023-02-28' } : {};
    return assign(system, one, { lead, kind: i % 2 ? 'ASSIGN' : 'FORWARD', limitOn: '2023-03-31', note: `请依法办理${markOf(one.no)}`, supportUnitIds: supports.map((place) => PLACES[place].id), ...(lead === 'labour' ? {} : guide) });
  });
  await system.settled();
  await inParallel(made, (one, i) => dress(system, one, i), 5);
  await system.settled();
  return made;
}

interface Dress {
  /** Happens to each case whose place in the row fits. */
  readonly fits: (i: number, one: KnownCase) => boolean;
  readonly put: (system: SecuritySystem, one: KnownCase) => Promise<unknown>;
}
const every = (n: number, at = 0) => (i: number, one: KnownCase): boolean => i % n === at && one.lead !== null;
const ledBy = (...places: PlaceName[]) => (_i: number, one: KnownCase): boolean => one.lead !== null && places.includes(one.lead);
const both = (a: Dress['fits'], b: Dress['fits']): Dress['fits'] => (i, one) => a(i, one) && b(i, one);
const officeOf = ({ county }: KnownCase): PersonaName => COUNTIES[county].office;
const actOnVersion = async (system: SecuritySystem, who: PersonaName, [name, one, part]: readonly [string, KnownCase, object]) =>
  system.act(who, name, { caseId: one.id, expectedVersion: await versionOf(system, one.id), ...part });

const DRESSES: readonly Dress[] = [
  { fits: every(3, 1), put: (system, one) => actOnVersion(system, officeOf(one), ['makeResolutionPlan', one, { measures: `分三步化解${markOf(one.no)}`, milestones: [{ title: `核实面积${markOf(one.no)}`, dueOn: '2023-01-31' }], steps: ['核实', '会商', '办结'] }]) },
  { fits: every(4), put: (system, one) => actOnVersion(system, officeOf(one), ['setUrgencyColour', one, { colour: 'RED', ground: 'HARM', reason: `房屋有安全隐患${markOf(one.no)}`, reviewOn: '2023-01-20' }]) },
  { fits: every(6, 1), put: (system, one) => actOnVersion(system, officeOf(one), ['setDifficulty', one, { facts: [{ criterion: 'TIME_SPAN', fact: `历时14年${markOf(one.no)}` }], reason: `时间跨度长${markOf(one.no)}`, reviewOn: '2023-01-20' }]) },
  { fits: every(5, 1), put: async (system, one) => system.act(COUNTIES[one.county].registrar, 'clarifyClaim', await claimOf(system, one)) },
  { fits: every(5, 3), put: async (system, one) => system.act(officeOf(one), 'correctPetition', { petitionId: one.petitionId, expectedVersion: await versionOf(system, one.id), reason: `登记有误${markOf(one.no)}`, addressee: `区政府${markOf(one.no)}` }) },
  { fits: both(every(4, 1), (_i, one) => one.county === 'here'), put: (system, one) => system.act('countyOffice', 'sponsorCase', { caseId: one.id, officialId: PERSONAS.sponsor.id }) },
  { fits: both(every(4, 3), (_i, one) => one.county === 'here'), put: (system, one) => system.act('countyOffice', 'sponsorCase', { caseId: one.id, officialId: PERSONAS.sponsorOfAccused.id }) },
  { fits: both(every(5, 2), (_i, one) => one.county === 'here'), put: (system, one) => system.act('countyOffice', 'formTaskForce', { caseId: one.id, name: `专班${markOf(one.no)}`, purpose: `化解${markOf(one.no)}`, members: [{ officialId: PERSONAS.taskForceMember.id, duty: 'LEADER' }, { officialId: PERSONAS.housingHead.id, duty: 'MEMBER' }] }) },
  { fits: every(3, 2), put: (system, one) => system.act(officeOf(one), 'issueSupervisionLetter', { kind: 'SUPERVISION_LETTER', caseId: one.id, toUnitId: PLACES[one.lead ?? 'housing'].id, ground: 'DELAY', body: '请在期限内报告办理情况。', replyDueOn: '2023-01-31' }) },
  { fits: both(every(2), ledBy('housing', 'landReserve', 'civilAffairs', 'neighbourBureau')), put: referOn },
  { fits: both(every(3), (_i, one) => one.county === 'here'), put: (system, one) => system.act('windowClerk', 'submitAssistanceApplication', { caseId: one.id, kind: 'CIVIL_AFFAIRS_AID', unitId: PLACES.civilAffairs.id, requestedAmount: '8000.00', need: '该户生活困难，申请临时救助。' }) },
  { fits: every(4, 2), put: (system, one) => system.act(handlerOf(actingFor(one)), 'planFollowUpVisit', { caseId: one.id, kind: 'OTHER', plannedOn: '2023-01-10' }) },
  { fits: both(every(6), (_i, one) => one.county === 'here'), put: (system, one) => actOnVersion(system, 'countyOffice', ['setResponsibilities', one, { responsibilities: [{ unitId: PLACES[one.lead ?? 'housing'].id, role: 'RESOLVE', placeKind: 'OCCURRENCE', ground: `事发在本地${markOf(one.no)}` }] }]) },
  { fits: both(every(6, 1), ledBy('landReserve', 'housing', 'civilAffairs')), put: (system, one) => system.act(handlerOf(actingFor(one)), 'requestCoordination', { caseId: one.id, ground: `涉及两地${markOf(one.no)}`, proposal: [{ unitId: PLACES[one.lead ?? 'housing'].id, role: 'RESOLVE', placeKind: 'OCCURRENCE', ground: '事发在本地' }, { unitId: PLACES.neighbourBureau.id, role: 'ASSIST', placeKind: 'RESIDENCE', ground: '居住在外地' }] }) },
  { fits: both((i) => i === 3, ledBy('housing')), put: object },
  { fits: both((i) => i === 7, ledBy('housing')), put: settle },
];

/** A centre below a bureau is acted for by the bureau. */
const actingFor = ({ lead }: KnownCase): PlaceName => (lead === 'housingCentre' ? 'housing' : (lead ?? 'housing'));

async function claimOf(system: SecuritySystem, one: KnownCase): Promise<object> {
  const [claimId] = await idsOf(system, 'SELECT id FROM cases.claims WHERE case_id = ?', [one.id]);
  return { claimId, expectedVersion: await versionOf(system, one.id), clarified: `明确为首次登记${markOf(one.no)}`, reason: `与信访人核实${markOf(one.no)}` };
}

async function referOn(system: SecuritySystem, one: KnownCase): Promise<void> {
  await system.act(handlerOf(actingFor(one)), 'sendReferral', { caseId: one.id, toUnitId: PLACES[one.lead === 'civilAffairs' ? 'labour' : one.no % 4 === 0 ? 'labour' : 'civilAffairs'].id, purpose: 'RELIEF', request: '该户生活困难，请核查并依法给予临时救助。' });
}

/** Objected to, and sent to another bureau with the office's consent. */
async function object(system: SecuritySystem, one: KnownCase): Promise<void> {
  await step(system, 'leadHandler', ['objectToCase', one.id, { reasons: `不属于本单位职责${markOf(one.no)}` }]);
  await step(system, 'countyOffice', ['decideObjection', one.id, { isConsented: true, toUnitId: PLACES.civilAffairs.id, note: `同意退回${markOf(one.no)}` }]);
}

async function settle(system: SecuritySystem, one: KnownCase): Promise<void> {
  await step(system, 'leadHandler', ['routeCase', one.id, { route: 'ART31_6', ground: `需要调查${markOf(one.no)}` }]);
  await step(system, 'leadHandler', ['acceptCase', one.id, { noticeMethod: 'POST' }]);
  await step(system, 'leadHandler', ['investigateCase', one.id, { note: `现场核查${markOf(one.no)}` }]);
  await step(system, 'leadHandler', ['settleCase', one.id, { kind: 'MEDIATION', isConsentOfBoth: true, agreedOn: TODAY, agreementReference: '兴调字1号', terms: `双方同意${markOf(one.no)}`, promises: [{ promise: `支付过渡费${markOf(one.no)}`, dueOn: '2023-02-28' }] }]);
}

async function dress(system: SecuritySystem, one: KnownCase, i: number): Promise<void> {
  for (const { fits, put } of DRESSES) if (fits(i, one)) await put(system, one);
}

/** The office of the common superior decides one request; the others wait. */
export async function coordinateOne(system: SecuritySystem): Promise<void> {
  const [request] = await system.rows<{ id: string; caseId: string }>("SELECT id, case_id AS caseId FROM cases.coordination_requests WHERE state = 'OPEN' ORDER BY requested_on, id");
  if (!request) throw new RangeError('nobody asked for coordination');
  const [row] = await system.rows<{ lead: string }>('SELECT lead_unit_id AS lead FROM cases.cases WHERE id = ?', [request.caseId]);
  await system.act('cityOffice', 'decideCoordination', {
    requestId: request.id, expectedVersion: await versionOf(system, request.caseId), ground: '经会商决定', minutesNumber: '会纪〔2022〕1号',
    responsibilities: [{ unitId: row?.lead, role: 'RESOLVE', placeKind: 'OCCURRENCE', ground: '事发在本地' }, { unitId: PLACES.neighbourBureau.id, role: 'ASSIST', placeKind: 'RESIDENCE', ground: '居住在外地' }],
  });
  await system.settled();
}

/** Keeps units and officials out of some cases that already had their part in them. */
export async function excludeSome(system: SecuritySystem, cases: readonly KnownCase[]): Promise<void> {
  const reason = '信访人反映其涉及此事';
  const here = cases.filter((one) => one.county === 'here');
  await inParallel(here, async (one, i) => {
    const put = (target: object) => system.act('countyOffice', 'excludeFromCase', { caseId: one.id, reason, ...target });
    if (i % 6 === 0) await put({ unitId: PLACES.landReserve.id });
    if (i % 6 === 2) await put({ officialId: PERSONAS.excludedOfficial.id });
    if (i % 6 === 3) await put({ unitId: PLACES.landBureau.id });
    if (i % 9 === 5) await put({ officialId: PERSONAS.taskForceMember.id });
  });
  await system.settled();
}
