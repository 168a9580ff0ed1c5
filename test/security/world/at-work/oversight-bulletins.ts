import { eventually } from '@anjie/testing';
import { markOf } from '../known-cases';
import { TODAY } from '../ordinary-cases';
import type { PersonaName } from '../personas';
import { PLACES } from '../places';
import type { SecuritySystem } from '../security-system';
import type { Before } from './at-work';

interface Numbered {
  readonly id: string;
  readonly version: number;
}

/** Published with words of a person and without, a draft of a campaign, one of the city, one that is taken back. */
export async function publishBulletins(system: SecuritySystem, { ledgers }: Before): Promise<void> {
  const act = async (who: PersonaName, name: string, input: object): Promise<Numbered | undefined> => (await system.act(who, name, input))['bulletin'];
  const draft = (who: PersonaName, input: object) => act(who, 'draftBulletin', { kind: 'WEEKLY', periodOn: TODAY, ...input });
  const on = (one: Numbered | undefined): object => ({ bulletinId: one?.id, expectedVersion: one?.version });
  const monthly = await draft('countyOffice', { kind: 'MONTHLY', divisionCode: '640104' });
  await draft('countyOffice', { kind: 'MONTHLY', divisionCode: '640104', campaignId: ledgers.campaignIds.here });
  await act('countyOffice', 'publishBulletin', on(await act('countyOffice', 'addBulletinNote', { ...on(monthly), section: 'STOCK_FLOW', text: '请各单位对照台账抓紧办理。' })));
  await act('countyOffice', 'publishBulletin', on(await draft('countyOffice', { divisionCode: '640104' })));
  await draft('cityOffice', { divisionCode: '640100' });
  const takenBack = await act('neighbourOffice', 'publishBulletin', on(await draft('neighbourOffice', { divisionCode: '640105' })));
  await act('neighbourOffice', 'withdrawBulletin', { ...on(takenBack), reason: '统计口径有误。' });
  await draft('neighbourOffice', { divisionCode: '640105' });
}

/** By the week and by the month, so that the next morning opens no further one. */
export async function askForChecklists(system: SecuritySystem, { ledgers }: Before): Promise<void> {
  const ask = (who: PersonaName, input: object): Promise<unknown> => system.act(who, 'assignChecklist', { startsOn: TODAY, ...input });
  await ask('countyOffice', { kind: 'WEEKLY_SETTLE', unitIds: [PLACES.housing.id, PLACES.landReserve.id] });
  await ask('cityOffice', { kind: 'RESOLUTION_LEVEL', unitIds: [PLACES.countyOffice.id], campaignId: ledgers.campaignIds.here });
  await ask('neighbourOffice', { kind: 'MONTHLY_INSPECT', unitIds: [PLACES.neighbourBureau.id] });
  await eventually('checklists are opened', async () => (await system.rows('SELECT id FROM supervision.checklists')).length >= 4, 60_000);
  const [open] = await system.rows<Numbered>('SELECT id, version FROM supervision.checklists WHERE unit_id = ?', [PLACES.housing.id]);
  await system.act('leadHandler', 'fillChecklist', {
    checklistId: open?.id, expectedVersion: Number(open?.version),
    answers: [{ item: 'DUE_THIS_WEEK', count: 3 }, { item: 'SETTLED', count: 2 }, { item: 'TOLD_PROGRESS', yes: true }, { item: 'OBSTACLES', text: '涉及多个部门。' }],
  });
  const [assignment] = await system.rows<Numbered>('SELECT id, version FROM supervision.checklist_assignments WHERE unit_id = ?', [PLACES.neighbourBureau.id]);
  await system.act('neighbourOffice', 'endChecklistAssignment', { assignmentId: assignment?.id, expectedVersion: Number(assignment?.version) });
}

/** A sample is drawn from days that are over: that files passed on two days before is said in the table. The county's is done, the province's waits. */
export async function sampleClosings(system: SecuritySystem, { lives }: Before): Promise<void> {
  const [first, second] = lives;
  for (const [one, day] of [[first, '2022-12-27'], [second, '2022-12-26']] as const) await system.rows("UPDATE supervision.close_reviews SET decided_on = ? WHERE case_id = ? AND state = 'PASSED'", [day, one?.id]);
  const draw = (who: PersonaName, divisionCode: string, day: string): Promise<unknown> =>
    system.act(who, 'drawCloseReviewSample', { divisionCode, fromDay: day, toDay: day, sharePercent: 100, leastPerUnit: 1, seed: 'security-1' });
  await draw('countyOffice', '640104', '2022-12-27');
  await draw('provinceOffice', '640000', '2022-12-26');
  const [drawn] = await system.rows<{ reviewId: string; version: number }>('SELECT review_id AS reviewId, version FROM supervision.close_review_sample_items WHERE case_id = ?', [first?.id]);
  await system.act('secondOffice', 'examineSampledCloseReview', { reviewId: drawn?.reviewId, expectedVersion: Number(drawn?.version), result: 'CONFIRM', note: `抽查属实${markOf(first?.no ?? 0)}` });
}
