import { randomUUID } from 'node:crypto';
import type { Viewer } from '@anjie/access';
import { putKnownOfficials, putKnownUnits } from '@anjie/service-kit/facts';
import { viewers } from '@anjie/testing';
import type { Answer } from './asking';
import { aRegistration, key, place, REGISTER, type CasesWorld, type Registered } from './world';

/** A county with a line of housing bureaus, a reception hall and organs that may receive accusations. */
export const unit = {
  government: randomUUID(), hall: randomUUID(), cityBureau: randomUUID(), bureau: randomUUID(), centre: randomUUID(), inspection: randomUUID(),
  cityDiscipline: randomUUID(), discipline: randomUUID(), otherDiscipline: randomUUID(), court: randomUUID(), office: randomUUID(),
};
/** The chief heads the centre; the mole has no part in the tree's top anywhere. */
export const official = { chief: randomUUID(), mole: randomUUID() };

export const actor = {
  clerk: viewers.clerk(unit.hall), colleague: viewers.handler(unit.hall), bureau: viewers.handler(unit.bureau), centre: viewers.handler(unit.centre),
  cityBureau: viewers.handler(unit.cityBureau), discipline: viewers.handler(unit.discipline), cityDiscipline: viewers.handler(unit.cityDiscipline),
  office: viewers.jointOffice('640104', unit.office), province: viewers.jointOffice('640000', randomUUID()),
};

const known = (unitId: string, kind: string, part: { ancestorIds?: string[]; divisionCode?: string; headOfficialId?: string; successorUnitId?: string } = {}) => ({
  unitId, code: unitId.slice(0, 8), name: unitId.slice(0, 8), kind, divisionCode: '640104', ancestorIds: [], headOfficialId: null, successorUnitId: null, validTo: null, ...part,
});

export async function placeUnits(world: CasesWorld, part: { centreUnder?: string[]; headOfCourt?: string; centreSuccessor?: string } = {}): Promise<void> {
  await putKnownUnits(world.db.manager, [
    known(unit.government, 'GOVERNMENT'), known(unit.hall, 'PETITION_OFFICE', { ancestorIds: [unit.government] }), known(unit.cityBureau, 'DEPARTMENT', { divisionCode: '640100' }),
    known(unit.bureau, 'DEPARTMENT', { ancestorIds: [unit.cityBureau] }), known(unit.inspection, 'DISCIPLINE', { ancestorIds: [unit.bureau, unit.cityBureau] }),
    known(unit.centre, 'DEPARTMENT', { ancestorIds: part.centreUnder ?? [unit.bureau, unit.cityBureau], headOfficialId: official.chief, ...(part.centreSuccessor ? { successorUnitId: part.centreSuccessor } : {}) }),
    known(unit.cityDiscipline, 'DISCIPLINE', { divisionCode: '640100' }), known(unit.discipline, 'DISCIPLINE', { ancestorIds: [unit.cityDiscipline] }),
    known(unit.otherDiscipline, 'DISCIPLINE', { ancestorIds: [unit.cityDiscipline], divisionCode: '640121' }),
    known(unit.court, 'COURT_PROCURATORATE', part.headOfCourt ? { headOfficialId: part.headOfCourt } : {}), known(unit.office, 'JOINT_OFFICE'),
  ]);
  await putKnownOfficials(world.db.manager, [
    { officialId: official.chief, staffNo: 'S1', name: '某主任', unitId: unit.centre, validTo: null }, { officialId: official.mole, staffNo: 'S2', name: '某科长', unitId: unit.bureau, validTo: null },
  ]);
}

/** Words that stand nowhere else: where one of them is found, something leaked. */
export const canary = { title: '甘棠检举标题', summary: '甘棠检举概况', content: '甘棠检举正文', claim: '甘棠检举诉求', description: '甘棠某站长', note: '甘棠转送附言', reason: '甘棠查看事由', addressee: '甘棠受信人', hotTopic: '甘棠热点', category: '甘棠分类' };

export const anAccusation = (part: Record<string, unknown> = {}) => aRegistration({
  purpose: 'ACCUSATION', channel: 'LETTER', title: canary.title, summary: canary.summary, content: canary.content, claims: [canary.claim], contentCategory: 'discipline.corruption', addressee: canary.addressee,
  hotTopic: { slug: canary.hotTopic }, externalCategory: { slug: canary.category }, residenceDivisionCode: '640199',
  accused: [{ unitId: unit.centre }, { officialId: official.mole }, { description: canary.description }], ...part,
});
export const accuse = async (world: CasesWorld, part: Record<string, unknown> = {}, viewer: Viewer = actor.clerk) =>
  (await world.client.query<Registered>(viewer, REGISTER, { input: anAccusation(part) })).registerPetition;

type Codes = 'code message basis';
const REFUSED: Codes = 'code message basis';
export const TRANSFER = `mutation ($input: TransferAccusationInput!) { transferAccusation(input: $input) { __typename
  ... on TransferAccusationPayload { toUnit { id } transferredOn } ... on AccusationRefusal { ${REFUSED} } } }`;
export const aTransfer = (caseId: string, part: Record<string, unknown> = {}) => ({ idempotencyKey: key(), caseId, expectedVersion: 1, toUnitId: unit.discipline, note: canary.note, ...part });
export const transfer = async (world: CasesWorld, caseId: string, part: Record<string, unknown> = {}, viewer: Viewer = actor.clerk) =>
  (await world.client.query<{ transferAccusation: Answer & { basis: string | null } }>(viewer, TRANSFER, { input: aTransfer(caseId, part) })).transferAccusation;

const PROGRESS = `mutation ($input: RecordAccusationProgressInput!) { recordAccusationProgress(input: $input) { __typename
  ... on RecordAccusationProgressPayload { case { id version accusation { stage stageSince receivedBy { id } transferredOn } } } ... on AccusationRefusal { ${REFUSED} } } }`;
export const progress = async (world: CasesWorld, caseId: string, part: Record<string, unknown> = {}, viewer: Viewer = actor.discipline) =>
  (await world.client.query<{ recordAccusationProgress: Answer & { case: { version: number; accusation: { stage: string } } } }>(
    viewer, PROGRESS, { input: { idempotencyKey: key(), caseId, expectedVersion: 2, stage: 'RECEIVED', ...part } },
  )).recordAccusationProgress;

const REVEAL = `mutation ($input: RevealAccusationInput!) { revealAccusation(input: $input) { __typename
  ... on RevealedAccusation { texts { petition { id } title summary content claims contentCategory addressee hotTopic { slug } externalCategory { slug } residenceDivisionCode } accused { unit { id } official { id } description } transferNote }
  ... on AccusationRefusal { ${REFUSED} } } }`;
export type Revealed = Answer & { texts: { petition: { id: string }; title: string; content: string; claims: string[] }[]; accused: { unit: object | null; official: object | null; description: string | null }[]; transferNote: string | null };
export const revealed = async (world: CasesWorld, caseId: string, viewer: Viewer = actor.clerk, reason: string = canary.reason) =>
  (await world.client.query<{ revealAccusation: Revealed }>(viewer, REVEAL, { input: { idempotencyKey: key(), caseId, reason } })).revealAccusation;

const STAGES = 'query { accusationProgress { toTransfer transferred received underReview concluded } }';
export const stagesFor = async (world: CasesWorld, viewer: Viewer = actor.clerk) =>
  (await world.client.query<{ accusationProgress: Record<string, number> | null }>(viewer, STAGES)).accusationProgress;

const EXCLUSION = `__typename ... on ExclusionPayload { case { id exclusions { id unit { id } official { id } ground } } } ... on ExclusionRefusal { ${REFUSED} }`;
export interface Excluded extends Answer {
  readonly case: { exclusions: { id: string; unit: { id: string } | null; official: { id: string } | null; ground: string }[] };
}
export const exclude = async (world: CasesWorld, caseId: string, target: Record<string, unknown>, viewer: Viewer = actor.office) =>
  (await world.client.query<{ excludeFromCase: Excluded }>(viewer, `mutation ($input: ExcludeFromCaseInput!) { excludeFromCase(input: $input) { ${EXCLUSION} } }`, {
    input: { idempotencyKey: key(), caseId, reason: '信访人反映其涉及此事', ...target },
  })).excludeFromCase;
export const lift = async (world: CasesWorld, caseId: string, exclusionId: string, viewer: Viewer = actor.office) =>
  (await world.client.query<{ liftExclusion: Excluded }>(viewer, `mutation ($input: LiftExclusionInput!) { liftExclusion(input: $input) { ${EXCLUSION} } }`, {
    input: { idempotencyKey: key(), caseId, exclusionId, reason: '经核实与此事无关' },
  })).liftExclusion;

export const outsider = place.elsewhere;
