import type { Viewer } from '@anjie/access';
import { ROLES, type Role } from '@anjie/contracts';
import { CASE_STATUSES } from './life';
import { mayMerge, refusesMerge, refusesPair, refusesReason, type MergedCase } from './merging';

const a: MergedCase = { id: 'a', divisionCode: '640104', registeredUnitId: 'desk', status: 'REGISTERED', purpose: 'CLAIM', isSealed: 0, intoCaseId: null };
const b: MergedCase = { ...a, id: 'b', registeredUnitId: 'other' };
const as = (roles: Role[], part: Partial<Viewer> = {}): Viewer => ({ kind: 'OFFICIAL', subject: 's', unitId: 'desk', divisionCode: null, roles, locale: 'en', ...part });

test.each([
  ['its own county', '640104', '640104', '640104', true], ['its city', '640100', '640104', '640121', true], ['a county that holds one of the two', '640104', '640104', '640121', false],
  ['another county', '640121', '640104', '640104', false],
])('a joint office of %s', (_what, reach, one, other, may) => {
  expect(mayMerge(as(['JOINT_OFFICE'], { divisionCode: reach, unitId: null }), { ...a, divisionCode: one }, { ...b, divisionCode: other })).toBe(may);
});

test.each(ROLES.filter((role) => role !== 'JOINT_OFFICE'))('%s merges what its own unit registered while nobody else has touched it, and only with a desk role', (role) => {
  const isDesk = role === 'WINDOW_CLERK' || role === 'UNIT_HANDLER';
  for (const status of CASE_STATUSES) expect(mayMerge(as([role]), { ...a, status }, b)).toBe(isDesk && (status === 'REGISTERED' || status === 'RECEIVED'));
  expect(mayMerge(as([role], { unitId: 'elsewhere' }), a, b)).toBe(false);
  expect(mayMerge(as([role], { unitId: null }), { ...a, registeredUnitId: null }, b)).toBe(false);
  // the unit that registered the repeated case has no say about the repeating one
  expect(mayMerge(as([role], { unitId: 'other' }), a, b)).toBe(false);
});

test('《信访工作条例》第三十条: an accusation takes part on neither side', () => {
  const office = as(['JOINT_OFFICE'], { divisionCode: '640104' });
  expect(refusesPair(office, a, b)).toBeUndefined();
  expect(refusesPair(office, { ...a, purpose: 'ACCUSATION' }, b)?.code).toBe('SEALED');
  expect(refusesPair(office, a, { ...b, isSealed: 1 })?.code).toBe('SEALED');
  expect(refusesPair(office, a, { ...b, purpose: 'ACCUSATION' })?.code).toBe('SEALED');
  expect(refusesPair(office, a, a)?.code).toBe('SAME_CASE');
});

test.each([
  ['two that stand alone', null, null, undefined], ['one that is merged', 'x', null, 'ALREADY_LINKED'], ['into one that is merged', null, 'x', 'TARGET_MERGED'],
  ['into one that is merged into it', null, 'a', 'WOULD_MAKE_A_CYCLE'], ['both merged', 'x', 'y', 'ALREADY_LINKED'],
])('%s', (_what, one, other, code) => expect(refusesMerge({ ...a, intoCaseId: one }, { ...b, intoCaseId: other })?.code).toBe(code));

test('however cases are merged in turn, none is reached from itself', () => {
  const into = new Map<string, string>();
  const names = ['a', 'b', 'c', 'd'];
  const at = (id: string): MergedCase => ({ ...a, id, intoCaseId: into.get(id) ?? null });
  for (let turn = 0; turn < 256; turn += 1) {
    const [one, other] = [names[(turn * 7) % 4] ?? '', names[(turn * 3 + (turn >> 2)) % 4] ?? ''];
    if (one !== other && !refusesMerge(at(one), at(other))) into.set(one, other);
    for (const name of names) {
      let step: string | undefined = into.get(name);
      for (let i = 0; i < 4 && step; i += 1) {
        expect(step).not.toBe(name);
        step = into.get(step);
      }
    }
    if (turn % 5 === 4) into.delete(names[turn % 4] ?? '');
  }
  expect(into.size).toBeGreaterThan(0);
});

test.each([['四个字啊', 200, false], ['五个字的话', 200, true], ['  五个字的话  ', 5, true], ['𠮷'.repeat(200), 200, true], ['长'.repeat(201), 200, false], ['有控制\u0000字符', 200, false]])('reason "%s" of at most %i: %s', (reason, most, fits) => {
  expect(refusesReason(reason, most) === undefined).toBe(fits);
});
