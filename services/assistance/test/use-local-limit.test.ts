import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadRulebooks } from '@anjie/service-kit/runtime';
import { delivered, departments, openStage, type Stage } from './stage';

let stage: Stage;
beforeAll(async () => {
  const folder = mkdtempSync(join(process.env['ANJIE_TEST_DIR'] ?? tmpdir(), 'rulebooks-'));
  writeFileSync(join(folder, 'yinchuan.yaml'), `rules:
  - { code: REFERRAL_SIGN, version: yinchuan-1, jurisdictionCode: 640100, stage: REFERRAL, amount: 2, unit: WORKING_DAY, startsOn: REFERRAL_DELIVERED, basisDocument: 银川市转办办法, basisArticle: 第三条, force: PRACTICE, validFrom: 2022-01-01, descriptionZh: 签收, descriptionEn: Sign }
`);
  loadRulebooks(folder);
  stage = await openStage();
});
beforeEach(() => stage.truncate());
afterAll(() => stage.close());

test.each([['640104', '2024-03-05', 'yinchuan-1'], ['640200', '2024-03-08', '2022']])('in %s a referral delivered on 2024-03-01 is signed by %s (REFERRAL_SIGN@%s) · row 90', async (divisionCode, dueOn, ruleVersion) => {
  await stage.itIs('2024-03-01');
  const d = await departments(stage, { divisionCode });
  await delivered(stage, d);
  expect(await stage.told('obligation-declared')).toMatchObject([{ dutyCode: 'REFERRAL_SIGN', state: 'OPEN', dueOn, ruleVersion, jurisdictionCode: divisionCode }]);
});
