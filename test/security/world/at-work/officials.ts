import { markOf } from '../known-cases';
import { PERSONAS, type PersonaName } from '../personas';
import { PLACES, type PlaceName } from '../places';
import { inParallel, type SecuritySystem } from '../security-system';
import { makeActivities } from './activities';
import type { Before } from './at-work';
import { oweInCases } from './matters';
import { ledBy } from './pick';
import { moveSponsors } from './sponsors';

/** What officials and units owe and do beside the cases: activities, promises, appointments, duties. */
export async function officialsAtWork(system: SecuritySystem, before: Before): Promise<void> {
  await makeActivities(system, before);
  await appoint(system, before);
  await putOnAgendas(system, before);
  await recuse(system, before);
  await giveResources(system, before);
  await moveSponsors(system, before);
  await helpFromAbove(system, before);
  await oweInCases(system, before);
  await system.settled();
}

/** The city lends a task force to a case of the county. */
const helpFromAbove = (system: SecuritySystem, { lives }: Before) =>
  system.act('cityOffice', 'formTaskForce', {
    caseId: lives[1]?.id, level: 'CITY', name: '市级专班', purpose: '协调化解', endsOn: '2023-06-30', members: [{ officialId: PERSONAS.sponsor.id, duty: 'LEADER' }],
  });

/** Roles in units and campaigns, which are office information, and in cases: one who holds one is kept out of the case later. */
async function appoint(system: SecuritySystem, before: Before): Promise<void> {
  const [housing, other] = ledBy(before, 'housing');
  const [aid, land, neighbour] = [ledBy(before, 'civilAffairs')[0], ledBy(before, 'landReserve')[0], ledBy(before, 'neighbourBureau')[0]];
  const at = (place: PlaceName, who: PersonaName): object => ({ unitId: PLACES[place].id, officialId: PERSONAS[who].id });
  const inCase = (caseId: string, who: PersonaName): object => ({ caseId, officialId: PERSONAS[who].id });
  const put = (who: PersonaName, kind: string, part: object) => system.act(who, 'appoint', { kind, ...part });
  const { campaignIds } = before.ledgers;
  await put('countyOffice', 'FIRST_RESPONSIBLE', at('housing', 'housingHead'));
  await put('countyOffice', 'FIRST_RESPONSIBLE', at('hall', 'sponsor'));
  await put('countyOffice', 'DIRECT_RESPONSIBLE', at('hall', 'windowClerk'));
  await put('countyOffice', 'WINDOW_RESIDENT', at('hall', 'windowClerk'));
  await put('countyOffice', 'WINDOW_ROTATING', { ...at('hall', 'supportHandler'), slots: [1, 2, 3, 4, 5].map((weekday) => ({ weekday, startsAt: '09:00', endsAt: '12:00' })) });
  await put('countyOffice', 'LEADING_GROUP_HEAD', { ...at('government', 'sponsor'), campaignId: campaignIds.here });
  await put('neighbourOffice', 'LEADING_GROUP_MEMBER', { ...at('neighbourGovernment', 'neighbourHead'), campaignId: campaignIds.neighbour });
  await put('countyOffice', 'CASE_TERRITORY', { ...inCase(housing.id, 'housingHead'), note: `分管${markOf(housing.no)}` });
  await put('countyOffice', 'HANDLING_OFFICER', { ...inCase(aid.id, 'excludedOfficial'), qualification: '法律职业资格' });
  await put('accusedHandler', 'CASE_DEPARTMENT', inCase(land.id, 'accusedHandler'));
  await put('neighbourOffice', 'CASE_LEADERSHIP', inCase(neighbour.id, 'neighbourHead'));
  const { appointment } = await put('countyOffice', 'FIRST_HANDLER', inCase((other ?? housing).id, 'leadHandler'));
  await system.act('countyOffice', 'endAppointment', { appointmentId: appointment?.id, expectedVersion: appointment?.version, reason: '工作调整', successorId: PERSONAS.housingHead.id });
}

async function putOnAgendas(system: SecuritySystem, before: Before): Promise<void> {
  const [housing, neighbour] = [ledBy(before, 'housing')[0], ledBy(before, 'neighbourBureau')[0]];
  const { campaignIds } = before.ledgers;
  const put = async (who: PersonaName, place: PlaceName, part: object) => (await system.act(who, 'putOnAgenda', { bodyId: PLACES[place].id, paper: 'MEETING', on: '2022-12-28', ...part }))['agendaItem'];
  const item = await put('countyOffice', 'government', { subject: `研究办证问题${markOf(housing.no)}`, caseId: housing.id });
  await system.act('countyOffice', 'decideAgendaItem', { agendaItemId: item?.id, expectedVersion: item?.version, isDecided: true, decision: `同意分期办理${markOf(housing.no)}` });
  await put('countyOffice', 'government', { subject: '听取专项工作进展', campaignId: campaignIds.here });
  await put('neighbourOffice', 'neighbourGovernment', { subject: `研究救助问题${markOf(neighbour.no)}`, caseId: neighbour.id });
  await put('cityOffice', 'cityGovernment', { subject: '年度信访工作要点', paper: 'YEARLY_POINTS' });
}

/** 第二十八条: asked for by a unit, and decided by the head of the official's own, who has no part in that case; asked for by a window. */
async function recuse(system: SecuritySystem, before: Before): Promise<void> {
  const [housing, aid, land, neighbour] = (['housing', 'civilAffairs', 'landReserve', 'neighbourBureau'] as const).map((place) => ledBy(before, place)[0]);
  const ask = async (who: PersonaName, one: typeof housing, { official, ...part }: { official: PersonaName; origin?: string }) =>
    (await system.act(who, 'requestRecusal', { caseId: one?.id, officialId: PERSONAS[official].id, ground: 'DIRECT_INTEREST', reason: '与该事项有利害关系', ...part }))['recusal'];
  await ask('countyOffice', housing, { official: 'sponsor' });
  await ask('windowClerk', land, { official: 'accusedHandler', origin: 'ON_BEHALF' });
  await ask('neighbourOffice', neighbour, { official: 'neighbourHead' });
  const asked = await ask('supportHandler', aid, { official: 'leadHandler' });
  await system.act('housingHead', 'decideRecusal', { recusalId: asked?.id, expectedVersion: asked?.version, isGranted: false, decision: '不存在利害关系' });
}

const RESOURCES: readonly (readonly [who: PersonaName, place: PlaceName, campaign: 'here' | 'neighbour', part: object])[] = [
  ['countyOffice', 'housing', 'here', { kind: 'MONEY', name: '接访场所改造经费', planned: '120000.00' }],
  ['accusedHandler', 'landReserve', 'here', { kind: 'PEOPLE', name: '专班人员', planned: '4' }],
  ['neighbourHandler', 'neighbourBureau', 'neighbour', { kind: 'EQUIPMENT', name: '视频接访设备', planned: '2' }],
  ['provinceOffice', 'provinceOffice', 'here', { kind: 'MONEY', name: '督查经费', planned: '50000.00' }],
];

async function giveResources(system: SecuritySystem, { ledgers: { campaignIds } }: Before): Promise<void> {
  const made = await inParallel(RESOURCES, async ([who, place, campaign, part]) => (await system.act(who, 'planResource', { campaignId: campaignIds[campaign], unitId: PLACES[place].id, year: 2022, ...part }))['resource']);
  await system.act('countyOffice', 'recordResource', { resourceId: made[0]?.id, expectedVersion: made[0]?.version, actual: '80000.00' });
}
