import type { FaultSystem } from '../harness/system';
import type { Judge } from '../harness/verdict';
import type { DeadlineBook, PlannedFiring } from '../load/deadline-load';

interface EffectRow {
  readonly id: string;
  readonly version: number;
  readonly firedMs: string;
  readonly outcome: string;
  readonly audits: string;
  readonly reminders: string;
  readonly recipients: string;
}

const EFFECTS = `SELECT e.deadline_id AS id, e.version, CAST(UNIX_TIMESTAMP(e.fired_at) * 1000 AS SIGNED) AS firedMs, e.outcome,
    (SELECT COUNT(*) FROM supervision.audit_entries a WHERE a.subject_type = 'Deadline' AND a.subject_id = e.deadline_id AND a.action = 'deadline.fired' AND JSON_VALUE(a.detail, '$.version') = e.version) AS audits,
    (SELECT COUNT(*) FROM supervision.reminders r WHERE r.deadline_id = e.deadline_id AND r.deadline_version = e.version) AS reminders,
    (SELECT COUNT(DISTINCT recipient_id) FROM supervision.reminders r WHERE r.deadline_id = e.deadline_id AND r.deadline_version = e.version) AS recipients
  FROM supervision.deadline_effects e`;

const keyOf = ({ id, version }: { id: string; version: number }): string => `${id} v${version}`;
const percentile = (sorted: readonly number[], percent: number): number => sorted[Math.min(sorted.length - 1, Math.floor((sorted.length * percent) / 100))] ?? 0;

export interface DeadlinePromise {
  /** Milliseconds that the latest may be late. */
  readonly latestMs: number;
}

/** Each planned firing must have happened once, not before its time and not much after it; a replaced one never. */
export async function checkDeadlines(system: FaultSystem, book: DeadlineBook, { judge, latestMs }: DeadlinePromise & { judge: Judge }): Promise<void> {
  const effects = new Map((await system.rows<EffectRow>(EFFECTS)).map((row) => [keyOf(row), row]));
  const reminded = new Set((await system.rows<{ id: string }>('SELECT DISTINCT obligation_id AS id FROM supervision.reminders')).map(({ id }) => id));
  const overdue = new Map((await system.rows<{ id: string; overdueAt: Date | null }>('SELECT id, overdue_at AS overdueAt FROM supervision.obligations')).map(({ id, overdueAt }) => [id, overdueAt]));
  const lost: string[] = [];
  const duplicated: string[] = [];
  const lateness: number[] = [];
  for (const firing of book.firings) {
    const effect = effects.get(keyOf(firing));
    if (!effect) {
      lost.push(`${firing.kind} ${keyOf(firing)} did not fire`);
      continue;
    }
    lateness.push(Number(effect.firedMs) - firing.dueAt);
    const missing = missingEffect(firing, effect, { overdue, reminded });
    if (missing) lost.push(`${firing.kind} ${keyOf(firing)}: no ${missing}`);
    if (Number(effect.audits) > 1 || effect.reminders !== effect.recipients) duplicated.push(`${keyOf(firing)}: ${effect.audits} audits, ${effect.reminders} reminders`);
  }
  lateness.sort((a, b) => a - b);
  judge.note('deadlines', book.firings.length);
  judge.note('moved', book.replaced.length);
  judge.equal('deadlines lost', lost.length, 0);
  judge.equal('deadlines duplicated', duplicated.length, 0);
  judge.equal('deadlines phantom', book.replaced.filter((one) => effects.has(keyOf(one))).length, 0);
  judge.equal('early', lateness.filter((ms) => ms < 0).length, 0);
  judge.note('late p50 ms', percentile(lateness, 50));
  judge.note('late p99 ms', percentile(lateness, 99));
  judge.atMost('late max ms', lateness.at(-1) ?? 0, latestMs);
  for (const sentence of [...lost, ...duplicated].slice(0, 10)) judge.complain(sentence);
}

interface Written {
  readonly overdue: ReadonlyMap<string, Date | null>;
  /** Obligations of which somebody was reminded. */
  readonly reminded: ReadonlySet<string>;
}

/** A superseded reminder left its words to a later one of the same obligation, which then must be there. */
function missingEffect(firing: PlannedFiring, effect: EffectRow, { overdue, reminded }: Written): string | null {
  if (Number(effect.audits) === 0) return 'audit';
  if (firing.kind === 'OVERDUE') return overdue.get(firing.obligationId) ? null : 'overdue mark';
  const isTold = effect.outcome === 'SUPERSEDED' ? reminded.has(firing.obligationId) : effect.outcome === 'REMINDED' && Number(effect.reminders) > 0;
  return isTold ? null : `reminder (${effect.outcome})`;
}
