import type { DataSource, EntityManager } from 'typeorm';
import { hasRole, type Viewer } from '@anjie/access';
import { type Refusal, refuse } from '@anjie/contracts';
import { audit, businessTime, inTransaction, runMutation, select, type Actor, type BusinessTime } from '@anjie/service-kit/database';
import type { Outbox } from '@anjie/service-kit/messaging';
import { registerAccusation, requestOf } from '../accusations/accusation-registration';
import { lockCase } from '../cases/case-repository';
import { insertCases, insertPetitions } from '../cases/case-writer';
import type { Clocks } from '../clocks/clock-service';
import type { Papers } from '../documents/document-service';
import { publishScopes } from '../cases/scope-service';
import { recordEvent } from '../history/history-repository';
import { addClaims } from '../claims/claim-repository';
import type { PetitionRefusalCode, RegisterPetitionInput, RevealPetitionerInput } from '../generated/graphql';
import type { IdentityVault } from '../petitioners/identity-vault';
import { openPetitioner, petitionerByRef } from '../petitioners/petitioner-repository';
import { identityLooker, noteIdentityReading } from '../readings/identity-reading';
import { isReasonFit } from '../rules/corrections';
import { isIdentityUnclear } from '../rules/intake-people';
import { shownIdentity, type Looker } from '../rules/identity-showing';
import { isPermitted } from '../rules/permissions';
import { acceptableRegistration } from '../rules/registration';
import { petitionOf } from './new-petition';
import { petitionsByIds } from './petition-repository';
import { issueRegistrationForm } from './registration-form';
import { rulingFor, takeRepeat } from './repeat-petition';

export interface PetitionDeps {
  readonly db: DataSource;
  readonly outbox: Outbox;
  readonly vault: IdentityVault;
  readonly clocks: Clocks;
  readonly papers: Papers;
}
type No = Refusal<PetitionRefusalCode>;

const NOT_FOUND: No = refuse('NOT_FOUND', '信访事项不存在，或对您不可见。', 'The case does not exist or is not visible to you.');
const NOT_PERMITTED: No = refuse('NOT_PERMITTED', '您的角色不能办理此事项。', 'Your role may not do this.');

export function createPetitionService(deps: PetitionDeps) {
  return {
    register: (input: RegisterPetitionInput, actor: Actor) =>
      runMutation<Registered | No>(deps.db, {
        actor, operation: 'registerPetition', key: input.idempotencyKey, input: requestOf(deps.vault, input), work: (tx) => register(tx, deps, { input, actor }),
      }),
    reveal: (input: RevealPetitionerInput, actor: Actor) => reveal(deps, input, actor),
  };
}

interface Registration {
  readonly input: RegisterPetitionInput;
  readonly actor: Actor;
}

type Registered = { petitionId: string; caseId: string };

/** Into the lane that the purpose says. */
async function register(tx: EntityManager, deps: PetitionDeps, registration: Registration): Promise<Registered | No> {
  const time = await admit(tx, registration);
  if ('refused' in time) return time;
  const { input } = registration;
  if (input.purpose !== 'ACCUSATION') return registerOpenly(tx, deps, { ...registration, time });
  return registerAccusation(tx, deps, { ...registration, time, petition: petitionOf('', { input, unitId: registration.actor.viewer.unitId }, time).petition });
}

async function registerOpenly(tx: EntityManager, deps: PetitionDeps, { input, actor, time }: Registration & { readonly time: BusinessTime }): Promise<Registered | No> {
  const found = input.caseId ? await lockCase(tx, actor.viewer, input.caseId) : undefined;
  if (input.caseId && !found) return NOT_FOUND;
  const ruling = found && (await rulingFor(tx, { row: found, actor, today: time.today, hasNewFacts: input.hasNewFacts ?? false }));
  if (ruling?.disposition === 'NEW_CASE') return refuse('NEW_FACTS', '提出新的事实和理由的，作为新的信访事项登记。', 'New facts and reasons are registered as a new case.', ruling.basis);
  const caseId = found ? found.id : await openCase(tx, { input, actor }, time);
  const [petitionId = ''] = await insertPetitions(tx, deps.vault, [petitionOf(caseId, { input, unitId: actor.viewer.unitId }, time)]);
  await addClaims(tx, caseId, input.claims ?? []);
  await audit(tx, actor, { action: 'PETITION_REGISTERED', subjectType: 'Petition', subjectId: petitionId, caseId });
  if (found && ruling) await takeRepeat(tx, deps, { row: found, petitionId, actor, today: time.today, ruling });
  else {
    const documentId = await issueRegistrationForm(tx, deps.papers, { caseId, petitionId, input, today: time.today, actor });
    await recordEvent(tx, actor, { caseId, action: 'REGISTERED', basis: '《信访工作条例》第二十二条、第二十三条', documentId, detail: { petitionId } });
  }
  if (!found) await startForwarding(tx, deps, { caseId, input, today: time.today, actor });
  await publishScopes(tx, deps.outbox, { caseIds: [caseId], requestId: actor.requestId });
  return { petitionId, caseId };
}

/** May the viewer register, and can this be registered as given: of either lane. */
async function admit(tx: EntityManager, { input, actor: { viewer } }: Registration): Promise<BusinessTime | No> {
  if (!mayRegister(viewer)) return NOT_PERMITTED;
  const time = await businessTime(tx);
  return acceptableRegistration(input, { today: time.today, viewer, isDivisionKnown: await isDivisionKnown(tx, input.divisionCode) }) ?? time;
}

interface NewMatter extends Registration {
  readonly caseId: string;
  readonly today: string;
}

/**
 * 第二十二条: a petition office forwards or assigns within 15 days of receipt; 第二十三条第二款: another organ
 * tells the petitioner within 15 days, unless name or address is unclear.
 */
async function startForwarding(tx: EntityManager, { clocks }: PetitionDeps, { caseId, input, today, actor }: NewMatter): Promise<void> {
  const { unitId } = actor.viewer;
  if (!unitId) return;
  const [unit] = await select<{ kind: string }>(tx, 'SELECT kind FROM known_units WHERE id = ?', [unitId]);
  const code = unit && !PETITION_OFFICES.has(unit.kind) ? 'T3' : 'T2';
  if (code === 'T3' && isIdentityUnclear(input)) return;
  const startOn = input.receivedOn ?? today;
  await clocks.declare(tx, [{ caseId, divisionCode: input.divisionCode, startOn, code, obligorUnitId: unitId, state: 'OPEN', metOn: null, version: 1 }], actor.requestId);
}

/** 信访部门: who forwards and assigns. Every other organ receives for itself. */
const PETITION_OFFICES = new Set(['JOINT_OFFICE', 'PETITION_OFFICE']);

/** Without a unit there is no registrar, and nobody but a joint office would see the new case. */
const mayRegister = (viewer: Viewer): boolean =>
  isPermitted('REGISTER', { roles: viewer.roles, parts: [] }) && (viewer.unitId !== null || hasRole(viewer, 'JOINT_OFFICE'));

const isDivisionKnown = async (tx: EntityManager, code: string): Promise<boolean> =>
  (await select(tx, 'SELECT 1 FROM known_divisions WHERE code = ? AND valid_to IS NULL', [code])).length > 0;

async function openCase(tx: EntityManager, { input, actor }: Registration, time: BusinessTime): Promise<string> {
  const [caseId = ''] = await insertCases(tx, [{
    divisionCode: input.divisionCode, purpose: input.purpose, title: input.title.trim(), summary: input.summary.trim(),
    contentCategory: input.contentCategory ?? null, registeredOn: time.today, registeredUnitId: actor.viewer.unitId,
    leadUnitId: null, leadSince: null, limitOn: null,
  }]);
  return caseId;
}

/**
 * The audit of the reading commits before anything is shown: no audit, no sight. A repeat is another reading: it is
 * checked, counted and audited again, so no stored answer is used here.
 */
async function reveal(deps: PetitionDeps, input: RevealPetitionerInput, actor: Actor) {
  const allowed = await inTransaction(deps.db, (tx) => noteReading(tx, input, actor));
  if ('refused' in allowed) return allowed;
  const row = await petitionerByRef(deps.db.manager, allowed.petitionId, allowed.ref);
  if (!row) return NOT_FOUND;
  return shownIdentity(openPetitioner(deps.vault, row), { look: 'REVEALED', ...allowed });
}

async function noteReading(tx: EntityManager, input: RevealPetitionerInput, actor: Actor): Promise<{ petitionId: string; ref: string; looker: Looker; isRestricted: boolean } | No> {
  const [petition] = await petitionsByIds(tx, actor.viewer, [input.petitionId]);
  if (!petition || !(await petitionerByRef(tx, petition.id, input.ref))) return NOT_FOUND;
  const shown = await identityLooker(tx, actor.viewer, petition);
  if ('refused' in shown) return shown;
  const reason = input.reason.trim();
  if (!isReasonFit(reason)) return refuse('REASON_MISSING', '请填写5至200字的查看事由。', 'Give a reason of 5 to 200 characters.');
  const quota = await noteIdentityReading(tx, actor, { ref: input.ref, caseId: petition.caseId, detail: { reason, idempotencyKey: input.idempotencyKey } });
  return quota ?? { petitionId: petition.id, ref: input.ref, looker: shown.looker, isRestricted: petition.restrictedOn !== null };
}
