import { isIdNumber, isPhone, neverKept, normaliseIdNumber, normalisePhone, refuse, type Refusal } from '@anjie/contracts';
import { requiredText, type TextLimit } from './texts';

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
    // eight digits are a day or a sum as often as they are a number to call
    if (isPhone(normalisePhone(found)) && /^(1\d{10}|0\d{9,11})$/.test(normalisePhone(found))) return 'PHONE';
  }
  return ADDRESSED.test(text) ? 'NAME' : undefined;
}

/** Help is never a price: words that make it one. */
const WAIVER = /(?:承诺|保证|同意|签订?|书面).{0,8}(?:不再|停止|放弃|撤回).{0,4}(?:信访|上访|申诉|投诉|反映)|(?:不再|停止)(?:信访|上访).{0,6}(?:方可|才能|为条件|作为条件)|停访息诉/u;

export type PlainTextCode = 'TEXT_MISSING' | 'IDENTITY_IN_TEXT' | 'WAIVER_IN_TEXT';

/** A text about a matter: it says something, names nobody and asks for no waiver. @throws AppError BAD_USER_INPUT when it is too long */
export function plainText(text: string, limit: TextLimit): string | Refusal<PlainTextCode> {
  const said = requiredText(text, limit);
  if (typeof said !== 'string') return said;
  if (identityIn(said) || neverKept(said)) {
    return refuse('IDENTITY_IN_TEXT', '只写事项，不写姓名、证件号码、电话，也不评价个人。', 'Write about the matter: no name, identity number or telephone, and nothing about a person.', '《个人信息保护法》第六条');
  }
  return WAIVER.test(said)
    ? refuse('WAIVER_IN_TEXT', '帮助、调解、回访均属自愿，不得以停止信访为条件。', 'Help is free and voluntary; it is never a price for dropping a petition.', '《信访工作条例》第十八条第四款、第三十三条')
    : said;
}
