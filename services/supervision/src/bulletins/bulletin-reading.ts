import type { Sql } from '@anjie/service-kit/database';
import type { Kinds } from '../kinds';
import { bulletinDocument, type BulletinDocument, type BulletinHead } from '../rules/bulletin-document';
import type { BulletinFacts, Language } from '../rules/bulletin-text';
import { cellKey } from '../rules/report-rows';
import { cellsOf, linesOf, notesOf, type BulletinRow, type NoteRow } from './bulletin-repository';

export interface BulletinReading {
  readonly facts: BulletinFacts;
  readonly notes: readonly NoteRow[];
}

/** The whole bulletin from its rows. `isPublic`: as who does not see the cases reads it. */
export async function readBulletin(sql: Sql, row: BulletinRow, { kinds, isPublic }: { kinds: Kinds; isPublic: boolean }): Promise<BulletinReading> {
  const [rows, stored, notes] = [await linesOf(sql, [row.id]), await cellsOf(sql, [row.id]), await notesOf(sql, [row.id])];
  const hidden = isPublic ? stored.filter((cell) => Number(cell.isHidden) === 1) : [];
  return {
    notes,
    facts: {
      kind: kinds.bulletins.of(row.kindCode), period: { from: row.from, to: row.to }, asOf: row.asOf, rows,
      cells: new Map(stored.map((cell) => [cellKey(cell.ordinal, cell.figure), cell])), hidden: new Set(hidden.map((cell) => cellKey(cell.ordinal, cell.figure))),
    },
  };
}

export const documentFrom = ({ facts, notes }: BulletinReading, head: BulletinHead, language: Language): BulletinDocument => bulletinDocument(facts, { head, notes, language });
