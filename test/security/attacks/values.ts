import { eventually } from '@anjie/testing';
import { outcomeOf } from '../outcome';
import type { Group, Row } from './attack';
import { idNumber, petition, PETITIONER, register, REGISTERED, type Registered } from './fill-world';
import { DISTRICT, units } from './people';
import { key, type World } from './world';

const told = async (world: World, query: string, variables: object = {}): Promise<string> => outcomeOf(await world.ask('office', query, variables));
const registers = (world: World, inputs: readonly object[]): Promise<string[]> => Promise.all(inputs.map(async (more) => outcomeOf(await world.act('clerk', 'registerPetition', petition(more)))));
const withPerson = (person: object) => ({ petitioners: [{ name: '白某某', ...person }] });
const ids = (numbers: readonly string[]) => numbers.map((idNumber) => withPerson({ idNumber }));
const taken = (inputs: readonly object[]) => async (world: World): Promise<void> => {
  for (const more of inputs) await world.done('clerk', 'registerPetition', petition(more));
};
/** Its check character is right for whatever stands before it. */
const checked = (body: string): string => body + '10X98765432'[[7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2].reduce((sum, weight, at) => sum + weight * Number(body[at]), 0) % 11];
const endingInX = ((): string => Array.from({ length: 99 }, (_none, at) => idNumber(at + 100)).find((one) => one.endsWith('X')) ?? '')();
const wide = (text: string): string => [...text].map((char) => String.fromCharCode(char.charCodeAt(0) + 0xfee0)).join('');

const DAYS = ['0000-00-00', '2022-02-30', '2022-13-01', '2022-09-26T00:00:00Z', '2022-09-26T24:00:00+08:00', '2022-9-26', '２０２２-09-26', '', '20220926', "2022-09-26' OR 1=1", '9999-12-31', '-0001-01-01', '2022-06-30T23:59:60Z'];

/** One person, typed in all the ways that clerks type. */
async function samePerson(world: World): Promise<string[]> {
  const forms = [{ idNumber: endingInX.toLowerCase() }, { idNumber: wide(endingInX) }, { idNumber: `${endingInX.slice(0, 6)} ${endingInX.slice(6)}` }, { idNumber: `${endingInX.slice(0, 6)}${endingInX.slice(8, 17)}` }];
  const made = [await register(world, withPerson({ idNumber: endingInX }))];
  for (const form of forms) made.push(await register(world, withPerson(form)));
  const recent = await world.system.rows<{ print: string }>('SELECT HEX(id_number_index) AS print FROM cases.petitioners WHERE petition_id IN (?) AND id_number_index IS NOT NULL', [made.map(({ petition: { id } }) => id)]);
  const prints = new Set(recent.map(({ print }) => print)).size;
  return [recent.length === forms.length + 1 && prints === 1 ? 'one blind index' : `${prints} blind indexes of ${recent.length}`];
}

/** Names of all jobs that wait in Redis, whatever a client wrote into keys and texts. */
async function jobIds(world: World): Promise<string[]> {
  for (const idempotencyKey of ['a:b:c:d:e:f', '12345678', '00000000', 'ob-00000000']) await world.act('clerk', 'registerPetition', petition({ idempotencyKey, title: 'a:b:c 0 123' }));
  const keys = (await world.system.engines.redis('KEYS', '{*}:*')) as readonly string[];
  const jobs = keys.map((name) => name.split(':').slice(2).join(':')).filter((name) => /^(ob-|at-|ack-|repeat|canary|\d)/.test(name) || !/^[a-z:.-]*$/i.test(name));
  const odd = jobs.filter((name) => !/^(ob-[0-9a-f-]{36}|ack-[\w-]+|at-\d+|canary[\w-]*)(:\w+)?$/.test(name));
  return odd.length === 0 ? ['ids of our own making'] : odd.slice(0, 5);
}

/** A day as far away as there is: the timers in Redis stay within their two days. */
async function farAway(world: World): Promise<string[]> {
  const { case: { id, version } } = await register(world);
  const ways = await Promise.all(['9999-12-31', '2022-09-25', '0001-01-01', 'NaN', '2022-09-26'].map(async (limitOn) =>
    outcomeOf(await world.act('office', 'assignCase', { caseId: id, expectedVersion: version, kind: 'ASSIGN', leadUnitId: units.housing.id, limitOn }))));
  const scores = ((await world.system.engines.redis('ZRANGE', '{supervision}:supervision.deadlines:delayed', '0', '-1', 'WITHSCORES')) as readonly string[]).filter((_one, at) => at % 2 === 1);
  const limit = (Date.now() + 50 * 3_600_000) * 4_096;
  return [...ways, scores.every((score) => Number.isFinite(Number(score)) && Number(score) <= limit) ? 'timers of two days at most' : `a timer at ${scores.join()}`];
}

const page = (first: unknown) => ({ query: 'query ($n: Int) { cases(first: $n) { nodes { id } } }', variables: { n: first } });
const pages = (world: World, firsts: readonly unknown[]): Promise<string[]> => Promise.all(firsts.map((first) => told(world, page(first).query, page(first).variables)));
const inlinePages = (world: World, firsts: readonly string[]): Promise<string[]> => Promise.all(firsts.map((first) => told(world, `{ cases(first: ${first}) { nodes { id } } }`)));
const raw = (world: World, variables: string): Promise<string> =>
  world.send({ url: `${world.front().url}/graphql`, headers: { authorization: `Bearer ${world.tokenOf('office')}` }, body: `{"query":${JSON.stringify(page(1).query)},"variables":${variables}}` }).then(outcomeOf);

const ROWS: readonly Row[] = [
  {
    number: 114, name: 'ID numbers that cannot be: check character, day of birth, letters', expected: 'refused ID_NUMBER_INVALID', honest: taken([...ids([idNumber(1), endingInX, endingInX.toLowerCase(), wide(idNumber(1)), checked('64010419880410123'), checked('64010419860504123')])]),
    attack: (w) => registers(w, ids([idNumber(1).slice(0, 17) + (idNumber(1).endsWith('1') ? '2' : '1'), checked('64010419800230001'), checked('64010420991231001'), checked('64010417991231001'), '11111111111111111X', '000000000000000000', 'ABCDEFGHIJKLMNOPQR', `${idNumber(1)}0`, idNumber(1).slice(0, 16), '640104800230001', '٦٤٠١٠٤١٩٨٠٠٦١٥٠٠١٧'])),
  },
  { number: 115, name: 'telephones that are too long or hold something else', expected: ['refused TEXT_LENGTH', 'refused NAME_INVALID'], attack: (w) => registers(w, ['1'.repeat(31), '139\u00000004455', '139\u202e00004455', '1\ud800'].map((phone) => withPerson({ phone }))), honest: taken(['13900004455', '+86 139-0000-4455', '(0951) 1234567', '１３９００００４４５５'].map((phone) => withPerson({ phone }))) },
  { number: 116, name: 'names of NUL, half characters, pictures, nothing but blanks in the middle', expected: ['refused TEXT_LENGTH', 'refused NAME_INVALID'], attack: (w) => registers(w, ['a\u0000b', '李\ud842', '\udfb7李', '😀', '字'.repeat(101), '\u202e某', '<b>某</b>', '-某'].map((name) => withPerson({ name }))), honest: taken(['𠮷', '㐂', '古丽·买买提', '某', '字'.repeat(100), '𪚥龘', 'Ōno Zoë', '某某村3组'].map((name) => withPerson({ name }))) },
  { number: 117, name: 'one person in four forms of writing hides from the search for repeats', expected: 'one blind index', mayChange: true, attack: samePerson, honest: (w) => eventually('the repeat is found', async () => (await w.data<{ repeatCandidates: { samePerson: boolean }[] }>('office', 'query ($input: RepeatCandidatesInput!) { repeatCandidates(input: $input) { samePerson } }', { input: { draft: { divisionCode: DISTRICT, title: '安置房办证问题', summary: '反映安置房交付多年未办理不动产权证。', petitioners: [{ ...PETITIONER, idNumber: wide(PETITIONER.idNumber) }] } } })).repeatCandidates.some((one) => one.samePerson) || undefined, 20_000) },
  { number: 118, name: 'texts of a megabyte and of ten', expected: ['PAYLOAD_TOO_LARGE', 'refused TEXT_LENGTH'], attack: (w) => registers(w, [{ summary: '长'.repeat(4_001) }, { title: '长'.repeat(201) }, { claims: Array.from({ length: 21 }, () => '一') }, { content: 'x'.repeat(1_000_000) }, { content: 'x'.repeat(10_000_000) }]), honest: taken([{ summary: '长'.repeat(4_000) }, { title: '长'.repeat(200) }, { content: '长'.repeat(30_000) }]) },
  { number: 119, name: 'numbers beyond 2^53 for ids', expected: ['nothing', 'BAD_USER_INPUT'], attack: (w) => Promise.all([9007199254740993n, 2n ** 63n, -1n].map((n) => w.send({ url: `${w.front().url}/graphql`, headers: { authorization: `Bearer ${w.tokenOf('office')}` }, body: `{"query":"query ($id: ID!) { case(id: $id) { id } }","variables":{"id":${n}}}` }).then(outcomeOf))), honest: (w) => w.data('office', 'query ($id: ID!) { case(id: $id) { id } }', { id: w.known.open.caseId }) },
  { number: 120, name: 'whole numbers that are none: 2^31, -1, 1e400, NaN', expected: ['BAD_USER_INPUT', 'QUERY_TOO_LARGE'], attack: async (w) => [...(await pages(w, [2 ** 31, -1, 1.5, 'NaN', '1', true, [1], {}])), ...(await inlinePages(w, ['2147483648', '-1', '1e400', '1.0', '"1"', 'NaN', '1_000', '0x10', '00'])), await raw(w, '{"n":1e400}'), await raw(w, '{"n":-1e400}'), await raw(w, '{"n":NaN}')], honest: (w) => w.data('office', page(100).query, page(100).variables) },
  { number: 121, name: 'days that are none', expected: 'BAD_USER_INPUT', attack: (w) => registers(w, DAYS.map((petitionedOn) => ({ petitionedOn }))), honest: taken([{ petitionedOn: '2022-09-26' }, { petitionedOn: '2020-02-29' }]) },
  { number: 122, name: 'a day that would set a timer of centuries, of yesterday, of NaN', expected: ['timers of two days at most', 'BAD_USER_INPUT', 'refused DATE_NOT_AFTER_TODAY'], mayChange: true, attack: farAway, honest: (w) => register(w) },
  { number: 123, name: 'keys that look like ids of jobs', expected: 'ids of our own making', mayChange: true, attack: jobIds, honest: (w) => register(w) },
  { number: 124, name: 'enum values unknown, empty, in small letters; null for what is required', expected: ['BAD_USER_INPUT', 'refused TEXT_LENGTH'], attack: (w) => registers(w, [{ channel: 'PIGEON' }, { channel: '' }, { channel: 'letter' }, { channel: null }, { purpose: 0 }, { title: null }, { title: '' }, { petitioners: null }, { divisionCode: null }, { channel: ['LETTER', 'VISIT'] }]), honest: taken([{ contentCategory: null }, { claims: [] }, {}]) },
  {
    number: 125, name: 'the same unit twice in a list', expected: ['refused UNIT_TWICE'], mayChange: true,
    async attack(w) {
      const { case: { id: caseId, version } } = await register(w);
      const assign = async (supportUnitIds: readonly string[]) => outcomeOf(await w.act('office', 'assignCase', { caseId, expectedVersion: version, kind: 'ASSIGN', leadUnitId: units.housing.id, supportUnitIds, limitOn: '2022-12-20' }));
      return [await assign([units.errand.id, units.errand.id]), await assign([units.housing.id]), await assign([units.errand.id, units.errand.id.toUpperCase()])];
    },
    honest: async (w) => {
      const { case: { id: caseId, version } } = await w.done<Registered>('clerk', 'registerPetition', petition({ idempotencyKey: key() }), REGISTERED);
      await w.done('office', 'assignCase', { caseId, expectedVersion: version, kind: 'ASSIGN', leadUnitId: units.housing.id, supportUnitIds: [units.errand.id], limitOn: '2022-12-20' });
    },
  },
  { number: 126, name: 'pages of 0, -1, 101 and a billion', expected: ['BAD_USER_INPUT', 'QUERY_TOO_LARGE'], attack: async (w) => [...(await pages(w, [0, -1, 101, 1e9])), ...(await inlinePages(w, ['0', '-1', '101', '1000000000']))], honest: (w) => w.data('office', page(100).query, page(100).variables) },
];

export const VALUE_ATTACKS: Group = { letter: 'G', from: 114, to: 126, rows: ROWS };
