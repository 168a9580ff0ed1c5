import type { Viewer } from '@anjie/access';
import type { EntityManager } from 'typeorm';
import { candidateToTake } from '../coordination/coordination-candidate-repository';
import type { MeetingPointInput } from '../generated/graphql';
import { casesSeen } from '../oversight-facts';
import { isOfDivisionOrAbove } from '../rules/close-reviewers';
import { isTitle, mayBring, meetingRefusals as no, type MeetingRefusal, type MeetingRules } from '../rules/meetings';

export interface NewPoint {
  readonly title: string;
  readonly caseId: string | null;
  readonly candidateId: string | null;
}

interface At {
  readonly viewer: Viewer;
  readonly kind: Pick<MeetingRules, 'mayCall' | 'takesCandidates'>;
  readonly onAgenda: readonly { readonly caseId: string | null }[];
}

/** A point as it may stand on an agenda, or why not. */
export async function agendaPoint(tx: EntityManager, wish: MeetingPointInput, at: At): Promise<NewPoint | MeetingRefusal> {
  if (!isTitle(wish.title)) return no.badText();
  const title = wish.title.trim();
  if (wish.candidateId == null) return (await caseObjection(tx, wish.caseId ?? null, at)) ?? { title, caseId: wish.caseId ?? null, candidateId: null };
  const candidate = await candidateToTake(tx, at.viewer, wish.candidateId);
  if (!candidate) return no.notFound();
  const isFitting = at.kind.takesCandidates && candidate.state === 'WAITING' && isOfDivisionOrAbove(at.viewer, candidate.divisionCode) && (wish.caseId ?? candidate.caseId) === candidate.caseId;
  if (!isFitting) return no.badCandidate();
  return (await caseObjection(tx, candidate.caseId, at)) ?? { title, caseId: candidate.caseId, candidateId: candidate.id };
}

/** A case is seen by whoever puts it on, theirs to deal with, stands there once, and is never a sealed one (第三十条第三款). */
async function caseObjection(tx: EntityManager, caseId: string | null, { viewer, kind, onAgenda }: At): Promise<MeetingRefusal | null> {
  if (caseId === null) return null;
  const [seen] = await casesSeen(tx, viewer, [caseId]);
  if (!seen) return no.notFound();
  if (!mayBring(viewer, kind, seen.divisionCode)) return no.notPermitted();
  if (Number(seen.isSealed) === 1) return no.sealed();
  return onAgenda.some((one) => one.caseId === caseId) ? no.onAgenda() : null;
}
