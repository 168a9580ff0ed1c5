import { join } from 'node:path';
import { AGENCY_LEVELS } from '@anjie/contracts';
import { kindFields, openKindBook, type Kind, type KindBook } from '@anjie/service-kit/kinds';
import { z } from 'zod';

const days = z.number().int().min(1).max(366);
const item = z.object({ code: kindFields.code, zh: kindFields.zh, en: kindFields.en }).strict();

/** Days and units of a fast lane. */
const laneKind = z.object({ ...kindFields, signDays: days, completeDays: days, unit: z.enum(['WORKING_DAY', 'CALENDAR_DAY']), watchDays: days.optional() }).strict();
export type ReferralLaneKind = z.infer<typeof laneKind>;

/** There is no field for a fee and none for a condition. */
const agencyKind = z.object({ ...kindFields, levels: z.array(z.enum(AGENCY_LEVELS)).min(1), longestAuthorityDays: days }).strict();
export type AgencyTaskKind = z.infer<typeof agencyKind>;

export const CENTRE_SERVICES = ['RECEPTION', 'MEDIATION', 'HEARING', 'LEGAL_ADVICE', 'AGENCY', 'RELIEF_ADVICE', 'COUNSELLING'] as const;
const centreKind = z.object({ ...kindFields, level: z.enum(AGENCY_LEVELS), services: z.array(z.enum(CENTRE_SERVICES)).min(1) }).strict();
export type MediationCentreKind = z.infer<typeof centreKind>;

const checklistKind = z.object({ ...kindFields, forCentre: z.boolean(), items: z.array(item).min(1).max(40) }).strict();
export type StationChecklistKind = z.infer<typeof checklistKind>;

const earlyDisputeKind = z.object({ ...kindFields, dueDays: days }).strict();
export type EarlyDisputeKind = z.infer<typeof earlyDisputeKind>;

const publicityKind = z.object(kindFields).strict();
export type PublicityKind = z.infer<typeof publicityKind>;

/** The books of referrals, agency, places and the grid, with what the locality's folder adds. @throws Error when a file is not usable */
export function openReferralKinds(folder?: string) {
  const book = <Schema extends z.ZodType<Kind>>(name: string, schema: Schema): KindBook<z.infer<Schema>> =>
    openKindBook({ service: 'assistance', name, shipped: join(__dirname, `../kinds/${name}.yaml`), schema }, folder);
  return {
    referralLanes: book('referral-lanes', laneKind),
    agencyTasks: book('agency-tasks', agencyKind),
    mediationCentres: book('mediation-centres', centreKind),
    stationChecklists: book('station-checklists', checklistKind),
    earlyDisputes: book('early-disputes', earlyDisputeKind),
    publicity: book('publicity', publicityKind),
  };
}
