import { SaxesParser } from 'saxes';
import { refuse, wrapFailure } from './problem';

export interface XmlHandlers {
  /** `name` comes without its namespace prefix */
  open?(name: string, attributes: Readonly<Record<string, string>>): void;
  close?(name: string): void;
  text?(text: string): void;
}

/** Longest stretch without any tag: a full cell whose every character is escaped. Stops texts that never end. */
const longestStretch = 1024 * 1024;

/**
 * Feeds one XML part to `handlers` and yields after every chunk, so that the caller sets the pace.
 * Throws XML_DOCTYPE_REFUSED (no DTD, hence no entities beyond the five of XML) and MALFORMED_XLSX.
 */
export async function* scanXml(part: AsyncIterable<Buffer>, handlers: XmlHandlers): AsyncGenerator<void> {
  let stretch = 0;
  const parser = createParser(handlers, () => { stretch = 0; });
  const decoder = new TextDecoder('utf-8', { fatal: true });
  const feed = (text: string) => {
    stretch += text.length;
    parser.write(text);
    if (stretch > longestStretch) throw refuse('MALFORMED_XLSX', { detail: 'XML' });
  };
  try {
    for await (const chunk of part) {
      feed(decoder.decode(chunk, { stream: true }));
      yield;
    }
    feed(decoder.decode());
    parser.close();
  } catch (failure) {
    throw wrapFailure(failure, 'MALFORMED_XLSX', { detail: 'XML' });
  }
}

function createParser(handlers: XmlHandlers, onTag: () => void): SaxesParser {
  const parser = new SaxesParser();
  parser.on('doctype', () => { throw refuse('XML_DOCTYPE_REFUSED'); });
  parser.on('opentag', (tag) => {
    onTag();
    handlers.open?.(localName(tag.name), tag.attributes as Record<string, string>);
  });
  parser.on('closetag', (tag) => {
    onTag();
    handlers.close?.(localName(tag.name));
  });
  parser.on('text', (text) => handlers.text?.(text));
  parser.on('cdata', (text) => handlers.text?.(text));
  return parser;
}

/** Reads a small part to its end. */
export async function scanWholeXml(part: AsyncIterable<Buffer>, handlers: XmlHandlers): Promise<void> {
  for await (const _pause of scanXml(part, handlers)) continue;
}

function localName(name: string): string {
  const colon = name.indexOf(':');
  return colon < 0 ? name : name.slice(colon + 1);
}

/** Undoes Excel's `_x000D_` escapes. */
export function unescapeText(text: string): string {
  if (!text.includes('_x')) return text;
  return text.replace(/_x([0-9A-Fa-f]{4})_/g, (_whole, code: string) => String.fromCharCode(Number.parseInt(code, 16)));
}

/** A copy that does not keep the chunk it was cut from alive (V8 slices share their parent's memory). */
export function detachText(text: string): string {
  return text.length < 13 ? text : Buffer.from(text, 'utf16le').toString('utf16le');
}
