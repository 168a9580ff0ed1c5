import { textRefusal, tidy } from './words';

test.each`
  text                                         | code
  ${'当面听取诉求，现场答复两项，约定下周书面答复。'} | ${null}
  ${'信访人表示理解，后续由镇政府跟进。'}            | ${null}
  ${' '}                                       | ${'TEXT_NOT_ACCEPTABLE'}
  ${'同意\u0007'}                              | ${'TEXT_NOT_ACCEPTABLE'}
  ${'字'.repeat(101)}                          | ${'TEXT_NOT_ACCEPTABLE'}
  ${'已纳入稳 控名单'}                           | ${'TEXT_NOT_KEPT'}
  ${'信访人签署不再上访的承诺书后发放救助'}           | ${'TEXT_NOT_KEPT'}
  ${'签订协议同意今后停止申请复查'}                   | ${'TEXT_NOT_KEPT'}
  ${'保证领取之后本人及家属不再到上级机关上访'}       | ${'TEXT_NOT_KEPT'}
  ${'撤回投诉后方可办理'}                             | ${'TEXT_NOT_KEPT'}
  ${'撤回上访材料才予支付'}                           | ${'TEXT_NOT_KEPT'}
  ${'撤回信访后方可办理'}                         | ${'TEXT_NOT_KEPT'}
  ${'已息诉'}                                  | ${'TEXT_NOT_KEPT'}
`('《信访工作条例》第十八条: a text of a leader is kept unless it judges a person or asks for a waiver: $text → $code', ({ text, code }: { text: string; code: string | null }) => {
  expect(textRefusal(text, { least: 1, most: 100 })?.code ?? null).toBe(code);
});

test('an optional text that is left out is fine, and blanks are nothing', () => {
  expect([textRefusal(null, { least: 0, most: 10 }), tidy('  '), tidy(' a ')]).toEqual([null, null, 'a']);
});
