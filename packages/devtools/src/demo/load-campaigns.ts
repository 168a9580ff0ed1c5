import { campaigns, openCampaign, type DemoCampaign } from './campaigns';
import type { GraphClient } from './graph-client';
import type { Tell } from './tell';

export interface KnownCampaign {
  readonly id: string;
  readonly code: string;
  readonly cohortFrozenOn: string | null;
}
export type KnownCampaigns = Map<string, KnownCampaign>;

const FIELDS = 'id code cohortFrozenOn';

/** Sets up what is missing: the regional campaign, then the counties'. Answers all of them by code. */
export async function ensureCampaigns(client: GraphClient, tell: Tell): Promise<KnownCampaigns> {
  const found = await client.ask<{ campaigns: { nodes: KnownCampaign[] } }>('province-office', `{ campaigns(first: 100) { nodes { ${FIELDS} } } }`);
  const known: KnownCampaigns = new Map(found.campaigns.nodes.map((campaign) => [campaign.code, campaign]));
  for (const campaign of campaigns) {
    if (!known.has(campaign.code)) known.set(campaign.code, await create(client, campaign, known));
    tell(`campaign ${campaign.code}`);
  }
  return known;
}

async function create(client: GraphClient, { parentCode, ...campaign }: DemoCampaign, known: KnownCampaigns): Promise<KnownCampaign> {
  const parent = parentCode === null ? {} : { parentId: campaignOf(known, parentCode).id };
  // the district sets up its own further list; the regional office sets up what it orders
  const by = campaign.code === openCampaign.code ? 'district-office' : 'province-office';
  const answer = await client.change<{ campaign: KnownCampaign }>(by, {
    field: 'createCampaign', inputType: 'CreateCampaignInput', refusalType: 'CampaignRefusal', payload: `CampaignPayload { campaign { ${FIELDS} } }`,
    about: `setting up campaign ${campaign.code}`, input: { ...campaign, ...parent },
  });
  return answer.campaign;
}

/** @throws Error when the campaign was not set up */
export function campaignOf(known: KnownCampaigns, code: string): KnownCampaign {
  const found = known.get(code);
  if (!found) throw new Error(`campaign ${code} was not set up`);
  return found;
}
