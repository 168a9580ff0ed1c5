import { randomUUID } from 'node:crypto';
import { createRandom } from '../../faults/harness/random';
import { eventually } from '@anjie/testing';
import { deepProbes } from '../paths/enumerate';
import { SEED, type Sizes } from '../sizes';
import type { Stage } from '../stage';
import { accuse, followOn, type SealedCase } from '../world/sealed-cases';
import { markOf, petitionerOf, register } from '../world/known-cases';
import { TODAY } from '../world/ordinary-cases';
import { idOf } from '../world/stable-id';
import { ACCUSED_SIDE, PERSONAS, type PersonaName } from '../world/personas';
import { PLACES } from '../world/places';
import type { SecuritySystem } from '../world/security-system';
import { bookText } from '../world/read-book';
import { drawOperation, GUESSES, type Operation } from './operations';
import { ask, hasData, quantiles, type Guesses } from './pass';

export interface Interference {
  readonly operations: number;
  readonly withData: number;
  /** Where the second answer differs from the first. */
  readonly differences: readonly { readonly operation: Operation; readonly before: string; readonly after: string }[];
  readonly byKind: Readonly<Record<string, number>>;
  readonly byPersona: Readonly<Record<string, number>>;
  readonly timing: { readonly before: ReturnType<typeof quantiles>; readonly after: ReturnType<typeof quantiles> };
  /** What somebody who may see it is told before and after. */
  readonly authorised: readonly (readonly [who: PersonaName, before: string, after: string])[];
  /** What an auditor of the accused unit reads of them in the audit of the four services. */
  readonly audited: readonly string[];
  /** How many entries about it there are. */
  readonly entries: number;
  /** What no query answers: an export of the accused unit's, a blind match of the same petitioner in the next county. */
  readonly others: readonly (readonly [what: string, before: string, after: string])[];
}

const SEALED_NO = 990;
const INSTANT = '2022-12-29T10:00:00+08:00';
/** Who sees nothing of it either: they were neither accused nor given it. */
const BYSTANDERS: readonly PersonaName[] = ['countyOffice', 'provinceOffice', 'leadHandler', 'governmentHandler', 'sponsor', 'neighbourHandler', 'nobody', 'admin'];

/**
 * The same questions before and after an accusation of the land reserve centre is taken in, transferred, read and reported on, and its
 * duties fell due. One world and not two: every other id, number and instant is the same by construction, so that answers are
 * compared as they came, byte for byte.
 */
export async function proveNoninterference(stage: Stage, sizes: Sizes): Promise<Interference> {
  const { system } = stage;
  const operations = draw(stage, sizes);
  const nobodys: Guesses = Object.fromEntries(GUESSES.map((word) => [word, idOf(`nobody's ${word}`)]));
  const petitionId = await meetSamePerson(system);
  const othersBefore = [await exportOf(system), await blindMatchOf(system, petitionId)];
  const authorisedBefore = await tellAuthorised(system, nobodys);
  await system.moveTo(INSTANT);
  const before = await ask(system, operations, { guesses: nobodys, name: 'before' });
  const sealed = await takeIn(system);
  const guesses = await guessesOf(system, sealed);
  await system.moveTo(INSTANT);
  const after = await ask(system, operations, { guesses, name: 'after' });
  const authorisedAfter = await tellAuthorised(system, guesses);
  return {
    operations: operations.length,
    withData: before.filter(({ text }) => hasData(text)).length,
    differences: operations.flatMap((operation, i) => (before[i]?.text === after[i]?.text ? [] : [{ operation, before: before[i]?.text ?? '', after: after[i]?.text ?? '' }])),
    byKind: countBy(operations.map(({ kind }) => kind)), byPersona: countBy(operations.map(({ who }) => who)),
    timing: { before: quantiles(before), after: quantiles(after) },
    authorised: authorisedBefore.map(([who, told], i) => [who, told, authorisedAfter[i]?.[1] ?? '']),
    audited: await auditMentions(system, Object.values(guesses)),
    entries: await entriesAbout(system, sealed.id),
    others: [['export', othersBefore[0] ?? '', await exportOf(system)], ['blind match', othersBefore[1] ?? '', await blindMatchOf(system, petitionId)]],
  };
}

const countBy = (words: readonly string[]): Record<string, number> => Object.fromEntries([...new Set(words)].sort().map((word) => [word, words.filter((one) => one === word).length]));

function draw({ system, graph, samples, oracle }: Stage, { operations }: Sizes): Operation[] {
  const random = createRandom(`${SEED} operations`);
  const pool = random.shuffle(oracle.types.flatMap((type) => random.shuffle(oracle.idsOf(type)).slice(0, 12)));
  const asking = [...ACCUSED_SIDE, ...BYSTANDERS].map((name) => PERSONAS[name]);
  const deep = deepProbes({ graph, samples }, asking, { count: Math.min(operations, 2_000), seed: `${SEED} noninterference` });
  const drawing = { schema: system.schema, graph, samples, random, pool, sealedNo: SEALED_NO, deep: new Map([...deep].map(([who, probes]) => [who.name, probes])) };
  return Array.from({ length: operations }, () => drawOperation(drawing, random.chance(80) ? random.pick(ACCUSED_SIDE) : random.pick(BYSTANDERS)));
}

/** Two accusations: of the unit, and of somebody who serves in it on secondment; one goes its way, the other waits until it is late. */
async function takeIn(system: SecuritySystem): Promise<SealedCase> {
  const one = await accuse(system, { no: SEALED_NO, registrar: 'windowClerk', accused: [{ unitId: PLACES.landReserve.id }, { officialId: PERSONAS.seconded.id }] });
  const waiting = await accuse(system, { no: SEALED_NO + 1, registrar: 'windowClerk', accused: [{ officialId: PERSONAS.accusedHandler.id }] });
  await system.settled();
  await followOn(system, one);
  await fallDue(system, [one.id, waiting.id]);
  return one;
}

/** What is owed about these cases fell due an hour ago: reminders are written, the duty is late, figures move. */
async function fallDue(system: SecuritySystem, caseIds: readonly string[]): Promise<void> {
  const NOW = '(SELECT UTC_TIMESTAMP(3) + INTERVAL offset_seconds SECOND FROM supervision.business_clock)';
  const own = 'd.obligation_id IN (SELECT id FROM supervision.obligations WHERE case_id IN (?))';
  await system.rows(`UPDATE supervision.deadlines d SET d.due_at = ${NOW} - INTERVAL 1 HOUR WHERE d.state = 'ARMED' AND ${own}`, [caseIds]);
  await eventually('the deadlines of the accusations fired', async () => (await system.rows(`SELECT 1 FROM supervision.deadlines d WHERE d.state = 'ARMED' AND d.due_at < ${NOW} AND ${own}`, [caseIds])).length === 0, 90_000);
  await system.settled();
}

async function guessesOf(system: SecuritySystem, { id, petitionId }: SealedCase): Promise<Guesses> {
  const first = async (sql: string, param: string): Promise<string> => (await system.rows<{ id: string }>(sql, [param]))[0]?.id ?? idOf('none of it');
  return {
    'GUESS-PETITIONER': await first('SELECT id FROM cases.petitioners WHERE petition_id = ?', petitionId), 'GUESS-PETITION': petitionId,
    'GUESS-OBLIGATION': await first('SELECT id FROM supervision.obligations WHERE case_id = ?', id), 'GUESS-NOTIFICATION': await first('SELECT id FROM supervision.notifications WHERE case_id = ?', id), 'GUESS-CASE': id,
  };
}

async function tellAuthorised(system: SecuritySystem, guesses: Guesses): Promise<[PersonaName, string][]> {
  const query = `{ case(id: "${guesses['GUESS-CASE']}") { isSealed title accusation { stage } } cases { totalCount } accusationProgress { toTransfer transferred received } }`;
  const told: [PersonaName, string][] = [];
  for (const who of ['discipline', 'windowClerk'] as const) told.push([who, JSON.stringify((await system.ask(who, query)).data)]);
  return told;
}

async function auditMentions(system: SecuritySystem, ids: readonly string[]): Promise<string[]> {
  const found: string[] = [];
  for (const field of ['auditOfCases', 'auditOfOfficials', 'auditOfSupervision', 'auditOfAssistance']) {
    const { data } = await system.ask('auditor', `{ found: ${field}(first: 100) { nodes { action subjectId caseId detail } } }`);
    const page = data?.['found'] as { nodes: object[] } | undefined;
    if (!page) throw new Error(`${field}: the auditor was answered nothing`);
    found.push(...page.nodes.map((node) => JSON.stringify(node)).filter((text) => ids.some((id) => text.includes(id))));
  }
  return found;
}

const entriesAbout = async (system: SecuritySystem, caseId: string): Promise<number> =>
  Number((await system.rows<{ n: string }>('SELECT (SELECT COUNT(*) FROM cases.audit_entries WHERE case_id = ?) + (SELECT COUNT(*) FROM supervision.audit_entries WHERE case_id = ?) AS n', [caseId, caseId]))[0]?.n);

/** Whoever will accuse has an ordinary matter in the next county, in the same words. */
async function meetSamePerson(system: SecuritySystem): Promise<string> {
  const mark = markOf(SEALED_NO);
  const part = { petitioners: [petitionerOf(SEALED_NO)], title: `检举标题${mark}`, summary: `检举概况${mark}`, content: `检举正文${mark}` };
  const { petitionId } = await register(system, { no: SEALED_NO - 1, county: 'neighbour', today: TODAY, part });
  await system.settled();
  return petitionId;
}

async function blindMatchOf(system: SecuritySystem, petitionId: string): Promise<string> {
  const query = 'mutation ($input: AskBlindMatchInput!) { askBlindMatch(input: $input) { __typename ... on BlindMatchPayload { offices { office { id } count } } ... on RepeatRefusal { code } } }';
  return JSON.stringify((await system.ask('neighbourOffice', query, { input: { idempotencyKey: randomUUID(), petitionId, reason: '核对是否重复信访' } })).data);
}

/** When it was written stands in every export. */
const MOMENT = /\d{4}-?\d{2}-?\d{2}[T ]?\d{2}:?\d{2}(:?\d{2})?/g;

/** Rows of an export of the accused unit's. */
async function exportOf(system: SecuritySystem): Promise<string> {
  const { export: made } = await system.act('accusedHandler', 'exportExchangeRecords', { filter: {}, identity: 'MASKED', reason: '按季度交换数据' });
  await eventually('the export is written', async () => (await system.rows("SELECT 1 FROM cases.exchange_exports WHERE id = ? AND state = 'READY'", [made?.id])).length > 0, 60_000);
  const link = await system.act('accusedHandler', 'createExchangeExportLink', { exportId: made?.id });
  const book = await system.download('accusedHandler', String((link as unknown as { path: string }).path));
  return (await bookText(book)).replaceAll(MOMENT, '<moment>');
}
