import type { Viewer } from '@anjie/access';
import type { EntityManager } from 'typeorm';
import { candidateToTake } from '../coordination/coordination-candidate-repository';
import type { MeetingPointInput } from '../generated/graphql';
import { casesSeen } from '../oversight-facts';
import { isOfDivisionOrAbove } from '../rules/close-reviewers';
import { isTitle, meetingRefusals as no, type MeetingRefusal, type MeetingRules } from '../rules/meetings';

export interface NewPoint {
  readonly title: string;
  readonly caseId: string | null;
  readonly candidateId: string | null;
}

interface At {
  readonly viewer: Viewer;
  readonly kind: Pick<MeetingRules, 'takesCandidates'>;
  readonly onAgenda: readonly { readonly caseId: string | null }[];
}

/** A point as it may stand on an agenda, or why not. A sealed case never does (第三十条第三款). */
export async function agendaPoint(tx: EntityManager, wish: MeetingPointInput, { viewer, kind, onAgenda }: At): Promise<NewPoint | MeetingRefusal> {
  if (!isTitle(wish.title)) return no.badText();
  const candidate = wish.candidateId == null ? null : await candidateToTake(tx, viewer, wish.candidateId);
  if (candidate === undefined) return no.notFound();
  const caseId = candidate?.caseId ?? wish.caseId ?? null;
  const isFitting = !candidate || (kind.takesCandidates && candidate.state === 'WAITING' && isOfDivisionOrAbove(viewer, candidate.divisionCode) && (wish.caseId == null || wish.caseId === candidate.caseId));
  if (!isFitting) return no.badCandidate();
  if (caseId !== null) {
    const [seen] = await casesSeen(tx, viewer, [caseId]);
    if (!seen) return no.notFound();
    if (Number(seen.isSealed) === 1) return no.sealed();
    if (onAgenda.some((one) => one.caseId === caseId)) return no.onAgenda();
  }
  return { title: wish.title.trim(), caseId, candidateId: candidate?.id ?? null };
}
