import { createHash, randomUUID } from 'node:crypto';
import { isEnumType, isInputObjectType, isObjectType, isUnionType, type GraphQLEnumType, type GraphQLNamedType, getNamedType } from 'graphql';
import { canonicalJson, select } from '@anjie/service-kit/database';
import { viewers } from '@anjie/testing';
import { buildCasesSchema } from '../src/subgraph';
import { assign, count, faultOf, makePlan, seesCase, told } from './asking';
import { accuse, actor, anAccusation, aTransfer, canary, exclude, official, outsider, placeUnits, progress, revealed, TRANSFER, transfer, unit } from './sealed-world';
import { openCases, people, register, REGISTER, type CasesWorld } from './world';

let world: CasesWorld;
beforeAll(async () => {
  world = await openCases();
});
beforeEach(async () => {
  await world.reset();
  await placeUnits(world);
});
afterAll(() => world?.close());

const excludedOf = async (caseId: string): Promise<string[]> =>
  (await select<{ id: string }>(world.db.manager, 'SELECT party_id AS id FROM case_exclusions WHERE case_id = ?', [caseId])).map((row) => row.id).sort();

describe('registration (第三十条)', () => {
  test('takes an accusation without any name, and keeps out the accused, their line and nobody else', async () => {
    const done = await accuse(world, { petitioners: [] });
    expect(done).toMatchObject({ __typename: 'RegisterPetitionPayload', case: { status: 'REGISTERED', version: 1 }, petition: { petitioners: [], content: null } });
    expect(await excludedOf(done.case.id)).toEqual([unit.centre, unit.bureau, unit.cityBureau, official.mole].sort());
    expect((await told(world, 'case-scope-changed')).at(-1)).toMatchObject({ isSealed: true, parties: [{ role: 'REGISTRAR', id: unit.hall }], ledgers: [] });
    expect((await told(world, 'obligation-declared')).at(-1)).toMatchObject({ dutyCode: 'T2', state: 'OPEN', obligorUnitId: unit.hall });
  });

  test('an accused head keeps their whole unit and its line out', async () => {
    const done = await accuse(world, { accused: [{ officialId: official.chief }] });
    expect(await excludedOf(done.case.id)).toEqual([official.chief, unit.centre, unit.bureau, unit.cityBureau].sort());
  });

  test('the openness of the petition stays an ordinary one for a claim', async () => {
    const done = await register(world, actor.clerk);
    expect((await told(world, 'case-scope-changed')).at(-1)).toMatchObject({ caseId: done.case.id, isSealed: false });
  });

  test.each<[string, Record<string, unknown>, typeof actor.clerk, string]>([
    ['by the accused unit', {}, actor.centre, 'UNIT_EXCLUDED'],
    ['by a unit in its line', {}, actor.cityBureau, 'UNIT_EXCLUDED'],
    ['by a unit below the accused', { accused: [{ unitId: unit.government }] }, actor.clerk, 'UNIT_EXCLUDED'],
    ['by the accused in person', { accused: [{ officialId: official.mole }] }, viewers.clerk(unit.hall, official.mole), 'UNIT_EXCLUDED'],
    ['by somebody without a unit', {}, { ...actor.office, unitId: null }, 'NOT_PERMITTED'],
    ['with a unit that is not known', { accused: [{ unitId: randomUUID() }] }, actor.clerk, 'ACCUSED_NOT_FIT'],
    ['with an official that is not known', { accused: [{ officialId: randomUUID() }] }, actor.clerk, 'ACCUSED_NOT_FIT'],
    ['with a text for an id', { accused: [{ unitId: "' OR '1'='1" }] }, actor.clerk, 'ACCUSED_NOT_FIT'],
    ['with a name given twice over', { accused: [{ unitId: unit.centre, description: '某' }] }, actor.clerk, 'ACCUSED_NOT_FIT'],
    ['on a case that does not exist', { caseId: randomUUID() }, actor.clerk, 'NOT_FOUND'],
    ['without a title', { title: ' ' }, actor.clerk, 'TEXT_LENGTH'],
  ])('%s is refused, and nothing is written', async (_what, part, viewer, code) => {
    expect(await accuse(world, part, viewer)).toMatchObject({ __typename: 'PetitionRefusal', code });
    for (const table of ['cases', 'petitions', 'accusations', 'accusation_texts', 'accused_parties', 'exclusion_records', 'outbox_messages', 'idempotency_keys']) expect([table, await count(world, table)]).toEqual([table, 0]);
  });

  test('an accusation joins no ordinary case, an ordinary petition no accusation; another accusation joins its own', async () => {
    const open = await register(world, actor.clerk);
    expect(await accuse(world, { caseId: open.case.id })).toMatchObject({ code: 'CASE_NOT_SEALED' });
    const sealed = await accuse(world);
    expect(await register(world, actor.clerk, { caseId: sealed.case.id })).toMatchObject({ code: 'CASE_SEALED' });
    expect(await accuse(world, { caseId: sealed.case.id, accused: [{ unitId: unit.court }] })).toMatchObject({ case: { id: sealed.case.id, version: 2 } });
    expect(await excludedOf(sealed.case.id)).toContain(unit.court);
    expect((await revealed(world, sealed.case.id)).texts).toHaveLength(2);
  });

  test('whoever accuses is found by no fingerprint, and the request leaves no print to try texts against', async () => {
    const input = anAccusation();
    const send = (part = {}) => world.client.ask(actor.clerk, REGISTER, { input: { ...input, ...part } });
    expect(await send()).toEqual(await send());
    expect((await send({ title: '另一标题' })).errors?.[0]?.message).toMatch(/idempotency key/);
    expect(await count(world, 'cases')).toBe(1);
    const [stored] = await select<{ hash: Buffer }>(world.db.manager, 'SELECT request_hash AS hash FROM idempotency_keys');
    expect(stored?.hash.equals(createHash('sha256').update(canonicalJson(input)).digest())).toBe(false);
    expect(await count(world, 'petitioners', 'id_number_index IS NOT NULL OR phone_index IS NOT NULL')).toBe(0);
    expect(await count(world, 'petitioners')).toBeGreaterThan(0);
    await register(world, actor.clerk);
    expect(await count(world, 'petitioners', 'id_number_index IS NOT NULL')).toBe(1);
  });
});

describe('storage (第三十条第三款)', () => {
  test('not one word of it stands in any table in clear: texts, accused, notes, reasons, messages, audit, history', async () => {
    const open = await register(world, actor.clerk, { title: '甘棠公开标题' });
    const { id } = (await accuse(world)).case;
    await revealed(world, id);
    await transfer(world, id);
    await revealed(world, id, actor.discipline);
    await exclude(world, id, { officialId: official.chief, reason: '甘棠回避事由' }, actor.discipline);
    const tables = await select<{ name: string }>(world.db.manager, 'SELECT table_name AS name FROM information_schema.tables WHERE table_schema = DATABASE()');
    const found: string[] = [];
    for (const { name } of tables) {
      const text = JSON.stringify(await select(world.db.manager, `SELECT * FROM ${name}`), (_key, value: unknown) =>
        typeof value === 'object' && value !== null && (value as { type?: string }).type === 'Buffer' ? Buffer.from((value as { data: number[] }).data).toString('utf8') : value);
      if (text.includes('甘棠') || text.includes('discipline.corruption') || text.includes('640199')) found.push(name);
    }
    expect(found).toEqual(['cases', 'petitions']);
    for (const table of found) expect(await count(world, table, `title LIKE '%甘棠%'`)).toBe(1);
    expect(await count(world, 'cases', `id = '${open.case.id}' AND title LIKE '%甘棠%'`)).toBe(1);
    expect(await select(world.db.manager, 'SELECT title, summary, search_grams AS grams, content_category AS category FROM cases WHERE id = ?', [id]))
      .toEqual([{ title: '检举控告件', summary: '', grams: '', category: null }]);
    expect(tables.length).toBeGreaterThan(20);
  });
});

describe('reading the words', () => {
  const WORDS = {
    title: canary.title, content: canary.content, claims: [canary.claim], contentCategory: 'discipline.corruption', addressee: canary.addressee, hotTopic: { slug: canary.hotTopic },
    externalCategory: { slug: canary.category }, residenceDivisionCode: '640199',
  };

  test('the unit that has it reads them with a reason, each time audited; nobody else, before and after', async () => {
    const { id } = (await accuse(world)).case;
    const shown = await revealed(world, id);
    expect(shown).toMatchObject({ __typename: 'RevealedAccusation', texts: [WORDS], transferNote: null });
    expect(shown.accused).toEqual(expect.arrayContaining([{ unit: { id: unit.centre }, official: null, description: null }, { unit: null, official: null, description: canary.description }]));
    for (const reason of ['看', '\u200b\u200b\u200b\u200b\u200b\u200b']) expect(await revealed(world, id, actor.clerk, reason)).toMatchObject({ code: 'REASON_MISSING' });
    for (const viewer of [actor.centre, actor.bureau, actor.office, actor.province, actor.discipline, viewers.clerk(unit.hall, official.mole)]) expect(await revealed(world, id, viewer)).toMatchObject({ code: 'NOT_FOUND' });
    await transfer(world, id);
    expect(await revealed(world, id)).toMatchObject({ code: 'NOT_FOUND' });
    expect(await revealed(world, id, actor.discipline)).toMatchObject({ texts: [WORDS], transferNote: canary.note });
    expect([await count(world, 'audit_entries', `action = 'ACCUSATION_READ'`), await count(world, 'accusation_readings')]).toEqual([2, 2]);
    expect(await revealed(world, (await register(world, actor.clerk)).case.id)).toMatchObject({ code: 'CASE_NOT_SEALED' });
  });

  test('the eleventh reading within an hour is refused', async () => {
    const { id } = (await accuse(world)).case;
    for (let i = 0; i < 10; i += 1) expect((await revealed(world, id)).__typename).toBe('RevealedAccusation');
    expect(await revealed(world, id)).toMatchObject({ code: 'QUOTA_EXCEEDED' });
    expect((await revealed(world, id, actor.colleague)).__typename).toBe('RevealedAccusation');
  });
});

describe('transfer (第二十三条第四款、第三十条)', () => {
  test.each<[string, string, string, string | null]>([
    ['the accused unit', unit.centre, 'UNIT_EXCLUDED', '《信访工作条例》第三十条第三款'], ['a unit above it', unit.bureau, 'UNIT_EXCLUDED', '《信访工作条例》第三十条第三款'],
    ['the top of its line', unit.cityBureau, 'UNIT_EXCLUDED', '《信访工作条例》第三十条第三款'], ['a discipline office within the line', unit.inspection, 'UNIT_EXCLUDED', '《信访工作条例》第三十条第三款'],
    ['a joint office', unit.office, 'UNIT_KIND_NOT_FIT', '《信访工作条例》第二十三条第四款、第三十条'], ['the government', unit.government, 'UNIT_KIND_NOT_FIT', '《信访工作条例》第二十三条第四款、第三十条'],
    ['the own unit', unit.hall, 'OWN_UNIT', null], ['the organ of another county', unit.otherDiscipline, 'UNIT_LEVEL_NOT_FIT', '《信访工作条例》第二十三条第四款'],
    ['nobody', randomUUID(), 'UNIT_UNKNOWN', null], ['no id', 'x', 'UNIT_UNKNOWN', null],
  ])('to %s is refused with its article, and nothing is written', async (_what, toUnitId, code, basis) => {
    const { id } = (await accuse(world)).case;
    const before = await Promise.all(['outbox_messages', 'audit_entries', 'case_events', 'exclusion_records'].map((table) => count(world, table)));
    expect(await transfer(world, id, { toUnitId })).toMatchObject({ code, basis });
    expect(await Promise.all(['outbox_messages', 'audit_entries', 'case_events', 'exclusion_records'].map((table) => count(world, table)))).toEqual(before);
    expect(await count(world, 'cases', `status = 'TRANSFERRED'`)).toBe(0);
  });

  test.each([['the discipline organ of the county', unit.discipline], ['that of the city', unit.cityDiscipline], ['a court', unit.court]])('to %s: audited, told, in the history, T2 met', async (_what, toUnitId) => {
    const { id } = (await accuse(world)).case;
    expect(await transfer(world, id, { toUnitId: toUnitId.toUpperCase() })).toMatchObject({ __typename: 'TransferAccusationPayload', toUnit: { id: toUnitId }, transferredOn: '2022-09-27' });
    expect((await told(world, 'case-scope-changed')).at(-1)).toMatchObject({ isSealed: true, status: 'TRANSFERRED', parties: [{ role: 'LEAD', id: toUnitId }] });
    expect((await told(world, 'obligation-declared')).at(-1)).toMatchObject({ dutyCode: 'T2', state: 'MET', metOn: '2022-09-27' });
    expect([await count(world, 'audit_entries', `action = 'ACCUSATION_TRANSFERRED'`), await count(world, 'case_events', `action = 'TRANSFERRED' AND status = 'TRANSFERRED'`)]).toEqual([1, 1]);
  });

  test('the accused are looked up again: who heads the court by now takes it out of question', async () => {
    const { id } = (await accuse(world)).case;
    await placeUnits(world, { headOfCourt: official.mole });
    expect(await transfer(world, id, { toUnitId: unit.court })).toMatchObject({ code: 'UNIT_EXCLUDED' });
    expect(await transfer(world, id)).toMatchObject({ __typename: 'TransferAccusationPayload' });
    expect(await excludedOf(id)).toContain(unit.court);
  });

  test('an accused of the city is beyond the organ of the county', async () => {
    const { id } = (await accuse(world, { accused: [{ unitId: unit.cityBureau }] })).case;
    expect(await transfer(world, id)).toMatchObject({ code: 'UNIT_LEVEL_NOT_FIT' });
    expect(await transfer(world, id, { toUnitId: unit.cityDiscipline })).toMatchObject({ __typename: 'TransferAccusationPayload' });
  });

  test('the organ may hand it on, and then no longer sees it', async () => {
    const { id } = (await accuse(world)).case;
    await transfer(world, id);
    expect(await transfer(world, id, { toUnitId: unit.cityDiscipline, expectedVersion: 2 })).toMatchObject({ code: 'NOT_FOUND' });
    expect(await transfer(world, id, { toUnitId: unit.cityDiscipline, expectedVersion: 2 }, actor.discipline)).toMatchObject({ __typename: 'TransferAccusationPayload' });
    expect([await seesCase(world, actor.discipline, id), await seesCase(world, actor.cityDiscipline, id)]).toEqual([false, true]);
  });

  test('an ordinary case, an overlong note, a stale version; and of two at once one wins', async () => {
    const open = await register(world, actor.clerk);
    expect(await transfer(world, open.case.id)).toMatchObject({ code: 'CASE_NOT_SEALED' });
    const { id } = (await accuse(world)).case;
    expect(await transfer(world, id, { note: '长'.repeat(1_001) })).toMatchObject({ code: 'TEXT_LENGTH' });
    expect(await faultOf(world, actor.clerk, TRANSFER, { input: aTransfer(id, { expectedVersion: 7 }) })).toMatchObject({ code: 'CONFLICT', detail: { currentVersion: 1 } });
    const both = await Promise.all([transfer(world, id), transfer(world, id, { toUnitId: unit.court }, actor.colleague)]);
    expect(both.map((one) => one.code ?? 'done').sort()).toEqual(['NOT_FOUND', 'done']);
    expect(await count(world, 'case_parties', `case_id = '${id}'`)).toBe(1);
  });

  test('the same request again answers the same and moves nothing', async () => {
    const { id } = (await accuse(world)).case;
    const input = aTransfer(id);
    const answers = await Promise.all([1, 2, 3].map(() => world.client.query(actor.clerk, TRANSFER, { input })));
    expect(new Set(answers.map((one) => JSON.stringify(one))).size).toBe(1);
    expect(await count(world, 'audit_entries', `action = 'ACCUSATION_TRANSFERRED'`)).toBe(1);
  });
});

test('progress is a code, by the organ that has it, forward only', async () => {
  const { id } = (await accuse(world)).case;
  expect(await progress(world, id, { expectedVersion: 1 }, actor.clerk)).toMatchObject({ code: 'NOT_TRANSFERRED' });
  await transfer(world, id);
  for (const viewer of [actor.clerk, actor.centre, actor.office, actor.cityDiscipline]) expect(await progress(world, id, {}, viewer)).toMatchObject({ code: 'NOT_FOUND' });
  expect(await progress(world, id)).toMatchObject({ case: { version: 3, accusation: { stage: 'RECEIVED', transferredOn: '2022-09-27', receivedBy: { id: unit.discipline } } } });
  expect(await progress(world, id, { expectedVersion: 3 })).toMatchObject({ code: 'STAGE_NOT_AHEAD' });
  expect(await progress(world, id, { expectedVersion: 3, stage: 'CONCLUDED' })).toMatchObject({ case: { accusation: { stage: 'CONCLUDED' } } });
});

describe('ordinary commands', () => {
  test('refuse a sealed case to the office that has it, and do not know it for anybody else', async () => {
    const { id } = (await accuse(world, {}, actor.office)).case;
    for (const act of [assign, makePlan]) {
      expect(await act(world, id, {}, actor.office)).toMatchObject({ code: 'CASE_SEALED' });
      expect(await act(world, id, {}, people.county)).toMatchObject({ code: 'NOT_FOUND' });
      expect(await act(world, id, {}, actor.province)).toMatchObject({ code: 'NOT_FOUND' });
    }
    const open = await register(world, actor.office);
    expect(await assign(world, open.case.id, {}, actor.office)).toMatchObject({ __typename: 'AssignCasePayload' });
  });

  test('each command on a case can say CASE_SEALED: lockCase gives up every one of them with it', () => {
    const lane = ['transferAccusation', 'recordAccusationProgress', 'revealAccusation', 'excludeFromCase', 'liftExclusion'];
    // not through lockCase: a sealed case is in no cluster, a pair with one is refused with SEALED, and it is never matched
    const apart = new Set([...lane, 'revealPetitioner', 'removeFromCluster', 'askBlindMatch', 'confirmRepeat', 'refuseRepeat']);
    const fields = Object.values(buildCasesSchema().getMutationType()?.getFields() ?? {}).filter((field) => !apart.has(field.name) && field.args.some(({ type }) => {
      const input = getNamedType(type);
      return isInputObjectType(input) && ('caseId' in input.getFields() || 'petitionId' in input.getFields());
    }));
    expect(fields.map((field) => field.name)).toEqual(expect.arrayContaining(['assignCase', 'makeResolutionPlan', 'registerPetition']));
    expect(fields.filter((field) => !codesOf(getNamedType(field.type)).includes('CASE_SEALED')).map((field) => field.name)).toEqual([]);
  });
});

function codesOf(type: GraphQLNamedType): string[] {
  const members = isUnionType(type) ? type.getTypes().filter(isObjectType) : [];
  const enums = members.flatMap((member) => ('code' in member.getFields() ? [getNamedType(member.getFields()['code']?.type)] : [])).filter((one): one is GraphQLEnumType => isEnumType(one));
  return enums.flatMap((one) => one.getValues().map((value) => value.name));
}

test('a crew or a referral that is told of a sealed case opens it to nobody', async () => {
  const { id } = (await accuse(world)).case;
  await world.db.query(`INSERT INTO case_crew_members (case_id, official_id, role) VALUES (?, ?, 'SPONSOR')`, [id, people.leader.subject]);
  await world.db.query('INSERT INTO case_referrals (referral_id, case_id, to_unit_id, is_seen) VALUES (?, ?, ?, 1)', [randomUUID(), id, outsider]);
  await transfer(world, id);
  expect([await seesCase(world, people.leader, id), await seesCase(world, people.stranger, id), await seesCase(world, actor.discipline, id)]).toEqual([false, false, true]);
});
