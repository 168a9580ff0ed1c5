import { LIMITS } from '@anjie/contracts';
import { openHouse, type House } from './support';

const repeat = (count: number, text: (index: number) => string): string => Array.from({ length: count }, (_, index) => text(index)).join(' ');
const deep = (levels: number): string => `{ case(id: 1) ${'{ related '.repeat(levels - 2)}{ id }${' }'.repeat(levels - 2)} }`;

describe('what a document may ask for', () => {
  let house: House;
  beforeAll(async () => void (house = await openHouse()));
  afterAll(() => house.stop());

  const fits = async (query: string, variables?: Record<string, unknown>) => {
    const { status, errors } = await house.ask(query, variables ? { variables } : {});
    expect([status, errors]).toEqual([200, undefined]);
  };
  const tooLarge = async (query: string, variables?: Record<string, unknown>) => {
    const before = house.cases.seen.length;
    const { status, text, errors } = await house.ask(query, variables ? { variables } : {});
    expect([status, errors?.[0]?.extensions, house.cases.seen.length]).toEqual([400, { code: 'QUERY_TOO_LARGE' }, before]);
    expect(text).not.toMatch(/\d{2,}/);
  };

  test('depth', async () => {
    await fits('{ case(id: 1) { related { id related { related { id } } } } }');
    await fits(deep(6));
    await tooLarge(deep(LIMITS.depth.limit + 1));
  });

  test('aliases, also when they hide in fragments', async () => {
    const most = LIMITS.aliases.limit;
    await fits(`{ case(id: 1) { ${repeat(most, (i) => `a${i}: id`)} } }`);
    await tooLarge(`{ case(id: 1) { ${repeat(most + 1, (i) => `a${i}: id`)} } }`);
    await tooLarge(`{ ${repeat(101, (i) => `t${i}: __typename`)} }`);
    await tooLarge(`{ case(id: 1) { ${repeat(most + 1, () => '...F')} } } fragment F on Case { a: id }`);
  });

  test('directives', async () => {
    await fits(`{ whoami ${repeat(1, () => '@skip(if: false)')} }`);
    await tooLarge(`{ whoami ${repeat(LIMITS.directives.limit + 1, () => '@skip(if: false)')} }`);
    await tooLarge(`{ whoami ${repeat(LIMITS.directives.limit + 1, (i) => `@unknown${i}`)} }`);
  });

  test('root fields', async () => {
    await fits(`{ ${repeat(LIMITS.rootFields.limit, (i) => `a${i}: whoami`)} }`);
    await tooLarge(`{ ${repeat(LIMITS.rootFields.limit + 1, (i) => `a${i}: whoami`)} }`);
    await tooLarge(`mutation { ${repeat(LIMITS.rootFields.limit + 1, (i) => `a${i}: touch`)} }`);
  });

  test('tokens and repeated fields', async () => {
    await fits(`{ case(id: 1) { ${repeat(300, () => 'id')} } }`);
    await tooLarge(`{ case(id: 1) { ${repeat(LIMITS.fields.limit, () => 'id')} } }`);
    await tooLarge(`{ case(id: 1) { ${repeat(LIMITS.tokens.limit, () => 'id')} } }`);
    await tooLarge(`{ case(id: 1) { ${repeat(10_000, () => 'id')} } }`);
  });

  test('nested pages, by literal, by variable and by a default', async () => {
    const pages = (first: string) => `{ cases(first: ${first}) { nodes { id referrals(first: ${first}) { nodes { id referrals(first: 5) { nodes { id } } } } } } }`;
    await fits(pages('5'));
    await tooLarge(pages('100'));
    const byVariable = `query ($n: Int) ${pages('$n')}`;
    await fits(byVariable, { n: 5 });
    await tooLarge(byVariable, { n: 100 });
    await fits(byVariable, { n: 4 });
    await tooLarge(`query ($n: Int = 100) ${pages('$n')}`);
    await tooLarge('{ cases(first: 1000000000) { nodes { id } } }');
    const [most, { objects }] = [LIMITS.breadth.limit, LIMITS];
    expect(objects.limit).toBeGreaterThan(2 * most + 2);
    await fits(`{ cases(first: ${most}) { nodes { id } } }`);
    await tooLarge(`{ cases(first: ${most + 1}) { nodes { id } } }`);
  });

  test('a bomb of nested fragments is refused at once', async () => {
    const bomb = `{ case(id: 1) { ...F0 } } ${repeat(20, (i) => `fragment F${i} on Case { ...F${i + 1} ...F${i + 1} }`)} fragment F20 on Case { id }`;
    const startedAt = performance.now();
    await tooLarge(bomb);
    expect(performance.now() - startedAt).toBeLessThan(500);
  });

  test('a cycle of fragments is refused by validation', async () => {
    const { status, errors } = await house.ask('{ case(id: 1) { ...A } } fragment A on Case { related { ...B } } fragment B on Case { related { ...A } }');
    expect([status, errors?.[0]?.extensions.code]).toEqual([400, 'BAD_USER_INPUT']);
  });

  test('a misspelt field gets no suggestion', async () => {
    const { status, text } = await house.ask('{ case(id: 1) { titel } }');
    expect(status).toBe(400);
    expect(text).toContain('BAD_USER_INPUT');
    expect(text).not.toContain('Did you mean');
  });

  test('only a developer may introspect, also after the document was cached', async () => {
    const developer = await house.token({ roles: ['DEVELOPER'] });
    for (const query of ['{ __schema { types { name } } }', '{ a: __type(name: "Case") { name } }', 'query { ...F } fragment F on Query { __schema { queryType { name } } }']) {
      expect((await house.ask(query, { token: developer })).status).toBe(200);
      const { status, errors, text } = await house.ask(query);
      expect([status, errors?.[0]?.extensions.code]).toEqual([403, 'FORBIDDEN']);
      expect(text).not.toContain('Query');
    }
    expect((await house.ask('{ __typename }')).status).toBe(200);
  });

  test('_entities and _service are no part of the public graph', async () => {
    for (const query of ['{ _service { sdl } }', '{ _entities(representations: []) { __typename } }']) {
      expect((await house.ask(query)).status).toBe(400);
    }
  });

  test('several operations need a name, and subscriptions are refused', async () => {
    const two = 'query A { whoami } query B { case(id: 1) { id } }';
    expect((await house.ask(two, { operationName: 'B' })).data).toEqual({ case: { id: '1' } });
    for (const operationName of [undefined, 'C']) {
      const { status, errors } = await house.ask(two, operationName ? { operationName } : {});
      expect([status, errors?.[0]?.extensions.code]).toEqual([400, 'BAD_USER_INPUT']);
    }
    expect((await house.ask('subscription { whoami }')).status).toBe(400);
  });
});
