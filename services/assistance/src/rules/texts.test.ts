import { AppError } from '@anjie/contracts';
import { optionalText, requiredText } from './texts';

test('a text is trimmed; blanks say nothing', () => {
  expect(requiredText('  请协助\n', { field: 'request', max: 5 })).toBe('请协助');
  expect(requiredText(' \u3000 ', { field: 'request', max: 5 })).toMatchObject({ code: 'TEXT_MISSING' });
  expect(optionalText(null, { field: 'summary', max: 5 })).toBeNull();
});

test('length counts characters, so that a rare one outside the basic plane counts once', () => {
  expect(optionalText('𠮷𠮷𠮷', { field: 'summary', max: 3 })).toBe('𠮷𠮷𠮷');
  expect(() => optionalText('四个汉字', { field: 'summary', max: 3 })).toThrow(AppError);
});
