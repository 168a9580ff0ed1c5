import { campaignCode, parentCampaign } from '../campaigns';
import { DISTRICT } from '../divisions';
import type { GraphClient } from '../graph-client';
import type { LedgerRow } from '../ledger-rows';
import { campaignOf, type KnownCampaigns } from '../load-campaigns';
import { officialOf } from '../officials';
import { countyOffice } from '../personas';
import { openRows } from '../story';
import { unit, type UnitMark } from '../units';
import { createActs, type Acts } from './acts';
import { appointServing, type Serving } from './serving';

/** 兴庆区's seven open cases, the nearest limit first, by what they are about. */
const OPEN = { land: 0, wages: 1, unfinished: 2, titles: 3, resettlement: 4, estate: 5, hardship: 6 } as const;
export type OpenCase = keyof typeof OPEN;

/** @throws RangeError when the ledger has no such row */
export function openRow(name: OpenCase): LedgerRow {
  const row = openRows[OPEN[name]];
  if (!row) throw new RangeError(`the demo ledger has no open row for ${name}`);
  return row;
}

export const unitOf = (mark: UnitMark, division: string = DISTRICT): string => unit(division, mark).id;
export const personOf = (mark: UnitMark, index = 0, division: string = DISTRICT): string => officialOf(division, mark, index).id;

interface LedgerCase {
  readonly id: string;
  readonly title: string;
  readonly sponsorship: { readonly id: string } | null;
}
/** Cases of one ledger, by their rows. */
export interface Ledger {
  readonly campaignId: string;
  of(row: LedgerRow): LedgerCase;
}

const LEDGER = 'query Demo($id: ID!) { campaign(id: $id) { ledger(first: 100) { nodes { case { id title sponsorship { id } } } } } }';

/** A county's ledger as its own office sees it. */
export async function openLedger(client: GraphClient, known: KnownCampaigns, countyCode: string): Promise<Ledger> {
  const { id: campaignId } = campaignOf(known, campaignCode(countyCode));
  const { campaign } = await client.ask<{ campaign: { ledger: { nodes: { case: LedgerCase }[] } } | null }>(countyOffice(countyCode), LEDGER, { id: campaignId });
  const byTitle = new Map(campaign?.ledger.nodes.map((entry) => [entry.case.title, entry.case]));
  return {
    campaignId,
    of(row) {
      const found = byTitle.get(row.title);
      if (!found) throw new Error(`the case "${row.title}" of the demo ledger was not found`);
      return found;
    },
  };
}

/** What a scene plays in. */
export interface World {
  readonly client: GraphClient;
  readonly known: KnownCampaigns;
  readonly acts: Acts;
  readonly serving: Serving;
  readonly ledger: Ledger;
  /** 兴庆区's campaign and the regional one above it. */
  readonly campaignId: string;
  readonly regionalId: string;
  readonly caseId: (name: OpenCase) => string;
}

export async function openWorld(client: GraphClient, known: KnownCampaigns): Promise<World> {
  const acts = createActs(client);
  const ledger = await openLedger(client, known, DISTRICT);
  return {
    client, known, acts, ledger, serving: await appointServing(acts), campaignId: ledger.campaignId, regionalId: campaignOf(known, parentCampaign.code).id,
    caseId: (name) => ledger.of(openRow(name)).id,
  };
}

/** What somebody does on one day after another; between two of them it yields. */
export type Scene = AsyncGenerator<undefined, void, undefined>;
