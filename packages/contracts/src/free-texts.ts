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

const WAIVER = /(?:承诺|保证|同意|签订?|书面).{0,8}(?:不再|停止|放弃|撤回).{0,4}(?:信访|上访|申诉|投诉|反映)|(?:不再|停止)(?:信访|上访).{0,6}(?:方可|才能|为条件|作为条件)|停访息诉/u;

/** Help is never a price: does the text make it one? */
export const asksForWaiver = (text: string): boolean => WAIVER.test(text);
