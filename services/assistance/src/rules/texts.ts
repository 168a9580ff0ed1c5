import { AppError, refuse, type Refusal } from '@anjie/contracts';

export interface TextLimit {
  readonly field: string;
  readonly max: number;
  readonly basis?: string;
}

/** A text that must say something. @throws AppError BAD_USER_INPUT when it is longer than `max` characters */
export function requiredText(text: string, limit: TextLimit): string | Refusal<'TEXT_MISSING'> {
  const said = optionalText(text, limit);
  return said ?? refuse('TEXT_MISSING', '须填写说明文字。', `${limit.field} must say something.`, limit.basis ?? null);
}

/** The trimmed text; null when there is none. @throws AppError BAD_USER_INPUT when it is longer than `max` characters */
export function optionalText(text: string | null | undefined, { field, max }: TextLimit): string | null {
  const said = text?.trim() ?? '';
  if ([...said].length > max) throw new AppError('BAD_USER_INPUT', { field, rule: `at most ${max} characters` });
  return said === '' ? null : said;
}
