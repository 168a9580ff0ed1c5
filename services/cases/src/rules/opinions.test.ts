import { isOnlyProcess, isSameOpinion, opinionFault, type ClaimAnswer } from './opinions';

describe('《信访工作条例》第三十二条: a result, never the process in its place', () => {
  test.each([
    ['正在办理中，请耐心等待。'],
    ['我局高度重视，已转相关科室，将尽快研究解决方案。'],
    ['该问题已列入计划，下一步将会同街道抓紧协调解决。'],
    ['目前正在调查核实，结果另行答复。'],
    ['将进一步跟踪督办，持续推进。'],
    ['。。。'],
  ])('only process: %s', (text) => expect(isOnlyProcess(text)).toBe(true));
  test.each([
    ['经查，反映情况属实，已于2022年9月补发养老金3300元。'],
    ['不予支持：该房屋不属于征收范围。'],
    ['予以支持，补偿款33万元于2022年12月31日前支付。'],
    ['经核实，该路段不属于我局管辖，应当由住建局维护。'],
    ['已办理不动产权证，正在通知业主领取。'],
    ['请求没有法律依据，依照条例第十条不予支持。下一步将做好解释工作。'],
  ])('a result: %s', (text) => expect(isOnlyProcess(text)).toBe(false));
});

const answer = (part: Partial<ClaimAnswer> = {}): ClaimAnswer => ({
  claimId: 'a', result: 'NOT_SUPPORTED', answer: '经查，该请求不符合规定，不予支持。', basisDocument: '《不动产登记暂行条例》', basisArticle: '第十四条', ...part,
});
const draft = (...answers: ClaimAnswer[]) => ({ facts: '经调查核实，该小区2015年交付使用，开发企业欠缴税费。', answers });

describe('《信访工作条例》第三十二条第一款: what an opinion must hold', () => {
  const promised = { result: 'SUPPORTED', promise: '办理不动产权证', promiseDueOn: '2022-12-31' } as const;
  test.each([
    ['each claim answered', draft(answer(), answer({ claimId: 'b' })), undefined],
    ['a claim left out', draft(answer()), { fault: 'CLAIM_UNANSWERED', claimId: 'b' }],
    ['a claim answered twice', draft(answer(), answer(), answer({ claimId: 'b' })), { fault: 'CLAIM_TWICE', claimId: 'a' }],
    ['a claim of another case', draft(answer(), answer({ claimId: 'c' })), { fault: 'CLAIM_UNKNOWN', claimId: 'c' }],
    ['no facts', { ...draft(answer(), answer({ claimId: 'b' })), facts: '略' }, { fault: 'FACTS_LENGTH', claimId: null }],
    ['no article', draft(answer({ basisArticle: '' }), answer({ claimId: 'b' })), { fault: 'BASIS_MISSING', claimId: 'a' }],
    ['only process', draft(answer(), answer({ claimId: 'b', answer: '正在研究，将尽快答复。' })), { fault: 'ONLY_PROCESS', claimId: 'b' }],
    ['supported without a date', draft(answer({ result: 'SUPPORTED', answer: '予以支持。' }), answer({ claimId: 'b' })), { fault: 'PROMISE_MISSING', claimId: 'a' }],
    ['supported with a promise', draft(answer({ ...promised, answer: '予以支持。' }), answer({ claimId: 'b' })), undefined],
    ['supported and done already', draft(answer({ result: 'SUPPORTED', answer: '予以支持，已办理完毕。' }), answer({ claimId: 'b' })), undefined],
    ['a promise for the past', draft(answer({ ...promised, promiseDueOn: '2022-09-27', answer: '予以支持。' }), answer({ claimId: 'b' })), { fault: 'PROMISE_DATE', claimId: 'a' }],
    ['a promise with a refusal', draft(answer({ ...promised, result: 'NOT_SUPPORTED' }), answer({ claimId: 'b' })), { fault: 'PROMISE_NOT_SUPPORTED', claimId: 'a' }],
  ] as const)('%s', (_what, given, expected) => {
    expect(opinionFault(given, ['a', 'b'], '2022-09-27')).toEqual(expected);
  });
  test('a case without claims cannot be answered', () => {
    expect(opinionFault(draft(), [], '2022-09-27')).toEqual({ fault: 'CLAIMS_MISSING', claimId: null });
  });
});

test('brief §2.3 #8: after revocation the same opinion on the same facts is no new one', () => {
  const before = [answer(), answer({ claimId: 'b' })];
  expect(isSameOpinion(before, [answer({ answer: '经查 该请求不符合规定 不予支持' }), answer({ claimId: 'b' })])).toBe(true);
  expect(isSameOpinion(before, [answer({ answer: '经查，该请求符合规定，予以支持。', result: 'SUPPORTED' }), answer({ claimId: 'b' })])).toBe(false);
});
