import { asksForWaiver, identityIn, neverKept, refuse, type PartyRole, type Refusal, type Role } from '@anjie/contracts';
import { isPlainText } from './responsibility';

/** Who works on the matter, or took it in, tells the petitioner how far it is. */
const TELLING: readonly PartyRole[] = ['LEAD', 'SUPPORT', 'REGISTRAR'];

export const mayTellProgress = ({ roles, parts }: { roles: readonly Role[]; parts: readonly PartyRole[] }): boolean =>
  roles.some((role) => role === 'UNIT_HANDLER' || role === 'JOINT_OFFICE' || role === 'WINDOW_CLERK') && parts.some((part) => TELLING.includes(part));

export type ProgressTextCode = 'TEXT_LENGTH' | 'IDENTITY_IN_TEXT' | 'WAIVER_IN_TEXT';

/** A text to the petitioner about the matter: no numbers or names of persons, no word that makes help a price. */
export function progressTextNo(text: string): Refusal<ProgressTextCode> | undefined {
  if (!isPlainText(text, 1_000)) return refuse('TEXT_LENGTH', '告知内容须为1至1000字，不得含控制字符。', 'The text must have 1 to 1,000 characters, none of them control characters.');
  if (identityIn(text) || neverKept(text)) return refuse('IDENTITY_IN_TEXT', '只写办理进展，不写姓名、证件号码、电话，也不评价个人。', 'Write about the matter: no name, identity number or telephone, and nothing about a person.', '《个人信息保护法》第六条');
  return asksForWaiver(text) ? refuse('WAIVER_IN_TEXT', '不得以停止信访为条件。', 'Nothing is a price for dropping a petition.', '《信访工作条例》第十八条第四款') : undefined;
}
