import { hasRole, type Viewer } from '@anjie/access';
import type { AccountabilityGround } from './accountability';
import { isOfDivisionOrAbove } from './close-reviewers';
import { letterRefusals as no, type LetterRefusal } from './letter-refusals';
import { isPlainText } from './plain-text';

export type Approver = 'ISSUER' | 'OFFICE_HEAD' | 'JOINT_CONFERENCE' | 'DISCIPLINE';
export type Feedback = 'REPLY' | 'ADOPTION';
export type Adoption = 'ADOPTED' | 'PARTLY' | 'NOT_ADOPTED';

/** A row of kinds/instruments.yaml, as far as rules read it. */
export interface InstrumentKind {
  readonly code: string;
  readonly zh: string;
  readonly en: string;
  readonly basis?: string | undefined;
  readonly rows: readonly number[];
  readonly retired: boolean;
  readonly rung: number;
  readonly after: readonly { readonly kinds: readonly string[]; readonly atLeast: number; readonly measure: 'ISSUED' | 'NO_PROGRESS' }[];
  readonly replyRule: string;
  readonly needsReplyDate: boolean;
  readonly approver: Approver;
  readonly feedback: Feedback;
  readonly addressee: 'UNIT' | 'OFFICIAL';
  readonly addresseeKinds: readonly string[];
  readonly needsCase: boolean;
  readonly needsEvidence: boolean;
  readonly needsGround: boolean;
  readonly needsInterview: boolean;
  readonly commissionerMay: boolean;
  readonly lists: boolean;
}

export const needsApproval = ({ approver }: InstrumentKind): boolean => approver !== 'ISSUER';

/** What somebody wants to send. */
export interface LetterDraft {
  readonly caseId: string | null;
  readonly ground: string;
  readonly body: string;
  readonly toOfficialId: string | null;
  readonly aboutUnitId: string | null;
  readonly evidence: string | null;
  readonly accountabilityGrounds: readonly AccountabilityGround[];
  readonly replyDueOn: string | null;
  readonly approverUnitId: string | null;
  readonly asCommissioner: boolean;
}

const EVIDENCE = 500;

/** What the kind itself asks for, before anybody looks at cases and units. */
export function draftObjection(kind: InstrumentKind, draft: LetterDraft): LetterRefusal | null {
  return wordsObjection(kind, draft) ?? partsObjection(kind, draft);
}

function wordsObjection(kind: InstrumentKind, { body, evidence, accountabilityGrounds, replyDueOn }: LetterDraft): LetterRefusal | null {
  if (!isPlainText(body, { most: 4_000 })) return no.badText();
  if (kind.needsEvidence ? !isPlainText(evidence, { most: EVIDENCE }) : evidence !== null && !isPlainText(evidence, { most: EVIDENCE })) return no.evidenceMissing();
  if (kind.needsGround && accountabilityGrounds.length === 0) return no.accountabilityGroundMissing();
  return kind.needsReplyDate && replyDueOn === null ? no.badReplyDate() : null;
}

function partsObjection(kind: InstrumentKind, draft: LetterDraft): LetterRefusal | null {
  if (kind.needsCase && draft.caseId === null) return no.caseMissing();
  if (kind.addressee === 'OFFICIAL' ? draft.toOfficialId === null : draft.toOfficialId !== null) return no.wrongAddressee();
  if (kind.addresseeKinds.length > 0 && kind.needsGround && draft.aboutUnitId === null) return no.wrongAddressee();
  if (kind.approver === 'DISCIPLINE' ? draft.approverUnitId === null : draft.approverUnitId !== null) return no.approverMissing();
  if (draft.asCommissioner && !kind.commissionerMay) return no.notForCommissioner();
  // 加大初次信访事项的督办力度: early supervision is help in time, no step of the ladder
  return draft.ground === 'FIRST_PETITION' && kind.rung > 0 ? no.firstPetitionIsNoRung() : null;
}

export interface ApprovalFacts {
  readonly draftedBy: string;
  readonly fromUnitId: string;
  readonly divisionCode: string;
  /** The viewer's unit is the discipline organ that was asked. */
  readonly isAskedOrgan: boolean;
}

/** Who may decide on a draft: never who wrote it. */
export function approverObjection(viewer: Viewer, { approver }: InstrumentKind, facts: ApprovalFacts): LetterRefusal | null {
  if (viewer.kind !== 'OFFICIAL' || viewer.unitId === null) return no.notPermitted();
  if (viewer.subject === facts.draftedBy) return no.samePerson();
  if (approver === 'DISCIPLINE') return facts.isAskedOrgan && hasRole(viewer, 'UNIT_HANDLER', 'JOINT_OFFICE') ? null : no.notPermitted();
  return hasRole(viewer, 'JOINT_OFFICE') && viewer.unitId === facts.fromUnitId ? null : no.notPermitted();
}

/** An objection is decided by a joint office of the issuer's division or above, and by nobody who wrote, approved or objected. */
export function objectionJudgeObjection(viewer: Viewer, facts: { readonly involved: readonly (string | null)[]; readonly divisionCode: string }): LetterRefusal | null {
  if (viewer.kind !== 'OFFICIAL' || viewer.unitId === null || !hasRole(viewer, 'JOINT_OFFICE')) return no.notPermitted();
  if (!isOfDivisionOrAbove(viewer, facts.divisionCode)) return no.notPermitted();
  return facts.involved.includes(viewer.subject) ? no.samePerson() : null;
}

/** 书面反馈采纳情况 (第四十条第四款): the form that the kind asks for, with reasons unless all was adopted. */
export function feedbackObjection({ feedback }: InstrumentKind, { adoption, adoptionReason }: { readonly adoption: Adoption | null; readonly adoptionReason: string | null }): LetterRefusal | null {
  if (feedback === 'REPLY') return adoption === null && adoptionReason === null ? null : no.wrongFeedback();
  if (adoption === null) return no.wrongFeedback();
  if (adoption !== 'ADOPTED' || adoptionReason !== null) return isPlainText(adoptionReason, { most: 4_000 }) ? null : no.adoptionReasonMissing();
  return null;
}
