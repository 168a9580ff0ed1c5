import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { writeWorkbook } from '@anjie/workbook';
import { markOf, register, versionOf, type KnownCase } from './known-cases';
import type { Ledgers } from './ledgers';
import { PLACES } from './places';
import type { PersonaName } from './personas';
import type { Payload, SecuritySystem } from './security-system';

/** Referrals go on, letters are answered, applications decided, visits made. */
export async function moveOn(system: SecuritySystem): Promise<void> {
  const referrals = await system.rows<{ id: string; version: number; toUnitId: string }>("SELECT id, version, to_unit_id AS toUnitId FROM assistance.referrals WHERE state = 'DELIVERED' ORDER BY sent_on, id");
  for (const [i, one] of referrals.entries()) {
    const who: PersonaName = one.toUnitId === PLACES.labour.id ? 'referredHandler' : 'supportHandler';
    if (i % 2 === 0) continue;
    const { referral } = await system.act(who, 'signReferral', { referralId: one.id, expectedVersion: Number(one.version) });
    if (i % 4 === 1) await system.act(who, 'acceptReferral', { referralId: one.id, expectedVersion: referral?.version });
  }
  const letters = await system.rows<{ id: string; version: number }>('SELECT id, version FROM supervision.supervision_letters WHERE to_unit_id = ?', [PLACES.landReserve.id]);
  for (const letter of letters.slice(0, 2)) await system.act('accusedHandler', 'replyToSupervisionLetter', { letterId: letter.id, expectedVersion: Number(letter.version), reply: '已按要求办理，现将情况报告如下。' });
  const applications = await system.rows<{ id: string; version: number }>('SELECT id, version FROM assistance.assistance_applications ORDER BY id');
  for (const one of applications.slice(0, 3)) await system.act('supportHandler', 'decideAssistanceApplication', { applicationId: one.id, expectedVersion: Number(one.version), decision: 'APPROVE', amount: '5000.00' });
  await system.settled();
}

/** The same matter told twice: one pair is merged, one is told apart, and one petition is moved to where it belongs. */
export async function decideRepeats(system: SecuritySystem, cases: readonly KnownCase[]): Promise<void> {
  const here = cases.filter((one) => one.county === 'here');
  const [a, b, c, d] = here.slice(-4);
  if (!a || !b || !c || !d) throw new RangeError('too few cases to decide repeats');
  await system.act('countyOffice', 'confirmRepeat', { caseId: a.id, expectedVersion: await versionOf(system, a.id), repeatOfCaseId: b.id, reason: `同一住户反映同一事项${markOf(a.no)}` });
  await system.act('countyOffice', 'refuseRepeat', { caseId: c.id, otherCaseId: d.id, reason: `并非同一事项${markOf(c.no)}` });
  await movePetition(system, here.slice(0, -4).filter(({ lead }) => lead === 'housing').slice(-2));
  await system.settled();
}

/** Registered with the wrong case of the same bureau; its words are about the right one. */
async function movePetition(system: SecuritySystem, [wrong, right]: readonly KnownCase[]): Promise<void> {
  if (!wrong || !right) throw new RangeError('too few cases to move a petition');
  const { petitionId } = await register(system, { no: right.no, county: 'here', today: '2022-12-28', part: { caseId: wrong.id } });
  await system.act('countyOffice', 'confirmRepeat', { caseId: wrong.id, expectedVersion: await versionOf(system, wrong.id), repeatOfCaseId: right.id, petitionId, reason: `反映的是另一事项${markOf(right.no)}` });
}

/** Retaliation is complained of by whoever has code and secret. */
export async function complain(system: SecuritySystem, cases: readonly KnownCase[]): Promise<void> {
  const some = cases.filter((one) => one.lead !== null).filter((_, i) => i % 9 === 0);
  for (const one of some) await system.act('website', 'complainOfRetaliation', { ...one.receipt, office: 'HANDLING_UNIT', text: '反映问题之后，单位停发了我的补助。' });
  const [first] = await system.rows<{ id: string; version: number }>("SELECT id, version FROM cases.retaliation_complaints WHERE bar = '640104' ORDER BY id");
  await system.act('cityOffice', 'answerRetaliationComplaint', { complaintId: first?.id, expectedVersion: Number(first?.version), outcome: 'UPHELD', note: '已责令恢复发放补助' });
}

/** What the law lets petitioners ask about their data: at the window, on the website; one county decides them all, another one of them. */
export async function askForData(system: SecuritySystem, cases: readonly KnownCase[]): Promise<void> {
  const ask = { right: 'EXPLANATION', words: '请说明我的个人信息被谁查看过。' };
  for (const one of cases.filter((_, i) => i % 5 === 1)) {
    const who: PersonaName = one.county === 'here' ? 'windowClerk' : one.county === 'neighbour' ? 'neighbourOffice' : 'farOffice';
    await system.act(who, 'recordDataRequest', { petitionId: one.petitionId, ...ask });
  }
  const [first] = cases;
  await system.act('website', 'askDataRight', { ...first?.receipt, ...ask });
  const [request] = await system.rows<{ id: string; version: string }>('SELECT id, version FROM cases.data_requests WHERE petition_id = ?', [first?.petitionId]);
  await system.act('countyOffice', 'decideDataRequest', { requestId: request?.id, expectedVersion: Number(request?.version), outcome: 'GRANTED', reasons: '已书面说明查看情况。' });
  const ofNeighbours = await system.rows<{ id: string; version: string }>("SELECT q.id, q.version FROM cases.data_requests q JOIN cases.cases c ON c.id = q.case_id WHERE c.division_code LIKE '640105%'");
  for (const { id, version } of ofNeighbours) await system.act('neighbourOffice', 'decideDataRequest', { requestId: id, expectedVersion: Number(version), outcome: 'GRANTED', reasons: '已书面说明查看情况。' });
}

/** A PDF that is nothing but one, with the case's mark in it. */
const pdfOf = (mark: string): Buffer => Buffer.from(`%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\n%${mark}\ntrailer<</Root 1 0 R>>\n%%EOF\n`);

export async function attachPapers(system: SecuritySystem, cases: readonly KnownCase[]): Promise<void> {
  for (const one of cases.filter((_, i) => i % 5 === 0)) {
    const who: PersonaName = one.county === 'here' ? 'windowClerk' : one.county === 'neighbour' ? 'neighbourOffice' : 'farOffice';
    const fileId = await system.upload(who, 'CASE_ATTACHMENT', { name: `材料${one.no}.pdf`, body: pdfOf(markOf(one.no)) });
    await system.act(who, 'attachFile', { caseId: one.id, petitionId: one.petitionId, fileId, kind: 'MATERIAL', title: `材料${markOf(one.no)}` });
  }
}

const sheetOf = (name: string, row: Readonly<Record<string, string>>): Promise<Buffer> =>
  writeWorkbook({ buffer: true }, { sheets: [{ name, columns: Object.keys(row).map((header) => ({ header, type: 'text' as const })), rows: [Object.values(row)] }] });

export interface Runs {
  /** Import runs, directory imports and exports, by id, with their owner. */
  readonly owners: ReadonlyMap<string, PersonaName>;
}

/** A record as another office sends it, with more about the person than is kept. */
const EXCHANGED = { xzqh: '640104', xfjbh: 'LF2016033100001', xfrq: '2022-12-01', xfxs: '来信', gkxx: '物业收费问题', wtsddm: '640104', xfmddm: '求决', nrfldm: '住房保障与房地产', bt: '物业收费问题', mz: '回族', xm: '化名' };

/** Exports and imports: each belongs to whoever asked for it. */
export async function runImportsAndExports(system: SecuritySystem, { campaignIds }: Ledgers): Promise<Runs> {
  const owners = new Map<string, PersonaName>();
  const keep = (who: PersonaName, payload: Payload, field: string): void => void owners.set(payload[field]?.id ?? '', who);
  const ledger = readFileSync(join(__dirname, '../../../docs/samples/ledger-sample.xlsx'));
  for (const who of ['countyOffice', 'neighbourOffice', 'leadHandler', 'accusedHandler'] as const) {
    keep(who, await system.act(who, 'exportExchangeRecords', { filter: {}, identity: 'MASKED', reason: '按季度交换数据' }), 'export');
  }
  for (const [who, campaignId] of [['countyOffice', campaignIds.here], ['neighbourOffice', campaignIds.neighbour]] as const) {
    const fileId = await system.upload(who, 'LEDGER_IMPORT', { name: 'ledger.xlsx', body: ledger });
    keep(who, await system.act(who, 'checkLedgerImport', { fileId, campaignId }), 'import');
  }
  const records = await system.upload('countyOffice', 'EXCHANGE_IMPORT', { name: 'exchange.xlsx', body: await sheetOf('信访件', EXCHANGED) });
  keep('countyOffice', await system.act('countyOffice', 'checkExchangeImport', { fileId: records }), 'import');
  const directory = await system.upload('admin', 'DIRECTORY_IMPORT', { name: 'directory.xlsx', body: await sheetOf('行政区划', { 代码: '64', 名称: '某地', 上级代码: '' }) });
  keep('admin', await system.act('admin', 'checkDirectoryImport', { fileId: directory }), 'directoryImport');
  return { owners };
}
