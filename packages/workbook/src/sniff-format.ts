import { open, stat } from 'node:fs/promises';
import type { WorkbookLimits } from './limits';
import { refuse, wrapFailure } from './problem';

const oleMagic = Buffer.from('d0cf11e0a1b11ae1', 'hex');
const encryptedStream = Buffer.from('EncryptedPackage', 'utf16le');
const otherTexts = /^\s*(?:<(?:\?xml|!doctype|html|table|workbook)\b|%PDF-|\{\\rtf)/i;

/**
 * Decides by the leading bytes, never by the name. Throws FILE_NOT_FOUND, FILE_TOO_LARGE, LEGACY_XLS, ENCRYPTED
 * and UNSUPPORTED_FORMAT (web pages and PDFs that were renamed to .xls or .csv).
 */
export async function sniffFormat(path: string, limits: WorkbookLimits): Promise<'xlsx' | 'csv'> {
  try {
    const facts = await stat(path);
    if (!facts.isFile()) throw refuse('FILE_NOT_FOUND');
    if (facts.size > limits.fileBytes) throw refuse('FILE_TOO_LARGE', { limit: limits.fileBytes });
    const head = await readHead(path, 512);
    if (head.subarray(0, 4).equals(Buffer.from('PK\x03\x04')) || head.subarray(0, 4).equals(Buffer.from('PK\x05\x06'))) return 'xlsx';
    if (head.subarray(0, 4).equals(oleMagic.subarray(0, 4))) throw refuse(await oleReason(path, facts.size));
    if (otherTexts.test(head.toString('latin1').replace(/^\xEF\xBB\xBF/, ''))) throw refuse('UNSUPPORTED_FORMAT');
    return 'csv';
  } catch (failure) {
    throw wrapFailure(failure, 'FILE_NOT_FOUND');
  }
}

/** A password-protected .xlsx hides in the same container as .xls; only its stream name tells them apart. */
async function oleReason(path: string, size: number): Promise<'ENCRYPTED' | 'LEGACY_XLS'> {
  return (await readHead(path, size)).includes(encryptedStream) ? 'ENCRYPTED' : 'LEGACY_XLS';
}

async function readHead(path: string, length: number): Promise<Buffer> {
  const file = await open(path, 'r');
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}
