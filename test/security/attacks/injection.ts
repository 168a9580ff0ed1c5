import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { outcomeOf } from '../outcome';
import type { Group, Row } from './attack';
import { exportRecords, PDF, petition, register, REGISTERED, upload, type Registered } from './fill-world';
import { DISTRICT, units } from './people';
import { FILE_ATTACKS } from './uploads';
import { WEBHOOK_TARGETS, type World } from './world';

const told = async (world: World, query: string, variables: object = {}): Promise<string> => outcomeOf(await world.ask('office', query, variables));
/** Every filter and id that takes a text, in lists that are not empty. */
const LISTS = [
  'cases(filter: { search: $s })', 'cases(filter: { divisionCode: $id })', 'cases(filter: { leadUnitId: $id })', 'cases(filter: { partyId: $id })', 'petitions(filter: { divisionCode: $id })', 'units(filter: { search: $s })', 'units(filter: { divisionCode: $id })',
  'officials(filter: { search: $s })', 'officials(filter: { unitId: $id })', 'divisions(parent: $id)', 'obligations(filter: { dutyCode: $s })', 'obligations(filter: { caseId: $id })', 'obligations(filter: { officialId: $id })', 'sponsorships(filter: { caseId: $id })',
  'referrals(filter: { caseId: $id })', 'referrals(filter: { toUnitId: $id })', 'supervisionLetters(filter: { caseId: $id })', 'campaigns(filter: { divisionCode: $id })', 'followUpVisits(filter: { unitId: $id })', 'assistanceApplications(filter: { caseId: $id })',
];
const ONES = ['case(id: $id)', 'petition(id: $id)', 'unit(id: $id)', 'official(id: $id)', 'division(code: $id)', 'referral(id: $id)', 'obligation(id: $id)', 'sponsorship(id: $id)', 'supervisionLetter(id: $id)', 'campaign(id: $id)', 'attachment(id: $id)', 'notification(id: $id)'];
const declared = (field: string): string => (field.includes('$s') ? '$s: String!' : '$id: ID!');
const everywhere = async (world: World, texts: readonly string[]): Promise<string[]> => {
  const all: string[] = [];
  for (const text of texts) {
    const asked = [...LISTS.map((list) => [list, '{ totalCount nodes { __typename } }']), ...ONES.map((one) => [one, '{ __typename }'])] as const;
    all.push(...(await Promise.all(asked.map(async ([field = '', selection]) => told(world, `query (${declared(field)}) { list: ${field} ${selection} }`, { s: text, id: text })))));
  }
  return all;
};
const NOTHING = ['nothing', 'BAD_USER_INPUT'];
const findsSomething = async (world: World): Promise<unknown> => {
  const found = await world.data<Record<string, { totalCount: number } | { id: string }>>('office', `query ($id: ID!, $unit: ID!) { a: cases(filter: { search: "安置房" }) { totalCount } b: cases(filter: { divisionCode: "${DISTRICT}" }) { totalCount } c: units(filter: { search: "住房" }) { totalCount }
    d: officials(filter: { unitId: $unit }) { totalCount } e: obligations(filter: { caseId: $id }) { totalCount } f: case(id: $id) { id } }`, { id: world.known.open.caseId, unit: units.housing.id });
  const empty = Object.entries(found).filter(([, list]) => !('id' in list) && !list.totalCount);
  return empty.length === 0 || Promise.reject(new Error(`nothing in ${empty.map(([name]) => name).join()}`));
};

/** Stored as it is, and later read by somebody else's statement. */
async function secondOrder(world: World): Promise<string[]> {
  const title = "x'); DROP TABLE petitions; -- \\' OR 1=1 #${7*7}%s";
  const { case: { id }, petition: { id: paper } } = await world.done<Registered>('clerk', 'registerPetition', petition({ title, summary: `${title} /* */`, petitioners: [{ name: "O'Neil·D'Arcy" }] }), REGISTERED);
  await world.settled();
  const { case: found } = await world.data<{ case: { title: string; summary: string } }>('office', 'query ($id: ID!) { case(id: $id) { title summary } }', { id });
  await exportRecords(world, { caseId: id });
  const search = await told(world, 'query ($s: String) { cases(filter: { search: $s }) { totalCount } }', { s: title.slice(0, 100) });
  const alive = await world.data<{ petition: { id: string } }>('office', 'query ($id: ID!) { petition(id: $id) { id } }', { id: paper });
  return [found.title === title && alive.petition.id === paper ? 'stored as text' : `became ${found.title}`, /INTERNAL|TIMEOUT/.test(search) ? search : 'stored as text'];
}

/** What the logs of all processes hold. */
export const logsOf = (world: World): string[] => {
  const dir = world.system.stack.logsDir;
  return readdirSync(dir).filter((name) => name.endsWith('.log')).flatMap((name) => readFileSync(join(dir, name), 'utf8').split('\n').filter(Boolean));
};
const FORGED = 'attack-forged-line';
async function logLines(world: World): Promise<string[]> {
  const line = `\n{"level":60,"msg":"${FORGED}"}\r\n\u001b[31m\u001b]0;x\u0007\u2028`;
  const headers = { 'x-request-id': `a%0a${FORGED}`, 'user-agent': `x ${FORGED}`, 'accept-language': `zh ${FORGED}` };
  await Promise.all([
    world.ask('office', `{ cases(filter: { search: ${JSON.stringify(line)} }) { totalCount } }`, {}, { headers }), world.act('clerk', 'registerPetition', petition({ title: line })), world.ask('office', 'query ($id: ID!) { case(id: $id) { id } }', { id: line }),
    world.send({ url: `${world.front().url}/files/cases/${encodeURIComponent(line)}`, method: 'GET' }), world.send({ url: `${world.front().url}/${encodeURIComponent(line)}?${encodeURIComponent(line)}`, method: 'GET' }),
    upload(world, 'housing', { name: line, content: PDF }),
  ]);
  const broken = logsOf(world).filter((text) => text.startsWith(`{"level":60,"msg":"${FORGED}"`) || text.includes('\u001b'));
  return broken.length === 0 ? ['no line of theirs'] : broken.map((text) => text.slice(0, 200));
}

const TARGETS = [
  'http://127.0.0.1/', 'https://127.0.0.1/', 'https://localhost/', 'https://[::1]/', 'https://[::ffff:127.0.0.1]/', 'https://2130706433/', 'https://0x7f000001/', 'https://0177.0.0.1/', 'https://169.254.169.254/latest/meta-data/', 'https://10.0.0.1/', 'https://192.168.1.1/',
  `https://${WEBHOOK_TARGETS}.evil.example/`, `https://evil.example/?${WEBHOOK_TARGETS}`, `https://evil.example#@${WEBHOOK_TARGETS}`, `https://${WEBHOOK_TARGETS}@evil.example/`, `https://user:pass@${WEBHOOK_TARGETS}/`, `https://${WEBHOOK_TARGETS}:6379/`, `file:///etc/passwd`, `gopher://${WEBHOOK_TARGETS}/`,
  `https://${WEBHOOK_TARGETS}\\@evil.example/`, `https://${WEBHOOK_TARGETS}%00.evil.example/`, `https://${WEBHOOK_TARGETS}\n.evil.example/`, 'https://portal。example。gov。cn.evil.example/', 'https:///', '', 'x'.repeat(5_000),
];
const hook = (world: World, url: string) => world.act('housing', 'registerWebhookEndpoint', { unitId: units.housing.id, url, kinds: [] }, 'endpoint { id }').then(outcomeOf);
const hookByAdmin = (world: World, url: string) => world.act('admin', 'registerWebhookEndpoint', { unitId: units.housing.id, url, kinds: [] }, 'endpoint { id }').then(outcomeOf);

const ROWS: readonly Row[] = [
  { number: 98, name: 'SQL in every text', expected: NOTHING, attack: (w) => everywhere(w, ["' OR '1'='1", "') OR 1=1 -- ", '"; DROP TABLE cases; --', '1 UNION SELECT 1', "\\' OR 1=1 #", "x' AND SLEEP(5) AND '1'='1"]), honest: findsSomething },
  { number: 99, name: 'SQL for an order', expected: 'BAD_USER_INPUT', attack: (w) => Promise.all(['"id; DROP TABLE cases"', 'NUMBER_DESC', '"NUMBER"', '1', '[NUMBER, OLDEST_FIRST]', '{ field: "id" }'].map((sort) => told(w, `{ cases(sort: ${sort}) { totalCount } obligations(sort: ${sort}) { totalCount } }`))), honest: (w) => w.data('office', '{ cases(sort: NUMBER) { totalCount } obligations(sort: DUE_LATEST) { totalCount } }') },
  { number: 100, name: 'objects and lists for a text or an id', expected: 'BAD_USER_INPUT', attack: (w) => Promise.all([{ $ne: null }, ['a', 'b'], { toString: '1' }, true].flatMap((value) => [told(w, 'query ($v: ID!) { case(id: $v) { id } }', { v: value }), told(w, 'query ($v: String) { cases(filter: { search: $v }) { totalCount } }', { v: value })])), honest: findsSomething },
  { number: 101, name: 'an id that is null or not there', expected: ['BAD_USER_INPUT', 'nothing'], attack: (w) => Promise.all([told(w, 'query ($v: ID!) { case(id: $v) { id } }', { v: null }), told(w, 'query ($v: ID!) { case(id: $v) { id } }'), told(w, '{ case { id } }'), told(w, '{ case(id: null) { id } }'), told(w, 'query ($v: ID!) { case(id: $v) { id } }', { v: 'undefined' }), told(w, 'query ($v: ID!) { case(id: $v) { id } }', { v: '' })]), honest: findsSomething },
  { number: 102, name: 'JSON paths', expected: NOTHING, attack: (w) => everywhere(w, ['$.title', '$[*]', "JSON_EXTRACT(detail,'$.x')"]), honest: findsSomething },
  { number: 103, name: 'wildcards of LIKE', expected: NOTHING, attack: (w) => everywhere(w, ['%', '_', '%%', '64%', '6401__', '\\%', '\\', '*']), honest: findsSomething },
  { number: 104, name: 'SQL that is stored first', expected: 'stored as text', mayChange: true, attack: secondOrder, honest: findsSomething },
  { number: 105, name: 'formulas in a workbook', provenBy: { file: 'packages/workbook/src/write-workbook.test.ts', title: 'text that looks like a formula is a text cell in text format' } },
  { number: 105, name: 'formulas in CSV', provenBy: { file: 'packages/workbook/src/csv.test.ts', title: 'dangerous text is written behind an apostrophe and read back without it' } },
  { number: 106, name: 'line breaks and colours in what is logged', expected: 'no line of theirs', attack: logLines, honest: findsSomething, mayChange: true },
  { number: 107, name: 'templates in what officials type', provenBy: { file: 'services/cases/test/keep-papers.test.ts', title: 'text typed by an official cannot become markup' } },
  { number: 108, name: 'a webhook into the own network', expected: ['refused TARGET_NOT_ALLOWED', 'refused NOT_PERMITTED', 'BAD_USER_INPUT'], attack: async (w) => [...(await Promise.all(TARGETS.map((url) => hookByAdmin(w, url)))), await hook(w, `https://${WEBHOOK_TARGETS}/hook`)], honest: (w) => w.done('admin', 'registerWebhookEndpoint', { unitId: units.housing.id, url: `https://${WEBHOOK_TARGETS}/hook`, kinds: ['CASE_ASSIGNED'] }) },
  { number: 108, name: 'a webhook whose name leads into the own network later', provenBy: { file: 'services/supervision/test/guard-webhook.test.ts', title: 'a name is looked up once, each of its addresses is checked, and the connection goes to what was checked' } },
  ...FILE_ATTACKS,
  {
    number: 112, name: 'script, turned and hidden characters in titles and names', expected: ['refused TEXT_LENGTH', 'refused NAME_INVALID'], honest: (w) => register(w, { title: '普通标题', petitioners: [{ name: '白某某' }] }),
    attack: (w) => Promise.all([...['标题\u202e倒', '零\u200b宽', '隐\u2066形', 'a\u0000b', '\u001b[31m'].map((title) => w.act('clerk', 'registerPetition', petition({ title })).then(outcomeOf)), ...['<script>alert(1)</script>', '马\u202e某', '马\u200b某', '=cmd|', '<img src=x>', '👍'].map((name) => w.act('clerk', 'registerPetition', petition({ petitioners: [{ name }] })).then(outcomeOf))]),
  },
  {
    number: 112, name: 'script in a title, read again', expected: 'JSON that no browser runs', mayChange: true, honest: (w) => register(w),
    async attack(w) {
      const { case: { id } } = await register(w, { title: '</script><script>alert(1)</script><svg onload=alert(1)>' });
      const { headers } = await w.ask('office', 'query ($id: ID!) { case(id: $id) { title } }', { id });
      return String(headers['content-type']).startsWith('application/json') && headers['x-content-type-options'] === 'nosniff' && String(headers['content-security-policy']).includes("default-src 'none'") ? 'JSON that no browser runs' : JSON.stringify(headers);
    },
  },
  {
    number: 113, name: '__proto__ in variables', expected: ['BAD_USER_INPUT', 'nothing'], honest: findsSomething,
    async attack(w) {
      const send = (variables: string) => w.send({ url: `${w.front().url}/graphql`, headers: { authorization: `Bearer ${w.tokenOf('sibling')}` }, body: `{"query":${JSON.stringify('query ($f: CaseFilter) { cases(filter: $f) { totalCount } }')},"variables":${variables}}` }).then(outcomeOf);
      return Promise.all(['{"__proto__":{"f":{"search":"x"}},"constructor":{"prototype":{"isAdmin":true,"roles":["JOINT_OFFICE"]}}}', '{"f":{"__proto__":{"search":"x"}}}', '{"f":{"constructor":{"search":"x"}}}', '{"f":{"toString":{"search":"x"}}}'].map(send));
    },
  },
];

export const INJECTION_ATTACKS: Group = { letter: 'F', from: 98, to: 113, rows: ROWS };
