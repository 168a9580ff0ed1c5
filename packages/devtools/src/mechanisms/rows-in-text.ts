const TAG = /·\s*rows?\s+([\d,\s–-]+)$/;
const DESCRIBED = /Catalogue rows?\s+([\d,\s–-]+)\./g;

/** The rows that a test says it exercises, at the end of its name: `… · rows 58–60, 64`. */
export const rowsOfTest = (title: string): number[] => numbersIn(TAG.exec(title)?.[1] ?? '');

/** The rows that a description of the schema says are served: `Catalogue row 96.`, `Catalogue rows 58–60, 64.` */
export const rowsOfDescription = (text: string): number[] => [...text.matchAll(DESCRIBED)].flatMap(([, list]) => numbersIn(list ?? ''));

/** A test's name without its tag. */
export const sentenceOf = (title: string): string => title.replace(TAG, '').trim();

function numbersIn(list: string): number[] {
  return list.split(',').flatMap((part) => {
    const [from = 0, to = from] = part.split(/[–-]/).map((text) => Number(text.trim()));
    return from > 0 && to >= from ? Array.from({ length: to - from + 1 }, (_, i) => from + i) : [];
  });
}
