import { createHmac } from 'node:crypto';
import type { EntityManager } from 'typeorm';
import { refuse, type Refusal } from '@anjie/contracts';
import { AppError } from '@anjie/contracts';
import { audit, canonicalJson, isId, select, updateVersion, type Actor, type BusinessTime } from '@anjie/service-kit/database';
import type { Outbox } from '@anjie/service-kit/messaging';
import { lockAnyCase, type CaseRow } from '../cases/case-repository';
import { insertCases, insertPetitions, type NewPetition } from '../cases/case-writer';
import type { Clocks } from '../clocks/clock-service';
import { publishScopes } from '../cases/scope-service';
import { recordExclusions } from '../exclusions/exclusion-repository';
import type { PetitionRefusalCode, RegisterPetitionInput } from '../generated/graphql';
import { recordEvent } from '../history/history-repository';
import type { IdentityVault } from '../petitioners/identity-vault';
import type { Intake } from '../rules/intake';
import { exclusionsOfAccused, isKeptOut, registrarIsAccused, SEALED_TITLE, type Exclusion } from '../rules/sealed-lane';
import { accusedOf, insertAccusation, insertAccused, insertWords, type NamedAccused } from './accusation-repository';
import { areKnown, placedUnits, treeOfAccused } from './accused-tree';

export interface LaneDeps {
  readonly outbox: Outbox;
  readonly vault: IdentityVault;
  readonly clocks: Pick<Clocks, 'declare' | 'end'>;
}

export interface AccusationIn {
  readonly input: RegisterPetitionInput;
  readonly actor: Actor;
  readonly time: BusinessTime;
  /** The petition as it would be stored in the open: here its title and content are left out. */
  readonly petition: NewPetition;
}
type Done = { readonly petitionId: string; readonly caseId: string };
type No = Refusal<PetitionRefusalCode>;

/** What the idempotency key keeps of a petition is a keyed print: nobody without the key can try texts or ID numbers against it. */
export const requestOf = (vault: IdentityVault, input: RegisterPetitionInput): unknown =>
  ({ sealed: createHmac('sha256', vault.fingerprintKey).update(`request\u0000${canonicalJson(input)}`).digest('hex') });

/** 检举控告: into the sealed lane, as a case of its own or on one that is sealed already. */
export async function registerAccusation(tx: EntityManager, deps: LaneDeps, given: AccusationIn): Promise<Done | No> {
  const { input, actor } = given;
  const { unitId } = actor.viewer;
  // without a unit nobody would see it
  if (!unitId) return refuse('NOT_PERMITTED', '您的角色不能办理此事项。', 'Your role may not do this.');
  const found = input.caseId ? await lockAnyCase(tx, actor.viewer, input.caseId) : undefined;
  if (input.caseId && !found) return refuse('NOT_FOUND', '信访事项不存在，或对您不可见。', 'The case does not exist or is not visible to you.');
  if (found && !found.isSealed) return refuse('CASE_NOT_SEALED', '检举控告件应单独登记，不得并入其他信访事项。', 'An accusation is a case of its own.', '《信访工作条例》第三十条');
  const accused = namedIn(input);
  if (!accused || !(await areKnown(tx, accused))) return refuse('ACCUSED_NOT_FIT', '被检举控告的单位或者干部不在名录中，请改用文字说明。', 'An accused is not in the directory; use words.');
  const exclusions = await exclusionsFor(tx, [...accused, ...(found ? await accusedOf(tx, found.id) : [])]);
  if (await keepsOut(tx, exclusions, { actor, today: given.time.today })) return registrarIsAccused();
  return store(tx, deps, { ...given, found, accused, exclusions, unitId });
}

/** Ids in the one form in which rows carry them; undefined when one is no id. */
function namedIn({ accused }: RegisterPetitionInput): NamedAccused[] | undefined {
  const named = (accused ?? []).map(({ unitId, officialId, description }) => ({
    unitId: unitId?.toLowerCase() ?? null, officialId: officialId?.toLowerCase() ?? null, description: description?.trim() ?? null,
  }));
  return named.every(({ unitId, officialId }) => [unitId, officialId].every((id) => id === null || isId(id))) ? named : undefined;
}

const exclusionsFor = async (tx: EntityManager, accused: readonly NamedAccused[] | Awaited<ReturnType<typeof accusedOf>>): Promise<Exclusion[]> =>
  exclusionsOfAccused(accused, await treeOfAccused(tx, accused));

/** Is the registrar among those kept out, by the unit that is used or by another post that is not over? */
async function keepsOut(tx: EntityManager, exclusions: readonly Exclusion[], { actor: { viewer }, today }: { actor: Actor; today: string }): Promise<boolean> {
  const excluded = new Set(exclusions.map((one) => one.id));
  const unitIds = [...new Set([...(viewer.unitId ? [viewer.unitId] : []), ...(await unitsOfPosts(tx, viewer.subject, today))])];
  const placed = await placedUnits(tx, unitIds);
  return excluded.has(viewer.subject) || unitIds.some((id) => isKeptOut(placed.get(id) ?? { id, above: [] }, excluded));
}

const unitsOfPosts = async (tx: EntityManager, officialId: string, today: string): Promise<string[]> =>
  isId(officialId) ? (await select<{ id: string }>(tx, 'SELECT DISTINCT unit_id AS id FROM posts WHERE official_id = ? AND (ended_on IS NULL OR ended_on >= ?)', [officialId, today])).map(({ id }) => id) : [];

interface Storing extends AccusationIn {
  readonly found: CaseRow | undefined;
  readonly accused: readonly NamedAccused[];
  readonly exclusions: readonly Exclusion[];
  readonly unitId: string;
}

async function store(tx: EntityManager, deps: LaneDeps, given: Storing): Promise<Done> {
  const { input, actor, time, petition, found, unitId } = given;
  const place = { divisionCode: input.divisionCode, registeredOn: time.today, registeredUnitId: unitId, isSealed: true, markedAt: time.now };
  const caseId = found ? await touch(tx, found) : await open(tx, { ...given, place });
  const [petitionId = ''] = await insertPetitions(tx, deps.vault, [{ ...place, caseId, petition: { ...petition, ...NOTHING_SAID, intake: { ...petition.intake, ...NO_PARTICULARS } } }]);
  await insertWords(tx, deps.vault, {
    caseId, petitionId,
    words: {
      title: input.title.trim(), summary: input.summary.trim(), content: input.content ?? null, contentCategory: input.contentCategory ?? null, claims: input.claims ?? [],
      intake: particularsOf(petition.intake ?? {}),
    },
  });
  await insertAccused(tx, deps.vault, { caseId, accused: given.accused });
  await recordExclusions(tx, deps.vault, { caseId, exclusions: given.exclusions, actor, on: time.today });
  await audit(tx, actor, { action: 'ACCUSATION_REGISTERED', subjectType: 'Petition', subjectId: petitionId, caseId });
  await recordEvent(tx, actor, { caseId, action: found ? 'PETITION_ADDED' : 'REGISTERED', basis: '《信访工作条例》第二十二条、第三十条', detail: { petitionId } });
  if (!found) await deps.clocks.declare(tx, [{ code: 'T2', caseId, divisionCode: input.divisionCode, obligorUnitId: unitId, startOn: petition.intake?.receivedOn ?? time.today, state: 'OPEN', metOn: null, version: 1 }], actor.requestId);
  await publishScopes(tx, deps.outbox, { caseIds: [caseId], requestId: actor.requestId });
  return { petitionId, caseId };
}

/** What the open tables hold in place of words. */
const NOTHING_SAID = { title: SEALED_TITLE.zh, content: null, claims: [], externalCategory: null };
const NO_PARTICULARS = { addressee: null, cause: null, hotTopic: null, system: null, externalCategory: null, residenceDivisionCode: null, householdDivisionCode: null };

const particularsOf = ({ addressee = null, cause = null, hotTopic = null, system = null, externalCategory = null, residenceDivisionCode = null, householdDivisionCode = null }: Partial<Intake>) =>
  ({ addressee, cause, hotTopic, system, externalCategory, residenceDivisionCode, householdDivisionCode });

async function open(tx: EntityManager, { input, time, place }: Storing & { readonly place: { divisionCode: string; registeredOn: string; registeredUnitId: string; isSealed: boolean } }): Promise<string> {
  const [caseId = ''] = await insertCases(tx, [{
    ...place, purpose: input.purpose, title: SEALED_TITLE.zh, summary: '', contentCategory: null, leadUnitId: null, leadSince: null, limitOn: null,
  }]);
  await insertAccusation(tx, caseId, time.today);
  return caseId;
}

async function touch(tx: EntityManager, row: CaseRow): Promise<string> {
  if (!(await updateVersion(tx, 'cases', { id: row.id, version: Number(row.version), set: { status: row.status } }))) throw new AppError('CONFLICT');
  return row.id;
}
