import { setTimeout as wait } from 'node:timers/promises';
import type { DemoCampaign } from './campaigns';
import type { GraphClient } from './graph-client';
import { ledgerWorkbook } from './ledger-book';
import { ledgerOf } from './ledger-rows';
import type { Tell } from './tell';
import { campaignOf, type KnownCampaigns } from './load-campaigns';
import { countyOffice } from './personas';

export interface LedgerTask {
  readonly campaign: DemoCampaign;
  readonly known: KnownCampaigns;
  readonly tell: Tell;
}

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
/** How often an import is looked at, and how long at most. */
const LOOK_MS = 200;
const PATIENCE_MS = 60_000;

interface Run {
  readonly id: string;
  readonly state: string;
  readonly rowsRead: number;
  readonly rowsFaulty: number;
  readonly rowsCommitted: number;
  readonly rowsRepeated: number;
  readonly failure: string | null;
  readonly problems: { readonly nodes: readonly { readonly rowNumber: number; readonly header: string | null; readonly message: string }[] };
}
const RUN = 'id state rowsRead rowsFaulty rowsCommitted rowsRepeated failure problems(first: 3) { nodes { rowNumber header message } }';

/** A county's ledger, as its office brings it in: upload, check, commit, freeze. A frozen cohort is left alone. */
export async function loadLedger(client: GraphClient, { campaign, known, tell }: LedgerTask): Promise<void> {
  const { id: campaignId, cohortFrozenOn } = campaignOf(known, campaign.code);
  const persona = countyOffice(campaign.divisionCode);
  const rows = ledgerOf(campaign.divisionCode);
  if (cohortFrozenOn === null) {
    const fileId = await client.upload(persona, { purpose: 'LEDGER_IMPORT', mediaType: XLSX, name: `${campaign.code}.xlsx`, content: await ledgerWorkbook(rows) });
    const work: ImportWork = { client, persona, about: `the ledger of ${campaign.code}` };
    const checked = await checkFile(work, { fileId, campaignId });
    await commitRun(work, checked, rows.length);
    await client.change(persona, {
      field: 'freezeCohort', inputType: 'FreezeCohortInput', refusalType: 'CampaignRefusal', payload: 'CampaignPayload { campaign { cohortSize } }',
      about: `freezing ${campaign.code}`, input: { campaignId },
    });
  }
  tell(`${rows.length} cases of ${campaign.code}`);
}

interface ImportWork {
  readonly client: GraphClient;
  readonly persona: string;
  readonly about: string;
}

async function checkFile({ client, persona, about }: ImportWork, input: { fileId: string; campaignId: string }): Promise<Run> {
  const asked = await client.change<{ import: { id: string } }>(persona, {
    field: 'checkLedgerImport', inputType: 'CheckLedgerImportInput', refusalType: 'ImportRefusal', payload: 'ImportPayload { import { id } }',
    about: `checking ${about}`, input,
  });
  const run = await waitFor({ client, persona, about }, { id: asked.import.id, state: 'CHECKED' });
  const [problem] = run.problems.nodes;
  if (run.rowsFaulty > 0) {
    throw new Error(`checking ${about} found ${run.rowsFaulty} faulty rows; row ${problem?.rowNumber ?? '?'}, ${problem?.header ?? ''}: ${problem?.message ?? ''}`);
  }
  return run;
}

async function commitRun(work: ImportWork, checked: Run, rows: number): Promise<void> {
  await work.client.change(work.persona, {
    field: 'commitImport', inputType: 'CommitImportInput', refusalType: 'ImportRefusal', payload: 'ImportPayload { import { id } }',
    about: `committing ${work.about}`, input: { importId: checked.id },
  });
  const run = await waitFor(work, { id: checked.id, state: 'COMMITTED' });
  const taken = run.rowsCommitted + run.rowsRepeated;
  if (taken !== rows) throw new Error(`committing ${work.about} took ${taken} of ${rows} rows`);
}

async function waitFor({ client, persona, about }: ImportWork, { id, state }: { id: string; state: string }): Promise<Run> {
  const end = Date.now() + PATIENCE_MS;
  for (;;) {
    const { importRun } = await client.ask<{ importRun: Run | null }>(persona, `query Demo($id: ID!) { importRun(id: $id) { ${RUN} } }`, { id });
    if (!importRun) throw new Error(`the import of ${about} is not visible to ${persona}`);
    if (importRun.state === state) return importRun;
    if (importRun.state === 'FAILED') throw new Error(`the import of ${about} failed: ${importRun.failure ?? ''}`);
    if (Date.now() > end) throw new Error(`the import of ${about} is still ${importRun.state} after ${PATIENCE_MS / 1000} s; is the worker of cases running?`);
    await wait(LOOK_MS);
  }
}
