import { withWord, type Node } from './acts';
import { personOf, unitOf, type Scene, type World } from './world';

const OFFICE = 'district-office';
const HALL = '区群众来访接待大厅一楼接待室';

interface Held extends Node {
  readonly promises: { readonly nodes: readonly (Node & { readonly text: string })[] };
}
interface Plan {
  readonly kind: string;
  readonly title: string;
  readonly plannedOn: string;
  readonly place?: string;
  readonly leader: string;
  readonly unitId?: string;
  readonly participants?: readonly string[];
  readonly caseIds?: readonly string[];
  readonly startsAt?: string;
  readonly endsAt?: string;
}

const planned = ({ acts, campaignId }: World, { leader, participants = [], unitId = unitOf('ZF'), ...plan }: Plan) =>
  acts.begin<Held>(OFFICE, 'planActivity', {
    unitId, campaignId, ...plan, participants: [{ officialId: leader, part: 'LEADER' }, ...participants.map((officialId) => ({ officialId, part: 'PARTICIPANT' }))],
  });

/** 定点接访: announced, held, two promises, one of which is kept; the next day is announced already. */
export async function* receptionDay(world: World): Scene {
  const { acts, caseId } = world;
  const open = { kind: 'FIXED_RECEPTION', place: HALL, startsAt: '09:00', endsAt: '11:30' };
  const day = await planned(world, {
    ...open, title: '区长接待群众日', plannedOn: '2022-09-08', leader: personOf('ZF'), participants: [personOf('JDT'), personOf('ZJJ')], caseIds: [caseId('unfinished'), caseId('estate')],
  });
  await day.next(OFFICE, 'publishActivity');
  yield;
  const held = await day.next<Held>(OFFICE, 'recordActivity', {
    heldOn: '2022-09-08', contactOffered: true, contactAnswer: 'ACCEPTED',
    outcome: '现场听取两个小区群众代表意见，责成住房和城乡建设局牵头明确复工主体；对水泵维修和账目公示当场提出时限要求。',
    promises: [
      { text: '九月底前明确复工主体和复工计划，书面告知购房户代表。', caseId: caseId('unfinished'), obligorUnitId: unitOf('ZJJ'), dueOn: '2022-09-30' },
      { text: '两周内公示公共收益和维修资金账目。', caseId: caseId('estate'), obligorUnitId: unitOf('ZJJ'), dueOn: '2022-09-22' },
    ],
  });
  const next = await planned(world, { ...open, title: '常务副区长接待群众日', plannedOn: '2022-10-13', leader: personOf('ZF', 2) });
  await next.next(OFFICE, 'publishActivity');
  yield;
  await acts.resume('ActivityPromise', withWord(held.promises.nodes, 'text', '账目')).next('housing-portal', 'keepPromise', { keptOn: '2022-09-21', evidenceRef: '账目公示照片及公示回执' });
}

/** 专题接访 on unpaid wages: what was promised for the 26th is late. */
export async function* wagesReception(world: World): Scene {
  const { caseId } = world;
  const day = await planned(world, {
    kind: 'THEMED_RECEPTION', title: '根治欠薪专题接访', place: HALL, startsAt: '14:30', endsAt: '17:00', plannedOn: '2022-09-14', leader: personOf('ZF', 1), participants: [personOf('RSJ')],
    caseIds: [caseId('wages')],
  });
  await day.next(OFFICE, 'publishActivity');
  yield;
  await day.next(OFFICE, 'recordActivity', {
    heldOn: '2022-09-14', contactOffered: true, contactAnswer: 'ACCEPTED', outcome: '逐笔核对欠薪数额，要求总包企业先行清偿，清偿不到位的启用工资保证金。',
    promises: [{ text: '启用工资保证金先行支付。', caseId: caseId('wages'), obligorUnitId: unitOf('RSJ'), dueOn: '2022-09-26' }],
  });
  yield;
  await planned(world, { kind: 'LEGAL_PUBLICITY', title: '保障农民工工资支付条例宣传', place: '凤凰北街街道便民服务中心', plannedOn: '2022-10-18', leader: personOf('RSJ'), unitId: unitOf('RSJ') });
}

/** 约访、走访、带案下访、调研: one of them held and its outcome never written down. */
export async function* leadersGoOut(world: World): Scene {
  const { caseId } = world;
  const visit = await planned(world, { kind: 'VISIT_WITH_CASE', title: '副书记带案下访', place: '掌政镇人民政府', plannedOn: '2022-09-05', leader: personOf('ZF', 3), caseIds: [caseId('land')] });
  await visit.next(OFFICE, 'recordActivity', { heldOn: '2022-09-05', contactOffered: false });
  const talk = await planned(world, { kind: 'APPOINTED_RECEPTION', title: '包案领导约访', place: HALL, plannedOn: '2022-09-13', leader: personOf('ZF', 1), caseIds: [caseId('titles')] });
  const call = await planned(world, { kind: 'DOOR_VISIT', title: '包案领导上门走访', plannedOn: '2022-09-14', leader: personOf('ZF', 2), caseIds: [caseId('resettlement')] });
  yield;
  await talk.next(OFFICE, 'recordActivity', {
    heldOn: '2022-09-13', contactOffered: true, contactAnswer: 'ACCEPTED', outcome: '当面说明办证障碍在于税费欠缴，商定先办首次登记、欠缴税费另行追缴。',
    promises: [{ text: '十月中旬前协调税务、自然资源部门明确办理口径。', caseId: caseId('titles'), obligorOfficialId: personOf('ZF', 1), dueOn: '2022-10-14' }],
  });
  await call.next(OFFICE, 'recordActivity', { heldOn: '2022-09-14', contactOffered: true, contactAnswer: 'DECLINED', outcome: '上门前征询意见，对方谢绝，改为书面说明安置房交付安排。' });
  yield;
  const study = await planned(world, { kind: 'FIELD_STUDY', title: '历史遗留办证问题调研', place: '凤凰北街街道', plannedOn: '2022-09-20', leader: personOf('ZF', 2), participants: [personOf('ZRJ')] });
  await study.next(OFFICE, 'recordActivity', { heldOn: '2022-09-20', outcome: '走访六个小区，梳理出欠缴税费、未验收、手续不全三类成因，建议按“证缴分离”分批办理。' });
  const letters = await planned(world, { kind: 'LETTERS_READ', title: '区长阅批群众来信', plannedOn: '2022-09-23', leader: personOf('ZF') });
  await letters.next(OFFICE, 'recordActivity', { heldOn: '2022-09-23', outcome: '阅批来信五件，其中三件交责任单位限期办理，两件转相关部门核实后答复。' });
}

/** 听取汇报: the same words for two cases, which the daily check finds. */
export async function* reportsHeard(world: World): Scene {
  yield;
  for (const [name, plannedOn] of [['estate', '2022-09-13'], ['unfinished', '2022-09-14']] as const) {
    const heard = await planned(world, {
      kind: 'REPORT_HEARD', title: '街道主任听取责任单位汇报', plannedOn, leader: personOf('XZ1'), unitId: unitOf('XZ1'), caseIds: [world.caseId(name)],
    });
    await heard.next(OFFICE, 'recordActivity', { heldOn: plannedOn, outcome: '听取了责任单位汇报，要求提高认识、加快推进。' });
  }
  yield;
  const meeting = await planned(world, { kind: 'COORDINATION_TALK', title: '区长协调会商复工事宜', plannedOn: '2022-09-26', leader: personOf('ZF'), participants: [personOf('ZJJ'), personOf('ZRJ')], caseIds: [world.caseId('unfinished')] });
  await meeting.next(OFFICE, 'recordActivity', {
    heldOn: '2022-09-26', outcome: '明确由属地平台公司先行垫资续建，住房和城乡建设局负责资金监管。',
    promises: [{ text: '国庆节前与平台公司签订续建协议。', caseId: world.caseId('unfinished'), obligorUnitId: unitOf('ZJJ'), dueOn: '2022-09-30' }],
  });
}
