import DataLoader from 'dataloader';
import { auditAll, type Actor, type Sql } from '@anjie/service-kit/database';
import type { IdentityVault } from '../petitioners/identity-vault';

/** Sealed words that a query shows to whoever sees the case, by their column. What names people is shown by mutations with a reason. */
const TEXTS = {
  'petitions.content_sealed': { subjectType: 'Petition', text: 'CONTENT' },
  'opinions.facts_sealed': { subjectType: 'Opinion', text: 'FACTS' },
  'claim_responses.answer_sealed': { subjectType: 'Opinion', text: 'ANSWERS' },
  'matter_ratings.comment_sealed': { subjectType: 'Rating', text: 'COMMENT' },
} as const;

/** A sealed text of a case that the caller has already checked to be visible. */
export interface SealedText {
  readonly column: keyof typeof TEXTS;
  readonly rowId: string;
  readonly caseId: string;
  /** What is read in the reader's eyes: the opinion, of an answer in it. */
  readonly subjectId: string;
  readonly sealed: Buffer | null;
}

interface Reading {
  readonly sql: Sql;
  readonly vault: IdentityVault;
  readonly actor: Actor;
}

/** Opens sealed texts for one request, after the entries of the readings are written, one for each thing read: no audit, no sight. */
export function textLoader({ sql, vault, actor }: Reading): DataLoader<SealedText, string | null, string> {
  return new DataLoader(async (texts) => {
    const read = new Map(texts.filter(({ sealed }) => sealed !== null).map((one) => [`${TEXTS[one.column].text} ${one.subjectId}`, one]));
    await auditAll(sql, [...read.values()].map(({ column, subjectId, caseId }) => {
      const { subjectType, text } = TEXTS[column];
      return { actor, note: { action: 'TEXT_READ', subjectType, subjectId, caseId, detail: { text } } };
    }));
    return texts.map(({ sealed, column, rowId }) => opened(() => vault.open(sealed, { column, rowId })));
  }, { cacheKeyFn: ({ column, rowId }) => `${column} ${rowId}` });
}

/** One text that was tampered with takes no other along. */
function opened(open: () => string | null): string | null | Error {
  try {
    return open();
  } catch (error) {
    return error instanceof Error ? error : new Error('a sealed text cannot be opened', { cause: error });
  }
}
