import { campaigns, countyCampaigns } from './campaigns';
import { DEMO_NOW } from './days';
import { createGraphClient } from './graph-client';
import { ensureCampaigns } from './load-campaigns';
import { DIRECTORY_STEPS, loadDirectory } from './load-directory';
import { loadLedger } from './load-ledger';
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
  const { settled, setBusinessNow } = options;
  const total = DIRECTORY_STEPS + campaigns.length + countyCampaigns.length + LIVING_STEPS + WINDOW_STEPS;
  let done = 0;
  const tell: Tell = (line) => options.tell(line, (done += 1), total);
  const client = createGraphClient(options);
  await setBusinessNow(DEMO_NOW);
  await loadDirectory(client, tell);
  await settled();
  const known = await ensureCampaigns(client, tell);
  await inPool(countyCampaigns, COUNTIES_AT_ONCE, (campaign) => loadLedger(client, { campaign, known, tell }));
  await settled();
  await loadWindow(client, tell);
  await loadLiving(client, { known, tell, settled });
  await settled();
}

/** Works on `width` items at a time; the first failure stops the start of further ones. */
export async function inPool<Item>(items: readonly Item[], width: number, work: (item: Item) => Promise<void>): Promise<void> {
  const waiting = [...items];
  const failures: unknown[] = [];
  const worker = async (): Promise<void> => {
    for (let item = waiting.shift(); item !== undefined; item = waiting.shift()) {
      await work(item).catch((error: unknown) => {
        failures.push(error);
        waiting.length = 0;
      });
    }
  };
  await Promise.all(Array.from({ length: width }, worker));
  if (failures.length > 0) throw failures[0];
}
