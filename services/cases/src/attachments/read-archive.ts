import { fromBufferPromise, type Entry, type ZipFile } from 'yauzl';
import type { ArchiveFacts } from '../rules/file-types';

const CONTENT_TYPES = '[Content_Types].xml';
/** More of it than this is no content type of an office document. */
const CONTENT_TYPES_BYTES = 1024 * 1024;
/** The rule refuses far fewer; the directory of a hostile file need not be read to its end. */
const MOST_PARTS = 5_000;

/** What a zip archive says about itself, read from its directory; only the list of content types is unpacked. */
export async function readArchive(content: Buffer): Promise<ArchiveFacts | 'DAMAGED'> {
  try {
    const zip = await fromBufferPromise(content, { strictFileNames: false });
    return await factsOf(zip);
  } catch {
    return 'DAMAGED';
  }
}

async function factsOf(zip: ZipFile): Promise<ArchiveFacts> {
  const entries: Entry[] = [];
  for await (const entry of zip.eachEntry()) {
    entries.push(entry);
    if (entries.length > MOST_PARTS) break;
  }
  const types = entries.find((entry) => entry.fileName === CONTENT_TYPES);
  const sum = (size: (entry: Entry) => number): number => entries.reduce((total, entry) => total + size(entry), 0);
  const isEncrypted = entries.some((entry) => entry.isEncrypted());
  return {
    names: entries.map((entry) => entry.fileName),
    packedBytes: sum((entry) => entry.compressedSize),
    unpackedBytes: sum((entry) => entry.uncompressedSize),
    isEncrypted,
    contentTypes: types && !isEncrypted && types.uncompressedSize <= CONTENT_TYPES_BYTES ? await readText(zip, types) : '',
  };
}

async function readText(zip: ZipFile, entry: Entry): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of await zip.openReadStreamPromise(entry)) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}
