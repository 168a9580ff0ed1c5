import { z } from 'zod';
import { DIVISION_CODE } from '../divisions';
import { PARTY_ROLES } from '../roles';
import { defineEvent } from './define';

const day = z.iso.date();
const party = z.object({
  kind: z.enum(['UNIT', 'OFFICIAL']),
  id: z.uuid(),
  role: z.enum(PARTY_ROLES),
});

/** Who may see a case, where it lies and which ledgers count it: what every other service keeps a copy of. */
export const CaseScopeChanged = defineEvent({
  name: 'case-scope-changed',
  schemaVersion: 3,
  ordering: 'SNAPSHOT',
  payload: z.object({
    caseId: z.uuid(),
    divisionCode: z.string().regex(DIVISION_CODE),
    status: z.string(),
    leadUnitId: z.uuid().nullable(),
    leadSince: day.nullable(),
    planSince: day.nullable(),
    closedOn: day.nullable(),
    /** 检举控告件 in the sealed lane. A message of before there was one says nothing, and means none. */
    isSealed: z.boolean().default(false),
    /** 疑难: a mark of difficulty stands. A message of before says nothing, and means none. */
    isHard: z.boolean().optional(),
    /** The limit that was named at the assignment (专项工作限期). */
    limitOn: day.nullish(),
    /** The day of the plan that is in force; `planSince` is that of the first. */
    planOn: day.nullish(),
    parties: z.array(party),
    /** `since`: whoever held a post in the unit on this day or later is kept out too; without it, whoever ever held one. */
    excluded: z.array(z.object({ kind: z.enum(['UNIT', 'OFFICIAL']), id: z.uuid(), since: day.nullish() })),
    /** Each ledger that counts the case, its parent campaigns included, with the county it is counted in. */
    ledgers: z.array(
      z.object({
        campaignId: z.uuid(), divisionCode: z.string().regex(DIVISION_CODE), enteredOn: day, removedOn: day.nullable(),
        /** The first day from which the ledger counted it as resolved, also when it was imported so. A message of before says nothing, and means never. */
        recognisedOn: day.nullish(),
      }),
    ),
  }),
});

/** 包案领导 named in an imported ledger; officials turns it into a sponsorship. */
export const SponsorNamed = defineEvent({
  name: 'sponsor-named',
  schemaVersion: 1,
  ordering: 'ONCE',
  payload: z.object({ caseId: z.uuid(), officialId: z.uuid(), on: day }),
});

/** The officials who sponsor a case or sit in its task force, as officials sees it now. */
export const CaseCrewChanged = defineEvent({
  name: 'case-crew-changed',
  schemaVersion: 1,
  ordering: 'SNAPSHOT',
  payload: z.object({
    caseId: z.uuid(),
    sponsorIds: z.array(z.uuid()),
    taskForceIds: z.array(z.uuid()),
  }),
});
