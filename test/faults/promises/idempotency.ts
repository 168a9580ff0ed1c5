import { randomUUID } from 'node:crypto';
import type { GraphAnswer } from '../harness/graph';
import { countOf, holdInserts, until, type LocalSystem } from '../harness/probes';
import { judge, type Judge, type Verdict } from '../harness/verdict';
import { DISTRICT, TODAY, type Person } from '../harness/world';

const REGISTER = `mutation ($input: RegisterPetitionInput!) { registerPetition(input: $input) {
  ... on RegisterPetitionPayload { petition { id number } case { id number } } ... on PetitionRefusal { code message } } }`;

const petition = (title: string) => ({
  idempotencyKey: `k-${randomUUID()}`, channel: 'LETTER', purpose: 'CLAIM', petitionedOn: TODAY, divisionCode: DISTRICT, title,
  summary: '反映安置房交付多年未办理不动产权证。', petitioners: [{ name: '白某某' }],
});
type Petition = ReturnType<typeof petition>;

const codeOf = (answer: GraphAnswer): string => answer.errors?.[0]?.extensions.code ?? 'NONE';
const dataOf = (answer: GraphAnswer): string => JSON.stringify(answer.data);

function deskOf(system: LocalSystem) {
  const send = (person: Person, input: Petition, signal?: AbortSignal): Promise<GraphAnswer> =>
    system.graph.ask({ token: system.tokens[person], query: REGISTER, variables: { input }, ...(signal ? { signal } : {}) });
  const rows = (title: string): Promise<number> => countOf(system, 'SELECT COUNT(*) AS n FROM cases.petitions WHERE title = ?', [title]);
  /** The answer that came in the end, whatever was in the way before. */
  const insist = async (person: Person, input: Petition): Promise<GraphAnswer> => {
    let last: GraphAnswer | undefined;
    await until('an answer', async () => !(last = await send(person, input)).errors, 60_000);
    return last as GraphAnswer;
  };
  return { send, rows, insist };
}
type Desk = ReturnType<typeof deskOf>;

/** R11: the same request, however often and whatever happened to its answer, is done once and answered alike. */
export async function idempotency(system: LocalSystem, { parallel }: { parallel: number }): Promise<Verdict> {
  const sums = judge('R11 the same mutation again');
  const desk = deskOf(system);
  await inParallel(desk, parallel, sums);
  await answerLost(desk, sums);
  await processKilled(system, desk, sums);
  await keyReused(desk, sums);
  return sums.verdict();
}

async function inParallel({ send, rows, insist }: Desk, parallel: number, sums: Judge): Promise<void> {
  const input = petition(`平行${randomUUID()}`);
  const answers = await Promise.all(Array.from({ length: parallel }, () => send('clerk', input)));
  const final = dataOf(await insist('clerk', input));
  const done = answers.filter(({ errors }) => !errors);
  sums.note('answered at once', done.length);
  sums.equal('rows of parallel requests', await rows(input.title), 1);
  sums.equal('other answers of parallel requests', done.filter((answer) => dataOf(answer) !== final).length, 0);
  sums.equal('other failures of parallel requests', answers.filter((answer) => answer.errors && codeOf(answer) !== 'REQUEST_IN_FLIGHT').length, 0);
}

async function answerLost({ send, rows, insist }: Desk, sums: Judge): Promise<void> {
  const input = petition(`失联${randomUUID()}`);
  await send('clerk', input, AbortSignal.timeout(15)).catch(() => undefined);
  const [first, second] = [await insist('clerk', input), await insist('clerk', input)];
  sums.equal('rows after a lost answer', await rows(input.title), 1);
  sums.equal('answers after a lost answer', new Set([first, second].map(dataOf)).size, 1);
}

async function processKilled(system: LocalSystem, { send, rows, insist }: Desk, sums: Judge): Promise<void> {
  const input = petition(`中断${randomUUID()}`);
  const lock = await holdInserts(system, 'cases.petitions');
  const cut = send('clerk', input).catch(() => undefined);
  await until('the request waits', async () => (await system.rows<{ Status: string }>('SHOW ENGINE INNODB STATUS')).some(({ Status }) => /LOCK WAIT[\s\S]* cases_web /.test(Status)));
  await system.processOf('cases').kill9();
  await lock.release();
  await cut;
  const answer = await insist('clerk', input);
  sums.equal('rows after a killed process', await rows(input.title), 1);
  sums.equal('answers after a killed process', new Set([answer, await insist('clerk', input)].map(dataOf)).size, 1);
}

async function keyReused({ send, rows, insist }: Desk, sums: Judge): Promise<void> {
  const input = petition(`重用${randomUUID()}`);
  const first = await insist('clerk', input);
  sums.equal('code of another content', codeOf(await send('clerk', { ...input, title: `${input.title}别的` })), 'IDEMPOTENCY_KEY_REUSED');
  const other = await insist('secondClerk', input);
  sums.equal("rows with another person's key", await rows(input.title), 2);
  sums.equal("another person's answer", dataOf(other) === dataOf(first) ? 'the same' : 'their own', 'their own');
}
