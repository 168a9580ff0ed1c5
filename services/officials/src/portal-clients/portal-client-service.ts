import type { DataSource, EntityManager } from 'typeorm';
import { clientKeyHash, clientKeyHint, newClientKey } from '@anjie/access';
import { AppError, isRefusal } from '@anjie/contracts';
import { audit, isId, newId, runMutation, select, type Actor } from '@anjie/service-kit/database';
import type { ChangePortalClientInput, IssuePortalKeyInput, RegisterPortalClientInput, RevokePortalKeyInput } from '../generated/graphql';
import { mayDo } from '../rules/permissions';
import { clientObjection, MAX_KEYS, portalClientRefusals, type PortalClientRefusal } from '../rules/portal-client';
import { unitsByIds } from '../units/unit-repository';
import { holdPortalClient, insertPortalClient, stampRegister, updatePortalClient, visiblePortalClients, type PortalClientRow } from './portal-client-repository';
import { countValidKeys, insertPortalKey, portalKeysByIds, revokeKey } from './portal-key-repository';

export type ClientAnswer = { readonly clientId: string } | PortalClientRefusal;
export interface Issued {
  readonly clientId: string;
  readonly keyId: string;
}
/** The secret stands beside the stored answer, never in it: a repeat of the request does not show it again. */
export type KeyAnswer = (Issued & { readonly secret: string | null }) | PortalClientRefusal;

/** One of an administrator's acts on the register: once, audited, and every gateway reads anew. */
export const registerAct =
  <Input extends { idempotencyKey: string }, Done>(db: DataSource, operation: string, work: (tx: EntityManager, input: Input, actor: Actor) => Promise<Done | PortalClientRefusal>) =>
  (input: Input, actor: Actor): Promise<Done | PortalClientRefusal> =>
    runMutation<Done | PortalClientRefusal>(db, {
      actor, operation, key: input.idempotencyKey, input,
      work: async (tx) => {
        if (!mayDo(actor.viewer, 'KEEP_PORTAL_CLIENTS')) return portalClientRefusals.notPermitted();
        const answer = await work(tx, input, actor);
        if (!isRefusal(answer)) await stampRegister(tx);
        return answer;
      },
    });

export function createPortalClientService({ db }: { readonly db: DataSource }) {
  const withKey =
    <Input extends { idempotencyKey: string }>(operation: string, work: (tx: EntityManager, input: Input, making: Making) => Promise<Issued | PortalClientRefusal>) =>
    async (input: Input, actor: Actor): Promise<KeyAnswer> => {
      let secret: string | null = null;
      const act = registerAct<Input, Issued>(db, operation, (tx, same) => work(tx, same, { actor, secret: (secret = newClientKey()) }));
      const answer = await act(input, actor);
      return isRefusal(answer) ? (answer as PortalClientRefusal) : { ...answer, secret };
    };
  return {
    register: withKey('registerPortalClient', register),
    issueKey: withKey('issuePortalKey', issueKey),
    change: registerAct<ChangePortalClientInput, { clientId: string }>(db, 'changePortalClient', change),
    revokeKey: registerAct<RevokePortalKeyInput, { clientId: string }>(db, 'revokePortalKey', revoke),
  };
}

interface Making {
  readonly actor: Actor;
  readonly secret: string;
}

const scopeText = (scopes: readonly string[]): string => [...new Set(scopes)].sort().join(' ');

async function register(tx: EntityManager, input: RegisterPortalClientInput, { actor, secret }: Making): Promise<Issued | PortalClientRefusal> {
  const { name, unitId, contactPost, scopes, documentsMode = 'MEASURE', validDays = 365 } = input;
  const no = clientObjection({ name, contactPost, scopes, validDays }) ?? (await unitObjection(tx, unitId));
  if (no) return no;
  const id = newId();
  const [clock] = await select<{ now: Date }>(tx, 'SELECT UTC_TIMESTAMP(3) AS now');
  if (!clock) throw new Error('the database tells no time');
  await insertPortalClient(tx, { id, name: name.trim(), unitId, contactPost: contactPost.trim(), scopes: scopeText(scopes), documentsMode, madeBy: actor.viewer.subject }, clock.now);
  await noteClient(tx, actor, { action: 'portalClient.registered', id, detail: { unitId, scopes: scopeText(scopes), documentsMode } });
  return makeKey(tx, id, { actor, secret, validDays });
}

async function unitObjection(tx: EntityManager, unitId: string): Promise<PortalClientRefusal | undefined> {
  const [unit] = isId(unitId) ? await unitsByIds(tx, [unitId]) : [];
  return unit && unit.validTo === null ? undefined : portalClientRefusals.unitUnknown();
}

async function makeKey(tx: EntityManager, clientId: string, { actor, secret, validDays }: Making & { validDays: number }): Promise<Issued> {
  const keyId = newId();
  await insertPortalKey(tx, { id: keyId, clientId, hash: clientKeyHash(secret), hint: clientKeyHint(secret), validDays });
  await noteClient(tx, actor, { action: 'portalClient.keyIssued', id: clientId, detail: { keyId, validDays } });
  return { clientId, keyId };
}

/** A client that this viewer may change. */
export async function clientOf(tx: EntityManager, actor: Actor, clientId: string): Promise<PortalClientRow | PortalClientRefusal> {
  const [row] = isId(clientId) ? await visiblePortalClients(tx, actor.viewer, [clientId]) : [];
  return row ?? portalClientRefusals.notFound();
}

async function issueKey(tx: EntityManager, { clientId, validDays = 365 }: IssuePortalKeyInput, { actor, secret }: Making): Promise<Issued | PortalClientRefusal> {
  const no = clientObjection({ validDays });
  if (no) return no;
  const row = await clientOf(tx, actor, clientId);
  if (isRefusal(row)) return row as PortalClientRefusal;
  await holdPortalClient(tx, row.id);
  if ((await countValidKeys(tx, row.id)) >= MAX_KEYS) return portalClientRefusals.tooManyKeys();
  return makeKey(tx, row.id, { actor, secret, validDays });
}

async function change(tx: EntityManager, input: ChangePortalClientInput, actor: Actor): Promise<{ clientId: string } | PortalClientRefusal> {
  const row = await clientOf(tx, actor, input.clientId);
  if (isRefusal(row)) return row as PortalClientRefusal;
  if (row.version !== input.expectedVersion) throw new AppError('CONFLICT', { currentVersion: row.version });
  const no = clientObjection(input) ?? (input.unitId == null ? undefined : await unitObjection(tx, input.unitId));
  if (no) return no;
  const set = {
    name: input.name?.trim() ?? row.name, unit_id: input.unitId ?? row.unitId, contact_post: input.contactPost?.trim() ?? row.contactPost,
    scopes: input.scopes == null ? row.scopes : scopeText(input.scopes), documents_mode: input.documentsMode ?? row.documentsMode, state: input.state ?? row.state,
  };
  if (!(await updatePortalClient(tx, row, set))) throw new AppError('CONFLICT', { currentVersion: row.version + 1 });
  await noteClient(tx, actor, { action: 'portalClient.changed', id: row.id, detail: { unitId: set.unit_id, scopes: set.scopes, documentsMode: set.documents_mode, state: set.state } });
  return { clientId: row.id };
}

async function revoke(tx: EntityManager, { clientId, keyId }: RevokePortalKeyInput, actor: Actor): Promise<{ clientId: string } | PortalClientRefusal> {
  const row = await clientOf(tx, actor, clientId);
  if (isRefusal(row)) return row as PortalClientRefusal;
  const [key] = isId(keyId) ? await portalKeysByIds(tx, [keyId]) : [];
  if (key?.clientId !== row.id) return portalClientRefusals.notFound();
  if (!(await revokeKey(tx, row.id, key.id))) return portalClientRefusals.alreadyRevoked();
  await noteClient(tx, actor, { action: 'portalClient.keyRevoked', id: row.id, detail: { keyId: key.id } });
  return { clientId: row.id };
}

export const noteClient = (tx: EntityManager, actor: Actor, { action, id, detail }: { action: string; id: string; detail: Readonly<Record<string, unknown>> }): Promise<void> =>
  audit(tx, actor, { action, subjectType: 'PortalClient', subjectId: id, detail });
