import { isRefusal } from '@anjie/contracts';
import { isId, type Sql } from '@anjie/service-kit/database';
import type { Viewer } from '@anjie/access';
import { mayActForUnit } from '../rules/acting';
import { activityRefusals, type ActivityRefusal } from '../rules/activity-lifecycle';
import { actingUnit } from '../units/acting-repository';
import { activitiesByIds, lockActivity, participantsOf, type ActivityRow } from './activity-repository';

/** Staff of the activity's unit, its joint office, or somebody who takes part. */
export async function mayKeepActivity(tx: Sql, viewer: Viewer, activity: Pick<ActivityRow, 'id' | 'unitId' | 'divisionCode'>): Promise<boolean> {
  const unit = await actingUnit(tx, viewer, activity.unitId);
  if (mayActForUnit(viewer, unit ?? { divisionCode: activity.divisionCode, isOwn: false })) return true;
  return viewer.kind === 'OFFICIAL' && (await participantsOf(tx, [activity.id])).some(({ officialId }) => officialId === viewer.subject);
}

/** The activity, held, with the viewer's right to change it; otherwise why not. */
export async function activityToChange(tx: Sql, viewer: Viewer, activityId: string): Promise<ActivityRow | ActivityRefusal> {
  const [seen] = isId(activityId) ? await activitiesByIds(tx, viewer, [activityId]) : [];
  if (!seen) return activityRefusals.notFound();
  if (!(await mayKeepActivity(tx, viewer, seen))) return activityRefusals.forbidden();
  return (await lockActivity(tx, seen.id)) ?? activityRefusals.notFound();
}

export const isActivity = (found: ActivityRow | ActivityRefusal): found is ActivityRow => !isRefusal(found);
