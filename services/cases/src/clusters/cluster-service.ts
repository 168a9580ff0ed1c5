import type { DataSource, EntityManager } from 'typeorm';
import { DIVISION_CODE } from '@anjie/contracts';
import { audit, businessTime, insertRows, newId, runMutation, select, selectIn, write, type Actor } from '@anjie/service-kit/database';
import { knownUnit } from '@anjie/service-kit/facts';
import { governs } from '../campaigns/campaign-service';
import { seenCases } from '../cases/case-repository';
import type { AddToClusterInput, OpenClusterInput, RemoveFromClusterInput } from '../generated/graphql';
import { recordEvents } from '../history/history-repository';
import { clusterFault } from '../rules/cluster';
import { isPermitted } from '../rules/permissions';
import { isWords } from '../rules/words';
import { CLUSTER_NO, type ClusterNo } from './cluster-refusals';
import { lockCluster, membersAmong, type ClusterRow } from './cluster-repository';

type Done = { clusterId: string };

const MAX_CASES = 200;

export function createClusterService({ db }: { db: DataSource }) {
  return {
    open: (input: OpenClusterInput, actor: Actor) =>
      runMutation<Done | ClusterNo>(db, { actor, operation: 'openCluster', key: input.idempotencyKey, input, work: (tx) => open(tx, input, actor) }),
    add: (input: AddToClusterInput, actor: Actor) =>
      runMutation<Done | ClusterNo>(db, { actor, operation: 'addToCluster', key: input.idempotencyKey, input, work: (tx) => add(tx, input, actor) }),
    remove: (input: RemoveFromClusterInput, actor: Actor) =>
      runMutation<Done | ClusterNo>(db, { actor, operation: 'removeFromCluster', key: input.idempotencyKey, input, work: (tx) => remove(tx, input, actor) }),
  };
}

export const mayCluster = (actor: Actor): boolean => isPermitted('CAMPAIGN', { roles: actor.viewer.roles, parts: [] });

/** The place that was given, or the office's own; undefined when it is not known here or out of reach. */
export async function placeWithinReach(tx: EntityManager, actor: Actor, given: string | null | undefined): Promise<string | undefined> {
  const code = given ?? actor.viewer.divisionCode;
  if (!code || !DIVISION_CODE.test(code) || !governs(actor, code)) return undefined;
  return (await select(tx, 'SELECT 1 FROM known_divisions WHERE code = ? AND valid_to IS NULL', [code])).length > 0 ? code : undefined;
}

async function open(tx: EntityManager, input: OpenClusterInput, actor: Actor): Promise<Done | ClusterNo> {
  if (!mayCluster(actor)) return CLUSTER_NO.NOT_PERMITTED;
  const divisionCode = await placeWithinReach(tx, actor, input.divisionCode);
  if (!divisionCode) return CLUSTER_NO.DIVISION_UNKNOWN;
  const fault = clusterFault({ ...input, specialisedGroup: input.specialisedGroup ?? null, groupInterest: input.groupInterest ?? null });
  if (fault) return CLUSTER_NO[fault];
  const department = await knownUnit(tx, input.leadDepartmentId.toLowerCase());
  if (!department) return CLUSTER_NO.UNIT_UNKNOWN;
  const { today } = await businessTime(tx);
  const clusterId = newId();
  await insertRows(tx, 'case_clusters', [{
    id: clusterId, name: input.name.trim(), content_category: input.contentCategory, key_domain: input.keyDomain, policy_defect: input.policyDefect, division_code: divisionCode,
    lead_department_id: input.leadDepartmentId.toLowerCase(), specialised_group: input.specialisedGroup?.trim() ?? null, group_interest: input.groupInterest?.trim() ?? null,
    opened_on: today, opened_by: actor.viewer.subject, version: 1,
  }]);
  await audit(tx, actor, { action: 'CLUSTER_OPENED', subjectType: 'CaseCluster', subjectId: clusterId, detail: { policyDefect: input.policyDefect, leadDepartmentId: input.leadDepartmentId } });
  return { clusterId };
}

/** A cluster that the office governs, locked: two clerks add one after the other. */
async function workable(tx: EntityManager, input: AddToClusterInput | RemoveFromClusterInput, actor: Actor): Promise<ClusterRow | ClusterNo> {
  const cluster = await lockCluster(tx, actor.viewer, input.clusterId);
  if (!cluster) return CLUSTER_NO.NOT_FOUND;
  if (!mayCluster(actor) || !governs(actor, cluster.divisionCode)) return CLUSTER_NO.NOT_PERMITTED;
  return isWords(input.reason, 5, 500) ? cluster : CLUSTER_NO.TEXT_LENGTH;
}

/** Visible cases among these, locked in id order; a sealed case belongs to no cluster. */
async function lockCases(tx: EntityManager, actor: Actor, caseIds: readonly string[]): Promise<string[]> {
  const seen = seenCases(actor.viewer);
  return (await selectIn<{ id: string }>(tx, `SELECT c.id FROM cases c WHERE c.id IN (?) AND c.is_sealed = 0 AND (${seen.sql}) ORDER BY c.id FOR UPDATE`, caseIds, seen.params)).map((row) => row.id);
}

interface Act {
  readonly action: 'CLUSTER_JOINED' | 'CLUSTER_LEFT';
  readonly clusterId: string;
  readonly caseIds: readonly string[];
  readonly ground: string;
}
async function note(tx: EntityManager, actor: Actor, { action, clusterId, caseIds, ground }: Act): Promise<void> {
  await write(tx, 'UPDATE cases SET version = version + 1 WHERE id IN (?)', [caseIds]);
  await audit(tx, actor, { action, subjectType: 'CaseCluster', subjectId: clusterId, detail: { caseIds } });
  await recordEvents(tx, actor, caseIds.map((caseId) => ({ caseId, action, ground, detail: { clusterId } })));
}

async function add(tx: EntityManager, input: AddToClusterInput, actor: Actor): Promise<Done | ClusterNo> {
  const cluster = await workable(tx, input, actor);
  if ('refused' in cluster) return cluster;
  const caseIds = [...new Set(input.caseIds.map((id) => id.toLowerCase()))];
  if (caseIds.length < 1 || caseIds.length > MAX_CASES) return CLUSTER_NO.COUNT_OUT_OF_RANGE;
  if ((await lockCases(tx, actor, caseIds)).length !== caseIds.length) return CLUSTER_NO.NOT_FOUND;
  if ((await membersAmong(tx, cluster.id, caseIds)).length > 0) return CLUSTER_NO.ALREADY_MEMBER;
  const { today } = await businessTime(tx);
  const ground = input.reason.trim();
  await insertRows(tx, 'cluster_cases', caseIds.map((caseId) => ({
    id: newId(), cluster_id: cluster.id, case_id: caseId, active_case_id: caseId, added_on: today, added_by: actor.viewer.subject, reason: ground,
  })));
  await note(tx, actor, { action: 'CLUSTER_JOINED', clusterId: cluster.id, caseIds, ground });
  return { clusterId: cluster.id };
}

async function remove(tx: EntityManager, input: RemoveFromClusterInput, actor: Actor): Promise<Done | ClusterNo> {
  const cluster = await workable(tx, input, actor);
  if ('refused' in cluster) return cluster;
  const [caseId] = await lockCases(tx, actor, [input.caseId]);
  if (!caseId) return CLUSTER_NO.NOT_FOUND;
  const { today } = await businessTime(tx);
  const ground = input.reason.trim();
  const removed = await write(
    tx, 'UPDATE cluster_cases SET active_case_id = NULL, removed_on = ?, removed_by = ?, removal_reason = ? WHERE cluster_id = ? AND active_case_id = ?',
    [today, actor.viewer.subject, ground, cluster.id, caseId],
  );
  if (removed === 0) return CLUSTER_NO.NOT_MEMBER;
  await note(tx, actor, { action: 'CLUSTER_LEFT', clusterId: cluster.id, caseIds: [caseId], ground });
  return { clusterId: cluster.id };
}
