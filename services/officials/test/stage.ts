import { randomUUID } from 'node:crypto';
import type { Viewer } from '@anjie/access';
import { inTransaction } from '@anjie/service-kit/database';
import type { CaseScope } from '@anjie/service-kit/facts';
import { aCaseScope, setBusinessNow, viewers } from '@anjie/testing';
import { keepCaseScopes } from '../src/jobs/on-case-scope-changed';
import { key, type Officials } from './fixture';

/** A county with a joint office, a bureau with its head and a deputy, and a township: what the tests of leaders' work begin with. */
export async function setStage(officials: Officials) {
  await officials.truncate();
  await setBusinessNow(officials.db, new Date('2026-06-30T04:00:00Z'));
  await officials.divisions();
  const officeUnit = await officials.unit({ code: 'OFFICE', name: '联席办', kind: 'JOINT_OFFICE' });
  const bureau = await officials.unit({ code: 'BUREAU', name: '住建局' });
  const town = await officials.unit({ code: 'TOWN', name: '掌政镇', kind: 'TOWNSHIP', divisionCode: '640104100' });
  const head = await officials.official('BUREAU', { name: '李局长', isHead: true });
  const deputy = await officials.official('BUREAU', { name: '王副局长', title: '副局长' });
  const mayor = await officials.official('TOWN', { name: '赵镇长', isHead: true });
  return {
    officeUnit, bureau, town, head, deputy, mayor, campaignId: randomUUID(),
    office: viewers.jointOffice('640104', officeUnit), elsewhere: viewers.jointOffice('640105', randomUUID()), handler: viewers.handler(bureau), clerk: viewers.clerk(officeUnit),
  };
}
export type Stage = Awaited<ReturnType<typeof setStage>>;

export async function haveCase(officials: Officials, stage: Stage, part: Partial<CaseScope> = {}, version = 1): Promise<string> {
  const scope = aCaseScope({
    leadUnitId: stage.bureau, leadSince: '2026-03-01', parties: [{ kind: 'UNIT', id: stage.bureau, role: 'LEAD' }], ledgers: [{ campaignId: stage.campaignId, divisionCode: '640104', enteredOn: '2026-03-01', removedOn: null }], ...part,
  });
  await inTransaction(officials.db, (tx) => keepCaseScopes(tx, [{ scope, version }]));
  return scope.caseId;
}

export interface Answer {
  readonly __typename: string;
  readonly code?: string;
  readonly message?: string;
  readonly basis?: string | null;
}

/** Sends a mutation with a fresh key and gives back what it answers. */
export async function mutate<More extends object = object>(officials: Officials, viewer: Viewer, { name, type, fields, input }: { name: string; type: string; fields: string; input: object }): Promise<Answer & More> {
  const source = `mutation($input: ${type}!) { answer: ${name}(input: $input) { __typename ${fields} } }`;
  return (await officials.client.query<{ answer: Answer & More }>(viewer, source, { input: { idempotencyKey: key(), ...input } })).answer;
}

/** Fields of entities, asked as the gateway does. */
export const entities = async <Entity>(officials: Officials, viewer: Viewer, { type, ids, fields }: { type: string; ids: readonly string[]; fields: string }): Promise<(Entity | null)[]> =>
  (await officials.client.query<{ _entities: (Entity | null)[] }>(
    viewer, `query($r: [_Any!]!) { _entities(representations: $r) { ... on ${type} { ${fields} } } }`, { r: ids.map((id) => ({ __typename: type, id })) },
  ))._entities;

export const sponsorIt = (officials: Officials, viewer: Viewer, input: object) =>
  mutate<{ sponsorship?: { id: string } }>(officials, viewer, {
    name: 'sponsorCase', type: 'SponsorCaseInput', fields: '... on SponsorCasePayload { sponsorship { id version } } ... on SponsorshipRefusal { code basis }', input,
  });
