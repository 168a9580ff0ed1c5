import type { Viewer } from '@anjie/access';
import type { Refusal } from '@anjie/contracts';

/** A refusal as its GraphQL type, in the viewer's language. */
export const refusalAnswer = <Type extends string, Code extends string>(type: Type, refusal: Refusal<Code>, viewer: Viewer) => ({
  __typename: type,
  code: refusal.code,
  message: viewer.locale === 'en' ? refusal.message.en : refusal.message.zh,
  basis: refusal.basis,
});
