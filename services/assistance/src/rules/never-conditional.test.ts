import { WAIVERS } from '@anjie/contracts';
import { refusesCondition } from './never-conditional';

describe('《宪法》第四十一条, 《信访工作条例》第三十三条、第三十七条: nothing here depends on dropping a petition', () => {
  test.each(WAIVERS)('a text with “%s” is refused, with the article', (phrase) => {
    expect(refusesCondition(`家庭困难，经协商${phrase}。`)).toMatchObject({ code: 'CONDITIONAL', basis: expect.stringContaining('第三十七条') });
  });
  test.each([['承诺 不 再 信 访 后发放'], ['承诺“不再、上访”'], ['领取后息\n诉罢访'], ['He will STOP   petitioning.'], ['书面保证今后停止投诉']])('%p hides it in vain', (text) => {
    expect(refusesCondition(text)?.code).toBe('CONDITIONAL');
  });
  test.each([['住房漏雨，收入中断'], ['因病致贫，医疗支出较大'], ['信访人反映的工资已由企业支付'], ['领取救助不影响继续反映问题'], ['The roof leaks.'], [null], ['']])('%p is recorded', (text) => {
    expect(refusesCondition(text)).toBeNull();
  });
  test('one of several texts is enough', () => {
    expect(refusesCondition('住房漏雨', null, '签署息访承诺')?.code).toBe('CONDITIONAL');
  });
});
