import { join } from 'node:path';
import { kindFields, openKindBook } from '@anjie/service-kit/kinds';
import { z } from 'zod';

const shipped = (name: string): string => join(__dirname, `../kinds/${name}.yaml`);
const code = z.string().regex(/^[A-Z][A-Z0-9_]*$/);
const days = z.number().int().min(1).max(366);

const relief = z.object({
  ...kindFields, hasAmount: z.boolean(), isOfferOnly: z.boolean(), decidingUnitKinds: z.array(code), decideWithinDays: days.nullable(),
  decideDaysUnit: z.enum(['CALENDAR_DAY', 'WORKING_DAY']), decideBasis: z.string().max(200).nullable(), needsPublicity: z.boolean(),
}).strict()
  .refine((kind) => !kind.isOfferOnly || (!kind.hasAmount && kind.decideWithinDays === null), { path: ['isOfferOnly'], error: 'what is only offered has no amount and no decision' })
  .refine((kind) => (kind.decideWithinDays === null) === (kind.decideBasis === null), { path: ['decideBasis'], error: 'goes with decideWithinDays and only with it' });
export type ReliefKind = z.infer<typeof relief>;

const mediation = z.object({
  ...kindFields, mediatorFrom: z.array(z.enum(['UNIT', 'OFFICIAL', 'DIRECTORY'])).min(1), needsBothConsents: z.boolean(), mayConfirmInCourt: z.boolean(),
  confirmWithinDays: days.nullable(), isPostFinal: z.boolean(),
}).strict()
  .refine((kind) => kind.mayConfirmInCourt === (kind.confirmWithinDays !== null), { path: ['confirmWithinDays'], error: 'goes with mayConfirmInCourt and only with it' });
export type MediationKind = z.infer<typeof mediation>;

const hearing = z.object({
  ...kindFields, triggers: z.array(z.object({ code, zh: z.string().min(1).max(60), en: z.string().min(1).max(120) }).strict()), noticeDays: z.number().int().min(0).max(60),
  panelMin: z.number().int().min(1).max(15), isPublicByDefault: z.boolean(), needsApplicationOrConsent: z.boolean(), excludesReviewClock: z.boolean(),
}).strict();
export type HearingKind = z.infer<typeof hearing>;

const serviceRole = z.object({ ...kindFields, from: z.array(code) }).strict();
export type ServiceRoleKind = z.infer<typeof serviceRole>;
const volunteer = z.object({ ...kindFields, isOrganisation: z.boolean() }).strict();
export type VolunteerKind = z.infer<typeof volunteer>;
const explanation = z.object({ ...kindFields, needsDocuments: z.boolean() }).strict();
export type ExplanationKind = z.infer<typeof explanation>;

/** The books of what is offered: relief, mediation, hearings, service teams, who serves, explanations. */
export const openServiceKinds = (folder?: string) => ({
  reliefs: openKindBook({ service: 'assistance', name: 'reliefs', shipped: shipped('reliefs'), schema: relief }, folder),
  mediations: openKindBook({ service: 'assistance', name: 'mediations', shipped: shipped('mediations'), schema: mediation }, folder),
  hearings: openKindBook({ service: 'assistance', name: 'hearings', shipped: shipped('hearings'), schema: hearing }, folder),
  serviceRoles: openKindBook({ service: 'assistance', name: 'service-roles', shipped: shipped('service-roles'), schema: serviceRole }, folder),
  volunteers: openKindBook({ service: 'assistance', name: 'volunteers', shipped: shipped('volunteers'), schema: volunteer }, folder),
  explanations: openKindBook({ service: 'assistance', name: 'explanations', shipped: shipped('explanations'), schema: explanation }, folder),
});
