import { join } from 'node:path';
import { kindFields, openKindBook } from '@anjie/service-kit/kinds';
import { z } from 'zod';

const LEVELS = ['PROVINCE', 'CITY', 'COUNTY', 'TOWNSHIP'] as const;
const shipped = (name: string): string => join(__dirname, '../kinds', `${name}.yaml`);
const no = z.boolean().default(false);

const activity = z.strictObject({ ...kindFields, isReception: no, needsCase: no, needsOutcome: no, mayPublish: no, offersContact: no });
export type ActivityKind = z.infer<typeof activity>;

const appointment = z.strictObject({
  ...kindFields, bound: z.enum(['UNIT', 'CASE', 'CAMPAIGN']), isExclusive: no, needsSlot: no, needsQualification: no, isWindow: no, isUnbroken: no,
  callInMinutes: z.number().int().min(1).max(1_440).nullable().default(null),
  line: z.enum(['LEADERSHIP', 'TERRITORY', 'DEPARTMENT']).nullable().default(null),
  level: z.enum(['COUNTY', 'TOWNSHIP', 'VILLAGE']).nullable().default(null),
});
export type AppointmentKind = z.infer<typeof appointment>;

export const EVIDENCE_KINDS = ['ACTIVITY', 'DOCUMENT', 'DECISION', 'LETTER', 'OFFER'] as const;
const sponsorDuty = z.strictObject({
  ...kindFields, evidence: z.array(z.enum(EVIDENCE_KINDS)).min(1), dueDays: z.number().int().min(1).max(730), isVoluntary: no, isSupportContact: no,
});
export type SponsorDutyKind = z.infer<typeof sponsorDuty>;

const sponsorshipRule = z.strictObject({
  ...kindFields, divisionCode: z.string().regex(/^[1-9]\d{5}(\d{3}(\d{3})?)?$/).nullable().default(null), leastLevel: z.enum(LEVELS), leastLevelIfHard: z.enum(LEVELS),
  untilClosed: z.boolean().default(true), mostCases: z.number().int().min(1).max(1_000),
});
export type SponsorshipRuleKind = z.infer<typeof sponsorshipRule>;

/** Every book of kinds of this service; `folder` holds those that a locality adds. @throws Error naming file and row of everything wrong */
export const openKinds = (folder?: string) => ({
  activities: openKindBook({ service: 'officials', name: 'activities', shipped: shipped('activities'), schema: activity }, folder),
  appointments: openKindBook({ service: 'officials', name: 'appointments', shipped: shipped('appointments'), schema: appointment }, folder),
  sponsorDuties: openKindBook({ service: 'officials', name: 'sponsor-duties', shipped: shipped('sponsor-duties'), schema: sponsorDuty }, folder),
  sponsorshipRules: openKindBook({ service: 'officials', name: 'sponsorship-rules', shipped: shipped('sponsorship-rules'), schema: sponsorshipRule }, folder),
});
export type Kinds = ReturnType<typeof openKinds>;
