import { idOf } from './stable-id';

/** A province with two cities and three counties. */
export const DIVISIONS = [
  { code: '640000', name: '宁夏回族自治区' },
  { code: '640100', name: '银川市', parentCode: '640000' },
  { code: '640200', name: '石嘴山市', parentCode: '640000' },
  { code: '640104', name: '兴庆区', parentCode: '640100' },
  { code: '640105', name: '西夏区', parentCode: '640100' },
  { code: '640202', name: '大武口区', parentCode: '640200' },
] as const;

export interface Place {
  readonly id: string;
  readonly code: string;
  readonly name: string;
  readonly kind: string;
  readonly divisionCode: string;
  readonly parentCode?: string;
  readonly successorCode?: string;
  readonly validFrom: string;
  readonly validTo?: string;
}

const place = (mark: string, kind: string, [name, divisionCode, above]: readonly [name: string, division: string, above?: string]): Place => ({
  id: idOf(`unit ${mark}`), code: `SEC-${mark}`, name, kind, divisionCode, ...(above ? { parentCode: `SEC-${above}` } : {}), validFrom: '2019-01-01',
});

/** The unit that accusations are about is the land reserve centre: it has a unit below it, a bureau above it, and cases of its own. */
export const PLACES = {
  provinceOffice: place('QXLB', 'JOINT_OFFICE', ['自治区信访联席办', '640000']),
  cityOffice: place('YXLB', 'JOINT_OFFICE', ['银川市信访联席办', '640100', 'QXLB']),
  otherCityOffice: place('SXLB', 'JOINT_OFFICE', ['石嘴山市信访联席办', '640200', 'QXLB']),
  countyOffice: place('XXLB', 'JOINT_OFFICE', ['兴庆区信访联席办', '640104', 'YXLB']),
  neighbourOffice: place('NXLB', 'JOINT_OFFICE', ['西夏区信访联席办', '640105', 'YXLB']),
  farOffice: place('DXLB', 'JOINT_OFFICE', ['大武口区信访联席办', '640202', 'SXLB']),
  cityGovernment: place('YZF', 'GOVERNMENT', ['银川市人民政府', '640100']),
  government: place('XZF', 'GOVERNMENT', ['兴庆区人民政府', '640104']),
  neighbourGovernment: place('NZF', 'GOVERNMENT', ['西夏区人民政府', '640105']),
  hall: place('XJDT', 'PETITION_OFFICE', ['兴庆区群众来访接待大厅', '640104', 'XZF']),
  housing: place('XZJJ', 'DEPARTMENT', ['兴庆区住房和城乡建设局', '640104', 'XZF']),
  housingCentre: place('XZJJ1', 'DEPARTMENT', ['兴庆区房屋征收中心', '640104', 'XZJJ']),
  civilAffairs: place('XMZJ', 'DEPARTMENT', ['兴庆区民政局', '640104', 'XZF']),
  labour: place('XRSJ', 'DEPARTMENT', ['兴庆区人力资源和社会保障局', '640104', 'XZF']),
  landBureau: place('XZRJ', 'DEPARTMENT', ['兴庆区自然资源局', '640104', 'XZF']),
  landReserve: place('XTDS', 'DEPARTMENT', ['兴庆区土地储备中心', '640104', 'XZRJ']),
  landStation: place('XTDS1', 'DEPARTMENT', ['兴庆区土地储备中心掌政站', '640104', 'XTDS']),
  discipline: place('XJW', 'DISCIPLINE', ['兴庆区纪委监委', '640104']),
  /** Closed; the bureau goes on with what it had. */
  formerHousing: { ...place('XFGJ', 'DEPARTMENT', ['兴庆区房产管理局', '640104', 'XZF']), successorCode: 'SEC-XZJJ', validTo: '2021-12-31' },
  neighbourBureau: place('NMZJ', 'DEPARTMENT', ['西夏区民政局', '640105', 'NZF']),
} satisfies Readonly<Record<string, Place>>;
export type PlaceName = keyof typeof PLACES;
