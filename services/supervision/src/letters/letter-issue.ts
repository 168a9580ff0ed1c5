import type { EntityManager } from 'typeorm';
import { AppError, isRefusal } from '@anjie/contracts';
import { audit, businessTime, insertRows, newId, type Actor } from '@anjie/service-kit/database';
import { holdCase } from '../case-facts';
import type { IssueSupervisionLetterInput } from '../generated/graphql';
import type { Kinds } from '../kinds';
import { rungObjection, takeSuggestion } from '../ladders/ladder-facts';
import { notifyOwn } from '../notifications/notify';
import { ACCOUNTABILITY_GROUNDS, type AccountabilityGround } from '../rules/accountability';
import { draftObjection, needsApproval, type InstrumentKind, type LetterDraft } from '../rules/instruments';
import { letterRefusals as no, type LetterRefusal } from '../rules/letter-refusals';
import { mayActOnLetters } from '../rules/letters';
import { isLaterWithinYear } from '../rules/listings';
import { textOrNull } from '../rules/plain-text';
import { addresseeObjection, caseObjection, commandObjection } from './letter-facts';
import { departure, sendOff } from './letter-departure';

export interface LetterCall<Input> {
  readonly input: Input;
  readonly actor: Actor;
  readonly kinds: Kinds;
}

/** A joint office writes a letter. What nobody else approves goes out at once; the rest is a draft. */
export async function issueLetter(tx: EntityManager, { input, actor, kinds }: LetterCall<IssueSupervisionLetterInput>): Promise<{ letterId: string } | LetterRefusal> {
  const kind = kinds.instruments.usable(input.kind);
  const draft = draftOf(input, kind);
  const refusal = await whyNot(tx, { input, draft, kind, actor });
  if (refusal || !kind) return refusal ?? no.kindUnknown();
  if (draft.caseId !== null) await holdCase(tx, draft.caseId);
  const closed = await rungObjection(tx, kind, draft);
  if (closed) return closed;
  const letterId = newId();
  const written = await putLetter(tx, { letterId, input, draft, kind, actor });
  if (written) return written;
  if (draft.caseId !== null && draft.aboutUnitId !== null) await takeSuggestion(tx, { caseId: draft.caseId, unitId: draft.aboutUnitId, rung: kind.rung, actor });
  return { letterId };
}

const groundsOf = (codes: readonly string[]): AccountabilityGround[] => {
  const unknown = codes.find((code) => !Object.hasOwn(ACCOUNTABILITY_GROUNDS, code));
  if (unknown !== undefined) throw new AppError('BAD_USER_INPUT', { field: 'accountabilityGrounds', unknown });
  return [...new Set(codes)] as AccountabilityGround[];
};

/** Whoever is addressed is meant, unless the kind goes to an organ with authority over somebody else. */
function draftOf(input: IssueSupervisionLetterInput, kind: InstrumentKind | undefined): LetterDraft {
  const isAuthority = (kind?.addresseeKinds.length ?? 0) > 0;
  return {
    caseId: input.caseId ?? null, ground: input.ground, body: input.body, toOfficialId: input.toOfficialId ?? null, evidence: textOrNull(input.evidence),
    aboutUnitId: input.aboutUnitId ?? (isAuthority ? null : input.toUnitId), accountabilityGrounds: groundsOf(input.accountabilityGrounds ?? []),
    replyDueOn: input.replyDueOn ?? null, approverUnitId: input.approverUnitId ?? null, asCommissioner: input.asCommissioner ?? false,
  };
}

interface Wish {
  readonly input: IssueSupervisionLetterInput;
  readonly draft: LetterDraft;
  readonly kind: InstrumentKind | undefined;
  readonly actor: Actor;
}

async function whyNot(tx: EntityManager, { input, draft, kind, actor: { viewer } }: Wish): Promise<LetterRefusal | null> {
  const hidden = draft.caseId === null ? null : await caseObjection(tx, viewer, draft.caseId);
  if (hidden) return hidden;
  if (!mayActOnLetters(viewer, 'ISSUE')) return no.notPermitted();
  if (!kind) return no.kindUnknown();
  return (await commandObjection(tx, { caseId: draft.caseId, divisionCode: viewer.divisionCode })) ?? draftObjection(kind, draft) ?? addresseeObjection(tx, { kind, draft, toUnitId: input.toUnitId, viewer });
}

interface NewLetter extends Wish {
  readonly letterId: string;
  readonly kind: InstrumentKind;
}

async function putLetter(tx: EntityManager, { letterId, input, draft, kind, actor }: NewLetter): Promise<LetterRefusal | null> {
  const { unitId, subject, divisionCode } = actor.viewer;
  if (!unitId) throw new AppError('FORBIDDEN');
  const time = await businessTime(tx);
  const letter = { id: letterId, kind, caseId: draft.caseId, fromUnitId: unitId, toUnitId: input.toUnitId, toOfficialId: draft.toOfficialId, aboutUnitId: draft.aboutUnitId };
  const going = needsApproval(kind) ? null : await departure(tx, { ...letter, askedReplyOn: draft.replyDueOn, time });
  if (isRefusal(going)) return going;
  // a draft's day is counted when it goes out; one that cannot hold any more is refused at once
  if (!going && draft.replyDueOn !== null && !isLaterWithinYear(draft.replyDueOn, time.today)) return no.badReplyDate();
  await insertRows(tx, 'supervision_letters', [{
    id: letterId, from_unit_id: unitId, division_code: divisionCode, kind: kind.code, case_id: draft.caseId, to_unit_id: input.toUnitId, to_official_id: draft.toOfficialId,
    about_unit_id: draft.aboutUnitId, issued_by: subject, issued_as: draft.asCommissioner ? 'COMMISSIONER' : 'JOINT_OFFICE', ground: input.ground, body: input.body,
    evidence: draft.evidence, accountability_grounds: draft.accountabilityGrounds.join(','), asked_reply_on: draft.replyDueOn, approver_unit_id: draft.approverUnitId,
    state: 'DRAFTED', issued_at: time.now, version: 1, ...going?.set,
  }]);
  await audit(tx, actor, {
    action: going ? 'letter.issued' : 'letter.drafted', subjectType: 'SupervisionLetter', subjectId: letterId, caseId: draft.caseId,
    detail: { kind: kind.code, ground: input.ground, toUnitId: input.toUnitId, aboutUnitId: draft.aboutUnitId, issuedAs: draft.asCommissioner ? 'COMMISSIONER' : 'JOINT_OFFICE', replyDueOn: going?.set.reply_due_on ?? null },
  });
  if (going) await sendOff(tx, { ...letter, going, actor });
  else await notifyOwn(tx, [{ kind: 'LETTER_DRAFTED', recipient: { kind: 'UNIT', id: draft.approverUnitId ?? unitId }, caseId: draft.caseId, subjectId: letterId, occasion: 'drafted' }]);
  return null;
}
