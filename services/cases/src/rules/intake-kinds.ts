import type { PetitionChannel, PetitionForm, PetitionPurpose, StatedPurpose } from '../generated/graphql';

interface Kind<Value extends string, Whole extends string> {
  readonly value: Value;
  readonly zh: string;
  readonly of: Whole;
  readonly aliases?: readonly string[];
}

/** 信访形式 of the exchange record (brief §4.3), each a kind of a channel of 《信访工作条例》第十七条. */
export const FORMS: readonly Kind<PetitionForm, PetitionChannel>[] = [
  { value: 'LETTER', zh: '来信', of: 'LETTER' }, { value: 'VISIT', zh: '来访', of: 'VISIT', aliases: ['走访'] }, { value: 'ONLINE', zh: '网上信访', of: 'ONLINE', aliases: ['网信'] },
  { value: 'MOBILE', zh: '手机信访', of: 'ONLINE' }, { value: 'WECHAT', zh: '微信信访', of: 'ONLINE' }, { value: 'ONLINE_SUGGESTION', zh: '网上建议', of: 'ONLINE' },
  { value: 'PHONE', zh: '电话信访', of: 'PHONE', aliases: ['来电', '电话'] }, { value: 'LEADER_MAILBOX', zh: '领导信箱', of: 'LEADER_MAILBOX' },
];

/** 信访目的 (brief §4.3), each a kind of a statutory class of the articles 29 to 31. */
export const STATED_PURPOSES: readonly Kind<StatedPurpose, PetitionPurpose>[] = [
  { value: 'SETTLEMENT', zh: '求决', of: 'CLAIM', aliases: ['申诉求决'] }, { value: 'APPEAL', zh: '申诉', of: 'CLAIM' },
  { value: 'SUGGESTION', zh: '意见建议', of: 'SUGGESTION', aliases: ['建议', '建议意见'] },
  { value: 'ACCUSATION', zh: '揭发控告', of: 'ACCUSATION', aliases: ['检举控告', '举报', '控告', '检举'] },
  { value: 'CONSULTATION', zh: '咨询', of: 'OTHER' }, { value: 'OTHER', zh: '其他', of: 'OTHER', aliases: ['其它'] },
];

const named = <Value extends string, Whole extends string>(kinds: readonly Kind<Value, Whole>[], text: string | null): Kind<Value, Whole> | undefined => {
  const name = (text ?? '').normalize('NFKC').trim();
  return kinds.find((kind) => kind.zh === name || (kind.aliases ?? []).includes(name));
};
export const formNamed = (text: string | null) => named(FORMS, text);
export const purposeNamed = (text: string | null) => named(STATED_PURPOSES, text);

/** A form left out, or one of the given channel. */
export const isFormOf = (form: string | null | undefined, channel: string): boolean => !form || FORMS.some((one) => one.value === form && one.of === channel);
export const isPurposeOf = (stated: string | null | undefined, purpose: string): boolean => !stated || STATED_PURPOSES.some((one) => one.value === stated && one.of === purpose);
