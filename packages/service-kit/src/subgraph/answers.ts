import type { Viewer } from '@anjie/access';
import { AppError, type Refusal } from '@anjie/contracts';

/** A refusal in the viewer's language, as the fields of a `<Noun>Refusal`. */
export const refusalOf = <Code extends string>(refusal: Refusal<Code>, viewer: Viewer) => ({
  code: refusal.code,
  message: viewer.locale === 'en' ? refusal.message.en : refusal.message.zh,
  basis: refusal.basis,
});

/** A row that the viewer must be able to see, because the same request just wrote or checked it. */
export function required<Row>(row: Row | null | undefined): Row {
  if (row === null || row === undefined) throw new AppError('NOT_FOUND');
  return row;
}
