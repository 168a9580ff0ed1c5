import type { UnitMark } from '../units';
import type { Part } from './acts';
import { personOf, unitOf, type Scene, type World } from './world';

const OFFICE = 'district-office';

interface Role extends Part {
  readonly kind: string;
  readonly officialId: string;
}
const head = (mark: UnitMark): string => personOf(mark);
const clerk = (mark: UnitMark): string => personOf(mark, 1);
const held = (kind: string, mark: UnitMark, officialId: string): Role => ({ kind, unitId: unitOf(mark), officialId });

/** Roles in the units of 兴庆区: who answers, who sits at the window, who acts for people, who learns. */
const IN_UNITS: readonly Role[] = [
  ...(['ZJJ', 'RSJ', 'ZRJ', 'MZJ'] as const).map((mark) => held('FIRST_RESPONSIBLE', mark, head(mark))),
  ...(['ZJJ', 'RSJ', 'ZRJ'] as const).map((mark) => held('DIRECT_RESPONSIBLE', mark, clerk(mark))),
  held('WINDOW_RESIDENT', 'JDT', clerk('JDT')),
  { ...held('WINDOW_ROTATING', 'JDT', clerk('ZJJ')), slots: [{ weekday: 2, startsAt: '09:00', endsAt: '11:30' }, { weekday: 4, startsAt: '14:30', endsAt: '17:30' }] },
  { ...held('WINDOW_ROTATING', 'JDT', clerk('RSJ')), slots: [{ weekday: 3, startsAt: '09:00', endsAt: '11:30' }] },
  { ...held('WINDOW_ON_DEMAND', 'JDT', clerk('ZRJ')), callInMinutes: 20 },
  held('AGENCY_WORKER_TOWNSHIP', 'XZ1', clerk('XZ1')),
  held('AGENCY_WORKER_TOWNSHIP', 'XZ2', clerk('XZ2')),
  { ...held('SUPERVISION_COMMISSIONER', 'XLB', clerk('XLB')), qualification: '从事信访督查工作十年以上' },
  { ...held('TRAINING', 'XLB', clerk('JDT')), note: '全区信访业务培训班（五天）', startsOn: '2022-09-19', endsOn: '2022-09-24' },
  { ...held('SECONDED_POST', 'XLB', clerk('MZJ')), note: '挂职督查组组员', startsOn: '2022-07-01', endsOn: '2022-12-31' },
];

/** 职责: in units, in the campaign's leading group, and for single cases. */
export async function* posts({ acts, campaignId, caseId }: World): Scene {
  for (const role of IN_UNITS) await acts.begin(OFFICE, 'appoint', role);
  const group = (kind: string, officialId: string): Role => ({ kind, officialId, unitId: unitOf('ZF'), campaignId });
  await acts.begin(OFFICE, 'appoint', group('LEADING_GROUP_HEAD', head('ZF')));
  for (const officialId of [personOf('ZF', 1), personOf('ZF', 2), head('ZJJ'), head('RSJ'), head('ZRJ'), head('MZJ')]) await acts.begin(OFFICE, 'appoint', group('LEADING_GROUP_MEMBER', officialId));
  yield;
  const lines: readonly Role[] = [
    { kind: 'CASE_LEADERSHIP', officialId: head('ZF'), caseId: caseId('unfinished') },
    { kind: 'CASE_TERRITORY', officialId: head('XZ1'), caseId: caseId('unfinished') },
    { kind: 'CASE_DEPARTMENT', officialId: head('ZJJ'), caseId: caseId('unfinished') },
    { kind: 'HANDLING_OFFICER', officialId: clerk('ZJJ'), caseId: caseId('titles'), qualification: '行政执法证、不动产登记上岗证' },
    { kind: 'HANDLING_OFFICER', officialId: clerk('RSJ'), caseId: caseId('wages'), qualification: '劳动保障监察员证' },
  ];
  for (const role of lines) await acts.begin(OFFICE, 'appoint', role);
}

/** 议程: what the government put on its agenda, and what became of it. */
export async function* agenda({ acts, campaignId, caseId }: World): Scene {
  const put = (part: Part) => acts.begin(OFFICE, 'putOnAgenda', { bodyId: unitOf('ZF'), campaignId, ...part });
  const points = await put({ paper: 'YEARLY_POINTS', subject: '把集中治理重复信访、化解信访积案列入年度工作要点', on: '2022-01-20' });
  await points.next(OFFICE, 'decideAgendaItem', { isDecided: true, decision: '列入2022年区政府工作要点第三十一项。' });
  const meeting = await put({ paper: 'MEETING', subject: '听取信访积案化解进展，研究停工项目复工资金', on: '2022-09-09', caseId: caseId('unfinished') });
  yield;
  await meeting.next(OFFICE, 'decideAgendaItem', { isDecided: true, decision: '由平台公司垫资续建，住房和城乡建设局会同财政部门监管资金。' });
  yield;
  await put({ paper: 'MEETING', subject: '研究征地补偿差额资金安排', on: '2022-10-14', caseId: caseId('land') });
}
