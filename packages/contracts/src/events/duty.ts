import { z } from 'zod';
import { DIVISION_CODE } from '../divisions';
import { defineEvent } from './define';

const day = z.iso.date();

/**
 * 办理义务 as the service in which the act happened declares it. The due date was computed there, because letters
 * print it; supervision keeps Obligation, Deadline and Reminder rows from it. The obligor is a unit or an official.
 * A decision or a suggestion may bind a unit without any case; then it may name the campaign that it is owed for.
 */
export const ObligationDeclared = defineEvent({
  name: 'obligation-declared',
  schemaVersion: 2,
  ordering: 'SNAPSHOT',
  payload: z.object({
    obligationId: z.uuid(),
    caseId: z.uuid().nullable(),
    /** Only without a case: whose figures count it, in the division of `jurisdictionCode`. A message of before version 2 names none. */
    campaignId: z.uuid().nullish(),
    dutyCode: z.string(),
    state: z.enum(['OPEN', 'MET', 'CANCELLED']),
    obligorUnitId: z.uuid().nullable(),
    obligorOfficialId: z.uuid().nullable(),
    subject: z.object({ type: z.string(), id: z.uuid() }),
    startOn: day,
    dueRaw: day,
    dueOn: day,
    isProvisional: z.boolean(),
    ruleCode: z.string(),
    ruleVersion: z.string(),
    calendarVersion: z.string(),
    jurisdictionCode: z.string().regex(DIVISION_CODE),
    basis: z.string(),
    metOn: day.nullable(),
  }),
});

/** 转办 sent by a unit; assistance delivers it to the other department's side. */
export const ReferralSent = defineEvent({
  name: 'referral-sent',
  schemaVersion: 1,
  ordering: 'ONCE',
  payload: z.object({ referralId: z.uuid() }),
});

/** Where a referral stands; cases lets the receiving unit see the case while it is open. */
export const ReferralMoved = defineEvent({
  name: 'referral-moved',
  schemaVersion: 1,
  ordering: 'SNAPSHOT',
  payload: z.object({
    referralId: z.uuid(),
    caseId: z.uuid(),
    fromUnitId: z.uuid(),
    toUnitId: z.uuid(),
    state: z.string(),
    isDelivered: z.boolean(),
  }),
});

/** 转办争议: sender and receiver do not agree whose the work is, and the time for agreeing is over. Aggregate: the referral. */
export const ReferralDisputed = defineEvent({
  name: 'referral-disputed',
  schemaVersion: 1,
  ordering: 'SNAPSHOT',
  payload: z.object({
    referralId: z.uuid(),
    caseId: z.uuid(),
    fromUnitId: z.uuid(),
    toUnitId: z.uuid(),
    state: z.enum(['OPEN', 'SETTLED']),
    disputedOn: day,
    settledOn: day.nullable(),
  }),
});
