import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { kindFields, openKindBook } from './kind-book';

const schema = z.object({ ...kindFields, needsConsent: z.boolean() }).strict();
const SHIPPED = `kinds:
  - { code: HEARING, zh: 听证, en: Hearing, basis: 《信访工作条例》第三十六条, rows: [98], needsConsent: true }
`;

function open(shipped: string, local?: string) {
  const dir = mkdtempSync(join(tmpdir(), 'kinds-'));
  const file = join(dir, 'dialogues.yaml');
  writeFileSync(file, shipped);
  mkdirSync(join(dir, 'local', 'assistance'), { recursive: true });
  if (local !== undefined) writeFileSync(join(dir, 'local', 'assistance', 'dialogues.yaml'), local);
  return openKindBook({ service: 'assistance', name: 'dialogues', shipped: file, schema }, join(dir, 'local'));
}
const kind = (fields: string): string => `kinds:\n  - { ${fields} }\n`;

test('a locality adds a kind beside the shipped ones', () => {
  const book = open(SHIPPED, kind('code: TEA_TALK, zh: 茶话会, en: Talk over tea, needsConsent: true'));
  expect(book.all.map(({ code }) => code)).toEqual(['HEARING', 'TEA_TALK']);
  expect(book.of('HEARING')).toMatchObject({ rows: [98], basis: '《信访工作条例》第三十六条', retired: false });
  expect(book.usable('TEA_TALK')).toMatchObject({ zh: '茶话会', rows: [] });
});

test('a retired kind is known for old rows and not usable for new ones; an unknown one is neither', () => {
  const book = open(SHIPPED, kind('code: OLD_FORM, zh: 旧形式, en: Old form, needsConsent: true, retired: true'));
  expect(book.of('OLD_FORM').zh).toBe('旧形式');
  expect(book.usable('OLD_FORM')).toBeUndefined();
  expect(book.usable('NOWHERE')).toBeUndefined();
  expect(() => book.of('NOWHERE')).toThrow();
});

test.each([
  ['a shipped kind that is to be replaced', kind('code: HEARING, zh: 听证, en: Hearing, needsConsent: false'), /HEARING is there twice/],
  ['a field that nothing reads', kind('code: NEW_ONE, zh: 新, en: New, needsConsent: true, fine: 100'), /row 1.*fine/],
  ['a missing rule', kind('code: NEW_ONE, zh: 新, en: New'), /needsConsent/],
  ['a lower-case code', kind('code: newOne, zh: 新, en: New, needsConsent: true'), /upper-case/],
  ['a file without kinds', 'sorts: []\n', /"kinds" with a list/],
  ['what is never kept about a person', kind('code: NEW_ONE, zh: 重点人员谈话, en: Talk, needsConsent: true'), /重点人员.*people who petition are not/],
])('%s stops the start, with the place of the mistake', (_what, local, message) => {
  expect(() => open(SHIPPED, local)).toThrow(message);
});
