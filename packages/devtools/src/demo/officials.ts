import { DISTRICT, PROVINCE } from './divisions';
import { officeName } from './person-names';
import { createRandom } from './random';
import { stableId } from './stable-id';
import { units, unitCode, type DemoUnit, type UnitMark } from './units';

export interface DemoOfficial {
  readonly id: string;
  readonly staffNo: string;
  readonly name: string;
  readonly unitCode: string;
  readonly title: string;
  readonly isHead: boolean;
  readonly startedOn: string;
}

interface Seat {
  readonly title: string;
  readonly isHead: boolean;
}

/** 区 / 县 / 市, as the county calls itself. */
const rank = (name: string): string => /([区县市])人民政府$/.exec(name)?.[1] ?? '县';

/** 县级领导: the head of the county's government and four more; each may be a sponsor (包案领导). */
function leaderSeats({ name }: DemoUnit): Seat[] {
  const level = rank(name);
  const further = [`${level}委副书记`, `${level}委常委、常务副${level}长`, `${level}委常委、政法委书记`, `副${level}长`];
  return [{ title: `${level}长`, isHead: true }, ...further.map((title) => ({ title, isHead: false }))];
}

const HEADS: Readonly<Record<DemoUnit['kind'], string>> = {
  GOVERNMENT: '区长', DEPARTMENT: '局长', JOINT_OFFICE: '主任', PETITION_OFFICE: '主任', FUNCTIONAL_ZONE: '主任', TOWNSHIP: '主任', DISCIPLINE: '书记',
};
const headTitle = ({ kind, name }: DemoUnit): string => (kind === 'TOWNSHIP' && name.endsWith('镇人民政府') ? '镇长' : HEADS[kind]);

/** Every unit has a head; in 兴庆区, where the demo is played, a clerk as well. */
function seatsOf(unit: DemoUnit): Seat[] {
  if (unit.kind === 'GOVERNMENT') return leaderSeats(unit);
  const head = { title: headTitle(unit), isHead: true };
  const isStaffed = unit.divisionCode.startsWith(DISTRICT) || unit.divisionCode === PROVINCE.code;
  const clerk = unit.kind === 'PETITION_OFFICE' ? '接待窗口工作人员' : '信访专员';
  return isStaffed ? [head, { title: clerk, isHead: false }] : [head];
}

function invent(): DemoOfficial[] {
  const random = createRandom('officials');
  const taken = new Set<string>();
  const freshName = (): string => {
    const name = officeName(random);
    if (taken.has(name)) return freshName();
    taken.add(name);
    return name;
  };
  const seats = units.flatMap((unit) => seatsOf(unit).map((seat) => ({ ...seat, unitCode: unit.code })));
  return seats.map((seat, i) => {
    const staffNo = `NX${String(i + 1).padStart(6, '0')}`;
    return { ...seat, id: stableId('official', staffNo), staffNo, name: freshName(), startedOn: '2019-03-01' };
  });
}

/** Invented people in office. None of them holds, or held, these posts. */
export const officials: readonly DemoOfficial[] = invent();

/** Everybody of a unit, the head first. */
export const officialsOf = (divisionCode: string, mark: UnitMark): readonly DemoOfficial[] =>
  officials.filter((official) => official.unitCode === unitCode(divisionCode, mark));

/** The five leaders of a county. */
export const leadersOf = (countyCode: string): readonly DemoOfficial[] => officialsOf(countyCode, 'ZF');

/** The one at place `index` of a unit, the head at 0. @throws RangeError when there is none */
export function officialOf(divisionCode: string, mark: UnitMark, index = 0): DemoOfficial {
  const found = officialsOf(divisionCode, mark)[index];
  if (!found) throw new RangeError(`the demo has no official ${index} in ${unitCode(divisionCode, mark)}`);
  return found;
}
