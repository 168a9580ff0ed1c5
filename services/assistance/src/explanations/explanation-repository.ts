import type { Viewer } from '@anjie/access';
import type { Sql } from '@anjie/service-kit/database';
import type { Connection, PageArgs } from '@anjie/service-kit/subgraph';
import { caseBoundRows } from '../cases/case-bound-repository';
import type { ExplanationPlace, ExplanationSessionFilter } from '../generated/graphql';
import type { ExplanationState } from '../rules/offer-lifecycle';

export interface ExplanationRow {
  readonly id: string;
  readonly caseId: string;
  readonly unitId: string;
  readonly officialId: string;
  readonly kind: string;
  readonly topic: string;
  readonly state: ExplanationState;
  readonly offeredOn: string;
  readonly answeredOn: string | null;
  readonly place: ExplanationPlace | null;
  readonly heldOn: string | null;
  readonly explained: string | null;
  /** Titles, one a line. */
  readonly documents: string | null;
  readonly version: number;
}

export const explanationRows = caseBoundRows<ExplanationRow>({
  table: 'explanation_sessions', alias: 'x', units: ['unit_id'], officials: ['official_id'], sort: [{ column: 'x.offered_on', descending: true }, { column: 'x.id' }],
  columns: `x.id, x.case_id AS caseId, x.unit_id AS unitId, x.official_id AS officialId, x.kind, x.topic, x.state, x.offered_on AS offeredOn, x.answered_on AS answeredOn, x.place,
    x.held_on AS heldOn, x.explained, x.documents, x.version`,
});

export interface ExplanationListArgs extends PageArgs {
  readonly filter?: ExplanationSessionFilter | null | undefined;
}

export const listExplanations = (sql: Sql, viewer: Viewer, { filter, ...args }: ExplanationListArgs): Promise<Connection<ExplanationRow>> =>
  explanationRows.list(sql, viewer, {
    wanted: [['x.case_id', filter?.caseId], ['x.unit_id', filter?.unitId], ['x.official_id', filter?.officialId], ['x.kind', filter?.kinds], ['x.state', filter?.state]], args,
  });
