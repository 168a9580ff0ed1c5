import { randomBytes } from 'node:crypto';
import { publishedCalendar } from '@anjie/calendar';
import { inTransaction, select } from '@anjie/service-kit/database';
import { createOutbox, createSeal } from '@anjie/service-kit/messaging';
import { officeRules } from '@anjie/service-kit/runtime';
import { createClocks } from '../src/clocks/clock-service';
import { assign } from './asking';
import { aCaseInHandling, anOpinion, aRepliedCase, caseNow, clockOf, done } from './life';
import { key, openCases, people, type CasesWorld } from './world';

let world: CasesWorld;
beforeAll(async () => (world = await openCases()));
beforeEach(() => world.reset());
afterAll(() => world?.close());

const PRINT = `mutation ($input: PrintDocumentInput!) { printDocument(input: $input) { __typename ... on PrintedDocument { number html } ... on StepRefusal { code } } }`;
const print = async (viewer: typeof people.clerk, documentId: string, reason = '打印送达信访人') =>
  (await world.client.query<{ printDocument: { __typename: string; number?: string; html?: string; code?: string } }>(viewer, PRINT, { input: { idempotencyKey: key(), documentId, reason } })).printDocument;

describe('papers', () => {
  test('are numbered per unit, kind and year, printed with the addressee’s name, and each reading is audited', async () => {
    const one = await aRepliedCase(world);
    const { case: found } = await world.client.query<{ case: { documents: { nodes: { id: string; kind: string; number: string; sha256: string }[] } } }>(
      people.housing, 'query ($id: ID!) { case(id: $id) { documents { nodes { id kind number sha256 } } } }', { id: one.id },
    );
    const opinion = found.documents.nodes.find((paper) => paper.kind === 'OPINION');
    const shown = await print(people.housing, opinion?.id ?? '');
    expect(shown.html).toContain('马小明');
    expect(shown.html).toContain('向本单位的上一级机关、单位请求复查');
    expect(shown.html).not.toMatch(/<script|http|src=/);
    for (const reason of ['看', '\u200b\u200b\u200b\u200b\u200b\u200b']) expect(await print(people.housing, opinion?.id ?? '', reason)).toMatchObject({ code: 'TEXT_LENGTH' });
    expect(await print(people.stranger, opinion?.id ?? '')).toMatchObject({ code: 'NOT_FOUND' });
    expect(await print(people.province, opinion?.id ?? '')).toMatchObject({ code: 'NOT_PERMITTED' });
    const [audited] = await select<{ n: string }>(world.db.manager, "SELECT COUNT(*) AS n FROM audit_entries WHERE action = 'DOCUMENT_READ'");
    expect(Number(audited?.n)).toBe(1);
  });
  test('hold no name in clear in the database, and a changed text is not shown', async () => {
    const one = await aRepliedCase(world);
    const rows = await select<{ id: string; body: Buffer; kind: string }>(world.db.manager, 'SELECT id, body_sealed AS body, kind FROM documents WHERE case_id = ?', [one.id]);
    for (const row of rows) expect(row.body.toString('latin1')).not.toContain(Buffer.from('马小明').toString('latin1'));
    const [acceptance, opinion] = ['ACCEPTANCE', 'OPINION'].map((kind) => rows.find((row) => row.kind === kind)?.id ?? '');
    await world.db.query('UPDATE documents SET body_sha256 = (SELECT h FROM (SELECT body_sha256 AS h FROM documents WHERE id = ?) t) WHERE id = ?', [acceptance, opinion]);
    const answer = await world.client.ask(people.housing, PRINT, { input: { idempotencyKey: key(), documentId: opinion, reason: '打印送达信访人' } });
    expect(answer.errors).toHaveLength(1);
  });
  test('text typed by an official cannot become markup', async () => {
    const one = await aCaseInHandling(world);
    const { claims } = await caseNow(world, one.id);
    const { document } = await done(world, 'replyToCase', one.id, { opinion: { ...anOpinion(claims), facts: '经调查核实，<img src=x onerror=alert(1)>“{{ fields }}”属实。' } });
    const { html } = await print(people.housing, document?.id ?? '');
    expect(html).toContain('&lt;img src=x onerror=alert(1)&gt;');
    expect(html).toContain('{{ fields }}');
  });
});

test('nothing but a lawful change moves a stored date: neither another rule nor another calendar nor another assignment (brief §1.5)', async () => {
  const one = await aCaseInHandling(world);
  const before = (await caseNow(world, one.id)).clocks;
  expect(clockOf(await caseNow(world, one.id), 'T8')).toMatchObject({ ruleVersion: '2022', explanation: expect.arrayContaining([expect.stringContaining('Art. 34')]) as string[] });
  await assign(world, one.id, { expectedVersion: (await caseNow(world, one.id)).version, kind: 'ASSIGN' });
  expect((await caseNow(world, one.id)).clocks).toEqual(before);
  const shorter = officeRules().map((rule) => (rule.code === 'T8' ? { ...rule, amount: 10 } : rule));
  const other = createClocks({ rules: shorter, calendar: () => ({ ...publishedCalendar(), version: 'another', marks: {} }), outbox: createOutbox('cases', createSeal(randomBytes(32).toString('base64'))) });
  await inTransaction(world.db, (tx) => other.end(tx, { caseId: one.id, codes: ['T8'], state: 'MET', on: '2022-09-27', requestId: 'test' }));
  const { dueRaw, dueOn, calendarVersion, state } = clockOf(await caseNow(world, one.id), 'T8') ?? {};
  expect({ dueRaw, dueOn, calendarVersion, state }).toEqual({ dueRaw: '2022-11-26', dueOn: '2022-11-28', calendarVersion: before.find((clock) => clock.code === 'T8')?.calendarVersion, state: 'MET' });
});
