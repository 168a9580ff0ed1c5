import type { EntityManager } from 'typeorm';
import { businessTime } from '@anjie/service-kit/database';
import { ImportFailure, type ImportRun } from '@anjie/service-kit/imports';
import type { Outbox } from '@anjie/service-kit/messaging';
import { holdDirectory, isPutRefusal, type DirectoryChange, type PutAnswer } from '../directory/directory-change';

/** A cell's text without blanks around it; null when nothing is left. */
export const cellText = (text: string | null): string | null => text?.trim() || null;

interface Chunk {
  readonly tx: EntityManager;
  readonly run: ImportRun;
  readonly outbox: Outbox;
}
type Put<Row> = (change: DirectoryChange, rows: readonly Row[]) => Promise<PutAnswer>;

/** Writes a chunk through one of the directory's put functions. @throws ImportFailure with the words of its refusal */
export async function putChunk<Row>({ tx, run, outbox }: Chunk, put: Put<Row>, rows: readonly Row[]): Promise<void> {
  await holdDirectory(tx);
  const { today } = await businessTime(tx);
  const answer = await put({ tx, outbox, actor: run.actor, today }, rows);
  if (isPutRefusal(answer)) throw new ImportFailure(answer.code, answer.message);
}
