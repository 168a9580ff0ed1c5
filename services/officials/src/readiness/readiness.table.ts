import { EntitySchema } from 'typeorm';
import { ascii, day, flag, id, optionalDay } from '../directory/columns';

export const caseCrewTable = new EntitySchema({
  name: 'CaseCrew', tableName: 'case_crews',
  columns: { case_id: id, version: { type: 'bigint' } },
});

/** One row per case that this service has heard of; the row is also the lock of everything that is counted about the case. */
export const caseReadinessTable = new EntitySchema({
  name: 'CaseReadiness', tableName: 'case_readiness',
  columns: { case_id: id, known_on: day, is_sponsored: flag, is_complete: flag, computed_at: { type: 'datetime', precision: 3 } },
});

/** What was added to the figures for a case, so that it can be taken back exactly. */
export const countedFigureTable = new EntitySchema({
  name: 'CountedFigure', tableName: 'counted_figures',
  columns: { case_id: id, campaign_id: id, figure: { ...ascii(48), primary: true }, division_code: ascii(12), on_date: day, left_on: optionalDay },
});
