import type { LocalDate } from '@anjie/calendar';
import type { EntityManager } from 'typeorm';
import { idFromName, type Actor } from '@anjie/service-kit/database';
import { knownUnits } from '@anjie/service-kit/facts';
import { officeCalendar, officeRules } from '@anjie/service-kit/runtime';
import { notifyOwn } from '../notifications/notify';
import { declareAllOwn, settleAllOwn, type OwnDuty } from '../obligations/own-obligation';
import { plannedTerms } from '../rules/assigned-date';
import { bindsUnit } from '../rules/programme-rules';
import { openEntriesOf, type ProgrammeRow } from './programme-repository';

const MEASURE_DUTY = 'PROGRAMME_MEASURE';
const dutyId = (entryId: string): string => idFromName('obligation', `${entryId}:${MEASURE_DUTY}`);

export interface Measure {
  readonly id: string;
  readonly unitId: string | null;
  readonly dueOn: LocalDate | null;
}
interface By {
  readonly actor: Actor;
  readonly today: LocalDate;
}
interface In extends By {
  readonly programme: ProgrammeRow;
}

/**
 * The units that a running programme names hear of it and owe their measure by its day. A measure whose day had passed
 * before the programme ran is told, and owed by nobody: no unit could have known in time.
 */
export async function giveMeasures(tx: EntityManager, entries: readonly Measure[], { programme, actor, today }: In): Promise<void> {
  const measures = entries.filter(bindsUnit);
  const divisions = new Map((await knownUnits(tx, measures.map(({ unitId }) => unitId))).map((unit) => [unit.id, unit.divisionCode]));
  await declareAllOwn(tx, measures.flatMap(({ id, unitId, dueOn }): OwnDuty[] => {
    const jurisdictionCode = divisions.get(unitId) ?? programme.divisionCode;
    const terms = plannedTerms({ code: MEASURE_DUTY, startOn: today, jurisdictionCode }, dueOn, { rules: officeRules(), calendar: officeCalendar() });
    const duty = { obligationId: dutyId(id), caseId: null, campaignId: programme.campaignId, dutyCode: MEASURE_DUTY, obligorUnitId: unitId, subject: { type: 'ProgrammeEntry', id }, jurisdictionCode };
    return terms ? [{ ...duty, ...terms }] : [];
  }), actor);
  await notifyOwn(tx, measures.map(({ id, unitId }) => ({ kind: 'PROGRAMME_MEASURE_GIVEN', recipient: { kind: 'UNIT', id: unitId }, caseId: null, subjectId: id, occasion: 'given' })));
}

/** All that are open when the programme begins to run. */
export const giveOpenMeasures = async (tx: EntityManager, given: In): Promise<void> => giveMeasures(tx, await openEntriesOf(tx, given.programme.id), given);

export const meetMeasure = (tx: EntityManager, entryId: string, { actor, today }: By): Promise<void> => settleAllOwn(tx, [dutyId(entryId)], { state: 'MET', metOn: today, actor });

/** The programme ended: what is left of it is owed no more. */
export const dropOpenMeasures = async (tx: EntityManager, { id }: ProgrammeRow, actor: Actor): Promise<void> =>
  settleAllOwn(tx, (await openEntriesOf(tx, id)).map((entry) => dutyId(entry.id)), { state: 'CANCELLED', metOn: null, actor });
