import type { DataSource, EntityManager } from 'typeorm';
import { audit, businessTime, insertRows, isDuplicate, newId, runMutation, type Actor } from '@anjie/service-kit/database';
import { governs } from '../campaigns/campaign-service';
import { CLUSTER_NO, type ClusterNo } from '../clusters/cluster-refusals';
import { lockCluster } from '../clusters/cluster-repository';
import { mayCluster, placeWithinReach } from '../clusters/cluster-service';
import type { LinkPolicyMeasureInput, RegisterPolicyMeasureInput } from '../generated/graphql';
import { isWords } from '../rules/words';
import { measuresByIds } from './policy-measure-repository';

type Done = { measureId: string };

export function createPolicyMeasureService({ db }: { db: DataSource }) {
  return {
    register: (input: RegisterPolicyMeasureInput, actor: Actor) =>
      runMutation<Done | ClusterNo>(db, { actor, operation: 'registerPolicyMeasure', key: input.idempotencyKey, input, work: (tx) => register(tx, input, actor) }),
    link: (input: LinkPolicyMeasureInput, actor: Actor) =>
      runMutation<Done | ClusterNo>(db, { actor, operation: 'linkPolicyMeasure', key: input.idempotencyKey, input, work: (tx) => link(tx, input, actor) }),
  };
}

const areWordsFitting = ({ title, documentNumber, issuer, summary }: RegisterPolicyMeasureInput): boolean =>
  isWords(title, 2, 200) && isWords(documentNumber, 2, 100) && isWords(issuer, 2, 200) && isWords(summary, 5, 2_000);

async function register(tx: EntityManager, input: RegisterPolicyMeasureInput, actor: Actor): Promise<Done | ClusterNo> {
  if (!mayCluster(actor)) return CLUSTER_NO.NOT_PERMITTED;
  const divisionCode = await placeWithinReach(tx, actor, input.divisionCode);
  if (!divisionCode) return CLUSTER_NO.DIVISION_UNKNOWN;
  if (!areWordsFitting(input)) return CLUSTER_NO.TEXT_LENGTH;
  const { today } = await businessTime(tx);
  if (input.issuedOn > today) return CLUSTER_NO.DATE_IN_FUTURE;
  const measureId = newId();
  const row = {
    id: measureId, title: input.title.trim(), document_number: input.documentNumber.trim(), issuer: input.issuer.trim(), issued_on: input.issuedOn, summary: input.summary.trim(),
    division_code: divisionCode, registered_on: today, registered_by: actor.viewer.subject, version: 1,
  };
  if (!(await isNew(() => insertRows(tx, 'policy_measures', [row])))) return CLUSTER_NO.ALREADY_REGISTERED;
  await audit(tx, actor, { action: 'MEASURE_REGISTERED', subjectType: 'PolicyMeasure', subjectId: measureId, detail: { documentNumber: row.document_number } });
  return { measureId };
}

async function link(tx: EntityManager, input: LinkPolicyMeasureInput, actor: Actor): Promise<Done | ClusterNo> {
  const [measure] = await measuresByIds(tx, actor.viewer, [input.measureId]);
  const cluster = await lockCluster(tx, actor.viewer, input.clusterId);
  if (!measure || !cluster) return CLUSTER_NO.NOT_FOUND;
  if (!mayCluster(actor) || !governs(actor, cluster.divisionCode)) return CLUSTER_NO.NOT_PERMITTED;
  const { today } = await businessTime(tx);
  const row = { measure_id: measure.id, cluster_id: cluster.id, linked_on: today, linked_by: actor.viewer.subject };
  if (!(await isNew(() => insertRows(tx, 'measure_clusters', [row])))) return CLUSTER_NO.ALREADY_LINKED;
  await audit(tx, actor, { action: 'MEASURE_LINKED', subjectType: 'PolicyMeasure', subjectId: measure.id, detail: { clusterId: cluster.id } });
  return { measureId: measure.id };
}

/** False when the row stands already: the unique key decides, also between two who ask at the same time. */
async function isNew(insert: () => Promise<void>): Promise<boolean> {
  try {
    await insert();
    return true;
  } catch (error) {
    if (isDuplicate(error)) return false;
    throw error;
  }
}
