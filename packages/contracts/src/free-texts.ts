import { isIdNumber, isPhone, normaliseIdNumber, normalisePhone } from './identity-forms';

/** What tells who somebody is, in a text that is about a matter. */
export type IdentityForm = 'ID_NUMBER' | 'PHONE' | 'NAME';

const SURNAMES = '王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘蒋蔡余杜叶程苏魏吕丁沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付白邹孟熊秦邱尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵钱严覃武戴莫孔汤';
/** 张某、李某某、王先生: a person by a form of address, after one of the usual family names. */
const ADDRESSED = new RegExp(`[${SURNAMES}](?:某某?|先生|女士|老太|大爷|大妈)`, 'u');
const NUMBER_LIKE = /[0-9０-９][0-9０-９xXｘＸ\s()-]{5,24}/gu;

/** The first form of identity that a text holds: numbers however they are typed, and persons by their forms of address. */
export function identityIn(text: string): IdentityForm | undefined {
  for (const [found] of text.matchAll(NUMBER_LIKE)) {
    const compact = normaliseIdNumber(found);
    if (isIdNumber(compact) || /^\d{15}$/.test(compact)) return 'ID_NUMBER';
    const phone = normalisePhone(found);
    // eight digits are a day or a sum as often as they are a number to call
    if (isPhone(phone) && /^(1\d{10}|0\d{9,11})$/.test(phone)) return 'PHONE';
  }
  return ADDRESSED.test(text) ? 'NAME' : undefined;
}

/** What a text asks of a petitioner when it makes help depend on silence. Data: a phrase here is all that a new form needs. */
export const WAIVERS: readonly string[] = [
  '不再信访', '不再上访', '不再走访', '不再进京', '不再越级', '不再反映', '不再投诉', '不再申诉', '不再缠访', '停止信访', '停止上访', '放弃信访', '放弃上访', '放弃诉求', '放弃申诉', '放弃复查', '放弃复核', '放弃诉讼', '放弃权利',
  '息访', '息诉', '罢访', '停访', '撤回信访', '撤销信访', '撤访', '不上访', '不信访', '终止信访', '终结信访诉求',
  'stop petitioning', 'no longer petition', 'not petition again', 'withdraw the petition', 'withdraw his petition', 'withdraw her petition', 'drop the petition', 'waive', 'waiver',
];
/** As a promise, in whatever words, and as what comes first. */
const PROMISED = /(?:承诺|保证|同意|签订?|书面).{0,12}(?:不再|停止|放弃|撤回).{0,6}(?:信访|上访|申诉|投诉|反映|复查|复核)/u;
const COMES_FIRST = /(?:撤回|放弃)(?:信访|上访|投诉).{0,10}(?:方可|才能|才予|后再)/u;

/** Help is never a price: the first words by which a text makes it one. Blanks and marks between characters hide nothing. */
export function waiverIn(text: string): string | undefined {
  const said = text.normalize('NFKC').toLowerCase();
  const dense = said.replaceAll(/[\s\p{P}]+/gu, '');
  return WAIVERS.find((phrase) => (/^[a-z ]+$/.test(phrase) ? said.replaceAll(/\s+/g, ' ').includes(phrase) : dense.includes(phrase))) ?? (PROMISED.exec(dense) ?? COMES_FIRST.exec(dense))?.[0];
}

export const asksForWaiver = (text: string): boolean => waiverIn(text) !== undefined;
