import { randomUUID } from 'node:crypto';
import type { Viewer } from '@anjie/access';
import { select } from '@anjie/service-kit/database';
import { haveCaseScope, viewers } from '@anjie/testing';
import { expireUrgentReports } from '../src/urgent-reports/urgent-report-service';
import { at, COUNTY, countRows, haveKnownUnit, key, log, openSupervision, type Supervision } from './builders';
import { inboxOf, kindsIn } from './notices';

let supervision: Supervision;
beforeAll(async () => void (supervision = await openSupervision()));
beforeEach(async () => {
  await supervision.truncate();
  await at(supervision.db, '2022-09-20T02:00:00Z');
});
afterAll(() => supervision.close());

const REPORT = 'id level issue content isExpired expiresOn acknowledgeBy kind { code name } reporterUnit { id } case { id } receivers { unit { id } acknowledgedAt acknowledgedBy { id } }';
interface ReportAnswer {
  readonly report?: { readonly id: string } & Record<string, unknown>;
  readonly code?: string;
}
const run = async (field: 'sendUrgentReport' | 'acknowledgeUrgentReport', viewer: Viewer, input: object): Promise<ReportAnswer> => {
  const type = field === 'sendUrgentReport' ? 'SendUrgentReportInput' : 'AcknowledgeUrgentReportInput';
  return (await supervision.client.query<{ answer: ReportAnswer }>(
    viewer, `mutation ($input: ${type}!) { answer: ${field}(input: $input) { ... on UrgentReportPayload { report { ${REPORT} } } ... on UrgentReportRefusal { code message basis } } }`, { input: { idempotencyKey: key(), ...input } },
  )).answer;
};
const read = async (viewer: Viewer, id: string) => (await supervision.client.query<{ urgentReport: Record<string, unknown> | null }>(viewer, `query ($id: ID!) { urgentReport(id: $id) { ${REPORT} } }`, { id })).urgentReport;

async function aPlace() {
  const { db } = supervision;
  const [town, committee, office] = await Promise.all([haveKnownUnit(db), haveKnownUnit(db, { kind: 'PARTY' }), haveKnownUnit(db, { kind: 'JOINT_OFFICE' })]);
  const input = { kind: 'URGENT_INFORMATION', level: 'MAJOR', receiverUnitIds: [committee, office], issue: '某小区供暖中断', content: '供热设备故障，住建部门已组织抢修，预计今晚恢复。' };
  return { town, committee, office, input, reporter: viewers.handler(town), clerk: viewers.handler(committee), chief: viewers.jointOffice(COUNTY, office) };
}

test('第二十五条: a unit tells Party committee and joint office of an issue in time, and each acknowledges for itself · row 131', async () => {
  const { committee, office, input, reporter, clerk, chief, town } = await aPlace();
  const sent = await run('sendUrgentReport', reporter, input);
  expect(sent.report).toMatchObject({ level: 'MAJOR', issue: input.issue, isExpired: false, expiresOn: '2022-10-05', acknowledgeBy: expect.stringMatching(/^2022-09-20T04:00:/), reporterUnit: { id: town }, case: null });
  expect([kindsIn(await inboxOf(supervision, clerk)), kindsIn(await inboxOf(supervision, chief))]).toEqual([['URGENT_REPORT_SENT'], ['URGENT_REPORT_SENT']]);
  const reportId = sent.report?.id ?? '';
  expect(await run('acknowledgeUrgentReport', reporter, { reportId })).toMatchObject({ code: 'NOT_PERMITTED' });
  await run('acknowledgeUrgentReport', clerk, { reportId });
  const again = await run('acknowledgeUrgentReport', viewers.handler(committee), { reportId });
  const receivers = again.report?.['receivers'] as { unit: { id: string }; acknowledgedBy: { id: string } | null }[];
  expect(new Map(receivers.map((one) => [one.unit.id, one.acknowledgedBy?.id ?? null]))).toEqual(new Map([[committee, clerk.subject], [office, null]]));
  expect(kindsIn(await inboxOf(supervision, reporter))).toEqual(['URGENT_REPORT_ACKNOWLEDGED']);
});

test('only the sender\'s and the receivers\' sides read it; an office above that was not told does not · row 131', async () => {
  const { input, reporter, clerk } = await aPlace();
  const id = (await run('sendUrgentReport', reporter, input)).report?.id ?? '';
  expect(await Promise.all([reporter, clerk, viewers.jointOffice('640100', randomUUID()), viewers.handler(randomUUID())].map(async (viewer) => (await read(viewer, id)) !== null))).toEqual([true, true, false, false]);
});

test('its words expire with the days of its kind and are erased; the fact stays · row 131', async () => {
  const { input, reporter, clerk } = await aPlace();
  const id = (await run('sendUrgentReport', reporter, input)).report?.id ?? '';
  await at(supervision.db, '2022-10-05T15:00:00Z');
  expect(await read(clerk, id)).toMatchObject({ issue: input.issue, isExpired: false });
  expect(await expireUrgentReports(supervision.db, log)).toBe(0);
  await at(supervision.db, '2022-10-05T16:00:01Z');
  expect(await read(clerk, id)).toMatchObject({ issue: null, content: null, isExpired: true, level: 'MAJOR' });
  expect([await expireUrgentReports(supervision.db, log), await expireUrgentReports(supervision.db, log)]).toEqual([1, 0]);
  expect(await select(supervision.db.manager, 'SELECT issue, content FROM urgent_reports')).toEqual([{ issue: null, content: null }]);
  const kept = JSON.stringify([await select(supervision.db.manager, 'SELECT detail FROM audit_entries'), await select(supervision.db.manager, 'SELECT response FROM idempotency_keys')]);
  expect(kept).not.toContain('供暖');
  expect(await run('acknowledgeUrgentReport', clerk, { reportId: id })).toMatchObject({ code: 'EXPIRED' });
});

test.each<[string, string, object]>([
  ['a telephone number in it', 'PERSON_IN_TEXT', { content: '联系人电话13800001234' }],
  ['an identity number in it', 'PERSON_IN_TEXT', { issue: '证件11010519491231002X' }],
  ['nobody who must hear it', 'RECEIVERS_NOT_ACCEPTABLE', { receiverUnitIds: [] }],
  ['a level that the kind has not', 'LEVEL_NOT_ACCEPTABLE', { level: 'GENERAL' }],
  ['an unknown kind', 'KIND_UNKNOWN', { kind: 'NO_SUCH' }],
  ['no words', 'TEXT_NOT_ACCEPTABLE', { content: ' ' }],
  ['a case that is not seen', 'NOT_FOUND', { caseId: randomUUID() }],
])('%s is refused and leaves no trace · row 131', async (_sentence, code, part) => {
  const { input, reporter } = await aPlace();
  expect(await run('sendUrgentReport', reporter, { ...input, ...part })).toMatchObject({ code });
  expect(await countRows(supervision.db, 'urgent_reports')).toBe(0);
});

test('about a case: who is named in its report is not told, and a sealed one is another lane · row 131', async () => {
  const { input, reporter, town, committee } = await aPlace();
  const { db } = supervision;
  const parties = [{ kind: 'UNIT' as const, id: town, role: 'LEAD' as const }];
  const open = await haveCaseScope(db, { parties });
  const named = await haveCaseScope(db, { parties, excluded: [{ kind: 'UNIT', id: committee }] });
  const sealed = await haveCaseScope(db, { parties, isSealed: true });
  const about = (caseId: string) => run('sendUrgentReport', reporter, { ...input, caseId });
  expect([(await about(named.caseId)).code, (await about(sealed.caseId)).code]).toEqual(['UNIT_EXCLUDED', 'CASE_SEALED']);
  const sent = await about(open.caseId);
  expect(sent.report).toMatchObject({ case: { id: open.caseId } });
  const listed = await supervision.client.query(reporter, 'query ($r: [_Any!]!) { _entities(representations: $r) { ... on Case { urgentReports { totalCount } } ... on Unit { urgentReports { totalCount } } } urgentReports(filter: { unacknowledgedOnly: true }) { totalCount } }', {
    r: [{ __typename: 'Case', id: open.caseId }, { __typename: 'Unit', id: town }],
  });
  expect(listed).toMatchObject({ _entities: [{ urgentReports: { totalCount: 1 } }, { urgentReports: { totalCount: 1 } }], urgentReports: { totalCount: 1 } });
});
