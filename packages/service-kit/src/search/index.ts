/**
 * Chinese text search on a stock MariaDB, whose FULLTEXT has no ngram parser and drops words under three letters:
 * every character and every pair of neighbours becomes an ASCII token of four letters or more.
 */
const CJK = /[\p{Script=Han}]/u;
/** A run of Chinese, or a run of anything else that is written: 5G基站 is two words. */
const WORD = /\p{Script=Han}+|(?:(?!\p{Script=Han})[\p{L}\p{N}])+/gu;
const MAX_TOKENS = 4_000;

const code = (char: string): string => `u${(char.codePointAt(0) ?? 0).toString(16)}`;

/** Tokens of a text in order, for the `search_grams` column. */
export function searchGrams(text: string): string {
  const tokens: string[] = [];
  for (const [run] of text.normalize('NFKC').toLowerCase().matchAll(WORD)) {
    if (!CJK.test(run)) tokens.push(`w${run.slice(0, 60)}w`);
    else tokens.push(...hanTokens(run));
    if (tokens.length >= MAX_TOKENS) break;
  }
  return tokens.slice(0, MAX_TOKENS).join(' ');
}

function hanTokens(run: string): string[] {
  const chars = [...run];
  return chars.flatMap((char, i) => {
    const next = chars[i + 1];
    return next === undefined ? [code(char)] : [code(char), code(char) + code(next)];
  });
}

/**
 * BOOLEAN MODE expression that finds texts holding every word of the query, words in any order.
 * Empty when the query has nothing to search for; the caller then answers no row, never every row.
 */
export function searchExpression(query: string): string {
  const words = [...query.normalize('NFKC').toLowerCase().matchAll(WORD)].map(([run]) => run);
  return words
    .slice(0, 10)
    .flatMap((run) => {
      if (!CJK.test(run)) return [`+w${run.slice(0, 60)}w`];
      const chars = [...run].slice(0, 30);
      if (chars.length === 1) return [`+${code(chars[0] ?? '')}`];
      return chars.slice(0, -1).map((char, i) => `+${code(char)}${code(chars[i + 1] ?? '')}`);
    })
    .join(' ');
}
