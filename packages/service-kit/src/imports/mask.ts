import type { Sensitivity } from './definition';

/** What may be handed back of a sensitive cell: 张*, 640***********123X, 138****1234; short or odd contents show less. */
export function maskCell(text: string, sensitivity: Sensitivity | undefined): string {
  if (sensitivity === undefined || text === '') return text;
  const marks = [...text];
  if (sensitivity === 'NAME') return `${marks[0] ?? ''}*`;
  if (sensitivity === 'ADDRESS') return marks.length > 12 ? `${marks.slice(0, 6).join('')}******` : `${marks[0] ?? ''}******`;
  return marks.length < 11 ? `${marks[0] ?? ''}${'*'.repeat(marks.length)}` : `${marks.slice(0, 3).join('')}${'*'.repeat(marks.length - 7)}${marks.slice(-4).join('')}`;
}

/** A cell that came back masked and was sent again as if it were data. */
export const isMasked = (text: string): boolean => /[*＊]/.test(text);
