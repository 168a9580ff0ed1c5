import { CITIES, PROVINCE } from '../divisions';
import { withWord, type Node, type Part } from './acts';
import { unitOf, type Scene, type World } from './world';

const OFFICE = 'district-office';
const REGION = 'province-office';

interface Programme extends Node {
  readonly targets: readonly (Node & { readonly title: string })[];
  readonly entries: { readonly nodes: readonly (Node & { readonly title: string })[] };
}

/** 重点领域专项治理 led by the housing bureau: members, two targets of which one is met, measures and a lesson. */
export async function* housingTreatment({ acts, caseId, campaignId }: World): Scene {
  const programme = await acts.begin<Programme>(OFFICE, 'draftProgramme', {
    kind: 'DOMAIN_TREATMENT', title: '房地产领域信访突出问题专项治理', purpose: '集中解决停工、办证、安置三类历史遗留问题。', divisionCode: '640104', unitId: unitOf('ZJJ'), campaignId, startsOn: '2022-07-01', endsOn: '2022-12-31',
  });
  const next = (field: string, part: Part) => programme.next<Programme>(OFFICE, field, part);
  await next('changeProgrammeMembers', { add: [{ unitId: unitOf('ZJJ') }, { unitId: unitOf('ZRJ') }, { caseId: caseId('unfinished') }, { caseId: caseId('titles') }, { caseId: caseId('resettlement') }] });
  await next('setProgrammeTarget', { title: '办结首次登记户数', formula: '专项内已办结首次登记的户数', goal: '300', direction: 'AT_LEAST', dueOn: '2022-12-31' });
  const { targets } = await next('setProgrammeTarget', { title: '超期未答复件数', formula: '专项内事项截至当日超期未答复的件数', goal: '1', direction: 'AT_MOST', dueOn: '2022-12-31' });
  await next('addProgrammeEntry', { kind: 'MEASURE', title: '建立停工项目资金监管账户', unitId: unitOf('ZJJ'), dueOn: '2022-10-31' });
  await next('addProgrammeEntry', { kind: 'MEASURE', title: '梳理历史遗留办证清单', unitId: unitOf('ZRJ'), dueOn: '2022-09-20' });
  await next('addProgrammeEntry', { kind: 'ROOT_CAUSE', title: '办证与缴税捆绑', text: '企业欠缴税费导致购房户长期不能登记，需从制度上分开。' });
  const { entries } = await next('moveProgramme', { to: 'RUNNING' });
  const reached = (word: string, expectedVersion: number, part: Part) =>
    acts.begin('housing-portal', 'recordProgrammeProgress', { targetId: withWord(targets, 'title', word).id, expectedVersion, ...part });
  yield;
  await reached('登记', 1, { value: '126', asOf: '2022-09-14' });
  await reached('超期', 1, { value: '3', asOf: '2022-09-14' });
  yield;
  await reached('登记', 2, { value: '188', asOf: '2022-09-26' });
  await reached('超期', 2, { value: '1', asOf: '2022-09-26' });
  await acts.begin('land-portal', 'settleProgrammeEntry', { entryId: withWord(entries.nodes, 'title', '清单').id, expectedVersion: 1, settlement: '已梳理十一个小区、两千余户，分三类列出办理顺序。' });
  await next('addProgrammeEntry', { kind: 'LESSON', title: '一楼一策分批办证', text: '手续齐全的楼栋先行登记，不因个别楼栋缺件整体搁置。' });
}

/** What the region runs: “大督查大接访大调研” and the counties without backlog. */
export async function* regionalProgrammes({ acts, regionalId }: World): Scene {
  const office = unitOf('XLB', PROVINCE.code);
  const draft = (part: Part) => acts.begin<Programme>(REGION, 'draftProgramme', { divisionCode: PROVINCE.code, unitId: office, campaignId: regionalId, ...part });
  const activity = await draft({ kind: 'THREE_GREAT', title: '“大督查大接访大调研”活动', startsOn: '2022-07-01', endsOn: '2022-12-31' });
  await activity.next(REGION, 'changeProgrammeMembers', { add: CITIES.map(({ code }) => ({ divisionCode: code })) });
  await activity.next(REGION, 'addProgrammeEntry', { kind: 'MEASURE', title: '每市至少开展一次包市督查', unitId: office, dueOn: '2022-11-30' });
  await activity.next(REGION, 'moveProgramme', { to: 'RUNNING' });
  const counties = await draft({ kind: 'NO_BACKLOG_COUNTY', title: '无信访积案县（市、区）创建', startsOn: '2021-01-01' });
  await counties.next(REGION, 'changeProgrammeMembers', { add: ['640181', '640205', '640303', '640323', '640423', '640424'].map((divisionCode) => ({ divisionCode })) });
  const { targets } = await counties.next<Programme>(REGION, 'setProgrammeTarget', { title: '达标县（市、区）数', formula: '台账内全部化解的县（市、区）个数', goal: '6', dueOn: '2022-12-31' });
  await counties.next(REGION, 'moveProgramme', { to: 'RUNNING' });
  yield;
  await acts.begin(REGION, 'recordProgrammeProgress', { targetId: withWord(targets, 'title', '达标').id, expectedVersion: 1, value: '6', asOf: '2022-09-14' });
  await counties.next(REGION, 'addProgrammeEntry', { kind: 'AWARD', title: '2021年度无信访积案县', divisionCode: '640424', year: 2021 });
}

/** 信访要情, 通报表彰: of an issue and of a unit, never of a person. */
export async function* newsAndPraise({ acts }: World): Scene {
  await acts.begin(OFFICE, 'recordCommendation', {
    unitId: unitOf('MZJ'), title: '集中治理重复信访先进集体', reason: '困难家庭救助衔接及时，承办积案全部按期答复。', documentNumber: '区信联办〔2022〕2号', commendedOn: '2022-01-20',
  });
  yield;
  yield;
  const report = await acts.begin('street-office', 'sendUrgentReport', {
    kind: 'SITUATION_REPORT', level: 'GENERAL', receiverUnitIds: [unitOf('XLB'), unitOf('ZF'), unitOf('ZJJ')], issue: '某小区二次供水中断，临近国庆需尽快恢复',
    content: '二十六日起某小区加压水泵损坏，高层住户用水困难。街道已协调临时供水车，物业企业正在抢修，请住房和城乡建设局派员指导。',
  });
  for (const who of ['district-office', 'housing-portal']) await acts.begin(who, 'acknowledgeUrgentReport', { reportId: report.id });
}
