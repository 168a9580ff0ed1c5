import { select, type Sql } from '@anjie/service-kit/database';
import type { CaseStatus } from '../rules/life';
import { DUTY_WORDS, RIGHT_WORDS, STEP_WORDS } from '../rules/matter-words';
import type { Purpose, Route } from '../rules/routes';
import type { Admitted } from './admission';

/** What stands behind `MyMatter`: read for a petitioner who was let in, so no viewer's scope applies, and only what has public words is read. */
export interface MatterRow {
  readonly number: string;
  readonly title: string;
  readonly status: CaseStatus;
  readonly purpose: Purpose;
  readonly route: Route | null;
  readonly registeredOn: string;
  readonly unit: string | null;
}

export const matterRow = async (sql: Sql, { petitionId }: Admitted): Promise<MatterRow | undefined> =>
  (await select<MatterRow>(
    sql,
    `SELECT c.number, p.title, c.status, c.purpose, c.route, p.registered_on AS registeredOn, u.name AS unit
       FROM petitions p JOIN cases c ON c.id = p.case_id LEFT JOIN known_units u ON u.id = COALESCE(c.lead_unit_id, c.registered_unit_id) WHERE p.id = ?`,
    [petitionId],
  ))[0];

export interface StepRow {
  readonly on: string;
  readonly action: string;
  readonly unit: string | null;
}

/** Public steps in their order, each with the unit that was responsible after it; of a review the organ that acted. Papers between offices are left out. */
export const stepRows = (sql: Sql, { caseId }: Admitted): Promise<StepRow[]> =>
  select<StepRow>(
    sql,
    `SELECT e.occurred_on AS \`on\`, e.action, u.name AS unit FROM case_events e JOIN cases c ON c.id = e.case_id
       LEFT JOIN documents d ON d.id = e.document_id
       LEFT JOIN known_units u ON u.id = IF(e.action LIKE '%REVIEW\\_OPINION\\_GIVEN' OR e.action LIKE '%REVIEW\\_REQUESTED',
         COALESCE(d.issuer_unit_id, e.actor_unit_id), COALESCE(e.lead_unit_id, c.registered_unit_id))
      WHERE e.case_id = ? AND e.action IN (?) AND (e.action <> 'DELIVERED' OR d.addressee = 'PETITIONER') ORDER BY e.seq`,
    [caseId, Object.keys(STEP_WORDS)],
  );

export interface MatterClock {
  readonly code: string;
  readonly unit: string | null;
  readonly dueRaw: string;
  readonly dueOn: string;
  readonly state: 'OPEN' | 'MET' | 'LAPSED';
  readonly endedOn: string | null;
  readonly basis: string;
}

/** Duties towards the petitioner and the petitioner's own rights; what fell away is left out. */
export const matterClocks = (sql: Sql, { caseId }: Admitted): Promise<MatterClock[]> =>
  select<MatterClock>(
    sql,
    `SELECT k.code, u.name AS unit, k.due_raw AS dueRaw, k.due_on AS dueOn, k.state, k.ended_on AS endedOn, k.basis
       FROM case_clocks k LEFT JOIN known_units u ON u.id = k.obligor_unit_id
      WHERE k.case_id = ? AND k.code IN (?) AND k.state <> 'CANCELLED' AND k.nature <> 'UNIT_RIGHT' ORDER BY k.start_on, k.code, k.id`,
    [caseId, [...Object.keys(DUTY_WORDS), ...Object.keys(RIGHT_WORDS)]],
  );

export interface PaperRow {
  readonly kind: string;
  readonly number: string;
  readonly issuer: string | null;
  readonly issuedOn: string;
  readonly deliveredOn: string | null;
}

/** Papers to the petitioner with the day on which their delivery was proved. */
export const paperRows = (sql: Sql, { caseId }: Admitted): Promise<PaperRow[]> =>
  select<PaperRow>(
    sql,
    `SELECT d.kind, d.number, u.name AS issuer, d.issued_on AS issuedOn, v.received_on AS deliveredOn FROM documents d
       LEFT JOIN known_units u ON u.id = d.issuer_unit_id LEFT JOIN deliveries v ON v.proved_document_id = d.id
      WHERE d.case_id = ? AND d.addressee = 'PETITIONER' ORDER BY d.issued_on, d.id`,
    [caseId],
  );
