import { markOf, type KnownCase } from '../known-cases';
import { PERSONAS, type PersonaName } from '../personas';
import { PLACES } from '../places';
import type { SecuritySystem } from '../security-system';
import type { Before } from './at-work';
import { leader, ledBy, participant } from './pick';

interface Meant {
  readonly who: PersonaName;
  readonly plan: object;
  /** Nothing: it stays planned. */
  readonly record?: object;
}

async function hold(system: SecuritySystem, { who, plan, record }: Meant): Promise<void> {
  const { activity } = await system.act(who, 'planActivity', { plannedOn: '2022-12-28', ...plan });
  if (record) await system.act(who, 'recordActivity', { activityId: activity?.id, expectedVersion: activity?.version, ...record });
}

const CONTACT = { contactOffered: true, contactAnswer: 'ACCEPTED' };
const owedBy = (unitId: string, text: string, caseId?: string): object => ({ text, obligorUnitId: unitId, dueOn: '2023-02-28', ...(caseId ? { caseId } : {}) });

/** What leaders do in person: for the public, about one case, about two of which one keeps somebody out, in other places. Texts that somebody reads who has no part in the case carry no mark. */
export async function makeActivities(system: SecuritySystem, before: Before): Promise<void> {
  await publishDay(system);
  await visitWithTwoCases(system, before);
  await aboutOneCase(system, before);
  await callOff(system, ledBy(before, 'civilAffairs')[0]);
  await elsewhere(system, ledBy(before, 'neighbourBureau')[0]);
}

/** 第十八条: who receives people, where and when; one of the two days is called off. */
async function publishDay(system: SecuritySystem): Promise<void> {
  for (const [plannedOn, isCalledOff] of [['2023-01-05', false], ['2023-01-12', true]] as const) {
    const { activity: planned } = await system.act('countyOffice', 'planActivity', {
      kind: 'FIXED_RECEPTION', unitId: PLACES.government.id, title: '区领导接待日', place: '来访接待大厅', plannedOn, startsAt: '09:00', endsAt: '11:30', participants: [leader('sponsor'), participant('housingHead')],
    });
    const { activity } = await system.act('countyOffice', 'publishActivity', { activityId: planned?.id, expectedVersion: planned?.version });
    if (isCalledOff) await system.act('countyOffice', 'callOffActivity', { activityId: activity?.id, expectedVersion: activity?.version, reason: '会议冲突，另行安排' });
  }
}

/**
 * The land reserve centre supports both cases, and is kept out of the first one later: what was said about both is not for it, although it sees
 * the second, and neither is what it promised there about none.
 */
async function visitWithTwoCases(system: SecuritySystem, before: Before): Promise<void> {
  const [first, second] = [ledBy(before, 'housing')[0], ledBy(before, 'labour')[0]];
  const { programme } = await system.act('countyOffice', 'draftProgramme', {
    kind: 'THREE_GREAT', title: '大督查大接访大调研活动', divisionCode: '640104', unitId: PLACES.countyOffice.id, startsOn: '2022-12-01', endsOn: '2023-06-30',
  });
  await hold(system, {
    who: 'countyOffice',
    plan: {
      kind: 'VISIT_WITH_CASE', unitId: PLACES.housing.id, title: '带案下访', place: '社区会议室', participants: [leader('housingHead'), participant('sponsor'), participant('taskForceMember')],
      caseIds: [first.id, second.id], campaignId: before.ledgers.campaignIds.here, programmeId: programme?.id, programTag: '我为群众办实事',
    },
    record: {
      outcome: '当场听取意见，逐项答复。', ...CONTACT,
      promises: [
        owedBy(PLACES.housing.id, '书面答复办证时间', first.id), owedBy(PLACES.labour.id, '核对缴费记录', second.id),
        owedBy(PLACES.landReserve.id, '公布联系电话'), { text: '下月再接待一次', obligorOfficialId: PERSONAS.sponsor.id, dueOn: '2023-02-28' },
      ],
    },
  });
}

async function aboutOneCase(system: SecuritySystem, before: Before): Promise<void> {
  const [life] = before.lives;
  const [land, housing] = [ledBy(before, 'landReserve')[0], ledBy(before, 'housing')[1]];
  // held, and nobody wrote what came of it
  await hold(system, {
    who: 'countyOffice', record: {},
    plan: { kind: 'REPORT_HEARD', unitId: PLACES.landBureau.id, title: '听取汇报', participants: [leader('sponsorOfAccused'), participant('accusedHandler')], caseIds: [land?.id] },
  });
  await hold(system, {
    who: 'leadHandler', record: { outcome: `已说明办理进度${markOf(life?.no ?? 0)}`, contactOffered: true, contactAnswer: 'DECLINED' },
    plan: { kind: 'DOOR_VISIT', unitId: PLACES.housing.id, title: `上门走访${markOf(life?.no ?? 0)}`, participants: [leader('housingHead')], caseIds: [life?.id] },
  });
  await hold(system, {
    who: 'countyOffice', record: { outcome: '议定由住建局牵头', promises: [{ text: '月底前再会商', caseId: housing?.id, obligorOfficialId: PERSONAS.sponsorOfAccused.id, dueOn: '2023-01-31' }] },
    plan: { kind: 'COORDINATION_TALK', unitId: PLACES.government.id, title: '协调会商', participants: [leader('sponsor'), participant('sponsorOfAccused')], caseIds: [housing?.id] },
  });
}

/** One who was to take part is kept out of the case later. */
async function callOff(system: SecuritySystem, one: KnownCase): Promise<void> {
  const { activity } = await system.act('supportHandler', 'planActivity', {
    kind: 'COORDINATION_TALK', unitId: PLACES.civilAffairs.id, title: '协调会商', plannedOn: '2023-01-10', participants: [leader('housingHead'), participant('excludedOfficial')], caseIds: [one.id],
  });
  await system.act('supportHandler', 'callOffActivity', { activityId: activity?.id, expectedVersion: activity?.version, reason: '材料尚未齐备' });
}

async function elsewhere(system: SecuritySystem, one: KnownCase): Promise<void> {
  await hold(system, {
    who: 'neighbourHandler', record: { outcome: `当面解释政策${markOf(one.no)}`, ...CONTACT, promises: [owedBy(PLACES.neighbourBureau.id, `送达解释材料${markOf(one.no)}`, one.id)] },
    plan: { kind: 'DOOR_VISIT', unitId: PLACES.neighbourBureau.id, title: `上门走访${markOf(one.no)}`, participants: [leader('neighbourHead')], caseIds: [one.id] },
  });
  await hold(system, { who: 'provinceOffice', record: { outcome: '形成调研报告。' }, plan: { kind: 'FIELD_STUDY', unitId: PLACES.provinceOffice.id, title: '调研', participants: [leader('provinceOffice')] } });
}
