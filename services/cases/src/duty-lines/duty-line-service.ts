import { addDays } from '@anjie/calendar';
import type { DataSource, EntityManager } from 'typeorm';
import { AppError, caseIsSealed, refuse, type PartyRole, type Refusal } from '@anjie/contracts';
import { audit, businessTime, newId, runMutation, select, type Actor } from '@anjie/service-kit/database';
import { lockCase, standingInCase } from '../cases/case-repository';
import type { Clocks } from '../clocks/clock-service';
import type { DutyLineRefusalCode, EndDutyLineInput, SetDutyLineInput } from '../generated/graphql';
import { recordEvent } from '../history/history-repository';
import { canOwe, DUTY_LINE_BASIS, isDueInRange, wordsFault } from '../rules/duty-lines';
import { isPermitted } from '../rules/permissions';
import { addDutyLine, dutyLinesByIds, hasOpenLine, lockDutyLine, saveDutyLine } from './duty-line-repository';

type No = Refusal<DutyLineRefusalCode>;
export type LineDone = { readonly dutyLineId: string };

const DAYS_AHEAD = 730;
const NO: Readonly<Record<DutyLineRefusalCode, No>> = {
  CASE_SEALED: caseIsSealed(),
  NOT_FOUND: refuse('NOT_FOUND', '不存在，或对您不可见。', 'It does not exist, or is not visible to you.'),
  NOT_PERMITTED: refuse('NOT_PERMITTED', '只有联席办、责任单位、包案领导或专班成员可以设定。', 'Only the joint office, the lead unit, the sponsor or the task force may do this.', DUTY_LINE_BASIS),
  UNIT_WITHOUT_PART: refuse('UNIT_WITHOUT_PART', '该单位不是本事项的责任、配合、协办或协作单位。', 'The unit neither leads, supports, assists nor cooperates in the case.', DUTY_LINE_BASIS),
  ALREADY_OPEN: refuse('ALREADY_OPEN', '该项责任已设定且未了结。', 'This line is open already.', DUTY_LINE_BASIS),
  ALREADY_ENDED: refuse('ALREADY_ENDED', '该项责任已了结。', 'The line has ended.'),
  TEXT_LENGTH: refuse('TEXT_LENGTH', '理由须为5至500字，落实情况须为10至1000字，不得含控制字符。', 'A reason has 5 to 500 characters, an outcome 10 to 1,000, none of them control characters.'),
  ABOUT_A_PERSON: refuse('ABOUT_A_PERSON', '责任说的是单位和事项，不得写信访人的表现，也不得以承诺为条件。', 'A duty speaks of the unit and the matter, neither of the person nor of a promise in return.', '《信访工作条例》第十八条、第二十七条'),
  DATE_OUT_OF_RANGE: refuse('DATE_OUT_OF_RANGE', '期限须在今天或以后，两年以内。', 'The day lies today or later, within two years.'),
};

interface Deps {
  readonly db: DataSource;
  readonly clocks: Clocks;
}

export function createDutyLineService(deps: Deps) {
  return {
    set: (input: SetDutyLineInput, actor: Actor) =>
      runMutation<LineDone | No>(deps.db, { actor, operation: 'setDutyLine', key: input.idempotencyKey, input, work: (tx) => set(tx, deps, { input, actor }) }),
    end: (input: EndDutyLineInput, actor: Actor) =>
      runMutation<LineDone | No>(deps.db, { actor, operation: 'endDutyLine', key: input.idempotencyKey, input, work: (tx) => end(tx, deps, { input, actor }) }),
  };
}

async function set(tx: EntityManager, { clocks }: Deps, { input, actor }: { input: SetDutyLineInput; actor: Actor }): Promise<LineDone | No> {
  const row = await lockCase(tx, actor.viewer, input.caseId);
  if (!row) return NO.NOT_FOUND;
  if (!(await mayAct(tx, actor, row.id))) return NO.NOT_PERMITTED;
  const { today } = await businessTime(tx);
  const fault = wordsFault(input.reason, { least: 5, most: 500 });
  if (fault) return NO[fault];
  if (!isDueInRange(input.dueOn, { today, latest: addDays(today, DAYS_AHEAD) })) return NO.DATE_OUT_OF_RANGE;
  const unitId = input.unitId ?? row.leadUnitId;
  if (!unitId || !canOwe(await partsOfUnit(tx, row.id, unitId))) return NO.UNIT_WITHOUT_PART;
  if (await hasOpenLine(tx, row.id, input.line)) return NO.ALREADY_OPEN;
  const id = newId();
  const clock = await clocks.start(
    tx, { code: 'DUTY_LINE', caseId: row.id, divisionCode: row.divisionCode, obligorUnitId: unitId, startOn: today, assignedOn: input.dueOn, subject: { type: 'DutyLine', id } }, actor.requestId,
  );
  await addDutyLine(tx, {
    id, case_id: row.id, active_case_id: row.id, line: input.line, unit_id: unitId, clock_id: clock?.id ?? null, due_on: input.dueOn, reason: input.reason.trim(), set_on: today, set_by: actor.viewer.subject,
    state: 'OPEN', version: 1,
  });
  const detail = { dutyLineId: id, line: input.line, unitId, dueOn: input.dueOn };
  await audit(tx, actor, { action: 'DUTY_LINE_SET', subjectType: 'DutyLine', subjectId: id, caseId: row.id, detail });
  await recordEvent(tx, actor, { caseId: row.id, action: 'DUTY_LINE_SET', ground: input.reason.trim(), basis: DUTY_LINE_BASIS, detail });
  return { dutyLineId: id };
}

async function end(tx: EntityManager, { clocks }: Deps, { input, actor }: { input: EndDutyLineInput; actor: Actor }): Promise<LineDone | No> {
  const [seen] = await dutyLinesByIds(tx, actor.viewer, [input.dutyLineId]);
  const line = seen && (await lockDutyLine(tx, seen.id));
  if (!line) return NO.NOT_FOUND;
  if (!(await mayAct(tx, actor, line.caseId))) return NO.NOT_PERMITTED;
  if (line.state !== 'OPEN') return NO.ALREADY_ENDED;
  const fault = wordsFault(input.outcome, { least: 10, most: 1_000 });
  if (fault) return NO[fault];
  const { today } = await businessTime(tx);
  const state = input.isDischarged ? 'DISCHARGED' : 'DROPPED';
  const isFirst = line.version === input.expectedVersion && (await saveDutyLine(tx, {
    id: line.id, version: input.expectedVersion, set: { active_case_id: null, state, outcome: input.outcome.trim(), ended_on: today, ended_by: actor.viewer.subject },
  }));
  if (!isFirst) throw new AppError('CONFLICT', { currentVersion: line.version });
  await clocks.end(tx, { caseId: line.caseId, codes: ['DUTY_LINE'], subjectId: line.id, state: input.isDischarged ? 'MET' : 'CANCELLED', on: today, requestId: actor.requestId });
  const detail = { dutyLineId: line.id, line: line.line, state };
  await audit(tx, actor, { action: `DUTY_LINE_${state}`, subjectType: 'DutyLine', subjectId: line.id, caseId: line.caseId, detail });
  await recordEvent(tx, actor, { caseId: line.caseId, action: `DUTY_LINE_${state}`, ground: input.outcome.trim(), basis: DUTY_LINE_BASIS, detail });
  return { dutyLineId: line.id };
}

const mayAct = async (tx: EntityManager, actor: Actor, caseId: string): Promise<boolean> => isPermitted('PLAN', await standingInCase(tx, actor.viewer, caseId));

const partsOfUnit = async (tx: EntityManager, caseId: string, unitId: string): Promise<PartyRole[]> =>
  (await select<{ role: PartyRole }>(tx, "SELECT role FROM case_parties WHERE case_id = ? AND party_kind = 'UNIT' AND party_id = ?", [caseId, unitId])).map(({ role }) => role);
