import { select } from '@anjie/service-kit/database';
import { mostReadingsInHour } from '../src/readings/reader-repository';
import { aRegistration, anIdNumber, key, openCases, people, register, REGISTER, type CasesWorld, type Registered } from './world';

let world: CasesWorld;
beforeAll(async () => (world = await openCases()));
beforeEach(() => world.reset());
afterAll(() => world?.close());

const count = async (table: string): Promise<number> => Number((await select<{ n: string }>(world.db.manager, `SELECT COUNT(*) AS n FROM ${table}`))[0]?.n);

test('registering makes a case with a number, and starts T2 of 《信访工作条例》第二十二条 at the registering unit · row 81', async () => {
  const done = await register(world);
  expect(done.case).toMatchObject({ status: 'REGISTERED', number: expect.stringMatching(/^M6401042022000001[\dX]$/) as string });
  expect(done.petition.number).toMatch(/^640104-V-20220927-000001[\dX]$/);
  const [told] = await select<{ payload: string }>(world.db.manager, `SELECT payload FROM outbox_messages WHERE topic = 'obligation-declared'`);
  expect(JSON.parse(told?.payload ?? '{}')).toMatchObject({ dutyCode: 'T2', startOn: '2022-09-27', dueOn: '2022-10-12', obligorUnitId: people.clerk.unitId });
});

test('identity is masked in every answer, sealed in the table, and found again by its blind index', async () => {
  const done = await register(world);
  expect(done.petition.petitioners[0]).toMatchObject({ maskedName: '马**', maskedPhone: '138******07', maskedIdNumber: expect.stringMatching(/^640\*+/) as string });
  const rows = await select<Record<string, Buffer>>(world.db.manager, 'SELECT * FROM petitioners');
  const stored = Buffer.concat(Object.values(rows[0] ?? {}).filter(Buffer.isBuffer)).toString('latin1');
  expect(rows).toHaveLength(1);
  expect(stored).not.toContain(Buffer.from('马小明').toString('latin1'));
  expect(stored).not.toContain(anIdNumber(7));
  await register(world, people.clerk, { petitioners: [{ name: '马小明', idNumber: `${anIdNumber(7).toLowerCase()}` }] });
  const [same] = await select<{ n: string }>(world.db.manager, 'SELECT COUNT(DISTINCT id_number_index) AS n FROM petitioners');
  expect(Number(same?.n)).toBe(1);
});

test('a sealed value that is copied to another row does not open', async () => {
  const one = await register(world);
  await register(world, people.clerk, { petitioners: [{ name: '他人', phone: '13900000000' }] });
  await world.db.query('UPDATE petitioners SET name_sealed = (SELECT s FROM (SELECT name_sealed AS s FROM petitioners WHERE petition_id <> ?) t) WHERE petition_id = ?', [one.petition.id, one.petition.id]);
  const result = await world.client.ask(people.clerk, '{ petitions { nodes { id petitioners { maskedName } } } }');
  expect(result.errors?.length).toBeGreaterThan(0);
});

test('the same request sent a hundred times registers once and answers the same', async () => {
  const input = aRegistration();
  const answers = await Promise.all(Array.from({ length: 100 }, () => world.client.query<Registered>(people.clerk, REGISTER, { input })));
  expect(new Set(answers.map((a) => a.registerPetition.case.id)).size).toBe(1);
  expect(await count('petitions')).toBe(1);
});

test('a key that comes back with another input, or from another person, is told apart', async () => {
  const input = aRegistration();
  await world.client.query(people.clerk, REGISTER, { input });
  const reused = await world.client.ask(people.clerk, REGISTER, { input: { ...input, title: '另一件事' } });
  expect(reused.errors?.[0]?.message).toMatch(/idempotency key/);
  await world.client.query(people.county, REGISTER, { input });
  expect(await count('petitions')).toBe(2);
});

test.each([
  ['the accused in a claim (第三十条第三款)', { accused: [{ description: '某站长' }] }, 'ACCUSED_NOT_FIT'],
  ['six representatives of a visit (第二十条第三款)', { petitioners: Array.from({ length: 6 }, (_u, i) => ({ name: `代表${i}` })) }, 'TOO_MANY_REPRESENTATIVES'],
  ['a date in the future', { petitionedOn: '2022-09-28' }, 'DATE_IN_FUTURE'],
  ['an ID number with a wrong check digit', { petitioners: [{ idNumber: '640000195001010012' }] }, 'ID_NUMBER_INVALID'],
  ['an ID number with a birthday that never was', { petitioners: [{ idNumber: '640000195002300018' }] }, 'ID_NUMBER_INVALID'],
  ['an unknown division', { divisionCode: '999999' }, 'DIVISION_UNKNOWN'],
  ['a division text with a wildcard', { divisionCode: '64%' }, 'DIVISION_UNKNOWN'],
  ['an empty title', { title: '  ' }, 'TEXT_LENGTH'],
  ['a NUL in a text', { summary: 'a\u0000b' }, 'TEXT_LENGTH'],
  ['a case that does not exist', { caseId: '00000000-0000-4000-8000-000000000000' }, 'NOT_FOUND'],
])('%s is refused and nothing is written', async (_what, part, code) => {
  const done = await register(world, people.clerk, part);
  expect(done).toMatchObject({ __typename: 'PetitionRefusal', code });
  expect([await count('petitions'), await count('cases'), await count('outbox_messages'), await count('idempotency_keys')]).toEqual([0, 0, 0, 0]);
});

test('a second petition on a case needs sight of the case, and keeps it one case', async () => {
  const first = await register(world);
  expect(await register(world, people.stranger, { caseId: first.case.id })).toMatchObject({ code: 'NOT_FOUND' });
  const second = await register(world, people.clerk, { caseId: first.case.id });
  expect(second.case.id).toBe(first.case.id);
  expect([await count('cases'), await count('petitions')]).toEqual([1, 2]);
});

test('whoever belongs to no unit registers nothing: the case would have no registrar who sees it', async () => {
  for (const viewer of [{ ...people.clerk, unitId: null }, { ...people.housing, unitId: null }]) expect(await register(world, viewer)).toMatchObject({ code: 'NOT_PERMITTED' });
  expect(await count('cases')).toBe(0);
});

test('rare characters, emoji and a hundred-character name survive', async () => {
  const name = '𠮷田·古丽'.repeat(20).slice(0, 100);
  const done = await register(world, people.clerk, { title: '反映😀𡈽地问题', petitioners: [{ name }] });
  const revealed = await world.client.query<{ revealPetitioner: { name: string } }>(people.county, REVEAL, {
    input: { idempotencyKey: key(), petitionId: done.petition.id, ref: done.petition.petitioners[0]?.ref, reason: '核对信访人身份' },
  });
  expect(revealed.revealPetitioner.name).toBe(name.normalize('NFC'));
});

const REVEAL = `mutation ($input: RevealPetitionerInput!) { revealPetitioner(input: $input) {
  __typename ... on RevealedPetitioner { name idNumber phone address } ... on PetitionRefusal { code } } }`;

test('identity is shown with a reason, each time audited, to those who answer for the case and nobody else', async () => {
  const done = await register(world);
  const input = () => ({ idempotencyKey: key(), petitionId: done.petition.id, ref: done.petition.petitioners[0]?.ref, reason: '核对信访人身份' });
  const ask = async (viewer: typeof people.clerk, part = {}) =>
    (await world.client.query<{ revealPetitioner: Record<string, string> }>(viewer, REVEAL, { input: { ...input(), ...part } })).revealPetitioner;
  expect(await ask(people.clerk)).toMatchObject({ name: '马小明', idNumber: anIdNumber(7) });
  for (const reason of ['看', '      ', '\u200b\u200b\u200b\u200b\u200b\u200b', '核对信访人\u202e身份']) expect(await ask(people.clerk, { reason })).toMatchObject({ code: 'REASON_MISSING' });
  expect(await ask(people.stranger)).toMatchObject({ code: 'NOT_FOUND' });
  expect(await ask(people.otherCounty)).toMatchObject({ code: 'NOT_FOUND' });
  const [audited] = await select<{ n: string }>(world.db.manager, `SELECT COUNT(*) AS n FROM audit_entries WHERE action = 'IDENTITY_READ'`);
  expect(Number(audited?.n)).toBe(1);
});

test('the thirty-first reading within an hour is refused', async () => {
  const done = await register(world);
  const ask = async () =>
    (await world.client.query<{ revealPetitioner: Record<string, string> }>(people.clerk, REVEAL, {
      input: { idempotencyKey: key(), petitionId: done.petition.id, ref: done.petition.petitioners[0]?.ref, reason: '核对信访人身份' },
    })).revealPetitioner;
  for (let i = 0; i < 30; i += 1) expect(await ask()).toMatchObject({ name: '马小明' });
  expect(await ask()).toMatchObject({ code: 'QUOTA_EXCEEDED' });
});

describe('a repeated reading (the same idempotency key)', () => {
  const read = async (input: object, viewer = people.clerk) => (await world.client.query<{ revealPetitioner: Record<string, string> }>(viewer, REVEAL, { input })).revealPetitioner;
  const audited = async (): Promise<number> => Number((await select<{ n: string }>(world.db.manager, `SELECT COUNT(*) AS n FROM audit_entries WHERE action = 'IDENTITY_READ'`))[0]?.n);
  const one = async () => {
    const { petition, case: { id } } = await register(world);
    return { caseId: id, input: { idempotencyKey: key(), petitionId: petition.id, ref: petition.petitioners[0]?.ref, reason: '核对信访人身份' } };
  };

  test('is audited and counted like the first', async () => {
    const { input } = await one();
    for (let i = 1; i <= 30; i += 1) expect([await read(input), await audited()]).toMatchObject([{ name: '马小明' }, i]);
    expect([await read(input), await audited()]).toMatchObject([{ code: 'QUOTA_EXCEEDED' }, 30]);
  });

  test('shows nothing any more once the case is not visible', async () => {
    const { input, caseId } = await one();
    expect(await read(input)).toMatchObject({ name: '马小明' });
    await world.db.query("INSERT INTO case_exclusions (case_id, party_kind, party_id) VALUES (?, 'OFFICIAL', ?)", [caseId, people.clerk.subject]);
    expect([await read(input), await audited()]).toEqual([{ __typename: 'PetitionRefusal', code: 'NOT_FOUND' }, 1]);
  });

  test('forty at the same moment: thirty are shown and audited', async () => {
    const { input } = await one();
    const answers = await Promise.all(Array.from({ length: 40 }, () => read(input)));
    expect(answers.filter(({ name }) => name === '马小明')).toHaveLength(30);
    expect([answers.filter(({ code }) => code === 'QUOTA_EXCEEDED').length, await audited(), await mostReadingsInHour(world.db.manager)]).toEqual([10, 30, 30]);
  });
});
