import { TODAY } from '../ordinary-cases';
import { PERSONAS, type PersonaName } from '../personas';
import { PLACES } from '../places';
import type { SecuritySystem } from '../security-system';
import type { Before } from './at-work';
import { caseAt } from './case-at';

/** Teams by who formed them. */
interface Teams {
  readonly ofCity: string;
  readonly ofCounty: string;
}

/** One of the city for two counties, of people without any role; one of the county; one of the next county that is disbanded; one for a county far away. */
export async function formTeams(system: SecuritySystem, { ledgers }: Before): Promise<Teams> {
  const form = async (who: PersonaName, input: object) => (await system.act(who, 'formInspectionTeam', { kind: 'SUPERVISION', memberIds: [], ...input }))['team'];
  const bound = (divisionCode: string, sharesResponsibility = false): object => ({ divisionCode, sharesResponsibility });
  const ofCity = await form('cityOffice', {
    name: '市第一督导组', leaderId: PERSONAS.sponsor.id, memberIds: [PERSONAS.taskForceMember.id], divisions: [bound('640104', true), bound('640105', true)],
  });
  const ofCounty = await form('countyOffice', { kind: 'GUIDANCE', name: '区指导组', leaderId: PERSONAS.sponsorOfAccused.id, memberIds: [PERSONAS.excludedOfficial.id], divisions: [bound('640104')] });
  const disbanded = await form('neighbourOffice', { name: '西夏区督导组', campaignId: ledgers.campaignIds.neighbour, leaderId: PERSONAS.neighbourHead.id, divisions: [bound('640105')] });
  await system.act('neighbourOffice', 'disbandInspectionTeam', { teamId: disbanded?.id, expectedVersion: disbanded?.version });
  await form('provinceOffice', { name: '自治区督导组', leaderId: PERSONAS.cityReviewer.id, divisions: [bound('640202')] });
  return { ofCity: ofCity?.id ?? '', ofCounty: ofCounty?.id ?? '' };
}

export async function inspect(system: SecuritySystem, before: Before, teams: Teams): Promise<void> {
  await byTeam(system, before, teams.ofCity);
  await aboutCase(system, before);
  await unseenYet(system, before);
  await byPhone(system);
  await byChangedTeam(system, teams.ofCounty);
}

interface Numbered {
  readonly id: string;
  readonly version: number;
}
/** An inspection by whoever carries it, act by act. */
function carried(system: SecuritySystem) {
  const act = async (who: PersonaName, name: string, input: object): Promise<Numbered> => {
    const { inspection } = await system.act(who, name, input);
    return { id: inspection?.id ?? '', version: Number(inspection?.version) };
  };
  const on = ({ id, version }: Numbered): object => ({ inspectionId: id, expectedVersion: version });
  return {
    plan: (who: PersonaName, input: object) => act(who, 'planInspection', { kind: 'FIELD_INSPECTION', title: '年末督查', partnerUnitIds: [], plannedOn: TODAY, ...input }),
    start: (who: PersonaName, one: Numbered) => act(who, 'startInspection', on(one)),
    find: (who: PersonaName, one: Numbered, input: object) => act(who, 'recordInspectionFinding', { ...on(one), ground: 'DELAY', text: '到期未答复。', evidenceRef: '抽卷记录1', rectifyBy: '2023-02-15', ...input }),
    report: (who: PersonaName, one: Numbered) => act(who, 'reportInspection', { ...on(one), report: '总体情况与问题清单。' }),
    close: (who: PersonaName, one: Numbered) => act(who, 'closeInspection', on(one)),
  };
}

/** On the spot by the city's team: what it finds is the unit's and, sharing the responsibility, the leader's; about cases from which the unit is excluded later, and not. */
async function byTeam(system: SecuritySystem, before: Before, teamId: string): Promise<void> {
  const { plan, start, find, report } = carried(system);
  const planned = await plan('cityOffice', { teamId, unitId: PLACES.housing.id });
  const begun = await start('sponsor', planned);
  const general = await find('sponsor', begun, { unitId: PLACES.housing.id });
  const onSponsored = await find('sponsor', general, { unitId: PLACES.landReserve.id, caseId: caseAt(before, 1).id });
  const onClosed = await find('cityOffice', onSponsored, { unitId: PLACES.landReserve.id, caseId: caseAt(before, 0).id });
  await report('sponsor', onClosed);
  const [finding] = await system.rows<Numbered>('SELECT id, version FROM supervision.inspection_findings WHERE inspection_id = ? AND unit_id = ?', [planned.id, PLACES.housing.id]);
  await system.act('leadHandler', 'reportRectification', { findingId: finding?.id, expectedVersion: Number(finding?.version), rectification: '均已答复。', evidenceRef: '送达回证' });
  await system.act('sponsor', 'decideRectification', { findingId: finding?.id, expectedVersion: Number(finding?.version) + 1, verdict: 'ACCEPT' });
}

/** About one case, from which the inspected unit is excluded later. */
async function aboutCase(system: SecuritySystem, before: Before): Promise<void> {
  const { plan, start, find } = carried(system);
  const planned = await plan('countyOffice', { kind: 'CASE_COORDINATION', unitId: PLACES.landReserve.id, caseId: caseAt(before, 0).id });
  await find('countyOffice', await start('countyOffice', planned), { unitId: PLACES.landReserve.id });
}

/** Plans of which the units hear nothing: a bureau, one that a partner joins, the office below. */
async function unseenYet(system: SecuritySystem, { ledgers }: Before): Promise<void> {
  const { plan } = carried(system);
  await plan('countyOffice', { unitId: PLACES.civilAffairs.id, campaignId: ledgers.campaignIds.here });
  await plan('countyOffice', { kind: 'JOINT_INSPECTION', unitId: PLACES.labour.id, partnerUnitIds: [PLACES.government.id] });
  await plan('cityOffice', { unitId: PLACES.countyOffice.id });
}

/** Of a region as a whole. */
async function byPhone(system: SecuritySystem): Promise<void> {
  const { plan, start, close } = carried(system);
  await close('neighbourOffice', await start('neighbourOffice', await plan('neighbourOffice', { kind: 'PHONE_SUPERVISION', divisionCode: '640105' })));
}

/** What began is known to whoever was of the team then, and what is planned after somebody left is not. */
async function byChangedTeam(system: SecuritySystem, teamId: string): Promise<void> {
  const { plan, start } = carried(system);
  await start('countyOffice', await plan('countyOffice', { kind: 'ROUTINE_INSPECTION', teamId, unitId: PLACES.labour.id }));
  const [team] = await system.rows<Numbered>('SELECT id, version FROM supervision.inspection_teams WHERE id = ?', [teamId]);
  await system.act('countyOffice', 'changeInspectionTeam', {
    teamId, expectedVersion: Number(team?.version), leaderId: PERSONAS.housingHead.id, memberIds: [PERSONAS.excludedOfficial.id], divisions: [{ divisionCode: '640104', sharesResponsibility: false }],
  });
  await plan('countyOffice', { kind: 'ROUTINE_INSPECTION', teamId, unitId: PLACES.landReserve.id });
}
