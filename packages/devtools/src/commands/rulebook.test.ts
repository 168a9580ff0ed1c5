import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { shippedRulebook } from '@anjie/service-kit/runtime';
import { checkRulebooks } from './rulebook';

const aFile = (content: string): string => {
  const path = join(mkdtempSync(join(tmpdir(), 'anjie-rulebook-')), 'local.yaml');
  writeFileSync(path, content);
  return path;
};

test('the shipped Zhejiang file: a line for each row, in the words of its instrument', () => {
  expect(checkRulebooks([shippedRulebook('local/zhejiang-2016.yaml')], '2026-11-21')).toEqual({
    ok: true,
    lines: [
      'T2 in 330000: 15 calendar days → 5 working days, 《浙江省信访条例》第二十条',
      'T3 in 330000: 15 calendar days → 5 working days, 《浙江省信访条例》第二十条',
      'T8 in 330000: 60 → 30 calendar days, 《浙江省信访条例》第二十三条',
      'T9 in 330000: 30 → 60 calendar days, 《浙江省信访条例》第二十三条',
      '4 rows on 2026-11-21, all usable',
    ],
  });
});

test('a file that no service would start with is refused with the same sentence; its folder too', () => {
  const file = aFile('rules:\n  - code: T8\n    amonut: 30\n');
  const { ok, lines } = checkRulebooks([file], '2026-11-21');
  expect([ok, lines.join('\n')]).toEqual([false, expect.stringMatching(/local\.yaml, row 1 \(T8, line 2\)(.|\n)*Unrecognized key: "amonut"/)]);
  expect(checkRulebooks([join(file, '..')], '2026-11-21')).toEqual({ ok, lines });
  expect(checkRulebooks(['/nowhere/x.yaml'], '2026-11-21')).toEqual({ ok: false, lines: ['/nowhere/x.yaml: it cannot be read'] });
});
