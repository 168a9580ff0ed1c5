import { personas } from '@anjie/devtools';
import { eventually } from '@anjie/testing';
import { createGraphClient, key, rowsOf, runningSystem, type Persona } from './system';

const system = runningSystem();
const graph = createGraphClient(system);
const civilAffairs = String(personas['civil-affairs-portal']?.claims['unit']);

interface Referral {
  readonly id: string;
  readonly state: string;
  readonly version: number;
  readonly signDueOn: string | null;
  readonly history: { toState: string }[];
}
const FIELDS = 'id state version signDueOn sentOn request fromUnit { name } toUnit { name } history { toState }';

const move = async (persona: Persona, mutation: string, input: object): Promise<Referral & { code?: string; message?: string }> => {
  const name = `${mutation[0]?.toUpperCase()}${mutation.slice(1)}Input`;
  const data = await graph.query<Record<string, { referral?: Referral; code?: string; message?: string }>>(
    persona, `mutation ($input: ${name}!) { ${mutation}(input: $input) { ... on ReferralPayload { referral { ${FIELDS} } } ... on ReferralRefusal { code message basis } } }`,
    { input: { idempotencyKey: key(), ...input } },
  );
  const { referral, ...refusal } = data[mutation] ?? {};
  return { ...(referral as Referral), ...refusal };
};
const seen = async (persona: Persona, id: string): Promise<Referral | null> =>
  (await graph.query<{ referral: Referral | null }>(persona, `query ($id: ID!) { referral(id: $id) { ${FIELDS} } }`, { id })).referral;
const delivered = (id: string): Promise<Referral> =>
  eventually('the referral reaches the other department', async () => {
    const referral = await seen('civil-affairs-portal', id);
    return referral?.state === 'DELIVERED' ? referral : undefined;
  });

/** An unresolved case that the housing bureau leads, and in which neither civil affairs nor the window has a part yet. */
const aHousingCase = async (): Promise<string> => {
  const ids = await rowsOf<{ id: string }>(
    system,
    `SELECT c.id FROM cases.cases c WHERE c.lead_unit_id = ? AND NOT EXISTS (SELECT 1 FROM assistance.referrals r WHERE r.case_id = c.id)
       AND NOT EXISTS (SELECT 1 FROM cases.case_parties p WHERE p.case_id = c.id AND p.party_id IN (?, ?)) ORDER BY RAND() LIMIT 1`,
    [personas['housing-portal']?.claims['unit'], civilAffairs, personas['window-clerk']?.claims['unit']],
  );
  if (!ids[0]) throw new Error('the demo has no such case');
  return ids[0].id;
};
const send = async (caseId: string): Promise<Referral> => {
  const sent = await move('housing-portal', 'sendReferral', { caseId, toUnitId: civilAffairs, purpose: 'RELIEF', request: '该户生活困难，请核查并依法给予临时救助。' });
  expect(sent.code).toBeUndefined();
  return sent;
};

test('the housing bureau refers to civil affairs, which signs, accepts and completes; the sender keeps watch; the duty is met', async () => {
  const caseId = await aHousingCase();
  expect((await graph.query<{ case: unknown }>('civil-affairs-portal', 'query ($id: ID!) { case(id: $id) { id } }', { id: caseId })).case).toBeNull();
  const sent = await send(caseId);
  const arrived = await delivered(sent.id);
  // 5 working days from 2022-09-27 over the National Day: 10-08 and 10-09 are make-up workdays
  expect(arrived.signDueOn).toBe('2022-10-09');
  await eventually('the receiving unit sees the case', async () => {
    const answer = await graph.query<{ case: { title: string } | null }>('civil-affairs-portal', 'query ($id: ID!) { case(id: $id) { title } }', { id: caseId });
    return answer.case ?? undefined;
  });
  const duty = await eventually('supervision holds the duty to sign', async () => {
    const { case: found } = await graph.query<{ case: { obligations: { nodes: { dutyCode: string; state: string; dueOn: string }[] } } }>(
      'district-office', 'query ($id: ID!) { case(id: $id) { obligations(first: 20) { nodes { dutyCode state dueOn } } } }', { id: caseId },
    );
    return found.obligations.nodes.find((obligation) => obligation.dutyCode === 'REFERRAL_SIGN');
  });
  expect(duty).toMatchObject({ state: 'OPEN', dueOn: '2022-10-09' });

  const signed = await move('civil-affairs-portal', 'signReferral', { referralId: sent.id, expectedVersion: arrived.version });
  const accepted = await move('civil-affairs-portal', 'acceptReferral', { referralId: sent.id, expectedVersion: signed.version, completeBy: '2022-10-20' });
  expect(await seen('housing-portal', sent.id)).toMatchObject({ state: 'ACCEPTED' });
  const completed = await move('civil-affairs-portal', 'completeReferral', { referralId: sent.id, expectedVersion: accepted.version, outcome: '已核查并发放临时救助。' });
  expect(completed.state).toBe('COMPLETED');
  expect((await seen('housing-portal', sent.id))?.history.map((event) => event.toState)).toEqual(['SENT', 'DELIVERED', 'SIGNED', 'ACCEPTED', 'COMPLETED']);
  await eventually('the duty to sign is met', async () => {
    const [row] = await rowsOf<{ state: string }>(system, `SELECT state FROM supervision.obligations WHERE case_id = ? AND duty_code = 'REFERRAL_SIGN'`, [caseId]);
    return row?.state === 'MET';
  });
});

test('a return needs the sender: it is asked for with a reason, refused, asked again and consented to', async () => {
  const sent = await send(await aHousingCase());
  const arrived = await delivered(sent.id);
  const asked = await move('civil-affairs-portal', 'requestReferralReturn', { referralId: sent.id, expectedVersion: arrived.version, reason: '该事项属住建部门职责，附职责清单。' });
  expect(asked.state).toBe('RETURN_REQUESTED');
  expect((await move('civil-affairs-portal', 'consentToReferralReturn', { referralId: sent.id, expectedVersion: asked.version })).code).toBeTruthy();
  const kept = await move('housing-portal', 'refuseReferralReturn', { referralId: sent.id, expectedVersion: asked.version, reason: '救助审批属民政职责。' });
  expect(kept.state).toBe('DELIVERED');
  const again = await move('civil-affairs-portal', 'requestReferralReturn', { referralId: sent.id, expectedVersion: kept.version, reason: '该户已享受低保，重复。' });
  expect((await move('housing-portal', 'consentToReferralReturn', { referralId: sent.id, expectedVersion: again.version })).state).toBe('RETURNED');
});

test('nobody outside the two departments and the joint office sees the referral', async () => {
  const sent = await send(await aHousingCase());
  await delivered(sent.id);
  expect(await seen('district-office', sent.id)).not.toBeNull();
  expect(await seen('window-clerk', sent.id)).toBeNull();
  expect((await move('window-clerk', 'signReferral', { referralId: sent.id, expectedVersion: 1 })).code).toBe('NOT_FOUND');
});
