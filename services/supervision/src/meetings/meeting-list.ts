import type { Viewer } from '@anjie/access';
import type { ListQuery, ParentList } from '@anjie/service-kit/subgraph';
import { byId } from '../close-reviews/close-review-list';
import type { MeetingFilter } from '../generated/graphql';
import { allOf } from '../obligations/obligation-list';
import { inPlace, ofKinds } from '../oversight-facts';
import { MEETING_COLUMNS, seesMeeting } from './meeting-repository';

export const meetingList = (viewer: Viewer, filter: MeetingFilter | null | undefined): ListQuery => ({
  columns: MEETING_COLUMNS,
  from: 'meetings m',
  where: allOf([
    seesMeeting(viewer), ...ofKinds('m.kind', filter?.kinds), ...byId('m.calling_unit_id', filter?.callingUnitId), ...byId('m.campaign_id', filter?.campaignId),
    ...inPlace('m.division_code', filter?.divisionCode), ...(filter?.state ? [{ sql: 'm.state = ?', params: [filter.state] }] : []),
  ]),
  sort: [{ column: 'm.planned_on', descending: true }, { column: 'm.id' }],
});

const PARENTS = {
  case: { from: 'meetings m JOIN meeting_points cp ON cp.meeting_id = m.id', parent: 'cp.case_id' },
  unit: { from: "meetings m JOIN meeting_attendees ua ON ua.meeting_id = m.id AND ua.party_kind = 'UNIT'", parent: 'ua.party_id' },
  division: { from: 'meetings m', parent: 'm.division_code' },
  campaign: { from: 'meetings m', parent: 'm.campaign_id' },
} as const;
export type MeetingParentKind = keyof typeof PARENTS;

export const meetingsUnder = (viewer: Viewer, kind: MeetingParentKind): ParentList => ({ ...meetingList(viewer, null), ...PARENTS[kind] });
