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
  640104: course(95, 63, 82, 88), 640105: course(19, 13, 17, 18), 640106: course(23, 15, 20, 22), 640121: course(16, 11, 14, 15),
  640122: course(17, 10, 15, 16), 640181: course(14, 10, 12, 14), 640202: course(14, 9, 11, 13), 640205: course(11, 8, 10, 11),
  640221: course(15, 8, 11, 13), 640302: course(18, 13, 16, 17), 640303: course(7, 5, 6, 7), 640323: course(8, 6, 7, 8),
  640324: course(12, 7, 10, 11), 640381: course(12, 8, 10, 11), 640402: course(16, 11, 14, 15), 640422: course(11, 6, 9, 10),
  640423: course(6, 4, 6, 6), 640424: course(4, 3, 4, 4), 640425: course(8, 5, 7, 7), 640502: course(15, 10, 13, 14),
  640521: course(13, 9, 11, 12), 640522: course(9, 6, 7, 8),
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
