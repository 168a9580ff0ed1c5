import { parseArgs } from 'node:util';
import { fourEyes, UsageError, type Answer, type Asked } from './asked';
import { RECONCILE_AT_MOST_DAYS } from '@anjie/service-kit/upkeep';
import { acceptPhantoms } from './accept-phantoms';
import { dismiss, replay } from './replay';
import { openDeadLettersOf } from './dead-letters';
import { printStatus } from './print-status';
import { reconcileNow, type ReconciledDay } from './reconcile-now';
import { resend } from './resend';
import { restored } from './restored';
import { retention } from './retention';
import { runRotate } from './rotate-command';
import { statusOf } from './status';
import { serviceNamed, type System } from './system';
import { table } from './table';
import { verifyAudits } from './verify-audit';

export const USAGE = `npm run ops -- <command>
  status [--json]                                            how the system is doing; exit code 1 when something is red
  dead [--json]                                              messages that were put aside
  replay <message-id…> | --queue <queue>  --by <staff no> --confirmed-by <other staff no>
  dismiss <letter-id…>                    --by <staff no> --confirmed-by <other staff no>
  reconcile [--since <day or instant>] [--json]              compare sent and received messages now
  resend --service <receiver> --since <instant>              after a receiver was restored
  restored <service>                                         after it was restored to an earlier state, before it starts
  accept-phantoms --service <sender>      --by <staff no> --confirmed-by <other staff no>
  verify-audit [--anchors <file>] [--json]                   whether an audit entry was changed, deleted, forged, moved or cut off
  retention [--json]                                         what tonight's run would erase, and on which basis; erases nothing
  rotate status [--json]                                     data keys, who wraps them, and how far rotations are
  rotate kek | index | data --class <class>|ALL   --by <staff no> --confirmed-by <other staff no>
  board [--port <n>]                                         the queues in a browser, behind the administrators' login
  rehearse restore | disk-full                               on private throw-away engines
Variables: docs/operations.md. With the demo running in this checkout none are needed.`;

const OPTIONS = { json: { type: 'boolean' }, queue: { type: 'string' }, by: { type: 'string' }, 'confirmed-by': { type: 'string' }, since: { type: 'string' }, service: { type: 'string' }, port: { type: 'string' }, anchors: { type: 'string' }, class: { type: 'string' } } as const;

export function readArguments([command = '', ...args]: readonly string[]): Asked {
  try {
    const { values, positionals } = parseArgs({ args: [...args], options: OPTIONS, allowPositionals: true });
    const { json = false, 'confirmed-by': confirmedBy, ...rest } = values;
    return { command, ids: positionals, json, confirmedBy, ...rest };
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

const COMMANDS: Readonly<Record<string, (system: System, asked: Asked) => Promise<Answer>>> = {
  async status(system, { json }) {
    const status = await statusOf(system);
    return { text: json ? JSON.stringify(status, null, 2) : printStatus(status), code: status.red.length === 0 ? 0 : 1 };
  },
  async dead(system, { json }) {
    const letters = await openDeadLettersOf(system);
    if (json) return { text: JSON.stringify(letters, null, 2), code: 0 };
    const rows = letters.map((one) => ({
      letter: one.id, message: one.messageId ?? '-', queue: one.queue, source: one.source ?? 'nobody', topic: one.topic ?? '-', state: one.state ?? '-',
      failed: one.failedAt.toISOString(), replayed: one.replayedAt?.toISOString() ?? '-', reason: one.reason.replaceAll(/\s+/g, ' ').slice(0, 120),
    }));
    return { text: rows.length === 0 ? 'No open dead letters.' : table(rows), code: 0 };
  },
  async replay(system, asked) {
    if (asked.ids.length === 0 && !asked.queue) throw new UsageError('name messages, or a --queue');
    const done = await replay(system, { ...fourEyes(asked), messageIds: asked.ids, queue: asked.queue });
    return { text: done.length === 0 ? 'Nothing to replay.' : table(done.map(({ messageId, result }) => ({ message: messageId, result }))), code: done.some(({ result }) => result === 'UNKNOWN') ? 1 : 0 };
  },
  async dismiss(system, asked) {
    if (asked.ids.length === 0) throw new UsageError('name letters, as `dead` lists them');
    const closed = await dismiss(system, { ...fourEyes(asked), letterIds: asked.ids });
    return { text: `Dismissed: ${closed} of ${asked.ids.length}.`, code: closed === asked.ids.length ? 0 : 1 };
  },
  async reconcile(system, { since, json }) {
    const days = await reconcileNow(system, { since: since === undefined ? undefined : instantOf(since) });
    const found = (day: ReconciledDay): number => day.missing + day.phantom + day.mismatched;
    const rows = days.filter((day) => day.sent + day.known + found(day) > 0).map((day) => ({ ...day }));
    const summary = `${days.length} days of services and receivers compared, of the last ${RECONCILE_AT_MOST_DAYS} days at most.`;
    return { text: json ? JSON.stringify(days, null, 2) : [...(rows.length > 0 ? [table(rows)] : []), summary].join('\n'), code: days.some((day) => found(day) > 0) ? 1 : 0 };
  },
  async resend(system, { service, since }) {
    if (!service || !since) throw new UsageError('--service and --since are needed');
    const counts = await resend(system, serviceNamed(service), instantOf(since));
    const lines = Object.entries(counts).map(([sender, messages]) => `${sender}: ${messages}`);
    return { text: lines.length === 0 ? 'Nothing was acknowledged since then.' : `Sent again to ${service}:\n${lines.join('\n')}`, code: 0 };
  },
  async restored(system, { ids: [service] }) {
    if (!service) throw new UsageError('name the service that was restored');
    await restored(system, serviceNamed(service));
    return { text: `What ${service} tells from now on is newer to the others than all that it told before. Start it.`, code: 0 };
  },
  async 'accept-phantoms'(system, asked) {
    if (!asked.service) throw new UsageError('name the --service that has forgotten them');
    const days = await acceptPhantoms(system, { ...fourEyes(asked), service: serviceNamed(asked.service) });
    return { text: days.length === 0 ? 'Nothing to accept: the last comparison found no phantom.' : `${table(days.map((day) => ({ ...day })))}\nThe next comparison is without them: npm run ops -- reconcile`, code: 0 };
  },
  async 'verify-audit'(system, { anchors, json }) {
    const reports = await verifyAudits(system, anchors);
    const rows = reports.map(({ problems, ...report }) => ({ ...report, problems: problems.length }));
    const found = reports.flatMap(({ service, problems }) => problems.slice(0, 100).map((one) => `${service}: ${one.kind} entry ${one.entryId ?? '-'} chain ${one.chain ?? '-'} link ${one.seq ?? '-'}`));
    return { text: json ? JSON.stringify(reports, null, 2) : [table(rows), ...found].join('\n'), code: found.length === 0 ? 0 : 1 };
  },
  rotate: (system, asked) => runRotate(system, asked),
  retention: (system, { json }) => retention(system, { days: system.retentionDays, json }),
};

export const isCommand = (name: string): boolean => Object.hasOwn(COMMANDS, name);

/** @throws UsageError */
export function runCommand(system: System, asked: Asked): Promise<Answer> {
  const command = isCommand(asked.command) ? COMMANDS[asked.command] : undefined;
  if (!command) throw new UsageError(`there is no command "${asked.command}"`);
  return command(system, asked);
}

/** A day begins at midnight in Asia/Shanghai; an instant without a zone is meant there too. */
function instantOf(text: string): Date {
  const written = /^\d{4}-\d\d-\d\d$/.test(text) ? `${text}T00:00:00+08:00` : /(Z|[+-]\d\d:\d\d)$/.test(text) ? text : `${text}+08:00`;
  const instant = new Date(written);
  if (Number.isNaN(instant.getTime())) throw new UsageError(`not understood: "${text}"; write 2025-08-04 or 2025-08-04T09:30`);
  return instant;
}

const BOARD_PORT = 4080;
export function portOf(text: string | undefined): number {
  const port = text === undefined ? BOARD_PORT : Number(text);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) throw new UsageError(`no port: "${text}"`);
  return port;
}
