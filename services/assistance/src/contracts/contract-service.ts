import type { DataSource } from 'typeorm';
import { AppError, isRefusal, refuse, type Refusal } from '@anjie/contracts';
import { audit, businessTime, newId, type Row } from '@anjie/service-kit/database';
import { knownUnit } from '@anjie/service-kit/facts';
import { actingUnit, mutationsOf, notFound, partsOf, type Act } from '../cases/acts';
import type { AcceptDeliverableInput, EndServiceContractInput, RecordDeliveryInput, ServiceContractRefusalCode, SignServiceContractInput } from '../generated/graphql';
import { refusesAcceptance, refusesContract, refusesDeliverables, refusesDelivery } from '../rules/contract-lifecycle';
import { forbidsService, type ServiceAction } from '../rules/service-permissions';
import { optionalText, requiredText } from '../rules/texts';
import { addContract, addDeliverables, changeContract, changeDeliverable, deliverablesOfContracts, lockContract, visibleContractsByIds, type DeliverableRow, type ServiceContractRow } from './contract-repository';

type No = Refusal<ServiceContractRefusalCode>;
export type ContractAnswer = { readonly contractId: string } | No;

/** 购买第三方服务: who works for an office, on what, until when, under which undertaking, watched by whom. */
export function createContractService({ db }: { db: DataSource }) {
  const mutation = mutationsOf<ContractAnswer>(db);
  return {
    sign: mutation('signServiceContract', sign),
    deliver: mutation('recordDelivery', (act: Act<RecordDeliveryInput>) => change(act, { action: 'CONTRACT', of: 'unitId', plan: (row, today) => delivering(act, row, today) })),
    accept: mutation('acceptDeliverable', (act: Act<AcceptDeliverableInput>) => change(act, { action: 'ACCEPT_DELIVERY', of: 'supervisingUnitId', plan: (row, today) => accepting(act, row, today) })),
    end: mutation('endServiceContract', (act: Act<EndServiceContractInput>) => change(act, { action: 'CONTRACT', of: 'unitId', plan: (row, today) => ending(act.input, row, today) })),
  };
}
export type ContractService = ReturnType<typeof createContractService>;

async function sign({ tx, actor, input }: Act<SignServiceContractInput>): Promise<ContractAnswer> {
  const unitId = await actingUnit(tx, actor, input.unitId);
  const forbidden = forbidsService({ roles: actor.viewer.roles, parts: unitId ? ['UNIT'] : [] }, 'CONTRACT');
  if (forbidden || !unitId) return forbidden ?? notFound();
  const texts = [requiredText(input.provider, { field: 'provider', max: 200 }), requiredText(input.scope, { field: 'scope', max: 1000 }), requiredText(input.contractRef, { field: 'contractRef', max: 200 }),
    ...input.deliverables.map(({ title }) => requiredText(title, { field: 'title', max: 300 }))];
  const missing = texts.find((text) => isRefusal(text));
  if (isRefusal(missing)) return missing;
  const { today } = await businessTime(tx);
  const no = refusesContract({ fromOn: input.fromOn, toOn: input.toOn, confidentialityOn: input.confidentialityOn ?? null, today }) ?? refusesDeliverables(input.deliverables.map(({ dueOn }) => dueOn), input);
  if (no) return no;
  const supervisor = await knownUnit(tx, input.supervisingUnitId ?? unitId);
  if (!supervisor) return refuse('UNIT_NOT_FOUND', '监督单位不存在或已撤并。', 'The supervising unit is unknown or closed.');
  const id = newId();
  const [provider, scope, contractRef] = texts.map(String);
  await addContract(tx, {
    id, unit_id: unitId, supervising_unit_id: supervisor.id, provider: provider ?? '', scope: scope ?? '', contract_ref: contractRef ?? '', from_on: input.fromOn, to_on: input.toOn,
    confidentiality_on: input.confidentialityOn ?? '', state: 'IN_FORCE', signed_by: actor.viewer.subject,
  });
  await addDeliverables(tx, input.deliverables.map(({ title, dueOn }, i) => ({ id: newId(), contract_id: id, seq: i + 1, title: title.trim(), due_on: dueOn })));
  await audit(tx, actor, { action: 'SERVICE_CONTRACT_SIGNED', subjectType: 'ServiceContract', subjectId: id, detail: { unitId, supervisingUnitId: supervisor.id } });
  return { contractId: id };
}

interface Plan {
  readonly event: string;
  readonly set: Row;
  readonly after?: () => Promise<void>;
}
interface Change {
  readonly action: ServiceAction;
  /** Whose staff may do it. */
  readonly of: 'unitId' | 'supervisingUnitId';
  readonly plan: (row: ServiceContractRow, today: string) => Promise<Plan | No> | Plan | No;
}
type Changing = Act<{ readonly idempotencyKey: string; readonly contractId: string; readonly expectedVersion: number }>;

async function change({ tx, actor, input }: Changing, { action, of, plan }: Change): Promise<ContractAnswer> {
  const [seen] = await visibleContractsByIds(tx, actor.viewer, [input.contractId]);
  const row = seen && (await lockContract(tx, seen.id));
  if (!row) return notFound();
  const forbidden = forbidsService({ roles: actor.viewer.roles, parts: await partsOf(tx, actor, { UNIT: row[of] }) }, action);
  if (forbidden) return forbidden;
  if (row.version !== input.expectedVersion) throw new AppError('CONFLICT', { currentVersion: row.version });
  if (row.state === 'ENDED') return refuse('ILLEGAL_STATE', '合同已终止。', 'The contract has ended.');
  const { today } = await businessTime(tx);
  const planned = await plan(row, today);
  if (isRefusal(planned)) return planned;
  if (!(await changeContract(tx, { id: row.id, version: row.version, set: { state: row.state, ...planned.set } }))) throw new AppError('CONFLICT');
  await planned.after?.();
  await audit(tx, actor, { action: planned.event, subjectType: 'ServiceContract', subjectId: row.id });
  return { contractId: row.id };
}

async function deliverable({ tx, input }: Act<{ readonly deliverableId: string }>, row: ServiceContractRow): Promise<DeliverableRow | No> {
  const one = (await deliverablesOfContracts(tx, [row.id])).find(({ id }) => id === input.deliverableId.toLowerCase());
  return one ?? notFound();
}

async function delivering(act: Act<RecordDeliveryInput>, row: ServiceContractRow, today: string): Promise<Plan | No> {
  const { input, tx } = act;
  const one = await deliverable(act, row);
  if (isRefusal(one)) return one;
  const evidenceRef = requiredText(input.evidenceRef, { field: 'evidenceRef', max: 200 });
  if (isRefusal(evidenceRef)) return evidenceRef;
  return refusesDelivery(one, { on: input.deliveredOn, fromOn: row.fromOn, today })
    ?? { event: 'DELIVERABLE_DELIVERED', set: {}, after: () => changeDeliverable(tx, one.id, { delivered_on: input.deliveredOn, evidence_ref: evidenceRef }) };
}

/** Accepted, or sent back to be delivered again, with remarks. */
async function accepting(act: Act<AcceptDeliverableInput>, row: ServiceContractRow, today: string): Promise<Plan | No> {
  const { input, tx } = act;
  const one = await deliverable(act, row);
  if (isRefusal(one)) return one;
  const remarks = input.isAccepted ? optionalText(input.remarks, { field: 'remarks', max: 1000 }) : requiredText(input.remarks ?? '', { field: 'remarks', max: 1000 });
  if (isRefusal(remarks)) return remarks;
  return refusesAcceptance(one) ?? {
    event: input.isAccepted ? 'DELIVERABLE_ACCEPTED' : 'DELIVERABLE_SENT_BACK', set: {},
    after: () => changeDeliverable(tx, one.id, input.isAccepted ? { accepted_on: today, remarks } : { delivered_on: null, evidence_ref: null, remarks }),
  };
}

function ending(input: EndServiceContractInput, row: ServiceContractRow, today: string): Plan | No {
  const reason = requiredText(input.reason, { field: 'reason', max: 1000 });
  if (isRefusal(reason)) return reason;
  if (input.endedOn < row.fromOn || input.endedOn > today) return refuse('DATE_INVALID', '终止日期须在合同开始之后、不晚于今天。', 'It ended between its start and today.');
  return { event: 'SERVICE_CONTRACT_ENDED', set: { state: 'ENDED', ended_on: input.endedOn, end_reason: reason } };
}
