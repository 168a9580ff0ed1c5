import { randomUUID } from 'node:crypto';
import { viewers } from '@anjie/testing';
import { PUT_OFFICIALS, PUT_UNITS, admin, openOfficials, type Officials } from './fixture';

let officials: Officials;
beforeAll(async () => {
  officials = await openOfficials();
  await officials.divisions();
  const unit = (code: string, divisionCode: string, part: object = {}) => ({ code, name: `单位${code}`, kind: 'DEPARTMENT', divisionCode, validFrom: '2020-01-01', ...part });
  await officials.put(PUT_UNITS, [
    unit('A', '640100', { kind: 'JOINT_OFFICE' }), unit('B', '640104', { parentCode: 'A' }), unit('C', '640104', { parentCode: 'A', name: '100%单位' }), unit('D', '640104100'), unit('E', '640105'),
  ]);
  await officials.put(PUT_OFFICIALS, ['S1', 'S2', 'S3'].map((staffNo) => ({ staffNo, name: `干部${staffNo}`, unitCode: 'B', title: '科员', startedOn: '2024-01-01' })));
});
afterAll(() => officials.close());

const codes = async (filter: string): Promise<string[]> =>
  (await officials.client.query<{ units: { nodes: { code: string }[] } }>(admin, `{ units(filter: ${filter}) { nodes { code } } }`)).units.nodes.map((u) => u.code);

test.each`
  filter                                          | found
  ${'{}'}                                         | ${['A', 'B', 'C', 'D', 'E']}
  ${'{ divisionCode: "640104" }'}                 | ${['B', 'C', 'D']}
  ${'{ divisionCode: "640100" }'}                 | ${['A', 'B', 'C', 'D', 'E']}
  ${'{ kind: JOINT_OFFICE }'}                     | ${['A']}
  ${'{ search: "单位" }'}                         | ${['A', 'B', 'C', 'D', 'E']}
  ${'{ search: "%" }'}                            | ${['C']}
  ${'{ search: "B", divisionCode: "640104" }'}    | ${['B']}
  ${'{ search: "no such" }'}                      | ${[]}
`('units by $filter are $found', async ({ filter, found }: { filter: string; found: string[] }) => {
  expect(await codes(filter)).toEqual(found);
});

test('a division code that is none is an input error', async () => {
  const answer = await officials.client.ask(admin, '{ units(filter: { divisionCode: "64%" }) { nodes { code } } }');
  expect(answer.errors).toHaveLength(1);
});

test('pages follow each other without loss, and the count is the whole list', async () => {
  type Page = { units: { nodes: { code: string }[]; totalCount: number; pageInfo: { endCursor: string; hasNextPage: boolean } } };
  const source = 'query($after: String) { units(first: 2, after: $after) { nodes { code } totalCount pageInfo { endCursor hasNextPage } } }';
  const seen: string[] = [];
  let after: string | null = null;
  for (;;) {
    const { units }: Page = await officials.client.query<Page>(admin, source, { after });
    expect(units.totalCount).toBe(5);
    seen.push(...units.nodes.map((u) => u.code));
    if (!units.pageInfo.hasNextPage) break;
    after = units.pageInfo.endCursor;
  }
  expect(seen).toEqual(['A', 'B', 'C', 'D', 'E']);
});

test('the directory is public office information: every viewer sees it, a service too', async () => {
  for (const viewer of [viewers.plain(), viewers.handler(randomUUID()), viewers.service('cases')]) {
    expect(await officials.client.query(viewer, '{ units { totalCount } officials { totalCount } divisions { nodes { code level } } }')).toEqual({
      units: { totalCount: 5 }, officials: { totalCount: 3 }, divisions: { nodes: [{ code: '640000', level: 'PROVINCE' }] },
    });
  }
});

test('divisions lie below their parent, with their units · row 140', async () => {
  expect(await officials.client.query(admin, '{ divisions(parent: "640100") { nodes { code parent { code } children { code } units { nodes { code } totalCount } } totalCount } }')).toEqual({
    divisions: { totalCount: 2, nodes: [
      { code: '640104', parent: { code: '640100' }, children: [{ code: '640104100' }], units: { nodes: [{ code: 'B' }, { code: 'C' }], totalCount: 2 } },
      { code: '640105', parent: { code: '640100' }, children: [], units: { nodes: [{ code: 'E' }], totalCount: 1 } },
    ] },
  });
});

test('me is the official who asks, and nobody for a service or a stranger', async () => {
  const { officials: list } = await officials.client.query<{ officials: { nodes: { id: string }[] } }>(admin, '{ officials { nodes { id } } }');
  const id = list.nodes[0]?.id ?? '';
  expect(await officials.client.query(viewers.plain(id), '{ me { staffNo unit { code division { name } } } }')).toEqual({ me: { staffNo: 'S1', unit: { code: 'B', division: { name: '兴庆区' } } } });
  expect(await officials.client.query(viewers.plain(), '{ me { staffNo } }')).toEqual({ me: null });
  expect(await officials.client.query(viewers.service('cases'), '{ me { staffNo } }')).toEqual({ me: null });
});

test('an id that is none is simply unknown', async () => {
  expect(await officials.client.query(admin, '{ unit(id: "abc") { code } official(id: "") { staffNo } sponsorship(id: "x") { id } taskForce(id: "1") { id } division(code: "no") { code } }'))
    .toEqual({ unit: null, official: null, sponsorship: null, taskForce: null, division: null });
});

test('many references cost one statement', async () => {
  const { units } = await officials.client.query<{ units: { nodes: { id: string }[] } }>(admin, '{ units { nodes { id } } }');
  const representations = units.nodes.map(({ id }) => ({ __typename: 'Unit', id }));
  const source = 'query($r: [_Any!]!) { _entities(representations: $r) { ... on Unit { code name } } }';
  expect(await officials.statements(() => officials.client.query(viewers.plain(), source, { r: representations }))).toBe(1);
});
