import { crc32 } from 'node:zlib';

const u16 = (n: number): Buffer => Buffer.from([n & 255, (n >> 8) & 255]);
const u32 = (n: number): Buffer => Buffer.concat([u16(n & 0xffff), u16((n >>> 16) & 0xffff)]);

export interface ZipPart {
  readonly name: string;
  readonly content: string | Buffer;
  /** What the directory claims that it unpacks to, when that is a lie. */
  readonly claimed?: number;
  /** Unix mode in the directory; a symlink is 0o120777. */
  readonly mode?: number;
}

/** A zip archive of stored parts, with names and sizes that no honest tool would write. */
export function tinyZip(parts: readonly ZipPart[]): Buffer {
  const [bodies, directory] = [[] as Buffer[], [] as Buffer[]];
  let offset = 0;
  for (const { name, content, claimed, mode = 0o100644 } of parts) {
    const [bytes, label] = [Buffer.from(content), Buffer.from(name)];
    const facts = Buffer.concat([u32(crc32(bytes)), u32(bytes.length), u32(claimed ?? bytes.length), u16(label.length), u16(0)]);
    const body = Buffer.concat([u32(0x04034b50), u16(20), u16(0x800), u16(0), u32(0), facts, label, bytes]);
    directory.push(Buffer.concat([u32(0x02014b50), u16(0x314), u16(20), u16(0x800), u16(0), u32(0), facts, u16(0), u16(0), u16(0), u32(mode * 65_536), u32(offset), label]));
    bodies.push(body);
    offset += body.length;
  }
  const entries = Buffer.concat(directory);
  return Buffer.concat([...bodies, entries, u32(0x06054b50), u32(0), u16(parts.length), u16(parts.length), u32(entries.length), u32(offset), u16(0)]);
}

const WORD = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml';
/** A Word document with these parts beside its own. */
export const docx = (...more: readonly ZipPart[]): Buffer => tinyZip([
  { name: '[Content_Types].xml', content: `<?xml version="1.0"?><Types><Override PartName="/word/document.xml" ContentType="${WORD}"/></Types>` }, { name: 'word/document.xml', content: '<w:document/>' }, ...more,
]);
