import { eventually } from '@anjie/testing';
import { outcomeOf } from '../outcome';
import type { Row } from './attack';
import { exportRecords, housingCase, petition, PETITIONER, refer, referralInput, register, REGISTERED, SECRET, type Registered } from './fill-world';
import { claimsOf, DISTRICT, units, type Persona } from './people';
import { mutationText } from './schema-words';
import { key, type World } from './world';

const told = async (world: World, who: Persona, query: string, variables: object = {}): Promise<string> => outcomeOf(await world.ask(who, query, variables));
const acted = async (world: World, who: Persona, name: string, input: object): Promise<string> => outcomeOf(await world.act(who, name, input));
const REPEATS = 'query ($input: RepeatCandidatesInput!) { repeatCandidates(input: $input) { case { id } samePerson score } }';
const draft = (title: string, person: object) => ({ input: { draft: { divisionCode: DISTRICT, title, summary: '反映安置房交付多年未办理不动产权证。', petitioners: [person] } } });

/** Input fields that are nobody's to set. */
const ASSIGNED = [{ status: 'RESOLVED' }, { version: 99 }, { leadUnitId: units.sibling.id }, { registeredBy: units.office.id }, { ownerUnit: units.office.id }, { isSealed: false }, { number: 'X-1' }, { id: key() }, { __proto__x: 1 }, { createdAt: '2020-01-01' }];

async function jumps(world: World): Promise<string[]> {
  const { case: { id: caseId, version } } = await register(world, { title: '状态跳跃' });
  const fresh = { caseId, expectedVersion: version };
  await world.settled();
  return Promise.all([
    acted(world, 'clerk', 'acceptCase', { ...fresh, noticeMethod: 'POST' }), acted(world, 'clerk', 'reopenCase', { ...fresh, ground: '要求重新办理本事项' }), acted(world, 'clerk', 'archiveCase', { ...fresh, ground: '要求直接归档本事项' }),
    acted(world, 'clerk', 'terminateCase', { ...fresh, ground: '要求直接终结本事项' }), acted(world, 'clerk', 'submitClosing', { ...fresh, track: 'SUBSTANTIVE', proposedEnd: 'RESOLVED', evidence: '已办结' }),
    acted(world, 'housing', 'acceptCase', { ...fresh, noticeMethod: 'POST' }),
  ]);
}

/** The receiver of a referral asks the sender for the same, while the first is open. */
async function loops(world: World): Promise<string[]> {
  const { caseId, referralId } = world.known.open;
  const [own, back] = [await acted(world, 'housing', 'sendReferral', referralInput(caseId, units.housing.id)), await acted(world, 'receiver', 'sendReferral', referralInput(caseId, units.housing.id))];
  return [own, back, await acted(world, 'housing', 'sendReferral', referralInput(caseId, units.receiver.id)), outcomeOf(await world.ask('sibling', 'query ($id: ID!) { referral(id: $id) { id } }', { id: referralId }))];
}

const revealInput = (world: World, reason: string) => ({ petitionId: world.known.open.petitionId, ref: world.known.open.ref, reason });
const readings = async (world: World): Promise<number> => Number((await world.system.rows<{ n: string }>("SELECT COUNT(*) AS n FROM cases.audit_entries WHERE action = 'IDENTITY_READ'"))[0]?.n);
async function thirtyFirst(world: World): Promise<string[]> {
  const before = await readings(world);
  for (let n = 0; n < 30; n += 1) await world.done('quota', 'revealPetitioner', revealInput(world, '核对信访人身份信息'));
  const last = await acted(world, 'quota', 'revealPetitioner', revealInput(world, '核对信访人身份信息'));
  return [last, (await readings(world)) - before === 30 ? 'thirty are audited' : `${(await readings(world)) - before} of 30 are audited`];
}

async function noted(world: World): Promise<string> {
  const before = await readings(world);
  await world.done('secondClerk', 'revealPetitioner', revealInput(world, '核对信访人身份信息'));
  return (await readings(world)) - before === 1 ? 'it is audited' : `${(await readings(world)) - before} of one are audited`;
}

/** An export that was asked for while it was lawful. */
async function exportLeft(world: World): Promise<string[]> {
  const id = await exportRecords(world, { divisionCode: DISTRICT });
  const stripped = await world.issuer.tokenFor({ ...claimsOf.office, roles: ['WINDOW_CLERK'] });
  const asClerk = await world.ask('office', mutationText('createExchangeExportLink'), { input: { idempotencyKey: key(), exportId: id } }, { headers: { authorization: `Bearer ${stripped}` } });
  return [outcomeOf(asClerk), await acted(world, 'province', 'createExchangeExportLink', { exportId: id }), await acted(world, 'housing', 'createExchangeExportLink', { exportId: id })];
}

const follow = async (world: World, path: string): Promise<string> => {
  const reply = await world.send({ url: `${world.front().url}${path}`, method: 'GET', headers: { 'content-type': undefined, 'content-length': undefined } });
  return reply.status === 200 ? 'the file' : outcomeOf(reply);
};
const link = async (world: World): Promise<string> => (await world.done<{ path: string }>('housing', 'createAttachmentLink', { attachmentId: world.known.open.attachmentId }, 'path')).path;
async function oldLinks(world: World): Promise<string[]> {
  const [used, expired] = [await link(world), await link(world)];
  if ((await follow(world, used)) !== 'the file') return ['a fresh link does not work'];
  await world.system.rows('UPDATE cases.download_links SET expires_at = UTC_TIMESTAMP(3) - INTERVAL 1 SECOND WHERE used_at IS NULL');
  const broken = [used, expired, `${used}x`, used.slice(0, -1), used.toUpperCase().replace('/FILES/CASES', '/files/cases'), used.replace('/cases/', '/officials/'), used.replace('/cases/', '/supervision/'), '/files/cases/0', '/files/cases/', '/files/cases/..%2f..%2fetc%2fpasswd'];
  return [...(await Promise.all(broken.map((path) => follow(world, path)))), await acted(world, 'sibling', 'createAttachmentLink', { attachmentId: world.known.open.attachmentId }), await acted(world, 'accused', 'createAttachmentLink', { attachmentId: world.known.open.attachmentId })];
}

export const LATER: readonly Row[] = [
  { number: 77, name: 'completing a word of somebody else’s case', expected: 'nothing', attack: (w) => Promise.all((['sibling', 'otherOffice', 'accused', 'plain'] as const).flatMap((who) => ['安置房', '不动产', '占道', '甘棠'].map((s) => told(w, who, 'query ($s: String) { cases(filter: { search: $s }) { totalCount nodes { id title } } }', { s })))), honest: (w) => w.data<{ cases: { totalCount: number } }>('office', '{ cases(filter: { search: "安置房" }) { totalCount } }').then(({ cases }) => cases.totalCount > 0 || Promise.reject(new Error('found nothing'))) },
  {
    number: 78, name: 'the search for repeats asks about somebody else’s case, and about an accuser', isSlow: true, expected: ['nothing', 'FORBIDDEN'], mayChange: true,
    attack: async (w) => [...(await Promise.all((['sibling', 'otherClerk', 'accused', 'otherOffice'] as const).map((who) => told(w, who, REPEATS, draft('安置房办证问题', PETITIONER))))), ...(await Promise.all((['office', 'accused', 'province'] as const).map((who) => told(w, who, REPEATS, draft(SECRET.title, { name: SECRET.name, idNumber: SECRET.idNumber, phone: SECRET.phone })))).then((all) => all.map((one) => (one.includes(w.known.sealed.caseId) || one.includes(w.known.kept.caseId) ? one : 'nothing'))))],
    honest: (w) => eventually('the office finds the repeat', async () => (await w.data<{ repeatCandidates: { case: { id: string } }[] }>('office', REPEATS, draft('安置房办证问题', PETITIONER))).repeatCandidates.some(({ case: { id } }) => id === w.known.open.caseId) || undefined, 20_000),
  },
  { number: 79, name: 'fields that are nobody’s to set, in an input', expected: 'BAD_USER_INPUT', attack: (w) => Promise.all([...ASSIGNED.map((more) => acted(w, 'clerk', 'registerPetition', petition(more))), ...ASSIGNED.map((more) => acted(w, 'housing', 'sendReferral', { ...referralInput(w.known.open.caseId, units.sibling.id), ...more }))]), honest: (w) => w.done<Registered>('clerk', 'registerPetition', petition(), REGISTERED) },
  { number: 80, name: 'a state that is not the next one', isSlow: true, expected: ['refused ILLEGAL_STEP', 'refused NOT_PERMITTED', 'refused NOT_FOUND', 'refused GATE_CLOSED', 'refused ROUTE_MISSING', 'refused GROUND_NOT_MET', 'BAD_USER_INPUT'], mayChange: true, attack: jumps, honest: (w) => housingCase(w) },
  { number: 81, name: 'the reviewer of one’s own file', provenBy: { file: 'services/supervision/test/review-close.test.ts', title: 'nobody of the submitting unit, of a unit below it, by token or by the directory' } },
  { number: 81, name: 'whoever asked for a strike-off decides it', provenBy: { file: 'services/cases/test/strike-off-entry.test.ts', title: 'four eyes: whoever asked may not decide, neither yes nor no' } },
  { number: 82, name: 'a referral to oneself', expected: 'refused OWN_UNIT', isSlow: true, attack: (w) => acted(w, 'housing', 'sendReferral', referralInput(w.known.open.caseId, units.housing.id)), honest: async (w) => refer(w, (await housingCase(w)).case.id, units.receiver.id) },
  { number: 82, name: 'a referral to the own unit, back to the sender, and twice', isSlow: true, expected: ['refused OWN_UNIT', 'refused LOOP', 'refused ALREADY_OPEN', 'refused NOT_A_PARTY', 'nothing'], attack: loops, honest: async (w) => refer(w, (await housingCase(w)).case.id, units.receiver.id) },
  { number: 83, name: 'identity without a reason, and by somebody outside', expected: ['refused REASON_MISSING', 'refused NOT_FOUND', 'refused NOT_PERMITTED', 'BAD_USER_INPUT'], attack: (w) => Promise.all([...['', '看', '    ', '\u200b\u200b\u200b\u200b\u200b\u200b'].map((reason) => acted(w, 'clerk', 'revealPetitioner', revealInput(w, reason))), ...(['sibling', 'otherOffice', 'plain', 'admin', 'accused'] as const).map((who) => acted(w, who, 'revealPetitioner', revealInput(w, '核对信访人身份信息')))]), honest: (w) => w.done<{ name: string }>('clerk', 'revealPetitioner', revealInput(w, '核对信访人身份信息'), 'name').then(({ name }) => name === PETITIONER.name || Promise.reject(new Error('another name'))) },
  { number: 83, name: 'the thirty-first reading of identity within an hour', expected: ['refused QUOTA_EXCEEDED', 'thirty are audited'], mayChange: true, isSlow: true, attack: thirtyFirst, honest: (w) => w.done('clerk', 'revealPetitioner', revealInput(w, '核对信访人身份信息'), 'name') },
  { number: 83, name: 'a reading of identity of which nobody learns', expected: 'it is audited', attack: noted, honest: (w) => w.done('clerk', 'revealPetitioner', revealInput(w, '核对信访人身份信息'), 'name') },
  { number: 83, name: 'the thirty-first reading of a complaint', provenBy: { file: 'services/cases/test/complain-of-retaliation.test.ts', title: 'the thirty-first reading within an hour is refused, and only to whoever made thirty' } },
  { number: 83, name: 'the thirty-first reading of what somebody asks about the own data', provenBy: { file: 'services/cases/test/ask-data-rights.test.ts', title: 'the words of a request are read thirty times an hour, each audited; the thirty-first is refused' } },
  {
    number: 83, name: 'identity in an ordinary reading', expected: 'masked', honest: (w) => w.done('clerk', 'revealPetitioner', revealInput(w, '核对信访人身份信息'), 'name'),
    attack: (w) => Promise.all((['office', 'province', 'housing', 'clerk', 'receiver', 'sponsor', 'centre'] as const).map(async (who) => {
      const { text } = await w.ask(who, 'query ($id: ID!) { case(id: $id) { petitions { nodes { petitioners { maskedName maskedPhone maskedIdNumber } } } } }', { id: w.known.open.caseId });
      return [PETITIONER.name, PETITIONER.phone, PETITIONER.idNumber].some((clear) => text.includes(clear)) ? `${who} reads ${text.slice(0, 200)}` : 'masked';
    })),
  },
  { number: 84, name: 'an export that is fetched after the right to it ended', expected: ['refused NOT_PERMITTED', 'refused NOT_FOUND'], mayChange: true, isSlow: true, attack: exportLeft, honest: (w) => exportRecords(w, { divisionCode: DISTRICT }) },
  { number: 85, name: 'a link to a file that was used, has expired, was changed, is asked for by others', isSlow: true, expected: ['NOT_FOUND', 'refused NOT_FOUND'], mayChange: true, attack: oldLinks, honest: async (w) => (await follow(w, await link(w))) === 'the file' || Promise.reject(new Error('a fresh link does not work')) },
  { number: 86, name: 'a subscription that outlives the right', notApplicable: 'there are no subscriptions and no websockets: every answer is asked for anew, with a token that is looked at anew' },
  { number: 86, name: 'a session that outlives its end', provenBy: { file: 'test/e2e/end-sessions.test.ts', title: 'ended sessions are over on every subgraph within a minute' } },
];
