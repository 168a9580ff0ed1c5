import { setTimeout as wait } from 'node:timers/promises';
import type { GraphClient } from '../graph-client';
import type { UnitMark } from '../units';
import { createActs, type Part } from './acts';
import { unitOf } from './world';

const OFFICE = 'district-office';
/** The worker opens lists every ten seconds. */
const PATIENCE_MS = 30_000;
const LOOK_MS = 500;

interface Asked {
  readonly kind: string;
  readonly startsOn: string;
  readonly marks: readonly UnitMark[];
}

/** 日清周结月检 and 五个“必须”: who is asked for what, from which day on. */
const ASKED: readonly Asked[] = [
  { kind: 'DAILY_CLEAR', startsOn: '2022-09-26', marks: ['JDT'] },
  { kind: 'WEEKLY_SETTLE', startsOn: '2022-09-19', marks: ['ZJJ', 'RSJ', 'ZRJ', 'MZJ'] },
  { kind: 'MONTHLY_INSPECT', startsOn: '2022-08-01', marks: ['ZJJ', 'RSJ'] },
  { kind: 'FIVE_MUSTS', startsOn: '2022-07-01', marks: ['ZJJ', 'MZJ'] },
];

/** Early in a load, so that the lists are open when it comes to filling them in. */
export async function askForChecklists(client: GraphClient, campaignId: string): Promise<void> {
  for (const { kind, startsOn, marks } of ASKED) {
    await client.change(OFFICE, {
      field: 'assignChecklist', inputType: 'AssignChecklistInput', refusalType: 'ChecklistRefusal', payload: 'AssignChecklistPayload { changedCount }', about: `asking for ${kind}`,
      input: { kind, startsOn, campaignId, unitIds: marks.map((mark) => unitOf(mark)) },
    });
  }
}

interface Filled {
  readonly kind: string;
  readonly mark: UnitMark;
  /** First day of the period. */
  readonly from: string;
  readonly who: string;
  readonly answers: readonly Part[];
}
const count = (item: string, amount: number): Part => ({ item, count: amount });
const yes = (item: string, isSo = true): Part => ({ item, yes: isSo });
const text = (item: string, words: string): Part => ({ item, text: words });

/** What came back; the natural resources bureau sent nothing for its week. */
const FILLED: readonly Filled[] = [
  { kind: 'DAILY_CLEAR', mark: 'JDT', from: '2022-09-26', who: 'reception-hall', answers: [count('RECEIVED', 6), yes('REGISTERED'), count('ANSWERED_AT_ONCE', 2), text('LEFT_OVER', '四件已转责任单位，均在时限内。')] },
  { kind: 'WEEKLY_SETTLE', mark: 'ZJJ', from: '2022-09-19', who: 'housing-portal', answers: [count('DUE_THIS_WEEK', 4), count('SETTLED', 3), yes('TOLD_PROGRESS'), text('OBSTACLES', '一件待测绘成果，预计下周答复。')] },
  { kind: 'WEEKLY_SETTLE', mark: 'RSJ', from: '2022-09-19', who: 'labour-portal', answers: [count('DUE_THIS_WEEK', 2), count('SETTLED', 2), yes('TOLD_PROGRESS')] },
  { kind: 'WEEKLY_SETTLE', mark: 'MZJ', from: '2022-09-19', who: 'civil-affairs-portal', answers: [count('DUE_THIS_WEEK', 0), count('SETTLED', 0), yes('TOLD_PROGRESS')] },
  {
    kind: 'MONTHLY_INSPECT', mark: 'ZJJ', from: '2022-08-01', who: 'housing-portal',
    answers: [count('FILES_CHECKED', 12), count('FILES_AT_FAULT', 2), yes('FAULTS_MENDED'), yes('FIRST_HANDLER_HELD'), text('FINDINGS', '两件缺送达回证，均已补齐。')],
  },
];

interface Sheet {
  readonly id: string;
  readonly version: number;
  readonly state: string;
  readonly from: string;
  readonly kind: { readonly code: string };
  readonly unit: { readonly id: string };
}

const SHEETS = '{ checklists(first: 100, filter: { divisionCode: "640104" }) { nodes { id version state from kind { code } unit { id } } } }';

/** The lists to fill in, once all of them are open. */
async function openSheets(client: GraphClient): Promise<{ one: Filled; sheet: Sheet }[]> {
  const end = Date.now() + PATIENCE_MS;
  for (;;) {
    const { checklists } = await client.ask<{ checklists: { nodes: Sheet[] } }>(OFFICE, SHEETS);
    const open = FILLED.flatMap((one) =>
      checklists.nodes.filter(({ kind, unit, from }) => kind.code === one.kind && unit.id === unitOf(one.mark) && from === one.from).map((sheet) => ({ one, sheet })));
    if (open.length === FILLED.length) return open;
    if (Date.now() > end) throw new Error(`the checklists of the demo are not open after ${PATIENCE_MS / 1000} s; is the worker of supervision running?`);
    await wait(LOOK_MS);
  }
}

/** What was filled in before stays as it is. */
export async function fillChecklists(client: GraphClient): Promise<void> {
  const acts = createActs(client);
  for (const { one, sheet } of await openSheets(client)) {
    if (sheet.state !== 'FILLED') await acts.resume('Checklist', sheet).next(one.who, 'fillChecklist', { answers: one.answers });
  }
}
