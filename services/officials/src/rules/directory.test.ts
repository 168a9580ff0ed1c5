import { divisionProblem, officialProblem, postChanges, unitProblem, type HeldPost, type PostFact } from './directory';

test.each`
  code              | parent         | ok
  ${'640000'}       | ${null}        | ${true}
  ${'640100'}       | ${'640000'}    | ${true}
  ${'640104'}       | ${'640100'}    | ${true}
  ${'429004'}       | ${'420000'}    | ${true}
  ${'640104100'}    | ${'640104'}    | ${true}
  ${'640104100201'} | ${'640104100'} | ${true}
  ${'640104'}       | ${'640104'}    | ${false}
  ${'640104'}       | ${'650000'}    | ${false}
  ${'640100'}       | ${'640104'}    | ${false}
  ${'64'}           | ${null}        | ${false}
  ${'64010x'}       | ${null}        | ${false}
`('GB/T 2260: $code below $parent is accepted: $ok', ({ code, parent, ok }: { code: string; parent: string | null; ok: boolean }) => {
  expect(divisionProblem({ code, name: 'x', parentCode: parent }) === null).toBe(ok);
});

const unit = { code: 'U1', name: '信访局', kind: 'PETITION_OFFICE' as const, divisionCode: '640104', validFrom: '2020-01-01' };
test.each`
  part                          | ok
  ${{}}                         | ${true}
  ${{ code: '' }}               | ${false}
  ${{ code: 'x'.repeat(33) }}   | ${false}
  ${{ name: ' padded' }}        | ${false}
  ${{ divisionCode: '6401' }}   | ${false}
  ${{ parentCode: 'U1' }}       | ${false}
  ${{ successorCode: 'U1' }}    | ${false}
  ${{ validTo: '2019-01-01' }}  | ${false}
  ${{ id: 'not-a-uuid' }}       | ${false}
`('a unit with $part is accepted: $ok', ({ part, ok }: { part: object; ok: boolean }) => {
  expect(unitProblem({ ...unit, ...part }) === null).toBe(ok);
});

test.each`
  part                                    | ok
  ${{ unitCode: 'U1', title: '局长' }}    | ${true}
  ${{}}                                   | ${true}
  ${{ unitCode: 'U1' }}                   | ${false}
  ${{ title: '局长' }}                    | ${false}
  ${{ staffNo: '' }}                      | ${false}
  ${{ name: 'x'.repeat(101) }}            | ${false}
`('an official with $part is accepted: $ok', ({ part, ok }: { part: object; ok: boolean }) => {
  expect(officialProblem({ staffNo: 'S1', name: '张三', ...part }) === null).toBe(ok);
});

const post = (unitId: string, title: string, startedOn: string, isHead = false): PostFact => ({ unitId, title, startedOn, isHead });
const held = (id: string, fact: PostFact): HeldPost => ({ ...fact, id });

test('an official who moves ends the old post on the day the new one begins', () => {
  expect(postChanges([held('p', post('u1', '科长', '2020-01-01'))], [post('u2', '局长', '2026-03-01', true)], '2026-06-30')).toEqual({
    end: [{ id: 'p', endedOn: '2026-03-01' }], begin: [post('u2', '局长', '2026-03-01', true)], correct: [],
  });
});

test('the same post again changes nothing, whatever start the list gives', () => {
  expect(postChanges([held('p', post('u1', '科长', '2020-01-01'))], [post('u1', '科长', '2024-01-01')], '2026-06-30')).toEqual({ end: [], begin: [], correct: [] });
});

test('a post that becomes the head is corrected; without any post left, the old one ends today', () => {
  expect(postChanges([held('p', post('u1', '局长', '2020-01-01'))], [post('u1', '局长', '2020-01-01', true)], '2026-06-30').correct).toEqual([{ id: 'p', isHead: true }]);
  expect(postChanges([held('p', post('u1', '局长', '2020-01-01'))], [], '2026-06-30').end).toEqual([{ id: 'p', endedOn: '2026-06-30' }]);
});

test('no post ends before it began', () => {
  expect(postChanges([held('p', post('u1', '科长', '2026-05-01'))], [post('u2', '局长', '2026-03-01')], '2026-06-30').end).toEqual([{ id: 'p', endedOn: '2026-05-01' }]);
});
