/** Article numbers: Chinese numerals to `Art. 23 ¶3`. */

const digits = '零一二三四五六七八九';

/** `二百零一` → 201; below 1000, the numerals of article numbers. */
function numberOf(numerals: string): number {
  let total = 0;
  let digit = 0;
  for (const numeral of numerals) {
    const unit = numeral === '百' ? 100 : numeral === '十' ? 10 : 0;
    if (unit > 0) total += (digit || 1) * unit;
    digit = unit > 0 ? 0 : digits.indexOf(numeral);
  }
  return total + digit;
}

/** `《信访工作条例》第二十三条第三款` → `《信访工作条例》 Art. 23 ¶3`, `第三十一条第六项` → `Art. 31(6)`; text without an article comes back unchanged. */
export function articleInEnglish(basis: string): string {
  return basis
    .replace(/第([零一二三四五六七八九十百]+)条(?:第([零一二三四五六七八九十百]+)款)?(?:第([零一二三四五六七八九十百]+)项)?/g, (_, ...[article, paragraph, item]: (string | undefined)[]) =>
      ` Art. ${numberOf(article ?? '')}${paragraph ? ` ¶${numberOf(paragraph)}` : ''}${item ? `(${numberOf(item)})` : ''}`)
    .replace('（类推适用）', ' (by analogy)');
}
