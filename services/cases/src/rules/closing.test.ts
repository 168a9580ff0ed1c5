import { closeGate, isGroundMet, isWithinWatch, TERMINATION_GROUNDS, type GateCode, type GateFacts, type TerminationGround } from './closing';

const ready: GateFacts = {
  proposedEnd: 'RESOLVED', track: 'SUBSTANTIVE', unansweredClaims: 0, pendingExecutions: 0, hasLeaderOpinion: true, isTerminated: false, isRoutedToLegal: false,
  hasDeliveredReply: true, hasSettlement: false, hasAcceptance: true, evidenceLength: 40,
};
const missing = (part: Partial<GateFacts>): GateCode[] => closeGate({ ...ready, ...part }).filter((one) => !one.isMet).map((one) => one.code);

test.each<[string, string, Partial<GateFacts>, GateCode[]]>([
  ['第二十七条', 'a case that shows everything', {}, []],
  ['实践', 'no leader signed', { hasLeaderOpinion: false }, ['LEADER_OPINION']],
  ['第三十二条', 'a claim is not answered', { unansweredClaims: 1 }, ['CLAIMS_ANSWERED']],
  ['第三十二条第二款', 'a promise is not carried out', { pendingExecutions: 1 }, ['EXECUTION_DONE']],
  ['第三十五条', 'the reply was not delivered', { hasDeliveredReply: false }, ['REPLY_DELIVERED']],
  ['第二十三条', 'acceptance was never told', { hasAcceptance: false }, ['ACCEPTANCE_NOTICE']],
  ['第二十七条', 'no evidence of what was done', { evidenceLength: 3 }, ['EVIDENCE']],
  ['第二十七条', 'procedural 化解 while the ladder is open', { track: 'PROCEDURAL' }, ['SUBSTANCE']],
  ['第二十七条', 'procedural 化解 after termination', { track: 'PROCEDURAL', isTerminated: true }, []],
  ['第二十二条', 'archived without being resolved', { track: 'PROCEDURAL', proposedEnd: 'ARCHIVED' }, []],
  ['第三十三条', 'a settlement stands for the reply', { hasSettlement: true, hasDeliveredReply: false, unansweredClaims: 2 }, []],
  ['第三十一条', 'a matter routed to law', { isRoutedToLegal: true, hasDeliveredReply: false, hasAcceptance: false, unansweredClaims: 2, track: 'PROCEDURAL' }, []],
])('《信访工作条例》%s: %s', (_article, _what, part, codes) => {
  expect(missing(part)).toEqual(codes);
});

test('brief §5.3: no item of the gate asks a petitioner for a signature, a promise or contentment', () => {
  for (const { code, zh } of closeGate(ready)) {
    expect(code).not.toMatch(/WAIVER|PROMISE|SATISF|CONSENT/);
    expect(zh).not.toMatch(/承诺|息诉|罢访|满意/);
  }
});

test('every ground of termination names its text', () => {
  for (const { zh, basis } of Object.values(TERMINATION_GROUNDS)) expect(`${zh} ${basis}`).toMatch(/^.+ 《.+》第/);
});

const nothing = { reReviewDelivered: false, reviewLapsed: false, reReviewLapsed: false, settlementPerformed: false };
test.each<[TerminationGround, Partial<typeof nothing>]>([
  ['RE_REVIEW_DELIVERED', { reReviewDelivered: true }], ['REVIEW_NOT_REQUESTED', { reviewLapsed: true }], ['RE_REVIEW_NOT_REQUESTED', { reReviewLapsed: true }],
  ['SETTLEMENT_PERFORMED', { settlementPerformed: true }],
])('%s needs its own fact on record and no other', (ground, fact) => {
  expect(isGroundMet(ground, { ...nothing, ...fact })).toBe(true);
  const others = Object.fromEntries(Object.keys(nothing).map((key) => [key, !(key in fact)])) as typeof nothing;
  expect(isGroundMet(ground, others)).toBe(false);
});

test('the watch includes its last day', () => {
  expect([isWithinWatch('2023-01-01', '2023-01-01'), isWithinWatch('2023-01-01', '2023-01-02'), isWithinWatch(null, '2023-01-01')]).toEqual([true, false, false]);
});
