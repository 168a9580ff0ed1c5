import { planObjection, plainWords, promiseObjection, publishObjection, recordObjection, type ActivityPlan, type ActivityRecord, type ActivityRules, type PromiseTerms } from './activity-lifecycle';

const today = '2026-06-30';
const kind: ActivityRules = { needsCase: false, needsOutcome: true, mayPublish: true, offersContact: true };
const leader = { officialId: 'a', part: 'LEADER' as const };
const plan = (part: Partial<ActivityPlan>) => planObjection({ kind, plannedOn: '2026-07-10', startsAt: '09:00', endsAt: '11:30', participants: [leader], caseCount: 0, ...part }, today)?.code ?? null;

test.each<[string, Partial<ActivityPlan>, string | null]>([
  ['a reception day', {}, null],
  ['one that was held last month', { plannedOn: '2026-05-30' }, null],
  ['an unknown kind', { kind: undefined }, 'KIND_UNKNOWN'],
  ['in two years', { plannedOn: '2028-06-30' }, 'DATE_OUT_OF_RANGE'],
  ['at 25 o’clock', { startsAt: '25:00' }, 'TIME_NOT_FIT'],
  ['an end before the start', { endsAt: '08:00' }, 'TIME_NOT_FIT'],
  ['an end without a start', { startsAt: null }, 'TIME_NOT_FIT'],
  ['nobody', { participants: [] }, 'PARTICIPANTS_NOT_FIT'],
  ['no leader', { participants: [{ ...leader, part: 'PARTICIPANT' }] }, 'PARTICIPANTS_NOT_FIT'],
  ['the same person twice', { participants: [leader, leader] }, 'PARTICIPANTS_NOT_FIT'],
  ['a visit with a case and none named', { kind: { ...kind, needsCase: true } }, 'CASES_NOT_FIT'],
  ['51 cases', { caseCount: 51 }, 'CASES_NOT_FIT'],
])('《信访工作条例》第十八条: %s is planned · rows 58, 59', (_what, part, code) => {
  expect(plan(part)).toBe(code);
});

test.each`
  rules                             | row                                    | code
  ${kind}                           | ${{}}                                  | ${null}
  ${{ ...kind, mayPublish: false }} | ${{}}                                  | ${'NOT_PUBLISHABLE'}
  ${kind}                           | ${{ place: null }}                     | ${'NOT_PUBLISHABLE'}
  ${kind}                           | ${{ startsAt: null }}                  | ${'NOT_PUBLISHABLE'}
  ${kind}                           | ${{ state: 'HELD' }}                   | ${'ILLEGAL_STATE'}
  ${kind}                           | ${{ plannedOn: '2026-06-29' }}         | ${'DATE_OUT_OF_RANGE'}
`('《信访工作条例》第十八条: a day with $row is published: $code · row 64', ({ rules, row, code }: { rules: ActivityRules; row: object; code: string | null }) => {
  expect(publishObjection(rules, { state: 'PLANNED', place: '接待室', startsAt: '09:00', plannedOn: '2026-07-10', ...row }, today)?.code ?? null).toBe(code);
});

const record = (part: Partial<ActivityRecord>): ActivityRecord => ({ heldOn: today, contactOffered: true, contactAnswer: 'DECLINED', promises: 0, ...part });
test.each`
  rules                                | state                                    | part                                              | code
  ${kind}                              | ${{ state: 'PLANNED', hasOutcome: false }} | ${{}}                                           | ${null}
  ${kind}                              | ${{ state: 'PLANNED', hasOutcome: false }} | ${{ contactOffered: false, contactAnswer: null }} | ${null}
  ${kind}                              | ${{ state: 'PLANNED', hasOutcome: false }} | ${{ contactOffered: null, contactAnswer: null }} | ${'CONTACT_NOT_FIT'}
  ${{ ...kind, offersContact: false }} | ${{ state: 'PLANNED', hasOutcome: false }} | ${{ contactOffered: null, contactAnswer: null }} | ${null}
  ${kind}                              | ${{ state: 'PLANNED', hasOutcome: false }} | ${{ contactOffered: false }}                    | ${'CONTACT_NOT_FIT'}
  ${kind}                              | ${{ state: 'PLANNED', hasOutcome: false }} | ${{ contactAnswer: null }}                      | ${'CONTACT_NOT_FIT'}
  ${kind}                              | ${{ state: 'PLANNED', hasOutcome: false }} | ${{ heldOn: '2026-07-01' }}                     | ${'DATE_OUT_OF_RANGE'}
  ${kind}                              | ${{ state: 'PLANNED', hasOutcome: false }} | ${{ promises: 21 }}                             | ${'PROMISE_NOT_FIT'}
  ${kind}                              | ${{ state: 'HELD', hasOutcome: false }}    | ${{}}                                           | ${null}
  ${kind}                              | ${{ state: 'HELD', hasOutcome: true }}     | ${{}}                                           | ${'ILLEGAL_STATE'}
  ${kind}                              | ${{ state: 'CALLED_OFF', hasOutcome: false }} | ${{}}                                        | ${'ILLEGAL_STATE'}
`('an activity $state is recorded with $part: $code · rows 59, 60', ({ rules, state, part, code }: { rules: ActivityRules; state: { state: 'PLANNED'; hasOutcome: boolean }; part: Partial<ActivityRecord>; code: string | null }) => {
  expect(recordObjection(rules, state, { record: record(part), today })?.code ?? null).toBe(code);
});

test.each`
  part                                                     | code
  ${{}}                                                    | ${null}
  ${{ caseId: null }}                                      | ${null}
  ${{ obligorUnitId: null, obligorOfficialId: 'o' }}       | ${null}
  ${{ obligorOfficialId: 'o' }}                            | ${'PROMISE_NOT_FIT'}
  ${{ obligorUnitId: null }}                               | ${'PROMISE_NOT_FIT'}
  ${{ caseId: 'another' }}                                 | ${'PROMISE_NOT_FIT'}
  ${{ dueOn: '2026-06-29' }}                               | ${'DATE_OUT_OF_RANGE'}
`('a promise with $part: $code · row 59', ({ part, code }: { part: Partial<PromiseTerms>; code: string | null }) => {
  const terms = { obligorUnitId: 'u', obligorOfficialId: null, dueOn: today, caseId: 'c', ...part };
  expect(promiseObjection(terms, { today, caseIds: new Set(['c']) })?.code ?? null).toBe(code);
});

test('outcomes that differ in digits and points only have the same words · row 65', () => {
  expect(plainWords('接访 3 人，已答复。')).toBe(plainWords('接访12人;已答复'));
  expect(plainWords('已答复')).not.toBe(plainWords('未答复'));
});
