import { openKinds } from '../kinds';
import { sameText, withoutContact, withoutOutcome, type ReportedActivity, type WatchedCase } from './formalism';

const { formalismRules } = openKinds();
const TODAY = '2022-09-20';
const activity = (part: Partial<ReportedActivity> = {}): ReportedActivity => ({
  activityId: 'a', kind: 'RECEPTION', unitId: 'unit', heldOn: '2022-09-01', hasOutcome: true, textKey: null, caseIds: ['case'], officialIds: ['leader'], ...part,
});
const watched = (part: Partial<WatchedCase> = {}): WatchedCase => ({ caseId: 'case', unitId: 'unit', since: '2022-01-01', lastOfferedOn: null, ...part });

describe('防止搞形式、走过场、做虚功 · row 65', () => {
  const outcome = formalismRules.of('ACTIVITY_WITHOUT_OUTCOME');
  test.each<[string, Partial<ReportedActivity>, number]>([
    ['held a week ago without an outcome', { hasOutcome: false, heldOn: '2022-09-13' }, 1],
    ['held six days ago: there is time', { hasOutcome: false, heldOn: '2022-09-14' }, 0],
    ['with an outcome', {}, 0],
  ])('%s', (_sentence, part, count) => {
    expect(withoutOutcome(outcome, [activity(part)], TODAY)).toHaveLength(count);
  });
  test('kinds that a locality leaves out are left out; the finding names the one official who held it', () => {
    expect(withoutOutcome({ ...outcome, exceptKinds: ['RECEPTION'] }, [activity({ hasOutcome: false })], TODAY)).toEqual([]);
    expect(withoutOutcome(outcome, [activity({ hasOutcome: false })], TODAY)).toMatchObject([{ unitId: 'unit', officialId: 'leader', caseId: 'case' }]);
    expect(withoutOutcome(outcome, [activity({ hasOutcome: false, officialIds: ['a', 'b'] })], TODAY)).toMatchObject([{ officialId: null }]);
  });

  const copied = formalismRules.of('COPIED_OUTCOME');
  const said = (activityId: string, caseId: string, part: Partial<ReportedActivity> = {}) => activity({ activityId, caseIds: [caseId], textKey: 'k', ...part });
  test.each<[string, ReportedActivity[], number]>([
    ['the same words for two cases of a unit', [said('a', '1'), said('b', '2')], 1],
    ['the same words twice for one case', [said('a', '1'), said('b', '1')], 0],
    ['one reception for two cases', [activity({ textKey: 'k', caseIds: ['1', '2'] })], 0],
    ['another unit', [said('a', '1'), said('b', '2', { unitId: 'other' })], 0],
    ['long ago', [said('a', '1', { heldOn: '2021-01-01' }), said('b', '2')], 0],
  ])('%s', (_sentence, activities, count) => {
    expect(sameText(copied, activities, TODAY)).toHaveLength(count);
  });

  const contact = formalismRules.of('NO_CONTACT_OFFERED');
  test.each<[string, Partial<WatchedCase>, string[]]>([
    ['never offered since it entered the ledger', {}, ['2022-01-01']],
    ['offered lately, accepted or declined', { lastOfferedOn: '2022-09-01' }, []],
    ['offered long ago', { lastOfferedOn: '2022-05-01' }, ['2022-05-01']],
    ['taken on last month', { since: '2022-08-20' }, []],
  ])('%s', (_sentence, part, since) => {
    expect(withoutContact(contact, [watched(part)], TODAY).map((one) => one.since)).toEqual(since);
  });
  test('the same lapse is the same finding on the next day', () => {
    expect(withoutContact(contact, [watched()], TODAY)[0]?.key).toBe(withoutContact(contact, [watched()], '2022-09-21')[0]?.key);
  });
});
