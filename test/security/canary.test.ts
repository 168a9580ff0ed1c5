import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { tmpdir } from 'node:os';
import { freePort } from '@anjie/devtools';
import { openRows } from '@anjie/workbook';
import { request } from 'undici';
import { CANARIES, CONTROL, OF_ANOTHER_UNIT, exportOf, openPlantedSystem, plant, type PlantedSystem } from './planted';
import { inBytes, inFolder, type Hit } from './search-bytes';

jest.setTimeout(900_000);

const SERVICES = ['cases', 'officials', 'supervision', 'assistance'];
const ALL = Object.values(CANARIES);
const scratch = mkdtempSync(join(process.env['ANJIE_TEST_DIR'] ?? tmpdir(), 'canary-'));
const ports = new Map<string, number>();
let planted: PlantedSystem;
let facts: Awaited<ReturnType<typeof plant>>;

beforeAll(async () => {
  for (const service of SERVICES) {
    ports.set(service, await freePort());
    process.env[`ANJIE_METRICS_PORT_${service.toUpperCase()}`] = String(ports.get(service));
  }
  planted = await openPlantedSystem();
  facts = await plant(planted);
});
afterAll(async () => {
  await planted?.system.stop();
  rmSync(scratch, { recursive: true, force: true });
});

const REVEAL = { selection: '... on RevealedPetitioner { name idNumber phone address } ... on PetitionRefusal { code }' };

test('every sealed column of the schema holds a value, so that the search below looks for all of them', async () => {
  const columns = await planted.system.rows<{ t: string; c: string }>("SELECT table_name AS t, column_name AS c FROM information_schema.columns WHERE table_schema = 'cases' AND column_name LIKE '%\\_sealed' AND data_type <> 'tinyint'");
  expect(columns.length).toBeGreaterThan(18);
  const empty: string[] = [];
  for (const { t, c } of columns) {
    const [row] = await planted.system.rows<{ n: string }>(`SELECT COUNT(*) AS n FROM cases.${t} WHERE ${c} IS NOT NULL`);
    if (Number(row?.n) === 0) empty.push(`${t}.${c}`);
  }
  expect(empty).toEqual([]);
});

test('whoever may reads the canaries: what is searched for is really there', async () => {
  const { act, query } = planted;
  const shown = await act('housing', 'revealPetitioner', { input: { petitionId: facts.petitionId, ref: facts.ref, reason: '联系信访人核实' }, ...REVEAL });
  expect(shown).toMatchObject({ name: CANARIES.name, idNumber: CANARIES.idNumber, phone: CANARIES.phone, address: CANARIES.newAddress });
  const seen = await query('housing', 'query ($id: ID!) { case(id: $id) { petitions(first: 1) { nodes { content petitioners { maskedName maskedPhone maskedIdNumber } } } opinions { facts responses { answer } } attachments(first: 1) { nodes { fileName } } } }', { id: facts.caseId });
  expect(JSON.stringify(seen)).toContain(CANARIES.content);
  expect(JSON.stringify(seen)).toContain(CANARIES.facts);
  expect(JSON.stringify(seen)).toContain(CANARIES.fileName);
  const { path } = await act('housing', 'createAttachmentLink', { input: { attachmentId: facts.attachmentId }, selection: '... on AttachmentLink { path } ... on AttachmentRefusal { code }' }) as unknown as { path: string };
  expect((await planted.download('housing', path)).toString('utf8')).toContain(CANARIES.fileContent);
});

const cellsOf = async (book: Buffer): Promise<string> => {
  const path = join(scratch, `${Math.random()}.xlsx`);
  writeFileSync(path, book);
  const rows: unknown[] = [];
  for await (const row of openRows({ path }, { limits: { columns: 200 } })) rows.push(row.cells);
  return JSON.stringify(rows);
};

test('an export with identities holds them for the joint office; a masked one, and one of another unit, does not', async () => {
  const full = await cellsOf(await exportOf(planted, 'office', 'FULL'));
  for (const canary of [CANARIES.name, CANARIES.idNumber, CANARIES.phone, CANARIES.content]) expect(full).toContain(canary);
  expect(full).not.toContain(CANARIES.accusation);
  const identity = [CANARIES.name, CANARIES.agentName, CANARIES.idNumber, CANARIES.phone, CANARIES.otherPhone, CANARIES.address, CANARIES.newAddress, CANARIES.content, CANARIES.accusation, CANARIES.accused];
  for (const who of ['office', 'housing', 'civilAffairs'] as const) {
    const masked = await cellsOf(await exportOf(planted, who, 'MASKED'));
    expect(masked).toContain(who === 'civilAffairs' ? OF_ANOTHER_UNIT : CONTROL);
    expect(inBytes(Buffer.from(masked), identity, who)).toEqual([]);
  }
  await expect(exportOf(planted, 'housing', 'FULL')).rejects.toThrow('NOT_PERMITTED');
});

test('no answer to somebody who may not, and no error, holds one: not even what the asker wrote', async () => {
  const { send } = planted;
  const answers: [string, string][] = [];
  const ask = async (who: Parameters<typeof send>[0], body: unknown): Promise<void> => {
    const { text } = await send(who, body);
    answers.push([`${who}: ${JSON.stringify(body).slice(0, 120)}`, text]);
  };
  const register = 'mutation ($input: RegisterPetitionInput!) { registerPetition(input: $input) { __typename ... on PetitionRefusal { code message } } }';
  const words = { name: CANARIES.name, idNumber: CANARIES.idNumber, phone: CANARIES.phone, address: CANARIES.address };
  for (const petitioners of [[{ ...words, idNumber: `${CANARIES.idNumber}9` }], [{ ...words, nope: CANARIES.name }], CANARIES.name, [words, words, { ...words, role: CANARIES.name }]]) {
    await ask('clerk', { query: register, variables: { input: { idempotencyKey: 'canary-key-1', channel: 'VISIT', purpose: 'CLAIM', petitionedOn: '1899-01-01', divisionCode: '640104', title: '', summary: '', petitioners } } });
  }
  await ask('clerk', { query: `mutation { registerPetition(input: { name: "${CANARIES.name}" }) { __typename } }` });
  await ask('clerk', { query: `{ cases(filter: { search: "${CANARIES.phone}" }) { totalCount nodes { title } } }` });
  await ask('clerk', `{"query": "${CANARIES.name}`);
  for (const who of ['civilAffairs', 'portal', 'organ', 'admin'] as const) {
    await ask(who, { query: 'query ($id: ID!) { case(id: $id) { title petitions(first: 5) { nodes { content petitioners { maskedName maskedPhone maskedIdNumber } } } opinions { facts } attachments(first: 5) { nodes { fileName title } } } }', variables: { id: facts.caseId } });
    await ask(who, { query: 'mutation ($input: RevealPetitionerInput!) { revealPetitioner(input: $input) { __typename ... on RevealedPetitioner { name } ... on PetitionRefusal { code message } } }', variables: { input: { idempotencyKey: 'canary-key-2', petitionId: facts.petitionId, ref: facts.ref, reason: '联系信访人核实' } } });
    await ask(who, { query: '{ cases(first: 20) { nodes { title summary petitions(first: 3) { nodes { title petitioners { maskedName } } } } } }' });
  }
  const hits = answers.flatMap(([place, text]) => inBytes(Buffer.from(text), ALL, place));
  expect(hits).toEqual([]);
  expect(answers.some(([, text]) => text.includes('"errors"'))).toBe(true);
});

test('metrics say nothing of anybody', async () => {
  let text = '';
  for (const port of ports.values()) text += await (await request(`http://127.0.0.1:${port}/metrics`)).body.text();
  expect(text).toContain('anjie_outbox_messages');
  expect(inBytes(Buffer.from(text), [...ALL, CONTROL], 'metrics')).toEqual([]);
});

test('no byte of the database, its binary log, redo and temporary files, of Redis, of logs, of uploads and files, holds one; the title, which is not sealed, is found', async () => {
  const { system, root } = planted;
  // rotation, retention and the relay have had their turn; what is in memory only is written
  await system.settled();
  await system.stack.stop();
  await system.engines.stop();
  const isOurKey = (path: string): boolean => path.includes('/keys/') || path.endsWith('.pem');
  const { hits, files, bytes } = inFolder(root, [...ALL, CONTROL], isOurKey);
  const places = (canary: string): string[] => [...new Set(hits.filter((hit: Hit) => hit.canary === canary).map(({ place }) => place.split('/').slice(0, 3).join('/')))].sort();
  console.log(`searched ${files} files, ${Math.round(bytes / 1024 / 1024)} MB; the control was found in ${places(CONTROL).join(', ')}`);
  expect(places(CONTROL)).toEqual(expect.arrayContaining(['m/data/cases']));
  expect(places(CONTROL).some((place) => place.startsWith('m/data/binlog'))).toBe(true);
  expect(places(CONTROL).some((place) => place.startsWith('m/data/ib_logfile'))).toBe(true);
  for (const part of ['r/data', 'system/logs', 'system/files']) expect(inFolder(join(root, part), []).files).toBeGreaterThan(0);
  expect(hits.filter(({ canary }) => canary !== CONTROL)).toEqual([]);
});
