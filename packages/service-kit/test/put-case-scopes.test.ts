import { randomUUID } from 'node:crypto';
import { openTestDatabase } from '@anjie/testing';
import { kitMigrations, kitTables, select } from '../src/database';
import { caseScopeMigrations, caseScopeTables, putCaseScopes, type CaseScope } from '../src/facts';

let database: Awaited<ReturnType<typeof openTestDatabase>>;
beforeAll(async () => {
  database = await openTestDatabase({ service: 'kit_scopes', tables: [...kitTables, ...caseScopeTables], migrations: [...kitMigrations, ...caseScopeMigrations] });
});
beforeEach(() => database.truncate());
afterAll(() => database.close());

const [registrar, lead, other, accused] = [randomUUID(), randomUUID(), randomUUID(), randomUUID()];
const campaignId = randomUUID();
const unit = (id: string, role: 'REGISTRAR' | 'LEAD' | 'SUPPORT') => ({ kind: 'UNIT', id, role }) as const;
const scopeOf = (change: Partial<CaseScope>): CaseScope => ({
  caseId: randomUUID(), divisionCode: '330402000000', status: 'ASSIGNED', leadUnitId: lead, leadSince: '2022-08-05', planSince: null, closedOn: null, isSealed: false,
  parties: [], excluded: [], ledgers: [], ...change,
});
const put = (...versions: readonly { scope: CaseScope; version: number }[]): Promise<readonly string[]> => database.db.transaction((tx) => putCaseScopes(tx, versions));
const parts = async (caseId: string): Promise<string[]> =>
  (await select<{ party: string }>(database.db.manager, "SELECT CONCAT(party_id, ' ', role) AS party FROM case_parties WHERE case_id = ?", [caseId])).map(({ party }) => party).sort();
const count = async (table: string): Promise<number> => Number((await select<{ n: string }>(database.db.manager, `SELECT COUNT(*) AS n FROM ${table}`))[0]?.n);

test('a newer snapshot adds parties, takes parties away, and leaves other cases alone', async () => {
  const before = scopeOf({ parties: [unit(registrar, 'REGISTRAR'), unit(lead, 'LEAD'), unit(lead, 'SUPPORT')] });
  const neighbour = scopeOf({ parties: [unit(registrar, 'REGISTRAR'), unit(lead, 'LEAD')] });
  await put({ scope: before, version: 1 }, { scope: neighbour, version: 1 });
  await put({ scope: { ...before, leadUnitId: other, parties: [unit(registrar, 'REGISTRAR'), unit(other, 'LEAD'), unit(lead, 'SUPPORT')] }, version: 2 });
  expect(await parts(before.caseId)).toEqual([`${registrar} REGISTRAR`, `${other} LEAD`, `${lead} SUPPORT`].sort());
  expect(await parts(neighbour.caseId)).toEqual([`${registrar} REGISTRAR`, `${lead} LEAD`].sort());
  await put({ scope: { ...before, parties: [] }, version: 3 });
  expect(await parts(before.caseId)).toEqual([]);
  expect(await parts(neighbour.caseId)).toHaveLength(2);
});

test('an exclusion counts from the day that the newest snapshot says; a case that leaves a ledger keeps the day it left', async () => {
  const ledger = { campaignId, divisionCode: '330402000000', enteredOn: '2022-08-01', removedOn: null };
  const scope = scopeOf({ excluded: [{ kind: 'UNIT', id: accused, since: '2022-08-01' }], ledgers: [ledger] });
  await put({ scope, version: 1 });
  await put({ scope: { ...scope, excluded: [{ kind: 'UNIT', id: accused, since: '2022-07-01' }], ledgers: [{ ...ledger, removedOn: '2022-09-01' }] }, version: 2 });
  expect(await select(database.db.manager, 'SELECT party_id AS id, since_on AS since FROM case_exclusions')).toEqual([{ id: accused, since: '2022-07-01' }]);
  expect(await select(database.db.manager, 'SELECT campaign_id AS id, removed_on AS removedOn FROM case_ledgers')).toEqual([{ id: campaignId, removedOn: '2022-09-01' }]);
  await put({ scope: { ...scope, excluded: [], ledgers: [] }, version: 3 });
  expect([await count('case_exclusions'), await count('case_ledgers')]).toEqual([0, 0]);
});

test('of the cases whose scope is put, those are told that stand otherwise in their ledgers', async () => {
  const ledger = { campaignId, divisionCode: '330402000000', enteredOn: '2022-08-01', removedOn: null };
  const [counted, plain] = [scopeOf({ ledgers: [ledger] }), scopeOf({})];
  expect(await put({ scope: counted, version: 1 }, { scope: plain, version: 1 })).toEqual([counted.caseId]);
  expect(await put({ scope: { ...counted, parties: [unit(other, 'SUPPORT')] }, version: 2 }, { scope: { ...plain, leadUnitId: other }, version: 2 })).toEqual([]);
  expect(await put({ scope: { ...counted, ledgers: [{ ...ledger, removedOn: '2022-09-01' }] }, version: 3 })).toEqual([counted.caseId]);
  expect(await put({ scope: { ...counted, ledgers: [] }, version: 4 }, { scope: { ...plain, ledgers: [ledger] }, version: 3 })).toEqual(expect.arrayContaining([counted.caseId, plain.caseId]));
});
