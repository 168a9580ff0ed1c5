import type { Calendar } from '@anjie/calendar';
import { ObligationDeclared, type PayloadOf } from '@anjie/contracts';
import { dueFor, basisOf, selectRule, type TimeLimitRule } from '@anjie/rulebook';
import { idFromName, type Sql } from '@anjie/service-kit/database';
import type { Outbox } from '@anjie/service-kit/messaging';

export interface Duty {
  readonly code: 'T2' | 'CAMPAIGN_LIMIT';
  readonly caseId: string;
  readonly divisionCode: string;
  readonly obligorUnitId: string;
  readonly startOn: string;
  /** For a typed limit: the date that was given. */
  readonly assignedOn?: string;
  readonly state: 'OPEN' | 'MET' | 'CANCELLED';
  readonly metOn: string | null;
  /** Orders the declarations of one duty. */
  readonly version: number;
}

/**
 * Duties of a case as events. A year whose holidays are not published makes the date provisional and says so: a
 * registration must never wait for a calendar. A day that no rule covers (before the rule's time) starts no clock.
 */
export function createObligations({ rules, calendar, outbox }: { rules: readonly TimeLimitRule[]; calendar: Calendar; outbox: Outbox }) {
  const payloadOf = (duty: Duty): PayloadOf<typeof ObligationDeclared> | undefined => {
    const rule = selectRule(rules, { code: duty.code, jurisdictionCode: duty.divisionCode, on: duty.startOn });
    if (!rule) return undefined;
    const due = dueFor({ rule, startOn: duty.startOn, calendar, unpublishedYears: 'PROVISIONAL', ...(duty.assignedOn ? { assignedOn: duty.assignedOn } : {}) });
    if (due.kind === 'REFUSED') return undefined;
    return {
      obligationId: obligationId(duty), caseId: duty.caseId, dutyCode: duty.code, state: duty.state, obligorUnitId: duty.obligorUnitId,
      obligorOfficialId: null, subject: { type: 'Case', id: duty.caseId }, startOn: due.startOn, dueRaw: due.dueRaw, dueOn: due.dueEffective,
      isProvisional: due.provisional, ruleCode: due.ruleCode, ruleVersion: due.ruleVersion, calendarVersion: due.calendarVersion,
      jurisdictionCode: duty.divisionCode, basis: basisOf(rule), metOn: duty.metOn,
    };
  };
  return {
    async declare(tx: Sql, duties: readonly Duty[], requestId: string): Promise<void> {
      const told = duties.flatMap((duty) => {
        const payload = payloadOf(duty);
        return payload ? [{ aggregateId: payload.obligationId, version: duty.version, payload, requestId }] : [];
      });
      await outbox.announceAll(tx, ObligationDeclared, told);
    },
  };
}
export type Obligations = ReturnType<typeof createObligations>;

/** One duty of a kind per case. A new limit is a newer version of the same duty. */
const obligationId = (duty: Duty): string => idFromName('obligation', `${duty.caseId}:${duty.code}`);
