import { maskIdNumber, maskName, maskPhone } from './identity-masks';

test.each([['张三', '张*'], ['马小明', '马**'], ['欧阳春晓', '欧***'], ['阿依古丽·买买提', '阿***'], ['李', '*'], ['𠮷田', '𠮷*'], ['', '*']])('name %s is shown as %s', (name, shown) => {
  expect(maskName(name)).toBe(shown);
});

test('a name of any length shows at most its first character', () => {
  for (let length = 2; length < 100; length += 1) expect(maskName(`张${'明'.repeat(length - 1)}`)).not.toContain('明');
});

test.each([['13812341234', '138******34'], ['09516012345', '095******45'], ['6012345', '601**45'], ['12345', '*****']])('phone %s is shown as %s', (phone, shown) => {
  expect(maskPhone(phone)).toBe(shown);
});

test('an ID number shows neither the county nor the date of birth nor the sequence', () => {
  expect(maskIdNumber('11010519491231002X')).toBe('110**************X');
  expect(maskIdNumber('1234567')).toBe('*******');
});
