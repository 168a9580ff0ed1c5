import type { DataSource } from 'typeorm';
import { refuse } from '@anjie/contracts';
import { audit, businessTime, runMutation, type Actor } from '@anjie/service-kit/database';
import type { Outbox } from '@anjie/service-kit/messaging';
import { putDivisions } from '../divisions/division-service';
import type { DutyService } from '../duties/duty-service';
import { noteLostSponsors } from '../hand-overs/hand-over-moves';
import { putOfficials } from '../officials/official-service';
import type { DivisionRowIn, OfficialRowIn, UnitRowIn } from '../rules/directory';
import { mayDo } from '../rules/permissions';
import { putUnits } from '../units/unit-service';
import { holdDirectory, isPutRefusal, type DirectoryChange, type PutAnswer } from './directory-change';

export interface PutInput<Row> {
  readonly idempotencyKey: string;
  readonly rows: readonly Row[];
}
export const MAX_ROWS = 500;

type Put<Row> = (change: DirectoryChange, rows: readonly Row[]) => Promise<PutAnswer>;

/** Bulk administration of the directory: each call is one transaction, all rows or none. */
export function createDirectoryService({ db, outbox, duties }: { readonly db: DataSource; readonly outbox: Outbox; readonly duties: DutyService }) {
  const put = <Row>(operation: string, write: Put<Row>) => async (actor: Actor, input: PutInput<Row>): Promise<PutAnswer> => {
    if (!mayDo(actor.viewer, 'KEEP_DIRECTORY')) return refuse('NOT_PERMITTED', '仅系统管理员可维护名录。', 'Only an administrator keeps the directory.');
    if (input.rows.length < 1 || input.rows.length > MAX_ROWS) return refuse('TOO_MANY_ROWS', `每次 1–${MAX_ROWS} 行。`, `Send 1–${MAX_ROWS} rows at a time.`);
    return runMutation<PutAnswer>(db, {
      actor, operation, key: input.idempotencyKey, input,
      work: async (tx) => {
        await holdDirectory(tx);
        const { today } = await businessTime(tx);
        const answer = await write({ tx, outbox, actor, today }, input.rows);
        if (!isPutRefusal(answer)) await audit(tx, actor, { action: operation, subjectType: 'Directory', subjectId: operation, detail: { ...answer } });
        return answer;
      },
    });
  };
  return {
    putDivisions: put<DivisionRowIn>('putDivisions', putDivisions),
    putUnits: put<UnitRowIn>('putUnits', putUnits),
    putOfficials: put<OfficialRowIn>('putOfficials', async (change, rows) => {
      const answer = await putOfficials(change, rows);
      // whoever moved post hands sponsored cases over; posts that end on a later day are found by the sweep
      if (!isPutRefusal(answer) && answer.changed > 0) await noteLostSponsors(change.tx, { duties, today: change.today, requestId: change.actor.requestId });
      return answer;
    }),
  };
}
export type DirectoryService = ReturnType<typeof createDirectoryService>;
