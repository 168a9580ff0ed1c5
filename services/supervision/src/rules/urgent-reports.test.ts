import { openKinds } from '../kinds';
import { acknowledgeBy, lastDay, pointsToPerson, urgentObjection, type UrgentDraft } from './urgent-reports';

const { urgentReports } = openKinds();
const kind = urgentReports.of('URGENT_INFORMATION');
const draft = (part: Partial<UrgentDraft> = {}): UrgentDraft => ({ level: 'MAJOR', issue: '某小区供暖中断', content: '供热企业设备故障，住建部门已组织抢修，预计今晚恢复。', ...part });

describe('第二十五条: about the issue, the place and what units do · row 131', () => {
  test.each<[string, Partial<UrgentDraft>, string]>([
    ['an issue', {}, 'FINE'],
    ['a level that the kind has not', { level: 'GENERAL' }, 'LEVEL_NOT_ACCEPTABLE'],
    ['no content', { content: ' ' }, 'TEXT_NOT_ACCEPTABLE'],
    ['an identity number', { content: '联系人 11010519491231002X 。' }, 'PERSON_IN_TEXT'],
    ['a telephone number', { content: '联系人电话 138 0000 1234' }, 'PERSON_IN_TEXT'],
    ['a word that is never kept', { issue: '某人为重点人员' }, 'PERSON_IN_TEXT'],
  ])('%s', (_sentence, part, code) => {
    expect(urgentObjection(kind, draft(part))?.code ?? 'FINE').toBe(code);
  });
  test('numbers of papers and amounts point to nobody', () => {
    expect(['宁信联发〔2020〕2号', '工程款413000元', '合同编号20220901000000001234'].map(pointsToPerson)).toEqual([false, false, false]);
  });
});

test('its words expire with the days of its kind, and it wants an acknowledgement within its hours · row 131', () => {
  expect(lastDay('2022-09-20', kind)).toBe('2022-10-05');
  expect(acknowledgeBy(new Date('2022-09-20T02:00:00Z'), kind).toISOString()).toBe('2022-09-20T04:00:00.000Z');
});
