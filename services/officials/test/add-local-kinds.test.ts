import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openKinds } from '../src/kinds';

const folder = mkdtempSync(join(process.env['ANJIE_TEST_DIR'] ?? tmpdir(), 'kinds-'));
beforeAll(() => mkdirSync(join(folder, 'officials'), { recursive: true }));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const local = (book: string, row: string) => writeFileSync(join(folder, 'officials', `${book}.yaml`), `kinds:\n  - { ${row} }\n`);

test('the shipped books are right, and hold what the five source documents name · rows 52, 56, 58, 62, 82', () => {
  const kinds = openKinds();
  expect(kinds.activities.all.map((kind) => kind.zh)).toEqual(['定点接访', '专题接访', '重点约访', '带案下访', '上门走访', '听取汇报', '协调会商', '调研', '阅办群众来信', '法治宣传']);
  expect(kinds.appointments.all.map((kind) => kind.zh)).toEqual(expect.arrayContaining(['第一责任人', '直接责任人', '领导责任', '属地责任', '部门责任', '窗口常驻', '窗口轮驻', '窗口按需入驻', '信访督查专员', '挂职锻炼']));
  expect(kinds.sponsorDuties.all.map((kind) => kind.zh)).toEqual(['包掌握情况', '包解决问题', '包解释说明', '包联系帮扶', '包督查督办', '包依法处理']);
  expect(kinds.sponsorDuties.all.filter((kind) => kind.isVoluntary || kind.isSupportContact).map((kind) => kind.code)).toEqual(['EXPLAIN_LAW_AND_POLICY', 'SUPPORT_CONTACT']);
});

test('a locality adds a form of reception, a seat, a seventh duty and a rule for its division without code · rows 49, 58, 62', () => {
  local('activities', 'code: EVENING_RECEPTION, zh: 夜间接访, en: reception in the evening, isReception: true, needsOutcome: true, mayPublish: true');
  local('sponsorship-rules', 'code: XINGQING, zh: 兴庆区包案规则, en: rule of Xingqing, divisionCode: "640104", leastLevel: COUNTY, leastLevelIfHard: COUNTY, mostCases: 5');
  const kinds = openKinds(folder);
  expect(kinds.activities.usable('EVENING_RECEPTION')).toMatchObject({ isReception: true, needsCase: false, offersContact: false });
  expect(kinds.sponsorshipRules.of('XINGQING')).toMatchObject({ divisionCode: '640104', untilClosed: true, mostCases: 5 });
});

test('brief §5.3: a kind that watches people, or one that replaces a shipped one, stops the start · row 52', () => {
  local('sponsor-duties', 'code: KEEP_CALM, zh: 包稳控管理, en: keep, evidence: [DOCUMENT], dueDays: 5');
  expect(() => openKinds(folder)).toThrow('people who petition are not');
  local('sponsor-duties', 'code: SUPPORT_CONTACT, zh: 包联系帮扶, en: other, evidence: [DOCUMENT], dueDays: 5');
  expect(() => openKinds(folder)).toThrow('SUPPORT_CONTACT is there twice');
});
