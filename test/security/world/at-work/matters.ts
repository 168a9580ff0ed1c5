import { markOf, type KnownCase } from '../known-cases';
import type { PersonaName } from '../personas';
import { PLACES } from '../places';
import type { SecuritySystem } from '../security-system';
import type { Before } from './at-work';
import { ledBy } from './pick';

/** 第二十七条 “三到位” in cases, and what petitioners are told of the progress and of who acts for them. */
export async function oweInCases(system: SecuritySystem, before: Before): Promise<void> {
  const [housing, land, neighbour] = [ledBy(before, 'housing')[0], ledBy(before, 'landReserve')[0], ledBy(before, 'neighbourBureau')[0]];
  const owe = async (who: PersonaName, one: KnownCase, part: object) => (await system.act(who, 'setDutyLine', { caseId: one.id, dueOn: '2023-03-31', reason: `诉求合理，限期解决${markOf(one.no)}`, ...part }))['dutyLine'];
  const line = await owe('countyOffice', housing, { line: 'SETTLE' });
  await owe('countyOffice', housing, { line: 'ASSIST', unitId: PLACES.civilAffairs.id });
  await owe('countyOffice', land, { line: 'EXPLAIN' });
  await owe('neighbourOffice', neighbour, { line: 'SETTLE' });
  await system.act('leadHandler', 'endDutyLine', { dutyLineId: line?.id, expectedVersion: line?.version, isDischarged: true, outcome: `首次登记已经受理${markOf(housing.no)}` });
  await tell(system, before, { housing, neighbour });
}

async function tell(system: SecuritySystem, { lives: [life] }: Before, { housing, neighbour }: Readonly<Record<'housing' | 'neighbour', KnownCase>>): Promise<void> {
  const give = (who: PersonaName, one: KnownCase | undefined, text: string) => system.act(who, 'giveProgressNotice', { caseId: one?.id, text });
  await give('leadHandler', housing, `已完成现场勘查${markOf(housing.no)}`);
  await give('neighbourHandler', neighbour, `正在核对材料${markOf(neighbour.no)}`);
  // of the matter that a website asks for: what it is told carries no mark
  await give('leadHandler', life, '产权证已经发放');
  await system.act('leadHandler', 'offerAgencyTask', { caseId: life?.id, kind: 'FOLLOW_PROGRESS', level: 'COUNTY' });
}
