import { getFileNameLowLevel, openPromise, validateFileName, type Entry, type ZipFile } from 'yauzl';
import type { WorkbookLimits } from './limits';
import { refuse, wrapFailure } from './problem';

/** The parts of an .xlsx file, inflated on demand. All parts share one budget of really inflated bytes. */
export interface ZipArchive {
  readonly names: readonly string[];
  has(name: string): boolean;
  /** Bytes of one part. Throws MALFORMED_XLSX (absent), ENCRYPTED, UNCOMPRESSED_TOO_LARGE, MALFORMED_ZIP while read. */
  read(name: string): AsyncGenerator<Buffer>;
  close(): void;
}

/** Reads the zip directory. Throws MALFORMED_ZIP, and UNCOMPRESSED_TOO_LARGE when the directory itself admits it. */
export async function openArchive(path: string, limits: WorkbookLimits): Promise<ZipArchive> {
  const zip = await openPromise(path, { autoClose: false, decodeStrings: false }).catch((failure: unknown) => {
    throw refuse('MALFORMED_ZIP', {}, failure);
  });
  try {
    const entries = await listEntries(zip, limits);
    const budget = { left: limits.inflatedBytes, limit: limits.inflatedBytes };
    return {
      names: [...entries.keys()],
      has: (name) => entries.has(name),
      read: (name) => inflate(zip, { name, entry: entries.get(name) }, budget),
      close: () => zip.close(),
    };
  } catch (failure) {
    zip.close();
    throw wrapFailure(failure, 'MALFORMED_ZIP');
  }
}

/** Names that climb out of the archive are left out: nothing is ever looked up under them. */
async function listEntries(zip: ZipFile, limits: WorkbookLimits): Promise<Map<string, Entry>> {
  const entries = new Map<string, Entry>();
  let declared = 0;
  if (zip.entryCount > limits.zipEntries) throw refuse('MALFORMED_ZIP');
  for await (const entry of zip.eachEntry()) {
    const name = entryName(entry);
    if (name === undefined || name.endsWith('/')) continue;
    if (entries.has(name)) throw refuse('MALFORMED_ZIP');
    declared += entry.uncompressedSize;
    if (declared > limits.inflatedBytes) throw refuse('UNCOMPRESSED_TOO_LARGE', { limit: limits.inflatedBytes });
    entries.set(name, entry);
  }
  return entries;
}

function entryName(entry: Entry): string | undefined {
  const name = getFileNameLowLevel(entry.generalPurposeBitFlag, entry.fileNameRaw, entry.extraFields, false);
  return name === '' || validateFileName(name) !== null ? undefined : name;
}

interface Budget { left: number; readonly limit: number }

async function* inflate(zip: ZipFile, part: { name: string; entry: Entry | undefined }, budget: Budget): AsyncGenerator<Buffer> {
  if (part.entry === undefined) throw refuse('MALFORMED_XLSX', { detail: part.name });
  if (part.entry.isEncrypted()) throw refuse('ENCRYPTED');
  try {
    const stream = await zip.openReadStreamPromise(part.entry);
    for await (const chunk of stream as AsyncIterable<Buffer>) {
      budget.left -= chunk.length;
      if (budget.left < 0) throw refuse('UNCOMPRESSED_TOO_LARGE', { limit: budget.limit });
      yield chunk;
    }
  } catch (failure) {
    throw wrapFailure(failure, 'MALFORMED_ZIP');
  }
}
