import { AgencyTaskMoved } from '@anjie/contracts';
import { onMany, type Reaction } from '@anjie/service-kit/messaging';
import { putMatterAgencies } from '../progress-notices/progress-notice-repository';

/** 代办进度: what assistance tells of an agency task, for the petitioner to see. */
export const onAgencyTaskMoved: Reaction = onMany(AgencyTaskMoved, (tx, incoming) => putMatterAgencies(tx, incoming.map(({ payload }) => payload)));
