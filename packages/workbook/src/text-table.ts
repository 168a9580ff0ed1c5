import type { WorkbookLimits } from './limits';
import { refuse } from './problem';
import { detachText, scanWholeXml, unescapeText } from './xml-scan';
import type { ZipArchive } from './zip-archive';

/** Gathers the text of rich or plain strings: `<t>` inside `start()`…`take()`, phonetic hints (`<rPh>`) left out. */
export function createTextCollector(limits: WorkbookLimits, address: () => string | undefined) {
  let text = '';
  let depth = 0;
  let phonetic = 0;
  return {
    start: () => { text = ''; depth = 0; phonetic = 0; },
    open: (name: string) => {
      if (name === 't') depth += 1;
      if (name === 'rPh') phonetic += 1;
    },
    close: (name: string) => {
      if (name === 't') depth -= 1;
      if (name === 'rPh') phonetic -= 1;
    },
    add: (more: string) => {
      if (depth > 0 && phonetic === 0) text += more;
      // an escape of 7 characters may stand for one
      if (text.length > limits.cellChars * 7) throw tooLong(limits, address());
    },
    take: () => {
      const whole = unescapeText(text);
      text = '';
      if (whole.length > limits.cellChars) throw tooLong(limits, address());
      return detachText(whole);
    },
  };
}

/** The refusal of an over-long cell. */
export function tooLong(limits: WorkbookLimits, address: string | undefined) {
  return refuse('CELL_TOO_LONG', { limit: limits.cellChars, address });
}

/** The shared string table: the one thing an .xlsx reader has to hold in memory. Throws CELL_TOO_LONG, TOO_MANY_TEXTS. */
export async function readTexts(archive: ZipArchive, part: string | undefined, limits: WorkbookLimits): Promise<readonly string[]> {
  const texts: string[] = [];
  if (part === undefined) return texts;
  const collector = createTextCollector(limits, () => undefined);
  await scanWholeXml(archive.read(part), {
    open: (name) => {
      if (name === 'si') collector.start();
      else collector.open(name);
    },
    close: (name) => {
      if (name !== 'si') return collector.close(name);
      if (texts.length >= limits.texts) throw refuse('TOO_MANY_TEXTS', { limit: limits.texts });
      texts.push(collector.take());
    },
    text: (text) => collector.add(text),
  });
  return texts;
}
