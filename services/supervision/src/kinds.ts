import { join } from 'node:path';
import { z } from 'zod';
import { kindFields, openKindBook } from '@anjie/service-kit/kinds';

const shipped = (book: string): string => join(__dirname, `../kinds/${book}.yaml`);
const days = z.number().int().min(1).max(366).optional();

const meetingKind = z.object({
  ...kindFields,
  mayCall: z.array(z.enum(['JOINT_OFFICE', 'UNIT'])).min(1),
  needsCase: z.boolean(),
  takesCandidates: z.boolean(),
  /** Local practice. */
  minutesDueDays: days,
  decisionsBecomeObligations: z.boolean(),
}).strict();
export type MeetingKind = z.infer<typeof meetingKind>;

const inspectionKind = z.object({
  ...kindFields,
  mode: z.enum(['FIELD', 'VIDEO', 'PHONE', 'COORDINATION']),
  isJoint: z.boolean(),
  needsCase: z.boolean(),
  needsReport: z.boolean(),
  /** Local practice. */
  reportDueDays: days,
}).strict().refine((kind) => kind.needsReport || kind.reportDueDays === undefined, { path: ['reportDueDays'], error: 'goes with needsReport' });
export type InspectionKind = z.infer<typeof inspectionKind>;

/** 种类: every book of this service; `folder` holds the books of a locality (ANJIE_KINDS_DIR). */
export const openKinds = (folder?: string) => ({
  meetings: openKindBook({ service: 'supervision', name: 'meetings', shipped: shipped('meetings'), schema: meetingKind }, folder),
  inspections: openKindBook({ service: 'supervision', name: 'inspections', shipped: shipped('inspections'), schema: inspectionKind }, folder),
});
export type Kinds = ReturnType<typeof openKinds>;
