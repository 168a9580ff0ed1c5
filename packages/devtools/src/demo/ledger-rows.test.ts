import { campaigns, countyCampaigns, courseOf, openCampaign, parentCampaign } from './campaigns';
import { checkMark, UNASSIGNED_COUNTY } from './citizens';
import { COUNTIES, DISTRICT, divisions } from './divisions';
import { DEMO_TODAY } from './days';
import { ledgerOf, type LedgerRow } from './ledger-rows';
import { officials } from './officials';
import { sampleRows } from './sample';
import { letters, openRows, plannedRows, referrals, taskForceOf, visits } from './story';
import { units } from './units';

const ledgers = new Map(COUNTIES.map(({ code }) => [code, ledgerOf(code)]));
const all = [...ledgers.values()].flat();
const areDistinct = (items: readonly unknown[]): boolean => new Set(items).size === items.length;
const resolvedBy = (rows: readonly LedgerRow[], day: string): number => rows.filter((row) => row.resolvedOn !== null && row.resolvedOn <= day).length;

test('seed 001: 兴庆区 has 95 cases, at least 62 (65 %) resolved by 2020-12-31 and 81 (85 %) by 2021-12-31', () => {
  const rows = ledgers.get(DISTRICT) ?? [];
  expect(rows).toHaveLength(95);
  expect(['2020-12-31', '2021-12-31', DEMO_TODAY].map((day) => resolvedBy(rows, day))).toEqual([63, 82, 88]);
});

test('all 22 counties have a ledger of 4–95 cases; some miss a target', () => {
  expect(countyCampaigns.map(({ divisionCode }) => divisionCode)).toEqual(COUNTIES.map(({ code }) => code));
  const missed = COUNTIES.filter(({ code }) => {
    const rows = ledgers.get(code) ?? [];
    expect(rows).toHaveLength(courseOf(code).cases);
    expect(rows.length).toBeGreaterThanOrEqual(4);
    expect(resolvedBy(rows, DEMO_TODAY)).toBe(courseOf(code).byNow);
    return resolvedBy(rows, '2020-12-31') < Math.ceil(rows.length * 0.65);
  });
  expect(missed.length).toBeGreaterThan(2);
  expect(missed.length).toBeLessThan(11);
});

test('seed 001: phases, targets and cohort are the plan’s, and the open campaign stands alone', () => {
  expect(areDistinct(campaigns.map(({ code }) => code))).toBe(true);
  expect(campaigns).toHaveLength(24);
  expect(parentCampaign.phases.map(({ name }) => name)).toEqual(['安排部署', '攻坚化解', '巩固提升']);
  expect(countyCampaigns[0]).toMatchObject({ code: 'NX-640104-2020', basisDocuments: ['中信联发〔2020〕3号', '宁信联发〔2020〕2号', '银信联发〔2020〕10号'] });
  expect(openCampaign.parentCode).toBeNull();
});

test('dates of a row follow each other, and registrations lie in the cohort', () => {
  for (const row of all) {
    expect(row.registeredOn >= parentCampaign.cohortFrom && row.registeredOn <= parentCampaign.cohortTo).toBe(true);
    const order = [row.petitionedOn, row.registeredOn, '2020-10-28', row.enteredOn, row.resolvedOn ?? DEMO_TODAY, DEMO_TODAY];
    expect(order).toEqual([...order].sort());
    expect((row.limitOn ?? '9999') > row.enteredOn).toBe(true);
  }
});

test('no person is real: ID numbers are of no county and pass GB 11643-1999, telephone numbers are of no operator', () => {
  expect(divisions.some(({ code }) => code === UNASSIGNED_COUNTY)).toBe(false);
  for (const { idNumber, phone } of all) {
    expect(phone).toMatch(/^1540000\d{4}$/);
    if (idNumber === null) continue;
    expect(idNumber).toMatch(/^640099(19[4-9]\d)(0[1-9]|1[0-2])([01]\d|2[0-8])\d{3}[\dX]$/);
    expect(idNumber.slice(17)).toBe(checkMark(idNumber.slice(0, 17)));
  }
});

test('numbers, telephones, ID numbers and summaries are distinct over all ledgers and the sample, titles within each', () => {
  const sample = new Map(sampleRows().map((row) => [row.sourceNumber, row]));
  const everything = [...all, ...sample.values()];
  for (const key of ['sourceNumber', 'phone', 'summary'] as const) expect(areDistinct(everything.map((row) => row[key]))).toBe(true);
  expect(areDistinct(everything.flatMap(({ idNumber }) => idNumber ?? []))).toBe(true);
  for (const rows of ledgers.values()) expect(areDistinct(rows.map(({ title }) => title))).toBe(true);
});

test('texts have two to four sentences, titles bear no petitioner’s name, units and sponsors are of the directory', () => {
  for (const row of all) {
    expect([3, 4]).toContain(row.summary.split('。').length - 1);
    expect(row.title).not.toContain(row.name);
    const supports = row.supportUnits?.split('、') ?? [];
    for (const name of [row.leadUnit, ...supports]) expect(units.filter((unit) => unit.code === name || unit.name === name)).toHaveLength(1);
    if (row.sponsor) expect(officials.some(({ staffNo }) => staffNo === row.sponsor)).toBe(true);
  }
  const withSponsor = all.filter((row) => row.sponsor !== null).length;
  expect(withSponsor).toBeGreaterThan(all.length * 0.85);
  expect(withSponsor).toBeLessThan(all.length);
});

test('兴庆区’s seven open cases: three overdue, four due before the year ends, six with sponsor, plan and task force', () => {
  expect(openRows.map((row) => (row.limitOn ?? '') < DEMO_TODAY)).toEqual([true, true, true, false, false, false, false]);
  expect(plannedRows).toHaveLength(6);
  for (const row of plannedRows) {
    const { members } = taskForceOf(row);
    expect(members.filter(({ duty }) => duty === 'LEADER')).toHaveLength(1);
    expect(areDistinct(members.map(({ officialId }) => officialId))).toBe(true);
  }
  expect([letters, referrals, visits].map((list) => list.length)).toEqual([2, 3, 2]);
});
