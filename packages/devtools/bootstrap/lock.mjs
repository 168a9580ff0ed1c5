import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { stateDir } from './workspace.mjs';

const lockDir = join(stateDir, 'lock');

/**
 * One command at a time in this checkout. The lock is a folder holding one file named after its owner:
 * renaming a folder onto it succeeds only while it is absent or empty, and clearing away a dead owner
 * removes that owner's file only, so nobody can take a lock away from a live one.
 */
export async function withLock(action) {
  const mine = ownerName(process.pid);
  await acquire(mine);
  const release = () => rmSync(join(lockDir, mine), { force: true });
  process.once('exit', release);
  try {
    return await action();
  } finally {
    release();
    process.removeListener('exit', release);
  }
}

async function acquire(mine) {
  const offer = join(stateDir, `lock-${mine}`);
  mkdirSync(offer, { recursive: true });
  writeFileSync(join(offer, mine), '');
  let told = false;
  while (!take(offer)) {
    const owner = currentOwner();
    if (owner && !isAlive(owner)) rmSync(join(lockDir, owner), { force: true });
    else if (owner) {
      if (!told) process.stderr.write(`▸ waiting for process ${owner.split('-')[0]}, which is preparing this checkout\n`);
      told = true;
      await sleep(100);
    }
  }
}

function take(offer) {
  try {
    renameSync(offer, lockDir);
    return true;
  } catch (error) {
    if (error.code === 'ENOTEMPTY' || error.code === 'EEXIST') return false;
    throw error;
  }
}

function currentOwner() {
  return existsSync(lockDir) ? readdirSync(lockDir)[0] : undefined;
}

/** A pid may be reused; with its start time it names one process. */
function ownerName(pid) {
  return `${pid}-${startOf(pid)}`;
}

function isAlive(owner) {
  const pid = Number(owner.split('-')[0]);
  return ownerName(pid) === owner;
}

function startOf(pid) {
  if (existsSync('/proc/self/stat')) {
    try {
      const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
      return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19];
    } catch {
      return 'gone';
    }
  }
  const found = spawnSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' }).stdout?.trim();
  return found ? found.replace(/\W+/g, '_') : 'gone';
}
