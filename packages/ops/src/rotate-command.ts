import { fourEyes, UsageError, type Answer, type Asked } from './asked';
import { keyStatus, rotateData, rotateIndex, rotateKek, type KeyStatus, type Requested } from './rotate';
import type { System } from './system';
import { table } from './table';

/** `rotate status | kek | data | index`. @throws UsageError */
export async function runRotate(system: System, asked: Asked): Promise<Answer> {
  const [what = ''] = asked.ids;
  if (what === 'status') return tellStatus(await keyStatus(system), asked.json);
  if (what === 'kek') return tellKek(system, await rotateKek(system, system.keyFiles?.() ?? noKeys(), fourEyes(asked)));
  if (what === 'index') return tellRequested(await rotateIndex(system, fourEyes(asked)));
  if (what === 'data' && asked.class) return tellRequested(await rotateData(system, asked.class, fourEyes(asked)));
  throw new UsageError(what === 'data' ? 'name a --class, as `rotate status` lists them, or ALL' : 'rotate what? status, kek, data or index');
}

function noKeys(): never {
  throw new Error('set ANJIE_IDENTITY_KEY_FILE (and ANJIE_IDENTITY_PREVIOUS_KEY_FILE) as cases has them');
}

async function tellKek(system: System, rewrapped: number): Promise<Answer> {
  const { wrappedBy } = await keyStatus(system);
  const lines = Object.entries(wrappedBy).map(([kek, keys]) => `  ${kek}: ${keys} data keys`);
  const isOne = lines.length === 1;
  const rest = isOne ? 'Everything is wrapped by one key: when all processes run with it, the previous file may go.' : 'The previous file is still needed.';
  return { text: [`Wrapped anew: ${rewrapped}.`, 'Data keys by the key that wraps them:', ...lines, rest].join('\n'), code: isOne ? 0 : 1 };
}

const tellRequested = (requested: readonly Requested[]): Answer => ({
  text: [table(requested.map(({ keyClass, rotation }) => ({ class: keyClass, rotation: rotation ?? 'is under way already' }))), 'The worker of cases does it: npm run ops -- rotate status'].join('\n'), code: 0,
});

function tellStatus(status: KeyStatus, json: boolean): Answer {
  const { keys, wrappedBy, rotations } = status;
  const stuck = rotations.filter(({ state }) => state === 'BLOCKED');
  const code = stuck.length === 0 ? 0 : 1;
  if (json) return { text: JSON.stringify(status, null, 2), code };
  const parts = [
    table(keys.map(({ keyClass, ...rest }) => ({ class: keyClass, ...rest }))),
    ...Object.entries(wrappedBy).map(([kek, n]) => `${n} data keys are wrapped by ${kek}`),
    table(rotations.map((one) => ({
      class: one.keyClass, state: one.state, round: one.round, at: one.step || '-', 'rows seen': one.rowsSeen, 'sealed anew': one.rowsDone, 'left over': one.leftOver, broken: one.broken,
      asked: one.requestedAt.toISOString(), done: one.finishedAt?.toISOString() ?? '-',
    }))),
  ];
  return { text: parts.filter((part) => part !== '').join('\n\n'), code };
}
