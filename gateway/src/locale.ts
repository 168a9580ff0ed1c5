import { ERROR_CODES, type ErrorCode } from '@anjie/contracts';
import type { Viewer } from '@anjie/access';

export type Locale = Viewer['locale'];

/** The first language of the header that we speak; Chinese otherwise. Weights are ignored: browsers list by preference. */
export function localeOf(acceptLanguage: string | undefined): Locale {
  const wanted = (acceptLanguage ?? '').toLowerCase().split(',').map((item) => item.trim().slice(0, 2));
  return wanted.find((language) => language === 'zh' || language === 'en') === 'en' ? 'en' : 'zh-CN';
}

export const messageOf = (code: ErrorCode, locale: Locale): string => (locale === 'en' ? ERROR_CODES[code].en : ERROR_CODES[code].zh);
