import type { Refusal } from '@anjie/contracts';
import type { Context } from '../context';

/** A refusal's words in the viewer's language; the other fields are the refusal's own. */
export const refusalFields = {
  message: ({ message }: Refusal, _args: unknown, { viewer }: Context): string => (viewer.locale === 'en' ? message.en : message.zh),
};
