import type { DataSource, EntityManager } from 'typeorm';
import { AppError, DIVISION_CODE, isPhone, isRefusal, normalisePhone, refuse, type Refusal } from '@anjie/contracts';
import { audit, businessTime, newId, runMutation, type Actor, type Row } from '@anjie/service-kit/database';
import type { ChangeMediationCentreInput, CloseMediationCentreInput, MediationCentreRefusalCode, OpenMediationCentreInput } from '../generated/graphql';
import type { Kinds } from '../kinds';
import type { MediationCentreKind } from '../referral-kinds';
import { forbids } from '../rules/permissions';
import { requiredText } from '../rules/texts';
import { receivingUnit, unitsActedFor } from '../units/unit-repository';
import { addCentre, lockCentre, saveCentre, type MediationCentreRow } from './mediation-centre-repository';

type Refused = Refusal<MediationCentreRefusalCode>;
export type CentreAnswer = { readonly centreId: string } | Refused;

const notFound = (): Refused => refuse('NOT_FOUND', '不存在，或对您不可见。', 'It does not exist, or is not visible to you.');

export interface CentreDeps {
  readonly db: DataSource;
  readonly kinds: Kinds;
}

/** 三级矛盾纠纷化解阵地、群众之家: where people come, what is offered there and when. */
export function createMediationCentreService({ db, kinds }: CentreDeps) {
  const change = (actor: Actor, operation: string, { input, plan }: { input: CentreInput; plan: (centre: MediationCentreRow, today: string) => Row | Refused }) =>
    runMutation<CentreAnswer>(db, { actor, operation, key: input.idempotencyKey, input, work: (tx) => save(tx, { actor, input, plan, operation }) });
  return {
    open: (actor: Actor, input: OpenMediationCentreInput) =>
      runMutation<CentreAnswer>(db, { actor, operation: 'openMediationCentre', key: input.idempotencyKey, input, work: (tx) => open(tx, { actor, input, kinds }) }),
    change: (actor: Actor, input: ChangeMediationCentreInput) =>
      change(actor, 'changeMediationCentre', { input, plan: ({ kind, closedOn }) => (closedOn ? alreadyClosed() : factsOf(input, kinds.mediationCentres.of(kind))) }),
    close: (actor: Actor, input: CloseMediationCentreInput) => change(actor, 'closeMediationCentre', { input, plan: ({ closedOn }, today) => (closedOn ? alreadyClosed() : { closed_on: today }) }),
  };
}
export type MediationCentreService = ReturnType<typeof createMediationCentreService>;

const alreadyClosed = (): Refused => refuse('ILLEGAL_STATE', '该场所已停用。', 'This place is closed.');

type Facts = Pick<OpenMediationCentreInput, 'name' | 'services' | 'openHours' | 'address' | 'phone'>;

/** What people read of the place; a kind says what may be offered there. */
function factsOf(input: Facts, kind: MediationCentreKind): Row | Refused {
  const texts = [requiredText(input.name, { field: 'name', max: 100 }), requiredText(input.openHours, { field: 'openHours', max: 200 }), requiredText(input.address, { field: 'address', max: 200 })];
  const missing = texts.find(isRefusal);
  if (missing) return missing as Refused;
  const services = [...new Set(input.services)];
  if (services.length === 0 || services.some((one) => !kind.services.includes(one))) return refuse('SERVICE_INVALID', '该类场所不提供所列服务。', 'Such a place does not offer one of these services.');
  const phone = input.phone ? normalisePhone(input.phone) : null;
  if (phone && !isPhone(phone)) throw new AppError('BAD_USER_INPUT', { field: 'phone' });
  const [name, openHours, address] = texts as string[];
  return { name: name ?? '', open_hours: openHours ?? '', address: address ?? '', services: services.join(' '), phone };
}

async function open(tx: EntityManager, { actor, input, kinds }: { actor: Actor; input: OpenMediationCentreInput; kinds: Kinds }): Promise<CentreAnswer> {
  const [unitId] = [...(await unitsActedFor(tx, actor.viewer, [input.unitId ?? actor.viewer.unitId ?? '']))];
  const forbidden = forbids({ roles: actor.viewer.roles, parts: unitId ? ['UNIT'] : [] }, 'KEEP_CENTRE');
  if (forbidden || !unitId) return forbidden ?? notFound();
  const kind = kinds.mediationCentres.usable(input.kind);
  if (!kind) return refuse('KIND_UNKNOWN', '没有这一类场所，或已停用。', 'There is no such kind, or it is retired.');
  if (!(await receivingUnit(tx, unitId))?.isOpen) return refuse('UNIT_NOT_FOUND', '单位不存在或已撤并。', 'The unit is unknown or closed.');
  if (!DIVISION_CODE.test(input.divisionCode)) throw new AppError('BAD_USER_INPUT', { field: 'divisionCode' });
  const facts = factsOf(input, kind);
  if (isRefusal(facts)) return facts as unknown as Refused;
  const { today } = await businessTime(tx);
  const id = newId();
  await addCentre(tx, { id, kind: kind.code, level: kind.level, unit_id: unitId, division_code: input.divisionCode, opened_on: today, ...(facts as Row) });
  await audit(tx, actor, { action: 'CENTRE_OPENED', subjectType: 'MediationCentre', subjectId: id, detail: { kind: kind.code, unitId } });
  return { centreId: id };
}

interface CentreInput {
  readonly idempotencyKey: string;
  readonly centreId: string;
  readonly expectedVersion: number;
}
interface Saving {
  readonly actor: Actor;
  readonly input: CentreInput;
  readonly operation: string;
  readonly plan: (centre: MediationCentreRow, today: string) => Row | Refused;
}

async function save(tx: EntityManager, { actor, input, operation, plan }: Saving): Promise<CentreAnswer> {
  const centre = await lockCentre(tx, input.centreId);
  if (!centre) return notFound();
  const acts = (await unitsActedFor(tx, actor.viewer, [centre.unitId])).size > 0;
  const forbidden = forbids({ roles: actor.viewer.roles, parts: acts ? ['UNIT'] : [] }, 'KEEP_CENTRE');
  if (forbidden) return forbidden;
  if (centre.version !== input.expectedVersion) throw new AppError('CONFLICT', { currentVersion: centre.version });
  const { today } = await businessTime(tx);
  const set = plan(centre, today);
  if (isRefusal(set)) return set as Refused;
  if (!(await saveCentre(tx, { id: centre.id, version: centre.version, set: set as Row }))) throw new AppError('CONFLICT');
  await audit(tx, actor, { action: operation === 'closeMediationCentre' ? 'CENTRE_CLOSED' : 'CENTRE_CHANGED', subjectType: 'MediationCentre', subjectId: centre.id });
  return { centreId: centre.id };
}
