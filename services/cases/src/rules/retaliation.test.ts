import { barOf, isAboveBar } from './retaliation';

test.each([
  ['the city above a county unit', ['640104', '640104'], '640100', true],
  ['the province above a county unit', ['640104'], '640000', true],
  ['the county itself', ['640104'], '640104', false],
  ['a township in the county', ['640104'], '640104100', false],
  ['another county', ['640104'], '640121', false],
  ['another city', ['640104'], '640200', false],
  ['the county, of a township unit', ['640104100'], '640104', true],
  ['the county, of a city unit that handles a county case', ['640100', '640104'], '640104', false],
  ['the city, of a city unit that handles a county case', ['640100', '640104'], '640100', false],
  ['the province, of a city unit that handles a county case', ['640100', '640104'], '640000', true],
  ['the city, of a township unit in a county case', ['640104100', '640104'], '640100', true],
  ['the county, of a township unit in a county case', ['640104100', '640104'], '640104', false],
  ['the province, of a provincial unit: nobody is above', ['640000'], '640000', true],
  ['another province', ['640000'], '610000', false],
])('《信访工作条例》第十八条第四款: %s', (_what, divisions, office, is) => expect(isAboveBar(office, barOf(divisions))).toBe(is));
