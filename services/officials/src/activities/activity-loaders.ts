import type { EntityManager } from 'typeorm';
import type { Viewer } from '@anjie/access';
import type { VisibleCase } from '@anjie/service-kit/facts';
import { loaderById, loaderOfConnections, loaderOfMany, type PageArgs } from '@anjie/service-kit/subgraph';
import type { Kinds } from '../kinds';
import { promisesByIds, promisesUnder, type PromiseArgs, type PromiseParentKind, type PromiseRow } from '../promises/promise-repository';
import type { ActingUnit } from '../rules/acting';
import { actingUnits } from '../units/acting-repository';
import {
  activitiesByIds, activitiesUnder, casesOfActivities, participantsOf, type ActivityArgs, type ActivityParentKind, type ActivityRow, type ParticipantRow,
} from './activity-repository';
import { activityCountsOf, type CountRow } from './reception-repository';

export interface Span {
  readonly from: string;
  readonly to: string;
}

export const activityLoaders = (sql: EntityManager, viewer: Viewer, kinds: Kinds) => {
  const under = (by: ActivityParentKind) => loaderOfConnections<ActivityRow, ActivityArgs>((parents, args) => activitiesUnder(sql, viewer, { by, parents, args }));
  const promised = (by: PromiseParentKind) => loaderOfConnections<PromiseRow, PromiseArgs>((parents, args) => promisesUnder(sql, viewer, { by, parents, args }));
  return {
    actingUnitById: loaderById<ActingUnit>(async (ids) => [...(await actingUnits(sql, viewer, ids)).values()]),
    activityById: loaderById<ActivityRow>((ids) => activitiesByIds(sql, viewer, ids)),
    activitiesOfCase: under('CASE'),
    activitiesOfUnit: under('UNIT'),
    activitiesOfOfficial: under('OFFICIAL'),
    activitiesOfCampaign: under('CAMPAIGN'),
    activitiesOfDivision: under('DIVISION'),
    participantsOfActivity: loaderOfMany<ParticipantRow>((row) => row.activityId, (ids) => participantsOf(sql, ids)),
    casesOfActivity: loaderOfConnections<VisibleCase, PageArgs>((parents, args) => casesOfActivities(sql, viewer, { parents, args })),
    activityCounts: countsLoader(sql, kinds.activities.all.filter((kind) => kind.needsOutcome).map((kind) => kind.code)),
    promiseById: loaderById<PromiseRow>((ids) => promisesByIds(sql, viewer, ids)),
    promisesOfActivity: promised('ACTIVITY'),
    promisesOfCase: promised('CASE'),
    promisesOfUnit: promised('UNIT'),
    promisesOfOfficial: promised('OFFICIAL'),
  };
};

/** Officials that are asked about with the same span share one statement. */
function countsLoader(sql: EntityManager, owing: readonly string[]): (officialId: string, span: Span) => Promise<CountRow> {
  const bySpan = new Map<string, ReturnType<typeof loaderById<CountRow>>>();
  return async (officialId, span) => {
    const key = `${span.from} ${span.to}`;
    const loader = bySpan.get(key) ?? loaderById<CountRow>((ids) => activityCountsOf(sql, ids, { ...span, owing }));
    bySpan.set(key, loader);
    return (await loader.load(officialId)) ?? { id: officialId, held: 0, withoutOutcome: 0, contactOffered: 0 };
  };
}
