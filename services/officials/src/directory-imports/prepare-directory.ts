import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { isRefusal, type Refusal } from '@anjie/contracts';
import { newId, type Actor } from '@anjie/service-kit/database';
import { insertFile } from '@anjie/service-kit/files';
import { importProblemConnection } from '@anjie/service-kit/imports';
import { openService, refuseUnsafeSettings, type OpenService } from '@anjie/service-kit/subgraph';
import { openServices, plan } from '../app';
import type { OfficialsEnv } from '../env';
import { directoryImportState } from '../rules/directory-import';
import type { Services } from '../services';
import { prepareClient } from '../portal-clients/prepare-client';
import { directoryImportsByIds, runsOf } from './directory-import-repository';

export interface FirstSteps {
  readonly id: string;
  readonly staffNo: string;
  readonly name: string;
  readonly workbook?: string;
  /** Code of the unit that answers for the administrators' own program. */
  readonly clientUnit?: string;
}

interface Task {
  readonly open: OpenService;
  readonly services: Services;
  readonly actor: Actor;
}

/** The first administrator, then the workbook through the same importer that the portal uses. @returns an exit code */
export async function prepareDirectory(env: OfficialsEnv, first: FirstSteps): Promise<number> {
  const open = await openService(plan(env));
  try {
    await refuseUnsafeSettings(open, 'WORKER');
    const actor: Actor = { viewer: { kind: 'OFFICIAL', subject: first.id, unitId: null, divisionCode: null, roles: ['ADMIN'], locale: 'zh-CN' }, requestId: `init-${newId()}` };
    const task = { open, services: openServices(open, env), actor };
    const admin = await task.services.directory.putOfficials(actor, { idempotencyKey: `init-${newId()}`, rows: [{ id: first.id, staffNo: first.staffNo, name: first.name }] });
    if (isRefusal(admin)) return tell(admin);
    console.log(`Administrator ${first.staffNo} ${first.name} is recorded.`);
    const code = first.workbook ? await importWorkbook(task, first.workbook) : 0;
    return code === 0 && first.clientUnit ? await prepareClient(task, first.clientUnit) : code;
  } finally {
    await open.close();
  }
}

function tell(refusal: Refusal): number {
  console.error(`${refusal.code}: ${refusal.message.zh} ${refusal.message.en}`);
  return 1;
}

async function importWorkbook(task: Task, path: string): Promise<number> {
  const { services, actor } = task;
  const fileId = await keepFile(task, path);
  const checked = await services.directoryImports.check(actor, { idempotencyKey: `init-${newId()}`, fileId });
  if (isRefusal(checked)) return tell(checked as Refusal);
  const { directoryImportId } = checked as { directoryImportId: string };
  await work(services);
  const problems = await problemsOf(task, directoryImportId);
  if (problems.length > 0) {
    console.error(`The workbook has ${problems.length} problems; nothing was imported:\n${problems.slice(0, 50).join('\n')}`);
    return 1;
  }
  const committed = await services.directoryImports.commit(actor, { idempotencyKey: `init-${newId()}`, importId: directoryImportId });
  if (isRefusal(committed)) return tell(committed as Refusal);
  await work(services);
  const state = await stateOf(task, directoryImportId);
  console.log(`The directory workbook: ${state}.`);
  return state === 'COMMITTED' ? 0 : 1;
}

async function keepFile({ open, services, actor }: Task, path: string): Promise<string> {
  const content = await readFile(path);
  const id = newId();
  await services.storage.put(id, createReadStream(path));
  await insertFile(open.db.manager, {
    id, purpose: 'DIRECTORY_IMPORT', name: basename(path), mediaType: 'application/octet-stream', size: content.length,
    sha256: createHash('sha256').update(content).digest(), storageKey: id, owner: actor.viewer, expireAfterHours: 24,
  });
  return id;
}

/** Runs the importer until nothing waits. */
async function work({ engine, directoryImports }: Services): Promise<void> {
  do {
    while (await engine.runOnce());
    await directoryImports.advance();
  } while (await engine.runOnce());
}

async function runIdsOf({ open, actor }: Task, id: string) {
  const [row] = await directoryImportsByIds(open.db.manager, actor.viewer, [id]);
  return row ? runsOf(open.db.manager, row) : [];
}

async function stateOf(task: Task, id: string): Promise<string> {
  return directoryImportState(await runIdsOf(task, id), true);
}

/** Faults only: a reference to an earlier sheet of the same workbook is told as a notice and is no problem. */
async function problemsOf(task: Task, id: string): Promise<string[]> {
  const lines: string[] = [];
  for (const run of await runIdsOf(task, id)) {
    if (run.failureCode && directoryImportState([run], false) === 'FAILED') lines.push(`  ${run.failureCode}`);
    const { nodes } = await importProblemConnection(task.open.db.manager, task.actor.viewer, { runId: run.id, first: 100 });
    lines.push(...nodes.filter((one) => !one.isNotice).map((one) => `  ${one.address ?? `row ${one.rowNumber}`} ${one.header ?? ''}: ${one.messageZh} ${one.messageEn}`));
  }
  return lines;
}
