const MATTERS = [
  ['小区房屋竣工多年不动产权证未办理', '业主入住后开发企业未完成竣工验收备案，不动产首次登记无法办理，子女入学和房屋交易受到影响，多次向主管部门反映未果'],
  ['工程款和农民工工资长期拖欠', '项目总包与分包之间结算争议未了，班组工资分三年未付清，劳动监察下达责令改正后仅支付一部分，余款至今没有着落'],
  ['集体土地征收补偿标准争议', '征收公告所附补偿方案与相邻村组标准不一致，地上附着物清点有遗漏，签订协议时未逐户核对，要求重新核算并书面答复'],
  ['退休待遇核定工龄计算有误', '原单位改制时档案移交不完整，视同缴费年限少算六年，社保经办机构要求补充原始凭证，当事人无法自行取得'],
  ['商业综合体商铺逾期交付', '购房合同约定交付日期已过四年，开发企业资金断裂停工，监管账户余额不足以复工，要求明确复工时间和违约责任'],
  ['灌溉水渠改造占用承包地', '渠道改线后承包地被占未办理手续，青苗补偿只发放一季，村级公示与实际面积不符，要求测量确权'],
  ['老旧管网改造后供暖不达标', '换热站改造完成后顶层和边户室温连续两个采暖季低于标准，供热企业与物业相互推诿，要求测温退费'],
  ['企业排水影响周边农田', '雨季厂区外排水进入农田造成减产，监测报告结论与村民取样结果不一致，要求第三方复测并赔偿'],
] as const;

const HAN = /[\p{Script=Han}]+/gu;
const code = (char: string): string => `u${(char.codePointAt(0) ?? 0).toString(16)}`;

/** Words of the search column for Chinese text: each character and each pair of neighbours. */
const gramsOf = (text: string): string =>
  [...text.matchAll(HAN)]
    .flatMap(([run]) => [...run].flatMap((char, i, chars) => (chars[i + 1] === undefined ? [code(char)] : [code(char), code(char) + code(chars[i + 1] ?? '')])))
    .join(' ');

const oneOf = (number: string, texts: readonly string[]): string => `ELT(1 + ${number} % ${texts.length}, ${texts.map((text) => `'${text}'`).join(', ')})`;

/** SQL expressions for the words of the case with this number. */
export const titleOf = (number: string): string => oneOf(number, MATTERS.map(([title]) => title));
export const summaryOf = (number: string): string => oneOf(number, MATTERS.map(([, summary]) => summary));
export const searchGramsOf = (number: string): string => oneOf(number, MATTERS.map(([title, summary]) => gramsOf(`${title} ${summary}`)));
