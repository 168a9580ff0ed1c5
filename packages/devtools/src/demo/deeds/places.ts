import type { Part } from './acts';
import { unitOf, type Scene, type World } from './world';

const OFFICE = 'district-office';
const STREET = 'street-office';
const TOWN = 'town-office';
/** 凤凰北街街道 and 掌政镇. */
const STREET_CODE = '640104001';
const TOWN_CODE = '640104100';

/** 化解阵地 at two levels, what a station has of its “六个一”, and what was done there so that people know their rights. */
export async function* places({ acts }: World): Scene {
  const open = (who: string, part: Part) => acts.begin(who, 'openMediationCentre', { openHours: '工作日 9:00–12:00、14:30–17:30', ...part });
  await open(OFFICE, {
    kind: 'COUNTY_CENTRE', divisionCode: '640104', name: '兴庆区矛盾纠纷调处化解中心', address: '兴庆区群众来访接待大厅二楼',
    services: ['RECEPTION', 'MEDIATION', 'HEARING', 'LEGAL_ADVICE', 'AGENCY', 'RELIEF_ADVICE', 'COUNSELLING'],
  });
  const station = await open(STREET, { kind: 'TOWNSHIP_STATION', divisionCode: STREET_CODE, name: '凤凰北街街道矛盾纠纷调处化解站', address: '凤凰北街街道便民服务中心一楼', services: ['RECEPTION', 'MEDIATION', 'LEGAL_ADVICE', 'AGENCY'] });
  const home = await open(TOWN, { kind: 'PEOPLE_HOME', divisionCode: TOWN_CODE, name: '掌政镇群众之家', address: '掌政镇便民服务大厅旁', services: ['RECEPTION', 'MEDIATION', 'LEGAL_ADVICE', 'AGENCY', 'RELIEF_ADVICE'] });
  const list = await acts.begin(STREET, 'startStationChecklist', { kind: 'SIX_ONES', centreId: station.id });
  const village = await acts.begin(TOWN, 'startStationChecklist', { kind: 'THREE_CLEAR_THREE_SYNC' });
  yield;
  const has = { SIGN: '门口标牌', TELEPHONE: '办公电话已公布', RULES: '接访、调解、回访三项制度上墙', REGISTER: '电子台账已启用', TEAM: '专班五人' };
  for (const [itemCode, evidence] of Object.entries(has)) await list.next(STREET, 'fillStationChecklistItem', { itemCode, isDone: true, doneOn: '2022-09-13', evidence });
  await village.next(TOWN, 'fillStationChecklistItem', { itemCode: 'ACCOUNTS_CLEAR', isDone: true, doneOn: '2022-09-14', evidence: '十二个村集体账目清理完成' });
  await village.next(TOWN, 'fillStationChecklistItem', { itemCode: 'AFFAIRS_PUBLISHED', isDone: true, doneOn: '2022-09-14', evidence: '三季度村务公开栏已更新' });
  const taught = (who: string, part: Part) => acts.begin(who, 'recordPublicityActivity', { materials: 120, rightsSheets: 60, ...part });
  await taught(STREET, { centreId: station.id, kind: 'STREET_DESK', topic: '信访工作条例和群众的权利', heldOn: '2022-09-14', attendance: 85 });
  await taught(TOWN, { centreId: home.id, kind: 'LAW_TALK', topic: '土地承包和征收补偿', heldOn: '2022-09-13', attendance: 64 });
}

/** 苗头性问题 from the grid: settled, late, none after all, new. */
export async function* earlyDisputes({ acts }: World): Scene {
  const report = (who: string, part: Part) => acts.begin(who, 'reportEarlyDispute', { divisionCode: who === STREET ? STREET_CODE : TOWN_CODE, ...part });
  const water = await report(STREET, { kind: 'WATER_POWER_HEAT', issue: '某小区二次供水加压水泵多次停运，高层用水困难。' });
  await water.next(STREET, 'handOffEarlyDispute', { unitId: unitOf('ZJJ') });
  const land = await report(TOWN, { kind: 'LAND_COMPENSATION', issue: '某村道路拓宽占地的附着物补偿清单尚未公示。' });
  await land.next(TOWN, 'handOffEarlyDispute', { unitId: unitOf('ZRJ'), dueOn: '2022-09-20' });
  const smell = await report(TOWN, { kind: 'ENVIRONMENT', issue: '某养殖场附近反映夜间有异味。' });
  await smell.next(TOWN, 'handOffEarlyDispute', { unitId: unitOf('XZ2'), dueOn: '2022-09-16' });
  yield;
  await water.next('housing-portal', 'settleEarlyDispute', { outcome: '已更换水泵，并督促物业企业签订维保合同。' });
  await smell.next(TOWN, 'settleEarlyDispute', { outcome: '现场检测未见超标，检测结果已在村务公开栏公布。', isNoDispute: true });
  yield;
  await report(STREET, { kind: 'PROJECT_PAYMENT', issue: '某装修工地完工一月，劳务款尚未结清。' });
}

/** 购买第三方服务: who works for the office, under which undertaking. */
export async function* contracts({ acts }: World): Scene {
  await acts.begin(OFFICE, 'signServiceContract', {
    provider: '银川某律师事务所', scope: '为来访群众提供法律咨询，对疑难事项出具法律意见。', contractRef: '兴信联合〔2022〕3号', fromOn: '2022-07-01', toOn: '2023-06-30', confidentialityOn: '2022-06-28',
    deliverables: [{ title: '三季度法律咨询工作报告', dueOn: '2022-10-10' }, { title: '四季度法律咨询工作报告', dueOn: '2023-01-10' }],
  });
  yield;
}
