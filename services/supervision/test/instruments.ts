import type { Viewer } from '@anjie/access';
import { haveCaseScope, viewers } from '@anjie/testing';
import { COUNTY, haveKnownOfficial, haveKnownUnit, key, type Supervision } from './builders';

const LETTER = `letter { id number state version issuedOn replyDueOn basis body evidence adoption adoptionReason hasProgress withdrawalReason issuedAs
  kind { code name rung } case { id } toUnit { id } toOfficial { id } aboutUnit { id } issuedBy { id } accountabilityGrounds { code basis }
  approval { approvedBy { id } unit { id } approvedOn reference } objection { text decision reason decidedBy { id } }
  interview { heldOn record rectifyBy rectification { state dueOn dutyName } } obligation { id state dueOn obligor { __typename } } }`;

export interface Letter {
  readonly id: string;
  readonly number: string | null;
  readonly state: string;
  readonly version: number;
  readonly replyDueOn: string | null;
  readonly kind: { readonly code: string };
  readonly obligation: { readonly id: string; readonly state: string } | null;
}
export interface LetterAnswer {
  readonly letter?: Letter & Record<string, unknown>;
  readonly code?: string;
  readonly message?: string;
}

const MUTATIONS = {
  issue: ['issueSupervisionLetter', 'IssueSupervisionLetterInput'], reply: ['replyToSupervisionLetter', 'ReplyToSupervisionLetterInput'], close: ['closeSupervisionLetter', 'CloseSupervisionLetterInput'],
  withdraw: ['withdrawSupervisionLetter', 'WithdrawSupervisionLetterInput'], decide: ['decideSupervisionLetterDraft', 'DecideSupervisionLetterDraftInput'],
  object: ['objectToSupervisionLetter', 'ObjectToSupervisionLetterInput'], judge: ['decideLetterObjection', 'DecideLetterObjectionInput'], record: ['recordInterview', 'RecordInterviewInput'],
} as const;

/** One mutation about a letter. */
export const act = async (supervision: Supervision, mutation: keyof typeof MUTATIONS, viewer: Viewer, input: object): Promise<LetterAnswer> => {
  const [field, type] = MUTATIONS[mutation];
  const data = await supervision.client.query<{ answer: LetterAnswer }>(
    viewer, `mutation ($input: ${type}!) { answer: ${field}(input: $input) { __typename ... on SupervisionLetterPayload { ${LETTER} } ... on SupervisionLetterRefusal { code message basis } } }`,
    { input: { idempotencyKey: key(), ...input } },
  );
  return data.answer;
};

export const letterOf = ({ letter, code, message }: LetterAnswer): Letter & Record<string, unknown> => {
  if (!letter) throw new Error(`refused: ${code} ${message}`);
  return letter;
};

/** A county with an office of two, a city office, a discipline organ, a Party committee, and a unit with its leader that leads a case. */
export async function aCounty(supervision: Supervision) {
  const { db } = supervision;
  const [office, cityOffice, organ, committee, unit] = await Promise.all([
    haveKnownUnit(db, { kind: 'JOINT_OFFICE' }), haveKnownUnit(db, { kind: 'JOINT_OFFICE', divisionCode: '640100' }), haveKnownUnit(db, { kind: 'DISCIPLINE' }),
    haveKnownUnit(db, { kind: 'PARTY' }), haveKnownUnit(db),
  ]);
  const leader = await haveKnownOfficial(db, unit);
  const { caseId } = await haveCaseScope(db, { leadUnitId: unit, leadSince: '2022-01-01', parties: [{ kind: 'UNIT', id: unit, role: 'LEAD' }] });
  return {
    office, organ, committee, unit, leader, caseId,
    chief: viewers.jointOffice(COUNTY, office), deputy: viewers.jointOffice(COUNTY, office), city: viewers.jointOffice('640100', cityOffice),
    inspector: viewers.handler(organ), handler: viewers.handler(unit), head: viewers.plain(leader, unit), clerk: viewers.handler(committee),
    letter: { caseId, toUnitId: unit, ground: 'DELAY', body: '请说明拖延原因和下一步措施。' },
    evidence: { evidence: '督查记录〔2022〕7号', accountabilityGrounds: ['SHIRKED_OR_LATE'] },
  };
}
export type County = Awaited<ReturnType<typeof aCounty>>;

/** Sends a letter of a kind that nobody else approves. */
export const send = async (supervision: Supervision, { chief, letter }: County, kind: string, part: object = {}) => letterOf(await act(supervision, 'issue', chief, { ...letter, kind, ...part }));

/** Writes a draft and lets the deputy of the same office approve it. */
export async function sendApproved(supervision: Supervision, county: County, kind: string, part: object = {}) {
  const draft = letterOf(await act(supervision, 'issue', county.chief, { ...county.letter, ...county.evidence, kind, ...part }));
  return letterOf(await act(supervision, 'decide', county.deputy, { letterId: draft.id, expectedVersion: draft.version, decision: 'APPROVE', reference: '信联会〔2022〕3号' }));
}
