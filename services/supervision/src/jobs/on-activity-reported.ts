import { ActivityReported } from '@anjie/contracts';
import { onMany, type Reaction } from '@anjie/service-kit/messaging';
import { putActivities } from '../formalism/activity-repository';

/** Keeps what the formalism checks read of an activity: no words of it, only whether there are some and whether two say the same. */
export const onActivityReported: Reaction = onMany(ActivityReported, (tx, incoming) => putActivities(tx, incoming.map(({ payload }) => payload)));
