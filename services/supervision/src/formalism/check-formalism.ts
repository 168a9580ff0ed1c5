import type { DataSource, EntityManager } from 'typeorm';
import { addDays } from '@anjie/calendar';
import { auditAll, businessTime, idFromName, inTransaction, type Actor, type BusinessTime } from '@anjie/service-kit/database';
import { serviceViewer } from '@anjie/service-kit/messaging';
import type { Logger } from '@anjie/service-kit/runtime';
import type { Kinds } from '../kinds';
import { sameText, withoutContact, withoutOutcome, type Finding, type ReportedActivity, type WatchedCase } from '../rules/formalism';
import { heldActivities, watchedCases } from './activity-repository';
import { addFindings, settleMended } from './finding-repository';

const PAGE = 500;
/** Activities of the last year are looked at: older form without substance is history. */
const LOOK_BACK_DAYS = 366;

export interface CheckOptions {
  readonly db: DataSource;
  readonly kinds: Kinds;
  readonly log: Logger;
}

/** The daily formalism checks. A finding informs; whoever looks into it acts or dismisses it. @returns how many findings are new */
export async function checkFormalism({ db, kinds, log }: CheckOptions): Promise<number> {
  const time = await businessTime(db.manager);
  const rules = kinds.formalismRules.all.filter((rule) => !rule.retired);
  const activities = await everyActivity(db, addDays(time.today, -LOOK_BACK_DAYS));
  const byCheck = (check: string) => rules.filter((rule) => rule.check === check);
  const found: Finding[] = [
    ...byCheck('NO_OUTCOME').flatMap((rule) => withoutOutcome(rule, activities, time.today)),
    ...byCheck('SAME_TEXT').flatMap((rule) => sameText(rule, activities, time.today)),
  ];
  let made = await keep(db, found, time);
  for (let afterId: string | null = null; ; ) {
    const cases: WatchedCase[] = await watchedCases(db.manager, { afterId, limit: PAGE });
    made += await keep(db, byCheck('NO_CONTACT').flatMap((rule) => withoutContact(rule, cases, time.today)), time);
    afterId = cases.at(-1)?.caseId ?? null;
    if (cases.length < PAGE) break;
  }
  const mended = await inTransaction(db, (tx) => settleMended(tx, { outcome: byCheck('NO_OUTCOME').map(({ code }) => code), contact: byCheck('NO_CONTACT').map(({ code }) => code) }, time.today));
  if (made + mended > 0) log.info({ found: made, mended }, 'formalism checks found something');
  return made;
}

async function everyActivity(db: DataSource, from: string): Promise<ReportedActivity[]> {
  const activities: ReportedActivity[] = [];
  for (let afterId: string | null = null; ; ) {
    const page: ReportedActivity[] = await heldActivities(db.manager, { from, afterId, limit: PAGE });
    activities.push(...page);
    afterId = page.at(-1)?.activityId ?? null;
    if (page.length < PAGE) return activities;
  }
}

async function keep(db: DataSource, found: readonly Finding[], time: BusinessTime): Promise<number> {
  let made = 0;
  for (let i = 0; i < found.length; i += PAGE) made += await inTransaction(db, (tx) => keepSome(tx, found.slice(i, i + PAGE), time));
  return made;
}

async function keepSome(tx: EntityManager, found: readonly Finding[], { now, today }: BusinessTime): Promise<number> {
  const rows = found.map((one) => ({
    id: idFromName('formalism', `${one.rule} ${one.key}`), rule: one.rule, unit_id: one.unitId, official_id: one.officialId, case_id: one.caseId, activity_id: one.activityId,
    amount: one.count, since_on: one.since, found_on: today, found_at: now, state: 'OPEN', version: 1,
  }));
  const fresh = await addFindings(tx, rows);
  const actor: Actor = { viewer: serviceViewer('supervision'), requestId: `formalism-${today}` };
  await auditAll(tx, rows.filter((row) => fresh.has(row.id)).map((row) => ({
    actor, note: { action: 'formalism.found', subjectType: 'FormalismFinding', subjectId: row.id, caseId: row.case_id, detail: { rule: row.rule, unitId: row.unit_id, activityId: row.activity_id } },
  })));
  return fresh.size;
}
