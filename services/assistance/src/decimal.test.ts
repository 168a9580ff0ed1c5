import { DecimalScalar } from './decimal';

test.each([['8000', '8000.00'], ['0.5', '0.50'], ['9999999999.99', '9999999999.99'], ['0', '0.00']])('%s is the amount %s', (text, amount) => {
  expect(DecimalScalar.parseValue(text)).toBe(amount);
});

test.each([[8000], [0.1], ['-1'], ['1e3'], ['01'], ['1.005'], ['10000000000'], [''], [null]])('%p is no amount', (value) => {
  expect(() => DecimalScalar.parseValue(value)).toThrow('Decimal');
});
