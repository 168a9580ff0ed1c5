import { createHash } from 'node:crypto';
import type { EntityManager } from 'typeorm';
import { AppError, DIVISION_CODE, divisionPrefix } from '@anjie/contracts';
import { audit, businessTime, canonicalJson, insertRows, isDuplicate, isId, newId, runMutation, updateVersion, type Actor, type Row } from '@anjie/service-kit/database';
import { knownUnit } from '@anjie/service-kit/facts';
import type { Notice } from '@anjie/service-kit/messaging';
import { chunksOf } from '@anjie/service-kit/runtime';
import type { AddBulletinNoteInput, DraftBulletinInput, ExportBulletinInput, PublishBulletinInput, WithdrawBulletinInput } from '../generated/graphql';
import type { Kinds } from '../kinds';
import { unitsToldOf } from '../notifications/notification-repository';
import { notifyOwn } from '../notifications/notify';
import { countReport } from '../reports/count-report';
import { bulletinRefusals, isFitText, mayIssueBulletins, mayMoveBulletin, STATE_AFTER, type BulletinAct, type BulletinRefusal } from '../rules/bulletin-lifecycle';
import { unitsTold } from '../rules/bulletin-text';
import { isOfDivisionOrAbove } from '../rules/close-reviewers';
import { periodOf } from '../rules/report-periods';
import { linesAround } from '../rules/report-rows';
import { hiddenCells } from '../rules/small-cells';
import type { BulletinKind } from './bulletin-kind';
import { documentFrom, readBulletin } from './bulletin-reading';
import { isLiveKey, nextNumber, putContent, visibleBulletins, type BulletinContent, type BulletinRow } from './bulletin-repository';
import { exportBulletin, type BulletinDeps, type ExportAnswer } from './export-bulletin';

export type BulletinAnswer = { readonly bulletinId: string } | BulletinRefusal;

/** Bulletins: counted and worded from the data, added to by a person, published once. */
export function createBulletinService(deps: BulletinDeps) {
  const mutation =
    <Input extends { idempotencyKey: string }>(operation: string, work: (tx: EntityManager, input: Input, actor: Actor) => Promise<BulletinAnswer>) =>
    (input: Input, actor: Actor): Promise<BulletinAnswer> =>
      runMutation<BulletinAnswer>(deps.db, { actor, operation, key: input.idempotencyKey, input, work: (tx) => work(tx, input, actor) });
  return {
    draft: mutation('draftBulletin', (tx, input: DraftBulletinInput, actor) => draft(tx, { input, actor, kinds: deps.kinds })),
    addNote: mutation('addBulletinNote', (tx, input: AddBulletinNoteInput, actor) => addNote(tx, { input, actor, kinds: deps.kinds })),
    publish: mutation('publishBulletin', (tx, input: PublishBulletinInput, actor) => publish(tx, { input, actor, kinds: deps.kinds })),
    withdraw: mutation('withdrawBulletin', withdraw),
    export: (input: ExportBulletinInput, actor: Actor): Promise<ExportAnswer> => exportBulletin(deps, input, actor),
  };
}
export type BulletinService = ReturnType<typeof createBulletinService>;

interface Asked<Input> {
  readonly input: Input;
  readonly actor: Actor;
  readonly kinds: Kinds;
}

async function draft(tx: EntityManager, { input, actor, kinds }: Asked<DraftBulletinInput>): Promise<BulletinAnswer> {
  const { viewer } = actor;
  if (!mayIssueBulletins(viewer) || !viewer.unitId) return bulletinRefusals.notPermitted();
  const kind = kinds.bulletins.usable(input.kind);
  if (!kind) return bulletinRefusals.kindUnknown();
  if (!DIVISION_CODE.test(input.divisionCode)) throw new AppError('BAD_USER_INPUT', { field: 'divisionCode' });
  if (!isOfDivisionOrAbove(viewer, input.divisionCode)) return bulletinRefusals.outsideDivision();
  if (input.campaignId != null && !isId(input.campaignId)) return bulletinRefusals.notFound();
  const { today } = await businessTime(tx);
  const period = periodOf(kind.cadence, input.periodOn);
  if (period.from > today) return bulletinRefusals.periodNotBegun();
  const campaignId = input.campaignId ?? null;
  const liveKey = [kind.code, input.divisionCode, campaignId ?? '-', period.from].join('|');
  if (await isLiveKey(tx, liveKey)) return bulletinRefusals.alreadyDrafted();
  const asOf = period.to < today ? period.to : today;
  const id = newId();
  const row: Row = {
    id, kind: kind.code, division_code: input.divisionCode, division_prefix: divisionPrefix(input.divisionCode), campaign_id: campaignId, issuer_unit_id: viewer.unitId,
    period_from: period.from, period_to: period.to, as_of: asOf, state: 'DRAFTED', live_key: liveKey, drafted_by: viewer.subject, drafted_on: today, version: 1,
  };
  if (!(await isFirst(tx, row))) return bulletinRefusals.alreadyDrafted();
  const content = await contentOf(tx, kind, { divisionCode: input.divisionCode, campaignId, period: { from: period.from, to: asOf } });
  await putContent(tx, id, content);
  await audit(tx, actor, { action: 'bulletin.drafted', subjectType: 'Bulletin', subjectId: id, detail: { kind: kind.code, divisionCode: input.divisionCode, campaignId, from: period.from, asOf, lines: content.rows.length } });
  return { bulletinId: id };
}

async function isFirst(tx: EntityManager, row: Row): Promise<boolean> {
  try {
    await insertRows(tx, 'bulletins', [row]);
    return true;
  } catch (error) {
    if (isDuplicate(error)) return false;
    throw error;
  }
}

/** What the kind shows, and for each number the cases behind it, under its own line and those above. */
async function contentOf(tx: EntityManager, kind: BulletinKind, scope: Parameters<typeof countReport>[1]): Promise<BulletinContent> {
  const shown = new Set(kind.sections.flatMap((section) => section.figures));
  const { rows, cells, placed } = await countReport(tx, scope);
  const around = linesAround(rows);
  const marks = new Map<string, BulletinContent['marks'][number]>();
  for (const { ordinal, mark } of placed) {
    if (mark.side === 'BASE' || !shown.has(mark.figure)) continue;
    for (const line of around[ordinal] ?? []) marks.set(`${mark.figure}|${line}|${mark.caseId}`, { figure: mark.figure, ordinal: line, caseId: mark.caseId });
  }
  const kept = new Map([...cells].filter(([, cell]) => shown.has(cell.figure)));
  return { rows, cells: [...kept.values()], hidden: hiddenCells(rows, kept), marks: [...marks.values()] };
}

interface Move {
  readonly bulletinId: string;
  readonly expectedVersion: number;
  readonly act: BulletinAct;
  readonly actor: Actor;
}

/** The bulletin that may be moved so by this actor, or why not. */
async function movable(tx: EntityManager, { bulletinId, expectedVersion, act, actor }: Move): Promise<BulletinRow | BulletinRefusal> {
  const row = isId(bulletinId) ? (await visibleBulletins(tx, actor.viewer, [bulletinId]))[0] : undefined;
  if (!row) return bulletinRefusals.notFound();
  if (!mayIssueBulletins(actor.viewer)) return bulletinRefusals.notPermitted();
  // of its issuer's division, not of the one it is about: no county withdraws what the city says of it
  if (!isOfDivisionOrAbove(actor.viewer, row.issuerDivisionCode)) return bulletinRefusals.outsideDivision();
  if (!mayMoveBulletin(row.state, act)) return bulletinRefusals.wrongState();
  if (row.version !== expectedVersion) throw new AppError('CONFLICT', { currentVersion: row.version });
  return row;
}

async function move(tx: EntityManager, row: BulletinRow, change: { act: BulletinAct; set: Row; actor: Actor; detail?: Readonly<Record<string, unknown>> }): Promise<BulletinAnswer> {
  const state = STATE_AFTER[change.act];
  const isNew = await updateVersion(tx, 'bulletins', { id: row.id, version: row.version, set: { state, ...change.set } });
  if (!isNew) throw new AppError('CONFLICT', { currentVersion: row.version + 1 });
  await audit(tx, change.actor, { action: `bulletin.${state.toLowerCase()}`, subjectType: 'Bulletin', subjectId: row.id, detail: { from: row.state, ...change.detail } });
  return { bulletinId: row.id };
}

async function addNote(tx: EntityManager, { input, actor, kinds }: Asked<AddBulletinNoteInput>): Promise<BulletinAnswer> {
  const row = await movable(tx, { ...input, act: 'EDIT', actor });
  if ('refused' in row) return row;
  if (input.section != null && !kinds.bulletins.of(row.kindCode).sections.some(({ code }) => code === input.section)) return bulletinRefusals.sectionUnknown();
  if (!isFitText(input.text, 2_000)) return bulletinRefusals.badText();
  const time = await businessTime(tx);
  await insertRows(tx, 'bulletin_notes', [{
    id: newId(), bulletin_id: row.id, section: input.section ?? null, words: input.text.trim(), written_by: actor.viewer.subject, written_on: time.today, written_at: time.now,
  }]);
  return move(tx, row, { act: 'EDIT', set: {}, actor, detail: { section: input.section ?? null } });
}

const MOST_AT_ONCE = 500;
type BulletinNotice = 'BULLETIN_PUBLISHED' | 'BULLETIN_WITHDRAWN';

/** Tells units of what became of a bulletin, each once for each version. */
async function tellUnits(tx: EntityManager, { id: subjectId, version }: BulletinRow, { kind, unitIds }: { kind: BulletinNotice; unitIds: readonly string[] }): Promise<void> {
  const noticeTo = (id: string): Notice => ({ kind, recipient: { kind: 'UNIT', id }, caseId: null, subjectId, occasion: `${kind === 'BULLETIN_PUBLISHED' ? 'published' : 'withdrawn'}.v${version}` });
  for (const some of chunksOf(unitIds, MOST_AT_ONCE)) await notifyOwn(tx, some.map(noticeTo));
}

async function publish(tx: EntityManager, { input, actor, kinds }: Asked<PublishBulletinInput>): Promise<BulletinAnswer> {
  const row = await movable(tx, { ...input, act: 'PUBLISH', actor });
  if ('refused' in row) return row;
  const { today } = await businessTime(tx);
  const number = { year: Number(today.slice(0, 4)), serial: await nextNumber(tx, row, Number(today.slice(0, 4))) };
  const reading = await readBulletin(tx, row, { kinds, isPublic: true });
  const head = { issuer: (await knownUnit(tx, row.issuerUnitId))?.name ?? row.issuerUnitId, number, on: today };
  const documents = canonicalJson({ zh: documentFrom(reading, head, 'zh'), en: documentFrom(reading, head, 'en') });
  const hash = createHash('sha256').update(documents).digest('hex');
  const set = { number_year: number.year, serial: number.serial, published_by: actor.viewer.subject, published_on: today, documents, hash };
  await tellUnits(tx, row, { kind: 'BULLETIN_PUBLISHED', unitIds: unitsTold(reading.facts, row.issuerUnitId) });
  return move(tx, row, { act: 'PUBLISH', set, actor, detail: { hash, ...number } });
}

async function withdraw(tx: EntityManager, input: WithdrawBulletinInput, actor: Actor): Promise<BulletinAnswer> {
  const row = await movable(tx, { ...input, act: 'WITHDRAW', actor });
  if ('refused' in row) return row;
  if (!isFitText(input.reason, 500)) return bulletinRefusals.badText();
  const { today } = await businessTime(tx);
  // whoever heard that it was published hears that it no longer stands; of a draft nobody has heard
  await tellUnits(tx, row, { kind: 'BULLETIN_WITHDRAWN', unitIds: await unitsToldOf(tx, 'BULLETIN_PUBLISHED', row.id) });
  return move(tx, row, { act: 'WITHDRAW', set: { live_key: null, withdrawn_by: actor.viewer.subject, withdrawn_on: today, withdrawal_reason: input.reason.trim() }, actor });
}
