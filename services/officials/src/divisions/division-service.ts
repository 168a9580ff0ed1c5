import { DivisionChanged, refuse } from '@anjie/contracts';
import { idFromName } from '@anjie/service-kit/database';
import { rowRefusal, sortedByState, type DirectoryChange, type PutAnswer } from '../directory/directory-change';
import { divisionProblem, type DivisionRowIn } from '../rules/directory';
import { saveDivisions, storedDivisions, type StoredDivision } from './division-repository';

/** Creates or changes divisions by code in the caller's transaction; only those that differ get a new version and are announced. */
export async function putDivisions(change: DirectoryChange, rows: readonly DivisionRowIn[]): Promise<PutAnswer> {
  const refusal = rowRefusal(rows, { keyOf: (row) => row.code, problemOf: divisionProblem });
  if (refusal) return refusal;
  const parents = rows.flatMap((row) => row.parentCode ?? []);
  const known = new Map((await storedDivisions(change.tx, [...rows.map((row) => row.code), ...parents])).map((row) => [row.code, row]));
  const coming = new Set(rows.map((row) => row.code));
  const orphan = rows.find((row) => row.parentCode != null && !coming.has(row.parentCode) && !known.has(row.parentCode));
  if (orphan) return refuse('REFERENCE_UNKNOWN', `行政区划 ${orphan.code}：上级代码不存在。`, `Division ${orphan.code}: its parent is not known.`);
  const sorted = sortedByState(rows.map((row) => [asStored(row, known.get(row.code)), known.get(row.code)] as const));
  await saveDivisions(change.tx, sorted.created, sorted.changed);
  await announceDivisions(change, [...sorted.created, ...sorted.changed]);
  return sorted.counts;
}

const asStored = (row: DivisionRowIn, known: StoredDivision | undefined): StoredDivision => ({
  code: row.code, name: row.name, parentCode: row.parentCode ?? null, validTo: row.validTo ?? null, version: (known?.version ?? 0) + 1,
});

const announceDivisions = ({ tx, outbox, actor }: DirectoryChange, divisions: readonly StoredDivision[]): Promise<void> =>
  outbox.announceAll(tx, DivisionChanged, divisions.map((d) => ({
    aggregateId: idFromName('division', d.code), version: d.version, requestId: actor.requestId,
    payload: { code: d.code, name: d.name, parentCode: d.parentCode, validTo: d.validTo },
  })));
