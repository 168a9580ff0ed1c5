import { cityCodeOf, COUNTIES, county, DISTRICT, PROVINCE } from './divisions';

export interface DemoCampaign {
  readonly code: string;
  readonly name: string;
  readonly parentCode: string | null;
  readonly divisionCode: string;
  readonly startsOn: string;
  readonly endsOn: string;
  readonly basisDocuments: readonly string[];
  readonly cohortFrom: string;
  readonly cohortTo: string;
  readonly phases: readonly { readonly name: string; readonly startsOn: string; readonly endsOn: string }[];
  readonly targets: readonly { readonly dueOn: string; readonly percent: number }[];
}

/** How a county's ledger went: its cases, and how many were resolved by each day. */
export interface LedgerCourse {
  readonly cases: number;
  readonly by2020: number;
  readonly by2021: number;
  readonly byNow: number;
}

// oxlint-disable-next-line eslint/max-params -- a row of the table below
const course = (cases: number, by2020: number, by2021: number, byNow: number): LedgerCourse => ({ cases, by2020, by2021, byNow });

/** 兴庆区's 95 cases and its targets are the plan's (seed 001); every other number is made up, some below target. */
export const COURSES: Readonly<Record<string, LedgerCourse>> = {
  640104: course(95, 63, 82, 88), 640105: course(38, 26, 33, 36), 640106: course(45, 30, 39, 43), 640121: course(31, 21, 27, 29),
  640122: course(34, 20, 29, 32), 640181: course(28, 19, 24, 27), 640202: course(27, 18, 22, 25), 640205: course(22, 15, 19, 21),
  640221: course(29, 16, 22, 26), 640302: course(36, 25, 31, 34), 640303: course(14, 10, 12, 13), 640323: course(16, 11, 14, 15),
  640324: course(24, 14, 19, 22), 640381: course(23, 15, 20, 21), 640402: course(32, 21, 28, 30), 640422: course(21, 12, 17, 19),
  640423: course(12, 8, 11, 12), 640424: course(8, 6, 7, 8), 640425: course(15, 10, 13, 14), 640502: course(30, 20, 26, 28),
  640521: course(26, 17, 21, 24), 640522: course(18, 11, 14, 16),
};

export const courseOf = (countyCode: string): LedgerCourse => COURSES[countyCode] ?? course(0, 0, 0, 0);

/** Phases, dated targets and cohort of the plan (seed 001, 二、三). */
const SHAPE = {
  startsOn: '2020-10-26',
  endsOn: '2023-08-31',
  cohortFrom: '2019-01-01',
  cohortTo: '2020-06-30',
  phases: [
    { name: '安排部署', startsOn: '2020-10-26', endsOn: '2020-10-30' },
    { name: '攻坚化解', startsOn: '2020-10-31', endsOn: '2022-12-31' },
    { name: '巩固提升', startsOn: '2023-01-01', endsOn: '2023-08-31' },
  ],
  targets: [{ dueOn: '2020-12-31', percent: 65 }, { dueOn: '2021-12-31', percent: 85 }],
} as const;

const CENTRE = '中信联发〔2020〕3号';
const REGION = '宁信联发〔2020〕2号';
/** The plan names Yinchuan's document only; none is invented for the other cities. */
const CITY_DOCUMENTS: Readonly<Record<string, string>> = { 640100: '银信联发〔2020〕10号' };

export const parentCampaign: DemoCampaign = {
  ...SHAPE, code: 'NX-640000-2020', name: '宁夏回族自治区集中治理重复信访、化解信访积案专项工作', parentCode: null, divisionCode: PROVINCE.code,
  basisDocuments: [CENTRE, REGION],
};

export const campaignCode = (countyCode: string): string => `NX-${countyCode}-2020`;

export const countyCampaigns: readonly DemoCampaign[] = COUNTIES.map(({ code, name }) => {
  const ofCity = CITY_DOCUMENTS[cityCodeOf(code)];
  return {
    ...SHAPE, code: campaignCode(code), name: `${name}治理重复信访、化解信访积案专项工作`, parentCode: parentCampaign.code, divisionCode: code,
    basisDocuments: [CENTRE, REGION, ...(ofCity ? [ofCity] : [])],
  };
});

/** 另行交办: a wider base than the 95, to be settled wholly by the end of 2022; stands alone and stays open for imports. */
export const openCampaign: DemoCampaign = {
  code: 'NX-640104-2022-OTHER', name: `${county(DISTRICT).name}2022年另行交办重复信访件`, parentCode: null, divisionCode: DISTRICT,
  startsOn: '2022-01-01', endsOn: '2022-12-31', cohortFrom: '2022-01-01', cohortTo: '2022-12-31',
  basisDocuments: ['兴庆区关于开展集中治理重复信访化解信访积案专项工作方案'],
  phases: [{ name: '交办化解', startsOn: '2022-01-01', endsOn: '2022-12-31' }],
  targets: [{ dueOn: '2022-12-31', percent: 100 }],
};

/** Parents before children. */
export const campaigns: readonly DemoCampaign[] = [parentCampaign, ...countyCampaigns, openCampaign];
