import type { CaseRow } from '../cases/case-repository';
import { closeGate, type GateItem, type ProposedEnd, type Track } from '../rules/closing';
import { ROUTE_RULES } from '../rules/routes';
import type { GateRow } from './closing-repository';

export interface Proposal {
  readonly track: Track;
  readonly proposedEnd: ProposedEnd;
  readonly evidence: string;
}

/** The gate of one case, from its facts and what is proposed. */
export function gateOf(row: CaseRow, facts: GateRow, { track, proposedEnd, evidence }: Proposal): GateItem[] {
  return closeGate({
    proposedEnd, track, unansweredClaims: Math.max(0, Number(facts.claims) - Number(facts.answered)), pendingExecutions: Number(facts.pending),
    hasLeaderOpinion: Number(facts.hasOpinion) === 1, isTerminated: Number(facts.isTerminated) === 1,
    isRoutedToLegal: row.route !== null && ROUTE_RULES[row.route].leads === 'LEGAL', hasDeliveredReply: Number(facts.hasDelivered) === 1,
    hasSettlement: Number(facts.hasSettlement) === 1, hasAcceptance: Number(facts.hasAcceptance) === 1, evidenceLength: [...evidence.trim()].length,
  });
}
