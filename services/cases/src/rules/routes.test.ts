import { officeRules } from '@anjie/service-kit/runtime';
import { fitsPurpose, handlingRuleOf, ROUTE_RULES, ROUTES, whyNotSimple, type Purpose, type Route } from './routes';

const PURPOSES: Purpose[] = ['CLAIM', 'SUGGESTION', 'ACCUSATION', 'OTHER'];
/** Written from 《信访工作条例》第二十九至三十一条. */
const FITTING: Record<Purpose, Route[]> = {
  SUGGESTION: ['ART29'],
  ACCUSATION: ['ART30'],
  CLAIM: ['ART31_1', 'ART31_2', 'ART31_3', 'ART31_4', 'ART31_5', 'ART31_6'],
  OTHER: ['ART29', 'ART31_1', 'ART31_2', 'ART31_3', 'ART31_4', 'ART31_5', 'ART31_6'],
};

test.each(PURPOSES.flatMap((purpose) => ROUTES.map((route) => [ROUTE_RULES[route].basis, purpose, route] as const)))('%s: %s by %s', (_basis, purpose, route) => {
  expect(fitsPurpose(route, purpose)).toBe(FITTING[purpose].includes(route));
});

test.each(ROUTES.map((route) => [ROUTE_RULES[route].basis, route] as const))('《信访工作条例》第三十四条, %s: %s starts the 60 days only under Art. 31(6)', (_basis, route) => {
  expect(handlingRuleOf(route, 'ORDINARY')).toBe(route === 'ART31_6' ? 'T8' : null);
  expect(handlingRuleOf(route, 'SIMPLE')).toBe(route === 'ART31_6' ? 'SIMPLE_OPINION' : null);
});

test('the rules that acceptance starts are in the rulebook', () => {
  for (const code of ['T8', 'SIMPLE_OPINION']) expect(officeRules().some((rule) => rule.code === code)).toBe(true);
});

describe('《信访事项简易办理办法（试行）》', () => {
  const facts = { purpose: 'CLAIM', route: 'ART31_6', isFirst: true, involvesLitigation: false, isUnderReview: false } as const;
  test.each([
    ['a first, clear matter may be handled simply', {}, null],
    ['a repeat may not', { isFirst: false }, 'NOT_FIRST'],
    ['涉法涉诉 may not', { involvesLitigation: true }, 'LITIGATION'],
    ['a matter in review may not', { isUnderReview: true }, 'UNDER_REVIEW'],
    ['a legal procedure may not', { route: 'ART31_4' }, 'ROUTE'],
    ['a suggestion that can be answered at once may', { purpose: 'SUGGESTION', route: 'ART29' }, null],
  ] as const)('%s', (_what, part, why) => {
    expect(whyNotSimple({ ...facts, ...part })).toBe(why);
  });
});
