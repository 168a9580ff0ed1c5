import type { Viewer } from '@anjie/access';
import { select, type Sql } from '@anjie/service-kit/database';
import type { Connection, PageArgs } from '@anjie/service-kit/subgraph';
import { caseBoundRows } from '../cases/case-bound-repository';
import type { ServiceEngagementFilter } from '../generated/graphql';
import type { OfferState } from '../rules/offer-lifecycle';

export interface ServiceEngagementRow {
  readonly id: string;
  readonly caseId: string;
  readonly unitId: string;
  readonly kind: string;
  readonly participantId: string | null;
  readonly contractId: string | null;
  readonly state: OfferState;
  readonly offeredOn: string;
  readonly answeredOn: string | null;
  readonly version: number;
}

export const engagementRows = caseBoundRows<ServiceEngagementRow>({
  table: 'service_engagements', alias: 'g', units: ['unit_id'], sort: [{ column: 'g.offered_on', descending: true }, { column: 'g.id' }],
  columns: `g.id, g.case_id AS caseId, g.unit_id AS unitId, g.kind, g.participant_id AS participantId, g.contract_id AS contractId, g.state, g.offered_on AS offeredOn,
    g.answered_on AS answeredOn, g.version`,
});

export interface EngagementListArgs extends PageArgs {
  readonly filter?: ServiceEngagementFilter | null | undefined;
}

export const listEngagements = (sql: Sql, viewer: Viewer, { filter, ...args }: EngagementListArgs): Promise<Connection<ServiceEngagementRow>> =>
  engagementRows.list(sql, viewer, { wanted: [['g.case_id', filter?.caseId], ['g.unit_id', filter?.unitId], ['g.kind', filter?.roles], ['g.state', filter?.state]], args });

/** A contract of the unit, or of one above it, that is in force on the day. */
export const contractInForce = async (tx: Sql, { contractId, unitId, on }: { contractId: string; unitId: string; on: string }): Promise<boolean> =>
  (await select(
    tx,
    `SELECT 1 FROM service_contracts k JOIN unit_closure c ON c.ancestor_id = k.unit_id WHERE k.id = ? AND c.descendant_id = ? AND k.state = 'IN_FORCE' AND k.from_on <= ? AND k.to_on >= ?`,
    [contractId, unitId, on, on],
  )).length > 0;
