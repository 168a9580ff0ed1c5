import { markOf, type KnownCase } from '../known-cases';
import { TODAY } from '../ordinary-cases';
import { PERSONAS, type PersonaName } from '../personas';
import { PLACES } from '../places';
import type { SecuritySystem } from '../security-system';
import type { Before } from './at-work';
import { caseAt } from './case-at';

interface Numbered {
  readonly id: string;
  readonly version: number;
}
/** A meeting, who called it, and the points of its agenda in their order. */
interface Called extends Numbered {
  readonly by: PersonaName;
  readonly points: readonly string[];
}

export async function meet(system: SecuritySystem, before: Before): Promise<void> {
  await confer(system, before);
  await consult(system, before);
  await hearConcerns(system, before);
  await exchange(system);
  await call(system, 'countyOffice', { kind: 'PROGRESS_HEARING', title: '听取汇报会', campaignId: before.ledgers.campaignIds.here, points: [{ title: '台账进展' }] });
  await coordinate(system);
}

async function call(system: SecuritySystem, by: PersonaName, input: object): Promise<Called> {
  const { meeting } = await system.act(by, 'callMeeting', { plannedOn: TODAY, unitIds: [], officialIds: [], ...input });
  const points = await system.rows<{ id: string }>('SELECT id FROM supervision.meeting_points WHERE meeting_id = ? ORDER BY ordinal', [meeting?.id]);
  return { by, id: meeting?.id ?? '', version: Number(meeting?.version), points: points.map(({ id }) => id) };
}

const hold = (system: SecuritySystem, { by, id, version }: Called, input: object): Promise<unknown> =>
  system.act(by, 'holdMeeting', { meetingId: id, expectedVersion: version, heldOn: TODAY, presentUnitIds: [], presentOfficialIds: [], records: [], decisions: [], ...input });

const decisionsOf = (system: SecuritySystem, meetingId: string): Promise<Numbered[]> => system.rows('SELECT id, version FROM supervision.meeting_decisions WHERE meeting_id = ? ORDER BY ordinal', [meetingId]);
const report = (system: SecuritySystem, who: PersonaName, decision: Numbered | undefined): Promise<unknown> =>
  system.act(who, 'reportMeetingDecision', { decisionId: decision?.id, expectedVersion: Number(decision?.version), report: '已按会议要求落实。', evidenceRef: '落实台账1' });
const onAgenda = (...cases: readonly KnownCase[]): object[] => cases.map(({ id }) => ({ title: '个案议题', caseId: id }));

/** The joint conference of the county: on everything, and on four cases, from two of which somebody called is excluded later. Its minutes are owed. */
async function confer(system: SecuritySystem, before: Before): Promise<void> {
  const [a, b, c, d] = [caseAt(before, 0), caseAt(before, 1), caseAt(before, 2), caseAt(before, 12)];
  const called = await call(system, 'countyOffice', {
    kind: 'JOINT_CONFERENCE', title: '全区信访工作联席会议', place: '一号会议室', unitIds: [PLACES.housing.id, PLACES.landReserve.id, PLACES.civilAffairs.id],
    officialIds: [PERSONAS.sponsor.id, PERSONAS.taskForceMember.id], points: [{ title: '总体情况' }, ...onAgenda(a, b, c, d)],
  });
  const [general, onA, onB, onC, onD] = called.points;
  const [dueOn, spoken] = ['2023-02-28', (pointId: string | undefined, { no }: KnownCase) => ({ pointId, record: `会议讨论${markOf(no)}` })];
  await hold(system, called, {
    presentUnitIds: [PLACES.housing.id], presentOfficialIds: [PERSONAS.sponsor.id], records: [{ pointId: general, record: '通报总体情况。' }, spoken(onA, a), spoken(onB, b), spoken(onC, c), spoken(onD, d)],
    decisions: [
      { pointId: general, text: '梳理政策堵点。', obligorUnitId: PLACES.housing.id, dueOn }, { pointId: general, text: '两地互派人员。', obligorUnitId: PLACES.neighbourBureau.id, dueOn },
      { pointId: onA, text: `核实权属${markOf(a.no)}`, obligorUnitId: PLACES.landReserve.id, dueOn }, { pointId: onB, text: `包案推进${markOf(b.no)}`, obligorOfficialId: PERSONAS.sponsor.id, dueOn },
      // to whoever has no part in the case itself: without a word of it
      { pointId: onC, text: '提出化解意见。', obligorOfficialId: PERSONAS.excludedOfficial.id, dueOn }, { pointId: onD, text: '提供土地资料。', obligorUnitId: PLACES.landStation.id, dueOn },
    ],
  });
  const decisions = await decisionsOf(system, called.id);
  await report(system, 'leadHandler', decisions[0]);
  await report(system, 'sponsor', decisions[3]);
  await system.act('countyOffice', 'followUpMeetingDecision', { decisionId: decisions[0]?.id, expectedVersion: Number(decisions[0]?.version) + 1, verdict: 'CONFIRM' });
}

/** A bureau consults another on a case of its own; not held yet. */
async function consult(system: SecuritySystem, before: Before): Promise<void> {
  await call(system, 'leadHandler', { kind: 'CASE_CONSULTATION', title: '带案会商', unitIds: [PLACES.labour.id], points: onAgenda(caseAt(before, 13)) });
}

async function hearConcerns(system: SecuritySystem, before: Before): Promise<void> {
  const one = caseAt(before, 4);
  const called = await call(system, 'neighbourOffice', { kind: 'PUBLIC_CONCERNS', title: '民情分析会', unitIds: [PLACES.neighbourBureau.id], points: [{ title: '群众反映集中的问题' }, ...onAgenda(one)] });
  const [, onCase] = called.points;
  await hold(system, called, {
    presentUnitIds: [PLACES.neighbourBureau.id], minutes: '会议听取了情况。', records: [{ pointId: onCase, record: `逐件分析${markOf(one.no)}` }],
    decisions: [{ pointId: onCase, text: `限期答复${markOf(one.no)}`, obligorUnitId: PLACES.neighbourBureau.id, dueOn: '2023-01-31' }],
  });
  await report(system, 'neighbourHandler', (await decisionsOf(system, called.id))[0]);
}

/** Above both counties; what it decides binds nobody. */
async function exchange(system: SecuritySystem): Promise<void> {
  const called = await call(system, 'provinceOffice', { kind: 'EXPERIENCE_EXCHANGE', title: '经验交流会', unitIds: [PLACES.cityOffice.id, PLACES.countyOffice.id], points: [{ title: '交流做法' }] });
  await hold(system, called, { presentUnitIds: [PLACES.cityOffice.id], minutes: '交流了做法。', decisions: [{ pointId: called.points[0], text: '推广一线会商。' }] });
}

/** One is called off; a dispute that waits for a meeting, if there is one, comes onto the agenda of another. */
async function coordinate(system: SecuritySystem): Promise<void> {
  const off = await call(system, 'cityOffice', { kind: 'OFFICE_COORDINATION', title: '联席办协调会', unitIds: [PLACES.countyOffice.id, PLACES.neighbourOffice.id], points: [{ title: '两地协作' }] });
  await system.act('cityOffice', 'callOffMeeting', { meetingId: off.id, expectedVersion: off.version, reason: '并入下次会议' });
  const [waiting] = await system.rows<{ id: string }>("SELECT id FROM supervision.coordination_candidates WHERE state = 'WAITING' ORDER BY raised_on, id LIMIT 1");
  if (waiting) await call(system, 'provinceOffice', { kind: 'OFFICE_COORDINATION', title: '争议协调会', unitIds: [PLACES.cityOffice.id], points: [{ title: '转办争议', candidateId: waiting.id }] });
}
