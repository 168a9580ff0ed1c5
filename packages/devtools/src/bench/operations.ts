import type { Viewer } from '@anjie/access';
import { CAMPAIGN_ID, HOUSING, REGION, divisions, headOf, unitIndex, units } from './data/directory';

/** The housing department of the region's capital, with its counties. */
const PORTAL_UNIT = unitIndex(1, HOUSING);
const OFFICE_UNIT = unitIndex(0, 0);

/** Who asks in the bench. */
export const viewers = {
  portal: viewerOf(PORTAL_UNIT, 'UNIT_HANDLER'),
  office: viewerOf(OFFICE_UNIT, 'JOINT_OFFICE'),
} as const satisfies Record<string, Viewer>;
export type ViewerName = keyof typeof viewers;

function viewerOf(index: number, role: 'UNIT_HANDLER' | 'JOINT_OFFICE'): Viewer {
  const unit = units[index];
  const isOffice = role === 'JOINT_OFFICE';
  return { kind: 'OFFICIAL', subject: headOf(index), unitId: unit?.id ?? null, divisionCode: isOffice ? (unit?.division ?? null) : null, roles: [role], locale: 'zh-CN' };
}

/** The claims of the same person's token. */
export const claimsOf = ({ subject, unitId, divisionCode, roles, locale }: Viewer): Record<string, unknown> => ({
  sub: subject, roles, locale, ...(unitId ? { unit: unitId } : {}), ...(divisionCode ? { division: divisionCode } : {}),
});

export interface Operation {
  readonly name: string;
  readonly viewer: ViewerName;
  readonly body: string;
}

const operation = (name: string, viewer: ViewerName, request: { query: string; variables?: object }): Operation => ({ name, viewer, body: JSON.stringify(request) });

const PORTAL = `query Portal {
  cases(first: 20) {
    nodes {
      id number title status registeredOn limitOn
      leadUnit { id name }
      sponsorships(first: 3) { nodes { level startedOn official { id name } } }
      obligations(first: 3) { nodes { dutyName state dueOn } }
      nextDueOn
      referrals(first: 3) { nodes { purpose state sentOn completeBy } }
      latestLetter { number kind state replyDueOn }
    }
    pageInfo { hasNextPage endCursor }
  }
}`;

const ONE_CASE = `query One($id: ID!) {
  case(id: $id) { id number title summary status registeredOn limitOn leadUnit { id name } claims { ordinal stated } nextDueOn }
}`;

const COLUMNS = `division { name } targetDueOn ${['stock', 'resolved', 'target', 'gap', 'sponsoredCases', 'fourOnesComplete', 'openObligations', 'overdueObligations',
  'referralsOpen', 'visitsDone'].map((name) => `${name} { value }`).join(' ')}`;
const ROLLUP = `query Rollup($campaign: ID!, $division: ID!) {
  divisionRollup(campaignId: $campaign, divisionCode: $division) { ${COLUMNS} children { divisionCode ${COLUMNS} } }
}`;

export const portalList: Operation = operation('portal list', 'portal', { query: PORTAL });
export const rollup: Operation = operation('rollup', 'office', { query: ROLLUP, variables: { campaign: CAMPAIGN_ID, division: REGION } });
export const oneCase = (id: string): Operation => operation('one case', 'portal', { query: ONE_CASE, variables: { id } });

export const CITIES = divisions.filter(({ parent }) => parent === REGION).length;
