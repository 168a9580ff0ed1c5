import { asksForWaiver, identityIn, neverKept, refuse, type Refusal } from '@anjie/contracts';
import { requiredText, type TextLimit } from './texts';

export type PlainTextCode = 'TEXT_MISSING' | 'IDENTITY_IN_TEXT' | 'WAIVER_IN_TEXT';

/** A text about a matter: it says something, names nobody and asks for no waiver. @throws AppError BAD_USER_INPUT when it is too long */
export function plainText(text: string, limit: TextLimit): string | Refusal<PlainTextCode> {
  const said = requiredText(text, limit);
  if (typeof said !== 'string') return said;
  if (identityIn(said) || neverKept(said)) {
    return refuse('IDENTITY_IN_TEXT', '只写事项，不写姓名、证件号码、电话，也不评价个人。', 'Write about the matter: no name, identity number or telephone, and nothing about a person.', '《个人信息保护法》第六条');
  }
  return asksForWaiver(said)
    ? refuse('WAIVER_IN_TEXT', '帮助、调解、回访均属自愿，不得以停止信访为条件。', 'Help is free and voluntary; it is never a price for dropping a petition.', '《信访工作条例》第十八条第四款、第三十三条')
    : said;
}
