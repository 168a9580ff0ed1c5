import { CaseScopeChanged } from '@anjie/contracts';
import { selectIn, type Sql } from '@anjie/service-kit/database';
import { putCaseScopes } from '@anjie/service-kit/facts';
import type { Outbox } from '@anjie/service-kit/messaging';
import { groupBy } from '@anjie/service-kit/runtime';
import { scopeOf } from '../rules/scope';

interface CaseFacts {
  readonly id: string;
  readonly divisionCode: string;
  readonly status: string;
  readonly registeredOn: string;
  readonly registeredUnitId: string | null;
  readonly leadUnitId: string | null;
  readonly leadSince: string | null;
  readonly planSince: string | null;
  readonly isSealed: number;
  readonly isHard: number;
  readonly limitOn: string | null;
  readonly planOn: string | null;
  readonly closedOn: string | null;
}
interface Part {
  readonly caseId: string;
  readonly id: string;
  readonly role: string;
}
interface LedgerFact {
  readonly caseId: string;
  readonly campaignId: string;
  readonly divisionCode: string;
  readonly enteredOn: string;
  readonly removedOn: string | null;
  readonly recognisedOn: string | null;
}

/**
 * Rebuilds who may see these cases and where they count, writes it here and tells the others. Every change that
 * touches the scope bumps the case's version first; the version orders the snapshots. A fixed number of statements.
 */
export async function publishScopes(tx: Sql, outbox: Outbox, { caseIds, requestId }: { caseIds: readonly string[]; requestId: string }): Promise<void> {
  const cases = await selectIn<CaseFacts>(
    tx,
    `SELECT id, division_code AS divisionCode, status, registered_on AS registeredOn, registered_unit_id AS registeredUnitId, lead_unit_id AS leadUnitId,
            lead_since AS leadSince, plan_since AS planSince, closed_on AS closedOn, is_sealed AS isSealed, limit_on AS limitOn,
            EXISTS (SELECT 1 FROM case_marks m WHERE m.active_case_id = cases.id AND m.kind = 'DIFFICULTY') AS isHard,
            (SELECT p.made_on FROM resolution_plans p WHERE p.active_case_id = cases.id) AS planOn FROM cases WHERE id IN (?)`,
    caseIds,
  );
  const known = new Map((await selectIn<{ id: string; version: string }>(tx, 'SELECT case_id AS id, version FROM case_scopes WHERE case_id IN (?)', caseIds))
    .map((row) => [row.id, Number(row.version)]));
  const parts = groupBy(await partsOf(tx, caseIds), (part) => part.caseId);
  const ledgers = groupBy(await ledgersOfCases(tx, caseIds), (ledger) => ledger.caseId);
  const exclusions = groupBy(await exclusionsOf(tx, caseIds), (party) => party.caseId);
  const versions = cases.map((row) => {
    const idsOf = (role: string) => (parts.get(row.id) ?? []).filter((part) => part.role === role).map((part) => part.id);
    const scope = scopeOf({
      ...row, caseId: row.id, isSealed: Boolean(row.isSealed), isHard: Boolean(Number(row.isHard)), supportUnitIds: idsOf('SUPPORT'), referredUnitIds: idsOf('REFERRED'), reviewerUnitIds: idsOf('REVIEWER'), sponsorIds: idsOf('SPONSOR'), taskForceIds: idsOf('TASK_FORCE'),
      guideUnitIds: idsOf('GUIDE'), assistUnitIds: idsOf('ASSIST'), cooperateUnitIds: idsOf('COOPERATE'),
      ledgers: (ledgers.get(row.id) ?? []).map(({ caseId: _case, ...ledger }) => ledger),
      excluded: (exclusions.get(row.id) ?? []).map(({ kind, id }) => ({ kind, id, since: row.registeredOn })),
    });
    return { scope, version: (known.get(row.id) ?? 0) + 1 };
  });
  await putCaseScopes(tx, versions);
  await outbox.announceAll(tx, CaseScopeChanged, versions.map(({ scope, version }) => ({ aggregateId: scope.caseId, version, payload: scope, requestId })));
}

const partsOf = (tx: Sql, caseIds: readonly string[]): Promise<Part[]> =>
  selectIn<Part>(
    tx,
    `SELECT a.case_id AS caseId, s.unit_id AS id, 'SUPPORT' AS role FROM assignments a JOIN assignment_supports s ON s.assignment_id = a.id WHERE a.active_case_id IN (?)
     UNION ALL SELECT case_id, to_unit_id, 'REFERRED' FROM case_referrals WHERE is_seen = 1 AND case_id IN (?)
     UNION ALL SELECT case_id, official_id, role FROM case_crew_members WHERE case_id IN (?)
     UNION ALL SELECT DISTINCT case_id, organ_unit_id, 'REVIEWER' FROM reviews WHERE case_id IN (?)
     UNION ALL SELECT active_case_id, guide_unit_id, 'GUIDE' FROM assignments WHERE guide_unit_id IS NOT NULL AND active_case_id IN (?)
     UNION ALL SELECT active_case_id, unit_id, role FROM case_responsibilities WHERE role IN ('ASSIST', 'COOPERATE') AND active_case_id IN (?)`,
    caseIds,
    [caseIds, caseIds, caseIds, caseIds, caseIds],
  );

interface Exclusion {
  readonly caseId: string;
  readonly kind: 'UNIT' | 'OFFICIAL';
  readonly id: string;
}
/** 《信访工作条例》第三十条第三款: exclusions stand nowhere else, so a rebuilt scope must carry them on. */
const exclusionsOf = (tx: Sql, caseIds: readonly string[]): Promise<Exclusion[]> =>
  selectIn<Exclusion>(tx, 'SELECT case_id AS caseId, party_kind AS kind, party_id AS id FROM case_exclusions WHERE case_id IN (?) ORDER BY case_id, party_id', caseIds);

/** A campaign stops counting a case as its own work when the last entry at or below it is struck off (销号). */
const ledgersOfCases = (tx: Sql, caseIds: readonly string[]): Promise<LedgerFact[]> =>
  selectIn<LedgerFact>(
    tx,
    `SELECT l.case_id AS caseId, a.ancestor_id AS campaignId, l.division_code AS divisionCode, MIN(l.entered_on) AS enteredOn,
            IF(COUNT(*) = COUNT(l.struck_off_on), MAX(l.struck_off_on), NULL) AS removedOn,
            MIN((SELECT MIN(e.on_date) FROM ledger_events e WHERE e.entry_id = l.id AND e.kind = 'RESOLVED')) AS recognisedOn
       FROM ledger_entries l JOIN campaign_ancestors a ON a.campaign_id = l.campaign_id WHERE l.case_id IN (?)
      GROUP BY l.case_id, a.ancestor_id, l.division_code`,
    caseIds,
  );
