import { inOwnUnits, type Viewer } from '@anjie/access';
import { insertRows, selectIn, write, type Row, type Sql } from '@anjie/service-kit/database';
import type { Connection, PageArgs, SqlPart } from '@anjie/service-kit/subgraph';
import { caseBoundRows } from '../cases/case-bound-repository';
import type { HearingFilter, HearingOpinion, HearingSuggestion } from '../generated/graphql';
import type { HearingState } from '../rules/hearing-lifecycle';

export interface HearingRow {
  readonly id: string;
  readonly caseId: string;
  readonly kind: string;
  readonly unitId: string;
  readonly triggerCode: string | null;
  /** tinyint: 0 or 1 */
  readonly isRequested: boolean;
  readonly subject: string;
  readonly state: HearingState;
  readonly openedOn: string;
  readonly answeredOn: string | null;
  readonly refusalReason: string | null;
  readonly noticedOn: string | null;
  readonly scheduledOn: string | null;
  readonly place: string | null;
  readonly isPublic: boolean | null;
  readonly heldOn: string | null;
  readonly endedOn: string | null;
  readonly concludedOn: string | null;
  readonly opinion: HearingOpinion | null;
  readonly suggestion: HearingSuggestion | null;
  readonly opinionText: string | null;
  readonly minutesRef: string | null;
  readonly callOffReason: string | null;
  readonly version: number;
}

/** The units that were invited, and the officials on the panel: they hear it and give its opinion. */
function ofInvited(viewer: Viewer): SqlPart {
  const own = inOwnUnits(viewer, 'hu.unit_id');
  return {
    sql: `EXISTS (SELECT 1 FROM hearing_units hu WHERE hu.hearing_id = h.id AND ${own.sql}) OR EXISTS (SELECT 1 FROM hearing_panels hp WHERE hp.hearing_id = h.id AND hp.official_id = ?)`,
    params: [...own.params, viewer.subject],
  };
}

export const hearingRows = caseBoundRows<HearingRow>({
  table: 'hearings', alias: 'h', units: ['unit_id'], also: ofInvited, sort: [{ column: 'h.opened_on', descending: true }, { column: 'h.id' }],
  columns: `h.id, h.case_id AS caseId, h.kind, h.unit_id AS unitId, h.trigger_code AS triggerCode, h.is_requested AS isRequested, h.subject, h.state, h.opened_on AS openedOn,
    h.answered_on AS answeredOn, h.refusal_reason AS refusalReason, h.noticed_on AS noticedOn, h.scheduled_on AS scheduledOn, h.place, h.is_public AS isPublic,
    h.held_on AS heldOn, h.ended_on AS endedOn, h.concluded_on AS concludedOn, h.opinion, h.suggestion, h.opinion_text AS opinionText, h.minutes_ref AS minutesRef,
    h.call_off_reason AS callOffReason, h.version`,
});

export interface HearingListArgs extends PageArgs {
  readonly filter?: HearingFilter | null | undefined;
}

export const listHearings = (sql: Sql, viewer: Viewer, { filter, ...args }: HearingListArgs): Promise<Connection<HearingRow>> =>
  hearingRows.list(sql, viewer, { wanted: [['h.case_id', filter?.caseId], ['h.unit_id', filter?.unitId], ['h.kind', filter?.kinds], ['h.state', filter?.state]], args });

export interface PanelRow {
  readonly hearingId: string;
  readonly seq: number;
  /** tinyint: 0 or 1 */
  readonly isChair: boolean;
  readonly officialId: string | null;
  readonly expertId: string | null;
  readonly participantId: string | null;
}

/** The panels of hearings that the caller has seen, the chair first. */
export const panelsOfHearings = (sql: Sql, ids: readonly string[]): Promise<PanelRow[]> =>
  selectIn<PanelRow>(
    sql,
    `SELECT hearing_id AS hearingId, seq, is_chair AS isChair, official_id AS officialId, expert_id AS expertId, participant_id AS participantId
       FROM hearing_panels WHERE hearing_id IN (?) ORDER BY hearing_id, is_chair DESC, seq`,
    ids,
  );

export interface InterestedUnitRow {
  readonly hearingId: string;
  readonly id: string;
}
export const unitsOfHearings = (sql: Sql, ids: readonly string[]): Promise<InterestedUnitRow[]> =>
  selectIn<InterestedUnitRow>(sql, 'SELECT hearing_id AS hearingId, unit_id AS id FROM hearing_units WHERE hearing_id IN (?) ORDER BY hearing_id, unit_id', ids);

/** A new notice names panel and units anew. */
export async function putPanel(tx: Sql, hearingId: string, { seats, unitIds }: { seats: readonly Row[]; unitIds: readonly string[] }): Promise<void> {
  await write(tx, 'DELETE FROM hearing_panels WHERE hearing_id = ?', [hearingId]);
  await write(tx, 'DELETE FROM hearing_units WHERE hearing_id = ?', [hearingId]);
  await insertRows(tx, 'hearing_panels', seats.map((seat, i) => ({ hearing_id: hearingId, seq: i + 1, ...seat })));
  await insertRows(tx, 'hearing_units', unitIds.map((unitId) => ({ hearing_id: hearingId, unit_id: unitId })));
}
