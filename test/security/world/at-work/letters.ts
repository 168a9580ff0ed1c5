import { TODAY } from '../ordinary-cases';
import { PERSONAS, type PersonaName } from '../personas';
import { PLACES } from '../places';
import { inParallel, type Payload, type SecuritySystem } from '../security-system';
import type { Subjects } from './subjects';

type Made = Payload[string];
const EVIDENCE = { evidence: '督查记录〔2022〕7号', accountabilityGrounds: ['SHIRKED_OR_LATE'] };
/** Who writes and who else of the office approves. */
const HERE = ['countyOffice', 'secondOffice'] as const;
const CITY = ['cityOffice', 'cityReviewer'] as const;

export function madeOf(payload: Payload, field: string): Made {
  const found = payload[field];
  if (!found) throw new Error(`the answer holds no ${field}`);
  return found;
}

const letters = (system: SecuritySystem) => {
  const act = async (who: PersonaName, mutation: string, input: object): Promise<Made> => madeOf(await system.act(who, mutation, input), 'letter');
  const write = (who: PersonaName, part: object): Promise<Made> => act(who, 'issueSupervisionLetter', { ground: 'DELAY', body: '请说明拖延原因和下一步措施。', ...part });
  const step = (who: PersonaName, mutation: string, { letter, ...part }: { readonly letter: Made } & Readonly<Record<string, unknown>>): Promise<Made> =>
    act(who, mutation, { letterId: letter.id, expectedVersion: letter.version, ...part });
  return {
    write, step,
    withoutProgress: async (who: PersonaName, part: object): Promise<Made> => step(who, 'closeSupervisionLetter', { letter: await write(who, part), hasProgress: false }),
    approved: async ([writer, approver]: readonly [PersonaName, PersonaName], part: object): Promise<Made> =>
      step(approver, 'decideSupervisionLetterDraft', { letter: await write(writer, part), decision: 'APPROVE', reference: '信联会〔2022〕3号' }),
  };
};

/** Letters up the ladder, drafts, letters about no case, listings: what offices write when a unit does not move. */
export async function writeLetters(system: SecuritySystem, subjects: Subjects): Promise<void> {
  const works = [climb, urge, suggest, listHousing, listLand, listNext];
  await inParallel(works, (work) => work(system, subjects), works.length);
}

/** Urged three times, reminded, named in a circular that the unit objects to, and its head interviewed by the discipline organ. */
async function climb(system: SecuritySystem, { climbed }: Subjects): Promise<void> {
  const { write, step, withoutProgress, approved } = letters(system);
  const about = { caseId: climbed.id, toUnitId: PLACES.housing.id };
  for (const kind of ['URGE_NOTE', 'SUPERVISION_LETTER', 'SUPERVISION_LETTER']) await withoutProgress('countyOffice', { ...about, kind });
  await write('countyOffice', { ...about, kind: 'PHONE_REMINDER' });
  const circular = await approved(HERE, { ...about, ...EVIDENCE, kind: 'CIRCULAR' });
  const objected = await step('leadHandler', 'objectToSupervisionLetter', { letter: circular, text: '延误系上级审批所致，已经说明。' });
  await step('cityOffice', 'decideLetterObjection', { letter: objected, decision: 'REJECTED', reason: '审批时间已经扣除，异议不成立。' });
  const interview = { ...about, ...EVIDENCE, kind: 'DISCIPLINE_INTERVIEW', toOfficialId: PERSONAS.housingHead.id, approverUnitId: PLACES.discipline.id };
  const notice = await approved(['countyOffice', 'discipline'], interview);
  await step('discipline', 'recordInterview', { letter: notice, heldOn: TODAY, record: '该局负责人表示一月底前整改到位。', rectifyBy: '2023-01-31' });
  await write('countyOffice', interview);
  await step('secondOffice', 'decideSupervisionLetterDraft', { letter: await write('countyOffice', { ...about, kind: 'SUPERVISION_OPINION' }), decision: 'REJECT', reason: '事实尚未核实。' });
}

/** Urged once without progress: the first rung stands open. */
async function urge(system: SecuritySystem, { shared, land, next }: Subjects): Promise<void> {
  const { write, step, withoutProgress } = letters(system);
  for (const one of [land, shared]) await withoutProgress('countyOffice', { caseId: one.id, toUnitId: PLACES.landReserve.id, kind: 'URGE_NOTE' });
  const about = { caseId: next.id, toUnitId: PLACES.neighbourBureau.id };
  await withoutProgress('neighbourOffice', { ...about, kind: 'URGE_NOTE' });
  await step('neighbourOffice', 'withdrawSupervisionLetter', { letter: await write('neighbourOffice', { ...about, kind: 'SUGGESTION_LETTER' }), reason: '误发。' });
}

/** How a unit works, whatever the case: answered, to a government above, still a draft, in the next county. */
async function suggest(system: SecuritySystem): Promise<void> {
  const { write, step, approved } = letters(system);
  const advice = { kind: 'IMPROVEMENT_SUGGESTION', ground: 'OTHER', body: '建议建立月度会商制度。' };
  const letter = await write('countyOffice', { ...advice, toUnitId: PLACES.civilAffairs.id });
  await step('supportHandler', 'replyToSupervisionLetter', { letter, reply: '已研究，部分采纳。', adoption: 'PARTLY', adoptionReason: '人员编制尚未落实。' });
  await approved(HERE, { kind: 'POLICY_SUGGESTION', ground: 'OTHER', body: '建议统一过渡费标准。', toUnitId: PLACES.cityGovernment.id });
  await write('countyOffice', { ...EVIDENCE, kind: 'LIABILITY_SUGGESTION', toUnitId: PLACES.discipline.id, aboutUnitId: PLACES.labour.id });
  await write('neighbourOffice', { ...advice, toUnitId: PLACES.neighbourBureau.id });
}

interface Plate {
  readonly caseId: string;
  readonly toUnitId: string;
  readonly by: readonly [PersonaName, PersonaName];
}
async function list(system: SecuritySystem, { by, ...about }: Plate): Promise<Made> {
  const decision = await letters(system).approved(by, { ...about, ...EVIDENCE, kind: 'LISTING_DECISION', replyDueOn: '2023-03-31' });
  return madeOf(await system.act(by[0], 'listSupervision', { letterId: decision.id, deadlineOn: '2023-03-31', reason: '历时较长，责任单位多次未办结。' }), 'listing');
}

/** The unit asks to be taken off the list; an office above decides. */
async function decide(system: SecuritySystem, { listing, who, decision }: { listing: Made; who: PersonaName; decision: 'DELIST' | 'RETURN' }): Promise<void> {
  const proposal = { listingId: listing.id, expectedVersion: listing.version, proposal: '问题已经解决，申请摘牌。', evidence: '产权证发放登记表' };
  const proposed = madeOf(await system.act(who, 'proposeDelisting', proposal), 'listing');
  await system.act('cityOffice', 'decideDelisting', { listingId: listing.id, expectedVersion: proposed.version, decision, reason: '已经核对材料。' });
}

async function listHousing(system: SecuritySystem, { listed }: Subjects): Promise<void> {
  const listing = await list(system, { caseId: listed.id, toUnitId: PLACES.housing.id, by: HERE });
  await system.act('leadHandler', 'reportListingProgress', { listingId: listing.id, text: '已完成权属核实。' });
  await decide(system, { listing, who: 'leadHandler', decision: 'DELIST' });
}

async function listLand(system: SecuritySystem, { land, shared }: Subjects): Promise<void> {
  const listing = await list(system, { caseId: land.id, toUnitId: PLACES.landReserve.id, by: HERE });
  await decide(system, { listing, who: 'accusedHandler', decision: 'RETURN' });
  await list(system, { caseId: shared.id, toUnitId: PLACES.landReserve.id, by: HERE });
}

const listNext = async (system: SecuritySystem, { next }: Subjects): Promise<unknown> => list(system, { caseId: next.id, toUnitId: PLACES.neighbourBureau.id, by: CITY });
