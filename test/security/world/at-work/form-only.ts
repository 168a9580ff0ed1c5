import { eventually } from '@anjie/testing';
import { markOf } from '../known-cases';
import { PERSONAS, type PersonaName } from '../personas';
import { PLACES, type PlaceName } from '../places';
import { inParallel, type SecuritySystem } from '../security-system';
import { madeOf } from './letters';
import type { Subjects } from './subjects';

interface Talk {
  readonly who: PersonaName;
  readonly at: PlaceName;
  readonly by: readonly PersonaName[];
  readonly caseIds?: readonly string[];
}

/** Talks and studies of which nothing was written down; the morning's watch finds them, and the rungs that stand open. */
export async function watchWork(system: SecuritySystem, { shared, climbed, land }: Subjects): Promise<void> {
  const talks: readonly Talk[] = [
    { who: 'leadHandler', at: 'housing', by: ['housingHead'], caseIds: [climbed.id] },
    { who: 'accusedHandler', at: 'landReserve', by: ['accusedHandler'], caseIds: [shared.id] },
    { who: 'referredHandler', at: 'labour', by: ['taskForceMember', 'referredHandler'] },
    { who: 'governmentHandler', at: 'government', by: ['sponsor'] },
    { who: 'neighbourHandler', at: 'neighbourBureau', by: ['neighbourHandler'] },
  ];
  await inParallel(talks, (talk) => hold(system, talk));
  await system.settled();
  await watch(system);
  const [found] = await system.rows<{ id: string; version: string }>("SELECT id, version FROM supervision.formalism_findings WHERE case_id = ? AND rule = 'ACTIVITY_WITHOUT_OUTCOME'", [climbed.id]);
  await system.act('countyOffice', 'dismissFormalismFinding', { findingId: found?.id, expectedVersion: Number(found?.version), reason: '结果已记入会商纪要。' });
  const [suggested] = await system.rows<{ id: string; version: string }>('SELECT id, version FROM supervision.ladder_suggestions WHERE case_id = ?', [land.id]);
  await system.act('countyOffice', 'dismissLadderSuggestion', { suggestionId: suggested?.id, expectedVersion: Number(suggested?.version), reason: `单位已电话说明，本周办结${markOf(land.no)}` });
}

async function hold(system: SecuritySystem, { who, at, by, caseIds = [] }: Talk): Promise<void> {
  const plannedOn = '2022-12-12';
  const participants = by.map((name, i) => ({ officialId: PERSONAS[name].id, part: i === 0 ? 'LEADER' : 'PARTICIPANT' }));
  const kind = caseIds.length > 0 ? 'COORDINATION_TALK' : 'FIELD_STUDY';
  const activity = madeOf(await system.act(who, 'planActivity', { kind, unitId: PLACES[at].id, title: '研究安置房办证工作', plannedOn, participants, caseIds }), 'activity');
  await system.act(who, 'recordActivity', { activityId: activity.id, expectedVersion: activity.version });
}

/** What runs each morning by the machine's clock runs now. */
async function watch(system: SecuritySystem): Promise<void> {
  const TASKS = "name IN ('watch-ladders', 'check-formalism')";
  await system.rows(`UPDATE supervision.periodic_tasks SET next_at = UTC_TIMESTAMP(3) WHERE ${TASKS}`);
  await eventually('the morning watch is over', async () => (await system.rows(`SELECT 1 FROM supervision.periodic_tasks WHERE ${TASKS} AND (next_at <= UTC_TIMESTAMP(3) OR lease_until IS NOT NULL)`)).length === 0, 60_000);
  await system.settled();
}
