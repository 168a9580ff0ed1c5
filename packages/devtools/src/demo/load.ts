import { campaignCode, campaigns, countyCampaigns } from './campaigns';
import { DEMO_NOW } from './days';
import { askForChecklists, DEED_STEPS, loadDeeds, publish, PUBLISH_STEPS } from './deeds/index';
import { DISTRICT } from './divisions';
import { createGraphClient } from './graph-client';
import { campaignOf, ensureCampaigns } from './load-campaigns';
import { DIRECTORY_STEPS, loadDirectory } from './load-directory';
import { loadLedger } from './load-ledger';
import { inPool } from './pool';
import type { Tell } from './tell';
import { LIVING_STEPS, loadLiving } from './load-living';
import { loadWindow, WINDOW_STEPS } from './load-window';

export interface LoadDemoOptions {
  /** The gateway's …/graphql; files go to …/files beside it. */
  readonly graphUrl: string;
  /** A token for the persona of that name (`personas`). */
  readonly tokenFor: (persona: string) => Promise<string>;
  readonly setBusinessNow: (instant: Date) => Promise<void>;
  /** Resolves when no message between the services is under way. */
  readonly settled: () => Promise<void>;
  /** Has the worker of a service do a recurring task at once, and resolves when it is done. */
  readonly runTask: (service: string, task: string) => Promise<void>;
  /** What was just done; `done` of `total`. */
  readonly tell: (line: string, done: number, total: number) => void;
}

/** Counties whose ledgers are under way at once. */
const COUNTIES_AT_ONCE = 4;

/**
 * Fills an empty system with the demo province, as people would: through the gateway only. A load that was cut short
 * goes on where it stopped, and a second one changes nothing. @throws Error whose message says what was refused
 */
export async function loadDemo(options: LoadDemoOptions): Promise<void> {
  const { settled, setBusinessNow, runTask } = options;
  const total = DIRECTORY_STEPS + campaigns.length + countyCampaigns.length + DEED_STEPS + LIVING_STEPS + WINDOW_STEPS + PUBLISH_STEPS;
  let done = 0;
  const tell: Tell = (line) => options.tell(line, (done += 1), total);
  const client = createGraphClient(options);
  await setBusinessNow(DEMO_NOW);
  await loadDirectory(client, tell);
  await settled();
  const known = await ensureCampaigns(client, tell);
  await askForChecklists(client, campaignOf(known, campaignCode(DISTRICT)).id);
  await inPool(countyCampaigns, COUNTIES_AT_ONCE, (campaign) => loadLedger(client, { campaign, known, tell }));
  await settled();
  await loadDeeds(client, { known, tell, settled, setBusinessNow });
  await loadWindow(client, tell);
  await loadLiving(client, { known, tell, settled });
  await settled();
  await publish(client, { known, tell, runTask });
}
