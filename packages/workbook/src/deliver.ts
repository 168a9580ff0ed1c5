import { createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { BufferTarget, FileTarget } from './book';

/** Writes the bytes to the target; a failed write leaves no file behind. Rejects with the stream's error. */
export async function deliver(bytes: Readable, target: FileTarget | BufferTarget): Promise<Buffer | undefined> {
  if ('buffer' in target) {
    const chunks: Buffer[] = [];
    for await (const chunk of bytes as AsyncIterable<Buffer>) chunks.push(Buffer.from(chunk));
    return Buffer.concat(chunks);
  }
  const draft = `${target.path}.part`;
  try {
    await pipeline(bytes, createWriteStream(draft));
    await rename(draft, target.path);
    return undefined;
  } catch (failure) {
    await rm(draft, { force: true });
    throw failure;
  }
}

/** Joins small texts into buffers of about 32 KiB. */
export async function* inBatches(texts: AsyncIterable<string>): AsyncGenerator<Buffer> {
  let batch = '';
  for await (const text of texts) {
    batch += text;
    if (batch.length < 32_768) continue;
    yield Buffer.from(batch);
    batch = '';
  }
  if (batch !== '') yield Buffer.from(batch);
}
