import type { EntityManager } from 'typeorm';
import { AppError, refuse, type Refusal } from '@anjie/contracts';
import { audit, businessTime, runMutation, select, updateVersion, type Actor, type BusinessTime, type Row } from '@anjie/service-kit/database';
import { knownUnit } from '@anjie/service-kit/facts';
import { searchGrams } from '@anjie/service-kit/search';
import { lockCase, standingInCase, type CaseRow } from '../cases/case-repository';
import { publishScopes } from '../cases/scope-service';
import type { CorrectPetitionInput, PetitionRefusalCode } from '../generated/graphql';
import { recordEvent } from '../history/history-repository';
import { signAgain } from '../repeats/backfill-repository';
import { changesOf, correctionFault, mayMove, type Change, type CorrectableField } from '../rules/corrections';
import { isPermitted, type StandingInCase } from '../rules/permissions';
import { OUT_OF_REACH } from '../rules/registration';
import { firstPetitionId, insertCorrections, updatePetition } from './correction-repository';
import { petitionsByIds, type PetitionRow } from './petition-repository';
import type { PetitionDeps } from './petition-service';

type No = Refusal<PetitionRefusalCode>;
type Done = { petitionId: string; caseId: string };

const NOT_FOUND: No = refuse('NOT_FOUND', '信访件不存在，或对您不可见。', 'The petition does not exist or is not visible to you.');

export function createCorrectionService(deps: Pick<PetitionDeps, 'db' | 'outbox' | 'vault'>) {
  return {
    correct: (input: CorrectPetitionInput, actor: Actor) =>
      runMutation<Done | No>(deps.db, { actor, operation: 'correctPetition', key: input.idempotencyKey, input, work: (tx) => correct(tx, deps, { input, actor }) }),
  };
}

/** Mends words and facts. Dates of limits, numbers and the obligations that were declared stay as they are. */
async function correct(tx: EntityManager, { outbox, vault }: Pick<PetitionDeps, 'outbox' | 'vault'>, { input, actor }: { input: CorrectPetitionInput; actor: Actor }): Promise<Done | No> {
  const { viewer } = actor;
  const [petition] = await petitionsByIds(tx, viewer, [input.petitionId]);
  const found = petition && (await lockCase(tx, viewer, petition.caseId));
  if (!petition || !found) return NOT_FOUND;
  const standing = await standingInCase(tx, viewer, found.id);
  if (!isPermitted('CORRECT', standing)) return refuse('NOT_PERMITTED', '您的角色不能更正此信访件。', 'Your role may not correct this petition.');
  if (Number(found.version) !== input.expectedVersion) throw new AppError('CONFLICT', { currentVersion: Number(found.version) });
  const no = correctionFault(input) ?? (await moveFault(tx, found, { to: input.divisionCode ?? found.divisionCode, standing }));
  if (no) return no;
  const changes = changesOf(input, currentOf(petition, found));
  if (changes.length === 0) return refuse('NO_CHANGE', '没有需要更正的内容。', 'Nothing is different from what is on file.');
  const time = await businessTime(tx);
  await writeChanges(tx, { petition, found, changes }, time);
  await insertCorrections(tx, { petitionId: petition.id, caseId: found.id, changes, reason: input.reason.trim(), actor, time });
  await audit(tx, actor, { action: 'PETITION_CORRECTED', subjectType: 'Petition', subjectId: petition.id, caseId: found.id, detail: { fields: changes.map((one) => one.field) } });
  await recordEvent(tx, actor, { caseId: found.id, action: 'PETITION_CORRECTED', ground: input.reason.trim(), detail: { petitionId: petition.id, fields: changes.map((one) => one.field) } });
  if (changes.some((one) => COMPARED_FIELDS.has(one.field))) await signAgain(tx, vault, found.id);
  if (changes.some((one) => one.field === 'divisionCode')) await publishScopes(tx, outbox, { caseIds: [found.id], requestId: actor.requestId });
  return { petitionId: petition.id, caseId: found.id };
}

/** Words and place by which repeats are found. */
const COMPARED_FIELDS: ReadonlySet<string> = new Set(['title', 'summary', 'divisionCode']);

async function moveFault(tx: EntityManager, { divisionCode: from, status, registeredUnitId }: CaseRow, { to, standing }: { to: string; standing: StandingInCase }): Promise<No | undefined> {
  if (to === from) return undefined;
  const registrar = registeredUnitId ? await knownUnit(tx, registeredUnitId) : undefined;
  const isReached = mayMove(standing, { from, to, status, registrarPlace: registrar?.divisionCode ?? null });
  return isReached && (await isDivisionKnown(tx, to)) ? undefined : OUT_OF_REACH;
}

const isDivisionKnown = async (tx: EntityManager, code: string): Promise<boolean> =>
  (await select(tx, 'SELECT 1 FROM known_divisions WHERE code = ? AND valid_to IS NULL', [code])).length > 0;

const currentOf = (petition: PetitionRow, row: CaseRow): Readonly<Record<CorrectableField, Change['before']>> => ({
  title: petition.title, summary: row.summary, contentCategory: row.contentCategory, divisionCode: row.divisionCode, addressee: petition.addressee,
  petitionerCount: petition.petitionerCount, affectedCount: petition.affectedCount, consentsToPublication: flag(petition.consentsToPublication),
  isMajorUrgent: petition.majorUrgentAt !== null, involvesLitigation: Boolean(petition.involvesLitigation), isCrossSeparation: Boolean(petition.isCrossSeparation),
  residenceDivisionCode: petition.residenceDivisionCode, householdDivisionCode: petition.householdDivisionCode,
});
const flag = (value: number | null): boolean | null => (value === null ? null : Boolean(value));

interface Work {
  readonly petition: PetitionRow;
  readonly found: CaseRow;
  readonly changes: readonly Change[];
}

async function writeChanges(tx: EntityManager, { petition, found, changes }: Work, time: BusinessTime): Promise<void> {
  const after = new Map(changes.map((one) => [one.field, one.after]));
  const givesTitle = after.has('title') && (await firstPetitionId(tx, found.id)) === petition.id;
  const title = givesTitle ? String(after.get('title')) : found.title;
  const summary = after.has('summary') ? String(after.get('summary')) : found.summary;
  const set: Row = {
    title, summary, search_grams: searchGrams(`${title} ${summary}`),
    content_category: after.has('contentCategory') ? (after.get('contentCategory') ?? null) : found.contentCategory,
    division_code: String(after.get('divisionCode') ?? found.divisionCode),
  };
  if (!(await updateVersion(tx, 'cases', { id: found.id, version: Number(found.version), set }))) throw new AppError('CONFLICT', { currentVersion: Number(found.version) });
  await updatePetition(tx, petition.id, petitionColumns(after, time));
}

const PLAIN_COLUMNS: Readonly<Record<string, string>> = {
  title: 'title', addressee: 'addressee', petitionerCount: 'petitioner_count', affectedCount: 'affected_count', consentsToPublication: 'consents_to_publication',
  involvesLitigation: 'involves_litigation', isCrossSeparation: 'is_cross_separation', residenceDivisionCode: 'residence_division', householdDivisionCode: 'household_division',
};

/** A flag that cannot be unknown falls back to no when it is emptied. */
function petitionColumns(after: ReadonlyMap<string, Change['after']>, time: BusinessTime): Row {
  const plain = Object.entries(PLAIN_COLUMNS).filter(([field]) => after.has(field)).map(([field, column]) => [column, after.get(field) ?? (FLAGS.has(field) ? false : null)]);
  const urgent: Row = after.has('isMajorUrgent') ? { major_urgent_at: after.get('isMajorUrgent') ? time.now : null } : {};
  return { ...(Object.fromEntries(plain) as Row), ...urgent };
}
const FLAGS: ReadonlySet<string> = new Set(['involvesLitigation', 'isCrossSeparation']);
