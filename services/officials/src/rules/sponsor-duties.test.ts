import { afterDecision, decisionObjection, dutiesToOpen, dutyObjection, type DutyRecord, type SponsorDutyRules } from './sponsor-duties';

const today = '2026-06-30';
const kind = (code: string, part: Partial<SponsorDutyRules> = {}): SponsorDutyRules => ({ code, evidence: ['ACTIVITY'], dueDays: 15, isSupportContact: false, retired: false, ...part });
const all = [kind('KNOW'), kind('SETTLE', { dueDays: 60 }), kind('OLD', { retired: true })];
const open = (part: { wanted?: string[]; there?: string[]; dueOn?: string }) => {
  const answer = dutiesToOpen(all, { wanted: part.wanted ?? null, there: new Set(part.there ?? []), dueOn: part.dueOn ?? null }, today);
  return 'refused' in answer ? answer.code : answer.map((one) => `${one.kind} ${one.dueOn}`);
};

test.each<[string, Parameters<typeof open>[0], unknown]>([
  ['all of them, each by its own days', {}, ['KNOW 2026-07-15', 'SETTLE 2026-08-29']],
  ['all by one day', { dueOn: '2026-12-31' }, ['KNOW 2026-12-31', 'SETTLE 2026-12-31']],
  ['those that are missing', { there: ['KNOW'] }, ['SETTLE 2026-08-29']],
  ['one that is there', { wanted: ['KNOW'], there: ['KNOW'] }, 'ALREADY_OPEN'],
  ['when all are there', { there: ['KNOW', 'SETTLE'] }, 'ALREADY_OPEN'],
  ['a retired one', { wanted: ['OLD'] }, 'KIND_UNKNOWN'],
  ['by yesterday', { dueOn: '2026-06-29' }, 'DATE_OUT_OF_RANGE'],
])('六包: %s · row 52', (_what, part, expected) => {
  expect(open(part)).toEqual(expected);
});

const record = (part: Partial<DutyRecord> = {}): DutyRecord => ({ doneOn: today, evidenceKind: 'ACTIVITY', contactOffered: null, contactAnswer: null, ...part });
test.each`
  rules                         | state       | part                                                   | code
  ${{}}                         | ${'OPEN'}   | ${{}}                                                  | ${null}
  ${{}}                         | ${'DONE'}   | ${{}}                                                  | ${'ILLEGAL_STATE'}
  ${{}}                         | ${'OPEN'}   | ${{ evidenceKind: 'LETTER' }}                          | ${'EVIDENCE_NOT_FIT'}
  ${{}}                         | ${'OPEN'}   | ${{ doneOn: '2026-07-01' }}                            | ${'DATE_OUT_OF_RANGE'}
  ${{}}                         | ${'OPEN'}   | ${{ contactAnswer: 'DECLINED' }}                       | ${'CONTACT_NOT_FIT'}
  ${{ isSupportContact: true }} | ${'OPEN'}   | ${{}}                                                  | ${'CONTACT_NOT_FIT'}
  ${{ isSupportContact: true }} | ${'OPEN'}   | ${{ contactOffered: true, contactAnswer: 'DECLINED' }} | ${null}
  ${{ isSupportContact: true }} | ${'OPEN'}   | ${{ contactOffered: true, contactAnswer: 'ACCEPTED' }} | ${null}
`('brief §5.3: a duty is done by what the sponsor did, and an offer that was declined is one that was made: $code · row 52', ({ rules, state, part, code }: { rules: Partial<SponsorDutyRules>; state: 'OPEN'; part: Partial<DutyRecord>; code: string | null }) => {
  expect(dutyObjection(kind('K', rules), { state, openedOn: '2026-06-01' }, { record: record(part), today })?.code ?? null).toBe(code);
});

test('尽职免责: nobody decides on what they propose, and a decision is made once · row 63', () => {
  expect(decisionObjection({ state: 'PROPOSED', proposedBy: 'a' }, 'b')).toBeNull();
  expect(decisionObjection({ state: 'PROPOSED', proposedBy: 'a' }, 'a')?.code).toBe('NOT_PERMITTED');
  expect(decisionObjection({ state: 'APPROVED', proposedBy: 'a' }, 'b')?.code).toBe('ILLEGAL_STATE');
  expect([afterDecision('ENDORSE'), afterDecision('APPROVE'), afterDecision('RETURN')]).toEqual(['PROPOSED', 'APPROVED', 'RETURNED']);
});
