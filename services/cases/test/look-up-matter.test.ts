import { graphql, isEnumType, isInputObjectType, isLeafType, isListType, isNonNullType, type GraphQLArgument, type GraphQLInputType } from 'graphql';
import type { EntityManager } from 'typeorm';
import { seesDivisionFigures } from '@anjie/access';
import { PORTAL_FIELDS } from '@anjie/contracts';
import { select } from '@anjie/service-kit/database';
import { claimsFor, viewers } from '@anjie/testing';
import { seenCases } from '../src/cases/case-repository';
import { createContext } from '../src/context';
import { buildCasesSchema } from '../src/subgraph';
import { count, faultOf } from './asking';
import { aCaseInHandling, aRepliedCase, onDay } from './life';
import { everythingStored, LOOK_UP, lookUp, portal, receiptOf, renew, type Receipt } from './petitioner';
import { aRegistration, key, openCases, people, place, register, type CasesWorld } from './world';

let world: CasesWorld;
beforeAll(async () => (world = await openCases()));
beforeEach(() => world.reset());
afterAll(() => world?.close());

const REGISTER = `mutation ($input: RegisterPetitionInput!) { registerPetition(input: $input) { ... on RegisterPetitionPayload { petition { id queryCode } case { id } receipt { queryCode secret } } } }`;
interface Done {
  readonly registerPetition: { petition: { id: string; queryCode: string }; case: { id: string }; receipt: Receipt };
}
const registered = async (input = aRegistration(), viewer = people.clerk) => (await world.client.query<Done>(viewer, REGISTER, { input })).registerPetition;
const wrong = { queryCode: 'ZZZZ-ZZZZ-ZZZZ', secret: '00000-00000' };

test('registering hands out code and secret; a repeat hands out the same; neither the secret nor a way to it is stored', async () => {
  const input = aRegistration();
  const one = await registered(input);
  expect(one.receipt.queryCode).toMatch(/^[0-9A-HJKMNP-TV-Z]{4}(-[0-9A-HJKMNP-TV-Z]{4}){2}$/);
  expect(one.receipt.secret).toMatch(/^[0-9A-HJKMNP-TV-Z]{5}-[0-9A-HJKMNP-TV-Z]{5}$/);
  expect(one.petition.queryCode).toBe(one.receipt.queryCode);
  expect((await registered(input)).receipt).toEqual(one.receipt);
  await lookUp(world, one.receipt);
  const fresh = (await renew(world, one.petition.id)).receipt;
  await lookUp(world, fresh);
  const stored = await everythingStored(world);
  expect(stored).toContain(one.receipt.queryCode.replaceAll('-', ''));
  for (const { secret } of [one.receipt, fresh]) {
    expect(stored).not.toContain(secret);
    expect(stored).not.toContain(secret.replace('-', ''));
  }
});

test('条例第十八条、第二十一条: code and secret show the matter, however they are typed', async () => {
  const { receipt } = await registered();
  const typed = { queryCode: receipt.queryCode.toLowerCase().replaceAll('-', ' '), secret: ` ${receipt.secret.replace('-', '').toLowerCase()} ` };
  const told = await lookUp(world, typed);
  expect(told).toMatchObject({ __typename: 'MyMatter', title: '拆迁安置房迟迟不办产权证', registeredOn: '2022-09-27', status: 'registered', steps: [{ on: '2022-09-27', text: 'registered' }] });
  expect(told.duties).toEqual([expect.objectContaining({ text: 'forward or assign', unit: '兴庆区信访联席办', dueRaw: '2022-10-12', dueOn: '2022-10-12', doneOn: null, isOverdue: false })]);
  await onDay(world, '2022-10-13');
  expect((await lookUp(world, receipt)).duties[0]?.isOverdue).toBe(true);
});

test('every step, due date and responsible unit until the opinion arrived; internal grounds and persons are not among them · row 106', async () => {
  const one = await aRepliedCase(world);
  const receipt = await receiptOf(world, one.id);
  const told = await lookUp(world, receipt, { ...portal, locale: 'zh-CN' });
  expect(told.steps.map(({ text }) => text)).toEqual(['登记', '转送责任单位', '确定办理途径', '受理', '开展调查核实', '作出处理意见', '文书送达']);
  expect(told.steps.slice(1).every(({ unit }) => unit === '住建局')).toBe(true);
  expect(told).toMatchObject({ responsibleUnit: '住建局', status: '已作出处理意见' });
  expect(told.duties).toContainEqual(expect.objectContaining({ text: '办结并出具处理意见', unit: '住建局', doneOn: '2022-10-10', isOverdue: false, basis: expect.stringContaining('第三十四条') as string }));
  expect(told.rights).toEqual([expect.objectContaining({ text: expect.stringContaining('上一级机关') as string, lastOn: '2022-11-11', isOpen: true, basis: expect.stringContaining('第三十五条') as string })]);
  expect(told.papers.map(({ title, issuedOn, deliveredOn }) => [title, issuedOn, deliveredOn])).toEqual([['信访事项受理告知书', '2022-09-27', null], ['信访事项处理意见书', '2022-10-10', '2022-10-12']]);
  expect(told.notices.map(({ code }) => code)).toEqual(['OTHER_ROUTES', 'RECUSAL', 'AGENT', 'NO_FEES', 'NO_RETALIATION']);
  const text = JSON.stringify(told);
  for (const inner of ['现场核查权属资料', '需要调查核实并出具意见', '包案人', people.housing.subject, one.id, '马小明']) expect(text).not.toContain(inner);
  await onDay(world, '2022-11-12');
  expect((await lookUp(world, receipt)).rights[0]?.isOpen).toBe(false);
});

test('第三十条第三款: of an accusation nothing is told but that it came and went on', async () => {
  const one = await aCaseInHandling(world);
  await world.db.query("UPDATE cases SET purpose = 'ACCUSATION', route = 'ART30' WHERE id = ?", [one.id]);
  const told = await lookUp(world, await receiptOf(world, one.id));
  expect(told).toMatchObject({ title: 'the matter that you raised', responsibleUnit: null, duties: [], rights: [], papers: [], ratings: [] });
  expect(told.steps).toEqual([{ on: '2022-09-27', text: 'received', unit: null }, { on: '2022-09-27', text: 'forwarded to the competent organ as the rules provide', unit: null }]);
  expect(JSON.stringify(told)).not.toMatch(/住建局|联席办|产权证/);
});

/** An answer with the statements that it cost, parameters left out. */
async function costOf(given: Receipt) {
  const statements: string[] = [];
  const spied = world.db.createQueryRunner.bind(world.db);
  const spy = jest.spyOn(world.db, 'createQueryRunner').mockImplementation((...args) => {
    const runner = spied(...args);
    const query = runner.query.bind(runner);
    runner.query = ((text: string, ...rest: []) => (statements.push(text), query(text, ...rest))) as EntityManager['query'];
    return runner;
  });
  const answer = await lookUp(world, given);
  spy.mockRestore();
  return { answer, statements };
}

test('a wrong code and a wrong secret get the same answer for the same statements', async () => {
  const { receipt } = await registered();
  const [code, secret] = [await costOf(wrong), await costOf({ ...receipt, secret: wrong.secret })];
  expect(code.answer).toEqual({ __typename: 'AccessRefusal', code: 'NOT_RECOGNISED', message: 'Query code or secret is not right.', basis: null });
  expect(secret.answer).toEqual(code.answer);
  expect(code.statements.length).toBeGreaterThan(3);
  expect(secret.statements).toEqual(code.statements);
  expect((await lookUp(world, receipt)).__typename).toBe('MyMatter');
});

const forward = (minutes: number) =>
  world.db.query('UPDATE access_attempts SET since = since - INTERVAL ? MINUTE, locked_until = locked_until - INTERVAL ? MINUTE', [minutes, minutes]);
const tries = async (given: Receipt, n: number): Promise<(string | undefined)[]> => {
  const codes: (string | undefined)[] = [];
  for (let i = 0; i < n; i += 1) codes.push((await lookUp(world, given)).code);
  return codes;
};

test('five failures lock a code for 15 minutes, the right secret included; the next five for 30; a success forgets both', async () => {
  const { receipt } = await registered();
  const bad = { ...receipt, secret: wrong.secret };
  expect(await tries(bad, 6)).toEqual([...Array.from({ length: 5 }, () => 'NOT_RECOGNISED'), 'TRY_LATER']);
  expect((await lookUp(world, receipt)).code).toBe('TRY_LATER');
  await forward(14);
  expect((await lookUp(world, receipt)).code).toBe('TRY_LATER');
  await forward(2);
  expect(await tries(bad, 5)).toEqual(Array.from({ length: 5 }, () => 'NOT_RECOGNISED'));
  await forward(29);
  expect((await lookUp(world, receipt)).code).toBe('TRY_LATER');
  await forward(2);
  expect((await lookUp(world, receipt)).__typename).toBe('MyMatter');
  expect(await tries(bad, 4)).toEqual(Array.from({ length: 4 }, () => 'NOT_RECOGNISED'));
  expect((await lookUp(world, receipt)).__typename).toBe('MyMatter');
});

test('attempts at once are counted one by one, for a code that does not exist as for one that does', async () => {
  const { receipt } = await registered();
  for (const given of [wrong, { ...receipt, secret: wrong.secret }]) {
    const codes = (await Promise.all(Array.from({ length: 20 }, () => lookUp(world, given)))).map(({ code }) => code);
    expect(codes.filter((code) => code === 'NOT_RECOGNISED')).toHaveLength(5);
    expect(codes.filter((code) => code === 'TRY_LATER')).toHaveLength(15);
  }
});

test('sixty failures within an hour stop an account, whatever codes it tries; another account and the next hour go on', async () => {
  const { receipt } = await registered();
  for (let i = 0; i < 60; i += 1) await lookUp(world, { queryCode: `${1000 + i}-0000-0000`, secret: wrong.secret });
  expect((await lookUp(world, receipt)).code).toBe('TRY_LATER');
  expect((await lookUp(world, receipt, viewers.portal())).__typename).toBe('MyMatter');
  await forward(61);
  expect((await lookUp(world, receipt)).__typename).toBe('MyMatter');
});

test('looking up and locking are audited by a fingerprint of the code, without case, identity or code', async () => {
  const { receipt } = await registered();
  await lookUp(world, receipt);
  await tries({ ...receipt, secret: wrong.secret }, 5);
  const rows = await select<{ action: string; subject_id: string; case_id: string | null; detail: string }>(world.db.manager, "SELECT action, subject_id, case_id, detail FROM audit_entries WHERE subject_type = 'QueryCode' ORDER BY id");
  expect(rows.map(({ action, case_id }) => [action, case_id])).toEqual([['QUERY_CODE_USED', null], ['QUERY_CODE_LOCKED', null]]);
  expect(JSON.parse(rows[1]?.detail ?? '')).toEqual({ minutes: 15 });
  expect(new Set(rows.map(({ subject_id }) => subject_id)).size).toBe(1);
  expect(rows[0]?.subject_id).toMatch(/^[0-9a-f]{64}$/);
});

test('a renewed secret ends the old one and lifts a lock; only the registering unit renews, with a reason, once per key', async () => {
  const one = await registered();
  await tries({ ...one.receipt, secret: wrong.secret }, 6);
  const idempotencyKey = key();
  const fresh = await renew(world, one.petition.id, { idempotencyKey });
  expect(fresh.receipt).toMatchObject({ queryCode: one.receipt.queryCode });
  expect((await renew(world, one.petition.id, { idempotencyKey })).receipt).toEqual(fresh.receipt);
  expect((await lookUp(world, fresh.receipt)).__typename).toBe('MyMatter');
  expect((await lookUp(world, one.receipt)).code).toBe('NOT_RECOGNISED');
  expect(await renew(world, one.petition.id, { reason: '丢' })).toMatchObject({ code: 'TEXT_LENGTH' });
  expect(await renew(world, one.petition.id, { viewer: people.province })).toMatchObject({ code: 'NOT_PERMITTED' });
  expect(await renew(world, one.petition.id, { viewer: people.stranger })).toMatchObject({ code: 'NOT_FOUND' });
  const handled = await aCaseInHandling(world);
  const [petition] = await select<{ id: string }>(world.db.manager, 'SELECT id FROM petitions WHERE case_id = ?', [handled.id]);
  expect(await renew(world, petition?.id ?? '', { viewer: people.housing })).toMatchObject({ code: 'NOT_PERMITTED' });
  expect(await count(world, 'audit_entries', "action = 'QUERY_SECRET_RENEWED'")).toBe(1);
});

test('a repeat of the registration shows the secret that it gave out then, never one that was renewed because of whoever registered', async () => {
  const input = aRegistration();
  const one = await registered(input);
  const fresh = (await renew(world, one.petition.id)).receipt;
  const again = (await registered(input)).receipt;
  expect(again).toEqual(one.receipt);
  expect(again.secret).not.toBe(fresh.secret);
  expect((await lookUp(world, again)).code).toBe('NOT_RECOGNISED');
  expect((await lookUp(world, fresh)).__typename).toBe('MyMatter');
});

test('petitions that came before there were codes get theirs when staff first ask, and keep it', async () => {
  await register(world);
  await world.db.query('DELETE FROM petition_access');
  const ask = async () => (await world.client.query<{ petitions: { nodes: { queryCode: string }[] } }>(people.county, '{ petitions { nodes { queryCode } } }')).petitions.nodes[0]?.queryCode;
  const code = await ask();
  expect(code).toMatch(/^.{4}-.{4}-.{4}$/);
  expect(await ask()).toBe(code);
});

test('only portals and window clerks look up', async () => {
  const { receipt } = await registered();
  for (const viewer of [people.county, people.housing, people.leader, viewers.admin(), viewers.service('supervision')]) {
    expect(await lookUp(world, receipt, viewer)).toMatchObject({ code: 'NOT_PERMITTED' });
  }
  expect((await lookUp(world, receipt, viewers.clerk(place.elsewhere))).__typename).toBe('MyMatter');
});

/** A literal that passes validation. */
function literal(type: GraphQLInputType): string {
  if (isNonNullType(type)) return literal(type.ofType as GraphQLInputType);
  if (isListType(type)) return '[]';
  if (isEnumType(type)) return type.getValues()[0]?.name ?? '';
  if (isInputObjectType(type)) return `{ ${Object.values(type.getFields()).filter((field) => isNonNullType(field.type)).map((field) => `${field.name}: ${literal(field.type)}`).join(', ')} }`;
  return ({ Int: '1', Float: '1', Boolean: 'true', Date: '"2022-09-27"', DateTime: '"2022-09-27T00:00:00Z"' } as Record<string, string>)[String(type)] ?? '"8e1c7a50-0000-4000-8000-000000000000"';
}
const argumentsOf = (args: readonly GraphQLArgument[]): string => {
  const needed = args.filter((arg) => isNonNullType(arg.type));
  return needed.length > 0 ? `(${needed.map((arg) => `${arg.name}: ${literal(arg.type)}`).join(', ')})` : '';
};

const schema = buildCasesSchema();
const roots = [['query', schema.getQueryType()], ['mutation', schema.getMutationType()]] as const;
const documents = roots.flatMap(([kind, root]) => Object.values(root?.getFields() ?? {}).map((field) => {
  const leaf = isLeafType(isNonNullType(field.type) ? field.type.ofType : field.type);
  return [field.name, `${kind} { ${field.name}${argumentsOf(field.args)}${leaf ? '' : ' { __typename }'} }`] as const;
}));

test('a portal may ask its fields and no other root field, with whatever other role', async () => {
  expect(documents.length).toBeGreaterThan(50);
  const contextValue = createContext({ sql: world.db.manager, claims: claimsFor(portal), services: world.services });
  const open: string[] = [];
  for (const [name, source] of documents) {
    if ((await faultOf(world, portal, source))?.code !== 'FORBIDDEN') open.push(name);
  }
  expect(open.sort()).toEqual([...PORTAL_FIELDS].sort());
  const { errors } = await graphql({ schema, source: '{ _entities(representations: [{ __typename: "Case", id: "x" }]) { __typename } }', contextValue });
  expect(errors).toHaveLength(1);
  const ofStaff = documents.filter(([name]) => ['case', 'cases', 'petitions', 'campaigns'].includes(name));
  expect(ofStaff).toHaveLength(4);
  for (const [, source] of ofStaff) expect(await faultOf(world, people.county, source)).toBeUndefined();
});

test('a portal sees no case by any predicate, where the clerk sees one', async () => {
  await register(world);
  const seenBy = async (viewer: typeof portal): Promise<number> => {
    const seen = seenCases(viewer);
    return Number((await select<{ n: string }>(world.db.manager, `SELECT COUNT(*) AS n FROM cases c WHERE ${seen.sql}`, seen.params))[0]?.n);
  };
  expect([await seenBy(portal), await seenBy(people.clerk)]).toEqual([0, 1]);
  expect(seesDivisionFigures(portal, '640104')).toBe(false);
  expect(LOOK_UP).not.toMatch(/unit \{|case \{/);
});
