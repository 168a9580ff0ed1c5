import type { DataSource } from 'typeorm';
import { isRefusal, type Refusal } from '@anjie/contracts';
import { audit, businessTime, type Row } from '@anjie/service-kit/database';
import type { Outbox } from '@anjie/service-kit/messaging';
import { changeRow, rowToChange, type Act } from '../cases/acts';
import { recountCase } from '../figures/figure-service';
import type { HearingRefusalCode } from '../generated/graphql';
import type { Kinds } from '../kinds';
import { HEARING_LIFE, type HearingAct } from '../rules/hearing-lifecycle';
import { stateAfter } from '../rules/service-life';
import type { ServiceAction } from '../rules/service-permissions';
import { hearingRows, type HearingRow } from './hearing-repository';

export type HearingNo = Refusal<HearingRefusalCode>;
export type HearingAnswer = { readonly hearingId: string } | HearingNo;

export interface HearingDeps {
  readonly db: DataSource;
  readonly outbox: Outbox;
  readonly kinds: Kinds;
}

export interface HearingPlan {
  readonly act: HearingAct;
  readonly event: string;
  readonly set: Row;
  /** What is written besides, once the row has its next version. */
  readonly after?: () => Promise<void>;
}
export interface HearingMove {
  readonly action: ServiceAction;
  readonly plan: (row: HearingRow, today: string) => Promise<HearingPlan | HearingNo> | HearingPlan | HearingNo;
}
type Moving = Act<{ readonly idempotencyKey: string; readonly hearingId: string; readonly expectedVersion: number }>;

/** One step in the life of a hearing. */
export async function moveHearing({ tx, actor, input }: Moving, { action, plan }: HearingMove): Promise<HearingAnswer> {
  const row = await rowToChange({ tx, actor }, { rows: hearingRows, id: input.hearingId, expectedVersion: input.expectedVersion, action, sides: ({ unitId }) => ({ UNIT: unitId }) });
  if (isRefusal(row)) return row;
  const { today } = await businessTime(tx);
  const planned = await plan(row, today);
  if (isRefusal(planned)) return planned;
  const to = stateAfter(HEARING_LIFE, planned.act, row.state);
  if (isRefusal(to)) return to;
  await changeRow(tx, hearingRows, { row, set: { state: to, ...planned.set } });
  await audit(tx, actor, { action: planned.event, subjectType: 'Hearing', subjectId: row.id, caseId: row.caseId, detail: { from: row.state, to } });
  await planned.after?.();
  await recountCase(tx, row.caseId);
  return { hearingId: row.id };
}
