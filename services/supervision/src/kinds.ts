import { join } from 'node:path';
import { z } from 'zod';
import { kindFields, openKindBook } from '@anjie/service-kit/kinds';
import { assessmentScheme } from './assessments/assessment-scheme';
import { bulletinKind } from './bulletins/bulletin-kind';
import { checklistKind } from './checklists/checklist-kind';
import { programmeKind } from './programmes/programme-kind';

const shipped = (name: string): string => join(__dirname, `../kinds/${name}.yaml`);
const code = kindFields.code;

const precondition = z.object({ kinds: z.array(code).min(1), atLeast: z.number().int().min(1).max(9), measure: z.enum(['ISSUED', 'NO_PROGRESS']) }).strict();

/** From the interview on, what a unit is told must rest on evidence and name an article: no file of a locality can take that away. */
const instrument = z.object({
  ...kindFields,
  rung: z.number().int().min(0).max(4),
  after: z.array(precondition).default([]),
  replyRule: z.string().min(1),
  needsReplyDate: z.boolean().default(false),
  approver: z.enum(['ISSUER', 'OFFICE_HEAD', 'JOINT_CONFERENCE', 'DISCIPLINE']),
  feedback: z.enum(['REPLY', 'ADOPTION']),
  addressee: z.enum(['UNIT', 'OFFICIAL']).default('UNIT'),
  addresseeKinds: z.array(z.string().regex(/^[A-Z_]{2,24}$/)).default([]),
  needsCase: z.boolean().default(true),
  needsEvidence: z.boolean().default(false),
  needsGround: z.boolean().default(false),
  needsInterview: z.boolean().default(false),
  commissionerMay: z.boolean().default(false),
  lists: z.boolean().default(false),
}).strict()
  .refine(({ rung, after }) => rung === 0 || after.length > 0, 'a rung of the ladder has a precondition')
  .refine(({ rung, approver }) => rung < 2 || approver !== 'ISSUER', 'from rung 2 on somebody else approves')
  .refine(({ rung, needsEvidence }) => rung < 2 || needsEvidence, 'from rung 2 on evidence is needed')
  .refine(({ rung, needsGround }) => rung < 3 || needsGround, 'from rung 3 on a ground of Arts 42–46 is needed')
  .refine(({ lists, needsCase }) => !lists || needsCase, 'a case is listed');

const formalismRule = z.object({
  ...kindFields,
  check: z.enum(['NO_OUTCOME', 'SAME_TEXT', 'NO_CONTACT']),
  /** Days that must have passed, or within which the same is looked for. */
  days: z.number().int().min(1).max(366),
  /** SAME_TEXT: how many cases must have been given the same words. */
  atLeast: z.number().int().min(2).max(99).default(2),
  /** Kinds of activities that are left out. */
  exceptKinds: z.array(code).default([]),
}).strict();

const urgentReport = z.object({
  ...kindFields,
  /** Days after which the words are erased. */
  expiresAfterDays: z.number().int().min(1).max(90),
  /** Hours within which a receiver should acknowledge. */
  acknowledgeWithinHours: z.number().int().min(1).max(72),
  levels: z.array(z.enum(['GENERAL', 'MAJOR', 'EXTRAORDINARY'])).min(1),
}).strict();

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

/** The books of this service: kinds as data (ADR 0022). `folder`: where a locality adds its own. */
export const openKinds = (folder?: string) => ({
  instruments: openKindBook({ service: 'supervision', name: 'instruments', shipped: shipped('instruments'), schema: instrument }, folder),
  formalismRules: openKindBook({ service: 'supervision', name: 'formalism-rules', shipped: shipped('formalism-rules'), schema: formalismRule }, folder),
  urgentReports: openKindBook({ service: 'supervision', name: 'urgent-reports', shipped: shipped('urgent-reports'), schema: urgentReport }, folder),
  meetings: openKindBook({ service: 'supervision', name: 'meetings', shipped: shipped('meetings'), schema: meetingKind }, folder),
  inspections: openKindBook({ service: 'supervision', name: 'inspections', shipped: shipped('inspections'), schema: inspectionKind }, folder),
  bulletins: openKindBook({ service: 'supervision', name: 'bulletins', shipped: shipped('bulletins'), schema: bulletinKind }, folder),
  programmes: openKindBook({ service: 'supervision', name: 'programmes', shipped: shipped('programmes'), schema: programmeKind }, folder),
  checklists: openKindBook({ service: 'supervision', name: 'checklists', shipped: shipped('checklists'), schema: checklistKind }, folder),
  assessmentSchemes: openKindBook({ service: 'supervision', name: 'assessment-schemes', shipped: shipped('assessment-schemes'), schema: assessmentScheme }, folder),
});
export type Kinds = ReturnType<typeof openKinds>;
