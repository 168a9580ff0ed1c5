import { identityIn } from '@anjie/contracts';
import { plainText } from './plain-texts';

const limit = { field: 'issue', max: 100 };

test.each([
  ['三号楼供水管道漏水，物业两周未修', undefined], ['工程款41.4万元，已付33万元，2022年7月竣工', undefined], ['张某家门口路灯不亮', 'NAME'], ['李先生反映的路灯', 'NAME'],
  ['联系 138-1234-1234', 'PHONE'], ['电话１３８１２３４１２３４', 'PHONE'], ['电话(0951)60123456', 'PHONE'], ['11010519491231002X', 'ID_NUMBER'], ['证件 110105 19491231 002x', 'ID_NUMBER'],
  ['某小区的电梯停运', undefined], ['20220927起停水', undefined],
])('《个人信息保护法》 Art. 6, only what the matter needs: “%s” holds %s · rows 137, 143', (text, form) => {
  expect(identityIn(text)).toBe(form);
});

test('a text names nobody, and holds no word of what is never kept · rows 137, 143', () => {
  expect(plainText(' 三号楼漏水 ', limit)).toBe('三号楼漏水');
  expect(plainText('王女士家漏水', limit)).toMatchObject({ code: 'IDENTITY_IN_TEXT' });
  expect(plainText('请关注重点人员', limit)).toMatchObject({ code: 'IDENTITY_IN_TEXT' });
  expect(plainText('  ', limit)).toMatchObject({ code: 'TEXT_MISSING' });
});

test.each(['承诺不再上访', '签订停访息诉书', '停止信访方可办理', '保证今后放弃信访', '办结后罢 访'])('help is no price for silence: “%s” is refused · row 84', (text) => {
  expect(plainText(text, limit)).toMatchObject({ code: 'WAIVER_IN_TEXT' });
});

test('what merely speaks of a petition is no waiver', () => {
  expect(plainText('代为递交信访材料并反馈进展', limit)).toBe('代为递交信访材料并反馈进展');
});
