import { idsOf, markOf, versionOf, type KnownCase } from '../known-cases';
import { PERSONAS } from '../personas';
import { PLACES } from '../places';
import type { SecuritySystem } from '../security-system';
import { idOf } from '../stable-id';
import type { Before } from './at-work';
import { ledBy } from './pick';

interface Sponsored {
  readonly id: string;
  readonly version: number;
}

/** What sponsors owe, what they have approved before they do it, and what is owed when one moves post. */
export async function moveSponsors(system: SecuritySystem, before: Before): Promise<void> {
  const [land, housing] = [ledBy(before, 'landReserve')[0], ledBy(before, 'housing')[1]];
  const [first, second] = [await sponsorshipOf(system, land), await sponsorshipOf(system, housing)];
  await system.act('countyOffice', 'openSponsorDuties', { sponsorshipId: first.id });
  // this sponsor is kept out of the case later
  await system.act('countyOffice', 'openSponsorDuties', { sponsorshipId: second.id, kinds: ['KNOW_THE_CASE', 'URGE_THE_UNITS'] });
  await recordDuties(system, { sponsorshipId: first.id, one: land });
  await approve(system, { sponsorshipId: first.id, one: land });
  await moveOne(system, before);
  await leaveGaps(system, before);
}

async function sponsorshipOf(system: SecuritySystem, one: KnownCase | undefined): Promise<Sponsored> {
  const [found] = await system.rows<Sponsored>('SELECT id, version FROM officials.sponsorships WHERE active_case_id = ?', [one?.id]);
  if (!found) throw new RangeError(`nobody sponsors case ${String(one?.no)}`);
  return { id: found.id, version: Number(found.version) };
}

interface Of {
  readonly sponsorshipId: string;
  readonly one: KnownCase;
}

async function recordDuties(system: SecuritySystem, { sponsorshipId, one }: Of): Promise<void> {
  const duties = await system.rows<{ id: string; version: number; kind: string }>("SELECT id, version, kind FROM officials.sponsor_duties WHERE sponsorship_id = ? AND kind IN ('KNOW_THE_CASE', 'SUPPORT_CONTACT') ORDER BY kind", [sponsorshipId]);
  for (const { id, version, kind } of duties) {
    const proof = kind === 'SUPPORT_CONTACT' ? { evidenceKind: 'OFFER', contactOffered: true, contactAnswer: 'DECLINED' } : { evidenceKind: 'DOCUMENT' };
    await system.act('sponsor', 'recordSponsorDuty', { dutyId: id, expectedVersion: Number(version), evidenceRef: `记录1号${markOf(one.no)}`, note: `已办理${markOf(one.no)}`, ...proof });
  }
}

async function approve(system: SecuritySystem, { sponsorshipId, one }: Of): Promise<void> {
  await system.act('sponsor', 'proposeSafeHarbour', { sponsorshipId, measure: `补办历史遗留登记${markOf(one.no)}`, ground: `区政府专题会议纪要${markOf(one.no)}` });
  const [note] = await system.rows<{ id: string }>('SELECT id FROM officials.safe_harbours WHERE sponsorship_id = ?', [sponsorshipId]);
  for (const [who, expectedVersion, decision] of [['countyOffice', 1, 'ENDORSE'], ['cityOffice', 2, 'APPROVE']] as const) {
    await system.act(who, 'decideSafeHarbour', { safeHarbourId: note?.id, expectedVersion, decision, opinion: `情况属实${markOf(one.no)}` });
  }
}

/** Named and moved on the same day: the head of the bureau owes two hand-overs in cases that the bureau has no part in, and sees to one. */
async function moveOne(system: SecuritySystem, before: Before): Promise<void> {
  const [aid, labour] = [ledBy(before, 'civilAffairs')[0], ledBy(before, 'labour')[0]];
  const mover = { id: idOf('official who moves post'), staffNo: 'SEC900', name: '干部mover' };
  const serve = (unitCode: string, startedOn: string) => system.act('admin', 'putOfficials', { rows: [{ ...mover, unitCode, title: '副局长', startedOn }] });
  await serve(PLACES.housing.code, '2020-01-01');
  for (const one of [aid, labour]) await system.act('countyOffice', 'sponsorCase', { caseId: one.id, officialId: mover.id });
  await system.act('countyOffice', 'openSponsorDuties', { sponsorshipId: (await sponsorshipOf(system, aid)).id, kinds: ['KNOW_THE_CASE'] });
  await serve(PLACES.civilAffairs.code, '2022-12-28');
  const { id, version } = await sponsorshipOf(system, labour);
  await system.act('housingHead', 'handOverSponsorship', { sponsorshipId: id, expectedVersion: version, successorId: PERSONAS.sponsor.id, note: '已约定下月答复' });
}

/** A hard case whose sponsor is below the level that the county's rule asks for (kinds/); its limit has passed, without a new plan. The others hear of both with the mark. */
async function leaveGaps(system: SecuritySystem, { cases }: Before): Promise<void> {
  const counted = new Set(await idsOf(
    system,
    `SELECT l.case_id AS id FROM cases.ledger_entries l JOIN cases.cases c ON c.id = l.case_id JOIN officials.sponsorships s ON s.active_case_id = c.id
      WHERE l.division_code = '640104' AND l.struck_off_on IS NULL AND c.closed_on IS NULL AND c.plan_since IS NULL AND NOT EXISTS (SELECT 1 FROM cases.case_marks m WHERE m.case_id = c.id AND m.kind = 'DIFFICULTY')`,
    [],
  ));
  const one = cases.find(({ id }) => counted.has(id));
  if (!one) throw new RangeError('no sponsored case stands in the ledger');
  await system.rows("UPDATE cases.cases SET limit_on = '2022-12-20' WHERE id = ?", [one.id]);
  await system.act('countyOffice', 'setDifficulty', {
    caseId: one.id, expectedVersion: await versionOf(system, one.id), facts: [{ criterion: 'POLICY', fact: `政策前后不一${markOf(one.no)}` }], reason: `涉及政策衔接${markOf(one.no)}`, reviewOn: '2023-01-20',
  });
}
