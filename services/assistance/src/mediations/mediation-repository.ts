import { inOwnUnits, type Viewer } from '@anjie/access';
import { insertRows, selectIn, type Row, type Sql } from '@anjie/service-kit/database';
import type { Connection, PageArgs, SqlPart } from '@anjie/service-kit/subgraph';
import { caseBoundRows } from '../cases/case-bound-repository';
import type { MediationFilter } from '../generated/graphql';
import type { MediationSide, MediationState, SideAnswer } from '../rules/mediation-lifecycle';

export interface MediationRow {
  readonly id: string;
  readonly caseId: string;
  readonly kind: string;
  readonly unitId: string;
  readonly respondentUnitId: string | null;
  readonly mediatorUnitId: string | null;
  readonly mediatorOfficialId: string | null;
  readonly mediatorParticipantId: string | null;
  readonly dispute: string;
  readonly state: MediationState;
  readonly proposedOn: string;
  readonly petitionerAnswer: SideAnswer;
  readonly petitionerAnsweredOn: string | null;
  readonly respondentAnswer: SideAnswer;
  readonly respondentAnsweredOn: string | null;
  readonly toldFreeOn: string | null;
  readonly startedOn: string | null;
  readonly endedOn: string | null;
  readonly stoppedBy: MediationSide | null;
  readonly agreementRef: string | null;
  readonly effectiveOn: string | null;
  readonly confirmBy: string | null;
  readonly confirmationAppliedOn: string | null;
  readonly confirmedOn: string | null;
  readonly confirmationRef: string | null;
  readonly version: number;
}

/** Whoever brings the sides together, the unit on the other side, and whoever mediates. */
const SIDES = ['unit_id', 'respondent_unit_id', 'mediator_unit_id'] as const;

export const mediationRows = caseBoundRows<MediationRow>({
  table: 'mediations', alias: 'm', units: SIDES, officials: ['mediator_official_id'], sort: [{ column: 'm.proposed_on', descending: true }, { column: 'm.id' }],
  columns: `m.id, m.case_id AS caseId, m.kind, m.unit_id AS unitId, m.respondent_unit_id AS respondentUnitId, m.mediator_unit_id AS mediatorUnitId,
    m.mediator_official_id AS mediatorOfficialId, m.mediator_participant_id AS mediatorParticipantId, m.dispute, m.state, m.proposed_on AS proposedOn,
    m.petitioner_answer AS petitionerAnswer, m.petitioner_answered_on AS petitionerAnsweredOn, m.respondent_answer AS respondentAnswer,
    m.respondent_answered_on AS respondentAnsweredOn, m.told_free_on AS toldFreeOn, m.started_on AS startedOn, m.ended_on AS endedOn, m.stopped_by AS stoppedBy,
    m.agreement_ref AS agreementRef, m.effective_on AS effectiveOn, m.confirm_by AS confirmBy, m.confirmation_applied_on AS confirmationAppliedOn,
    m.confirmed_on AS confirmedOn, m.confirmation_ref AS confirmationRef, m.version`,
});

export interface MediationListArgs extends PageArgs {
  readonly filter?: MediationFilter | null | undefined;
}

export const listMediations = (sql: Sql, viewer: Viewer, { filter, ...args }: MediationListArgs): Promise<Connection<MediationRow>> =>
  mediationRows.list(sql, viewer, {
    wanted: [['m.case_id', filter?.caseId], ['m.unit_id', filter?.unitId], ['m.respondent_unit_id', filter?.respondentUnitId], ['m.kind', filter?.kinds], ['m.state', filter?.state]], args,
  });

export interface AgreementItemRow {
  readonly id: string;
  readonly mediationId: string;
  readonly caseId: string;
  readonly seq: number;
  readonly obligorUnitId: string | null;
  readonly obligorOfficialId: string | null;
  readonly promise: string;
  readonly dueOn: string;
  readonly doneOn: string | null;
  readonly evidenceRef: string | null;
  readonly version: number;
}

/** Whoever sees a mediation sees what was promised in it. */
function ofMediation(viewer: Viewer): SqlPart {
  const sides = [...SIDES.map((unit) => inOwnUnits(viewer, `md.${unit}`)), { sql: 'md.mediator_official_id = ?', params: [viewer.subject] }];
  return { sql: `EXISTS (SELECT 1 FROM mediations md WHERE md.id = i.mediation_id AND (${sides.map(({ sql }) => `(${sql})`).join(' OR ')}))`, params: sides.flatMap(({ params }) => params) };
}

/** Items are seen as their mediation is, and by whoever owes them. */
export const agreementItemRows = caseBoundRows<AgreementItemRow>({
  table: 'agreement_items', alias: 'i', units: ['obligor_unit_id'], officials: ['obligor_official_id'], also: ofMediation, sort: [{ column: 'i.due_on' }, { column: 'i.id' }],
  columns: `i.id, i.mediation_id AS mediationId, i.case_id AS caseId, i.seq, i.obligor_unit_id AS obligorUnitId, i.obligor_official_id AS obligorOfficialId, i.promise,
    i.due_on AS dueOn, i.done_on AS doneOn, i.evidence_ref AS evidenceRef, i.version`,
});

/** The items of mediations that the caller has seen. */
export const itemsOfMediations = (sql: Sql, ids: readonly string[]): Promise<AgreementItemRow[]> =>
  selectIn<AgreementItemRow>(
    sql,
    `SELECT id, mediation_id AS mediationId, case_id AS caseId, seq, obligor_unit_id AS obligorUnitId, obligor_official_id AS obligorOfficialId, promise, due_on AS dueOn,
       done_on AS doneOn, evidence_ref AS evidenceRef, version FROM agreement_items WHERE mediation_id IN (?) ORDER BY mediation_id, seq`,
    ids,
  );

export const addAgreementItems = (tx: Sql, rows: readonly Row[]): Promise<void> => insertRows(tx, 'agreement_items', rows);

/** Case and day of effect of a mediation that the caller may change. */
export const agreementCase = (tx: Sql, mediationId: string): Promise<{ readonly caseId: string; readonly effectiveOn: string | null }[]> =>
  selectIn(tx, 'SELECT case_id AS caseId, effective_on AS effectiveOn FROM mediations WHERE id IN (?)', [mediationId]);
