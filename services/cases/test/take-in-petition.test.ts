import { select } from '@anjie/service-kit/database';
import { assign, count, faultOf, told } from './asking';
import { aRegistration, anIdNumber, openCases, people, register, REGISTER, type CasesWorld } from './world';

let world: CasesWorld;
beforeAll(async () => (world = await openCases()));
beforeEach(() => world.reset());
afterAll(() => world?.close());

const FIELDS = `receivedOn addressee externalForm statedPurpose isJoint isCollective isAnonymous isIdentityUnclear consentsToPublication isFirstAtOrg isFirstNationwide
  isMajorUrgent majorUrgentAt involvesLitigation isCrossSeparation cause { slug externalCode } hotTopic { slug externalCode } system { slug externalCode }
  externalCategory { slug externalCode } residenceDivisionCode householdDivisionCode petitionerCount affectedCount
  petitioners { ref maskedName maskedIdNumber isPrincipal role idKind authority { principalRef scope validFrom validTo documentRef attachmentId } }
  case { contentCategory category { slug name parent } }`;
interface Seen extends Record<string, unknown> {
  readonly petitioners: { ref: string; role: string; authority: { principalRef: string } | null }[];
}
const seen = async (id: string, viewer = people.clerk): Promise<Seen> =>
  (await world.client.query<{ petition: Seen }>(viewer, `query ($id: ID!) { petition(id: $id) { ${FIELDS} } }`, { id })).petition;
const taken = async (part: Record<string, unknown>): Promise<Seen> => {
  const done = await register(world, people.clerk, part);
  if (done.code) throw new Error(`refused: ${done.code}`);
  return seen(done.petition.id);
};

test.each<[Record<string, unknown>, Record<string, unknown>]>([
  [{}, { receivedOn: '2022-09-27', addressee: null, externalForm: null, statedPurpose: null, consentsToPublication: null, isFirstAtOrg: null, isMajorUrgent: false, majorUrgentAt: null, cause: null, externalCategory: null }],
  [{ receivedOn: '2022-09-26' }, { receivedOn: '2022-09-26' }], [{ addressee: ' 区长 ' }, { addressee: '区长' }],
  [{ channel: 'ONLINE', externalForm: 'WECHAT', statedPurpose: 'APPEAL' }, { externalForm: 'WECHAT', statedPurpose: 'APPEAL' }],
  [{ consentsToPublication: false, isFirstAtOrg: true, isFirstNationwide: false }, { consentsToPublication: false, isFirstAtOrg: true, isFirstNationwide: false }],
  [{ isMajorUrgent: true }, { isMajorUrgent: true, majorUrgentAt: expect.stringMatching(/^2022-09-27T01:00:/) as string }],
  [{ involvesLitigation: true, isCrossSeparation: true }, { involvesLitigation: true, isCrossSeparation: true }],
  [{ cause: { slug: 'policy', externalCode: '03' }, hotTopic: { externalCode: '12' }, system: { slug: '住建' } }, { cause: { slug: 'policy', externalCode: '03' }, hotTopic: { slug: null, externalCode: '12' }, system: { slug: '住建', externalCode: null } }],
  [{ contentCategory: 'construction.housing' }, { case: { contentCategory: 'construction.housing', category: { slug: 'construction.housing', name: 'Housing and real estate', parent: 'construction' } }, externalCategory: null }],
  [{ externalCategory: { slug: '楼盘烂尾', externalCode: '080305' } }, { externalCategory: { slug: '楼盘烂尾', externalCode: '080305' }, case: { contentCategory: null, category: null } }],
  [{ residenceDivisionCode: '330402', householdDivisionCode: '610902107' }, { residenceDivisionCode: '330402', householdDivisionCode: '610902107' }],
  [{ petitionerCount: 5, affectedCount: 300 }, { isCollective: true, isJoint: false, petitionerCount: 5, affectedCount: 300 }], [{ channel: 'LETTER', petitionerCount: 5 }, { isCollective: false, isJoint: true }],
])('what is given is on file: %j · row 47', async (part, shown) => expect(await taken(part)).toMatchObject(shown));

test('第二十二条: T2 counts from receipt, not from registration', async () => {
  await taken({ petitionedOn: '2022-09-18', receivedOn: '2022-09-19' });
  expect(await told(world, 'obligation-declared')).toMatchObject([{ dutyCode: 'T2', startOn: '2022-09-19', dueOn: '2022-10-08' }]);
});

test('第二十二条: the duty that counted from receipt is met with the dates that it had, whatever was mended meanwhile', async () => {
  const done = await register(world, people.clerk, { petitionedOn: '2022-09-18', receivedOn: '2022-09-19' });
  await assign(world, done.case.id);
  expect((await told(world, 'obligation-declared')).filter((duty) => duty['dutyCode'] === 'T2').map((duty) => [duty['state'], duty['startOn'], duty['dueOn'], duty['metOn']])).toEqual([
    ['OPEN', '2022-09-19', '2022-10-08', null], ['MET', '2022-09-19', '2022-10-08', '2022-09-27'],
  ]);
});

test('第三十条: of an accusation no free word stands in clear, and its T2 counts from receipt too', async () => {
  const done = await register(world, people.clerk, { purpose: 'ACCUSATION', petitionedOn: '2022-09-18', receivedOn: '2022-09-19', addressee: '某某书记', cause: { slug: '某局长受贿' }, system: { slug: '某局' }, externalCategory: { slug: '某局长' }, isMajorUrgent: true });
  expect(done.code).toBeUndefined();
  expect(JSON.stringify(await select(world.db.manager, 'SELECT * FROM petitions'))).not.toMatch(/某某书记|某局/);
  expect(await count(world, 'petitions', "received_on = '2022-09-19' AND major_urgent_at IS NULL")).toBe(0);
  expect(await told(world, 'obligation-declared')).toMatchObject([{ dutyCode: 'T2', startOn: '2022-09-19' }]);
});

test('匿名: taken up and noted, never refused for want of a name; nobody is stored and no notice is owed (第二十三条第二款)', async () => {
  expect(await taken({ isAnonymous: true, petitioners: [] })).toMatchObject({ isAnonymous: true, isIdentityUnclear: true, petitioners: [] });
  expect(await taken({ petitioners: [{}] })).toMatchObject({ isAnonymous: false, isIdentityUnclear: true });
  expect(await count(world, 'petitioners')).toBe(1);
  expect(await register(world, people.clerk, { isAnonymous: true })).toMatchObject({ code: 'ANONYMOUS_WITH_IDENTITY' });
  expect(await count(world, 'petitioners')).toBe(1);
});

test('an agent is on file with the paper and whom it is for; an old card and a permit are found again in one form', async () => {
  const authority = { principalOrdinal: 1, scope: ['SUBMIT', 'SUBMIT', 'SETTLE'], validFrom: '2022-09-01', validTo: '2022-12-31', documentRef: '委托书1号' };
  const shown = await taken({ channel: 'LETTER', petitioners: [{ name: '马小明', idNumber: anIdNumber(7) }, { name: '李律师', role: 'AGENT', idKind: 'HK_MACAU_PERMIT', idNumber: 'h12345678', authority }] });
  const [principal, agent] = shown.petitioners;
  expect([principal?.role, agent?.role]).toEqual(['PRINCIPAL', 'AGENT']);
  expect(agent).toMatchObject({ idKind: 'HK_MACAU_PERMIT', authority: { principalRef: principal?.ref, scope: ['SUBMIT', 'SETTLE'], validFrom: '2022-09-01', documentRef: '委托书1号', attachmentId: null } });
  expect(shown['petitionerCount']).toBe(1);
  const old = anIdNumber(7);
  await taken({ petitioners: [{ name: '马小明', idNumber: old.slice(0, 6) + old.slice(8, 17) }] });
  const prints = await select<{ n: string; all: string }>(world.db.manager, 'SELECT COUNT(DISTINCT id_number_index) AS n, COUNT(id_number_index) AS `all` FROM petitioners');
  expect(prints.map((row) => [Number(row.n), Number(row.all)])).toEqual([[2, 3]]);
});

test.each<[string, Record<string, unknown>, string]>([
  ['received in the future', { receivedOn: '2022-09-28' }, 'DATE_IN_FUTURE'], ['received before it was written', { receivedOn: '2022-09-25' }, 'DATE_ORDER'], ['a form of another channel', { externalForm: 'LETTER' }, 'KIND_MISMATCH'],
  ['a category that is none', { contentCategory: 'land.nothing' }, 'CATEGORY_UNKNOWN'], ['an agent without an authority', { petitioners: [{ name: '甲' }, { name: '乙', role: 'AGENT' }] }, 'AUTHORITY_MISSING'],
  ['two principals', { petitioners: [{ name: '甲', role: 'PRINCIPAL' }, { name: '乙', role: 'PRINCIPAL' }] }, 'PRINCIPAL_UNCLEAR'], ['an impossible count', { petitionerCount: 2_147_483_647 }, 'COUNT_INVALID'],
  ['a title that turns around', { title: '标题\u202e' }, 'TEXT_LENGTH'], ['a name that is a formula', { petitioners: [{ name: '=cmd|' }] }, 'NAME_INVALID'], ['half a surrogate pair', { petitioners: [{ name: '李\ud842' }] }, 'TEXT_LENGTH'],
  ['a clear identity said to be unclear', { petitioners: [{ name: '甲', address: '某路' }], isIdentityUnclear: true }, 'IDENTITY_IS_CLEAR'],
])('%s is refused, and nothing is written', async (_what, part, code) => {
  expect(await register(world, people.clerk, part)).toMatchObject({ __typename: 'PetitionRefusal', code });
  for (const table of ['petitions', 'petitioners', 'cases', 'claims', 'outbox_messages', 'idempotency_keys', 'case_events']) expect([table, await count(world, table)]).toEqual([table, 0]);
});

test.each([
  { externalForm: 'PIGEON' }, { externalForm: '' }, { statedPurpose: 'claim' }, { receivedOn: '1899-12-31' }, { receivedOn: '2022-02-29' }, { receivedOn: '2022-9-1' }, { receivedOn: '' }, { isAnonymous: 'yes' }, { petitionerCount: 1.5 },
  { petitionerCount: 3_000_000_000 }, { petitioners: [{ role: 'BOSS' }] }, { petitioners: [{ idKind: 'DRIVER' }] }, { cause: 'policy' }, { residenceDivisionCode: 640104 }, { status: 'RESOLVED' }, { number: 'M1' }, { version: 9 },
])('%j is no valid input at all', async (part) => {
  expect(await faultOf(world, people.clerk, REGISTER, { input: aRegistration(part) })).toMatchObject({ code: 'BAD_USER_INPUT' });
  expect(await count(world, 'petitions')).toBe(0);
});

test('the catalogue of content categories is shown in both languages · row 36', async () => {
  const ask = async (locale: 'zh-CN' | 'en') =>
    (await world.client.query<{ contentCategories: { slug: string; name: string; externalCode: string | null; children: { slug: string; name: string }[] }[] }>({ ...people.clerk, locale }, '{ contentCategories { slug name externalCode children { slug name } } }')).contentCategories;
  const [zh, en] = [await ask('zh-CN'), await ask('en')];
  expect([zh.length, zh.flatMap((one) => one.children).length]).toEqual([17, 44]);
  expect([zh[4], en[4]]).toEqual([
    { slug: 'land', name: '国土资源', externalCode: null, children: [{ slug: 'land.expropriation', name: '土地征收' }] },
    { slug: 'land', name: 'Land and resources', externalCode: null, children: [{ slug: 'land.expropriation', name: 'Expropriation of land' }] },
  ]);
});
