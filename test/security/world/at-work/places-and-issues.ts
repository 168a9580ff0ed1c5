import { TODAY } from '../ordinary-cases';
import { PLACES } from '../places';
import type { SecuritySystem } from '../security-system';
import type { WorkCases } from './assistance-cases';
import { stepsOf } from './standing';

/** Places where people come, in two counties, with their lists and what they did that people know their rights; a list of a unit besides. */
export async function keepPlaces(system: SecuritySystem): Promise<void> {
  const centres = stepsOf(system, { key: 'centreId', shows: 'mediationCentre' });
  const lists = stepsOf(system, { key: 'checklistId', shows: 'checklist' });
  const place = { openHours: '工作日9:00–17:00', address: '解放东街1号' };
  const here = await centres.begin('supportHandler', 'openMediationCentre', { kind: 'COUNTY_CENTRE', divisionCode: '640104', name: '区调处化解中心', services: ['RECEPTION', 'MEDIATION'], ...place });
  const next = await centres.begin('neighbourHandler', 'openMediationCentre', { kind: 'VILLAGE_STATION', divisionCode: '640105', name: '村接待站', services: ['RECEPTION'], ...place });
  const started = await lists.begin('supportHandler', 'startStationChecklist', { kind: 'SIX_ONES', centreId: here.id });
  await lists.go('supportHandler', 'fillStationChecklistItem', { ...started, itemCode: 'SIGN', isDone: true, evidence: '门牌照片' });
  await lists.begin('neighbourHandler', 'startStationChecklist', { kind: 'SIX_ONES', centreId: next.id });
  await lists.begin('leadHandler', 'startStationChecklist', { kind: 'THREE_CLEAR_THREE_SYNC' });
  await system.act('supportHandler', 'recordPublicityActivity', { centreId: here.id, kind: 'LAW_TALK', topic: '不动产登记', heldOn: TODAY, attendance: 30, materials: 30, rightsSheets: 30 });
}

/** From the grid to the unit that is responsible; one became a matter of which the unit that reported it is kept out. */
export async function reportIssues(system: SecuritySystem, { supported }: WorkCases): Promise<void> {
  const { begin, go } = stepsOf(system, { key: 'earlyDisputeId', shows: 'earlyDispute' });
  const reported = await begin('windowClerk', 'reportEarlyDispute', { kind: 'PROPERTY_SERVICE', divisionCode: '640104', issue: '三号楼电梯停运两周未修' });
  await go('countyOffice', 'handOffEarlyDispute', { ...reported, unitId: PLACES.labour.id });
  const ofLand = await begin('accusedHandler', 'reportEarlyDispute', { kind: 'LAND_COMPENSATION', divisionCode: '640104', issue: '安置小区首次登记未办' });
  const handed = await go('accusedHandler', 'handOffEarlyDispute', { ...ofLand, unitId: PLACES.housing.id });
  await go('leadHandler', 'linkEarlyDispute', { ...handed, caseId: supported.id });
  await begin('neighbourHandler', 'reportEarlyDispute', { kind: 'PROJECT_PAYMENT', divisionCode: '640105', issue: '村道工程款拖欠' });
}
