import type { Viewer } from '@anjie/access';
import { select } from '@anjie/service-kit/database';
import { viewers } from '@anjie/testing';
import { aRepliedCase, onDay } from './life';
import { portal, rate, receiptOf } from './petitioner';
import { openCases, people, register, type CasesWorld } from './world';

let world: CasesWorld;
beforeAll(async () => (world = await openCases()));
beforeEach(() => world.reset());
afterAll(() => world?.close());

/** Who read what, without what the test's own arrangements read. */
async function readings(work: () => Promise<unknown>) {
  await world.db.manager.query("DELETE FROM audit_entries WHERE action = 'TEXT_READ'");
  await work();
  const rows = await select<{ actor: string; subjectType: string; subjectId: string; caseId: string; detail: string }>(
    world.db.manager, "SELECT actor, subject_type AS subjectType, subject_id AS subjectId, case_id AS caseId, detail FROM audit_entries WHERE action = 'TEXT_READ' ORDER BY id",
  );
  return rows.map(({ detail, ...row }) => ({ ...row, text: (JSON.parse(detail) as { text: string }).text }));
}
const ask = (viewer: Viewer, text: string, id: string) => world.client.query<Record<string, never>>(viewer, `query ($id: ID!) { ${text} }`, { id });

test('whoever reads the text of a petition leaves an entry, once for each petition and request; without asking for the text none', async () => {
  const { petition, case: one } = await register(world);
  const entry = { actor: people.county.subject, subjectType: 'Petition', subjectId: petition.id, caseId: one.id, text: 'CONTENT' };
  const twice = 'a: petition(id: $id) { content } b: petition(id: $id) { content case { petitions { nodes { content } } } }';
  expect(await readings(() => ask(people.county, twice, petition.id))).toEqual([entry]);
  await register(world);
  expect(await readings(() => world.client.query(people.county, '{ petitions { nodes { content } } }'))).toHaveLength(2);
  expect(await readings(() => ask(people.county, 'petition(id: $id) { title case { title summary } }', petition.id))).toEqual([]);
});

test('who sees nothing, and a petition without a text, leave none', async () => {
  const { petition } = await register(world);
  const bare = await register(world, people.clerk, { content: undefined });
  const text = 'petition(id: $id) { content }';
  for (const viewer of [people.stranger, people.otherCounty, viewers.plain(), viewers.auditor(), portal]) {
    expect(await readings(() => world.client.ask(viewer, `query ($id: ID!) { ${text} }`, { id: petition.id }))).toEqual([]);
  }
  expect(await readings(async () => expect(await ask(people.county, text, bare.petition.id)).toEqual({ petition: { content: null } }))).toEqual([]);
});

test('facts and answers of an opinion are one reading each, a comment on a rating another; state and value none', async () => {
  await onDay(world, '2022-09-27');
  const { id } = await aRepliedCase(world);
  await rate(world, await receiptOf(world, id), { comment: '答复没有讲清楚法律依据' });
  const words = 'case(id: $id) { opinions { facts responses { answer } } ratings { comment } }';
  const found = await readings(() => ask(people.housing, words, id));
  expect(found.map(({ subjectType, text, caseId, actor }) => [subjectType, text, caseId, actor])).toEqual(expect.arrayContaining([
    ['Opinion', 'FACTS', id, people.housing.subject], ['Opinion', 'ANSWERS', id, people.housing.subject], ['Rating', 'COMMENT', id, people.housing.subject],
  ]));
  expect(found).toHaveLength(3);
  expect(await readings(() => ask(people.housing, 'case(id: $id) { opinions { stage responses { result basis } } ratings { state value } }', id))).toEqual([]);
});

test('no audit, no sight: while no entry can be written no text is shown', async () => {
  const { petition } = await register(world);
  await world.db.manager.query('RENAME TABLE audit_entries TO audit_entries_away');
  try {
    const { data, errors } = await world.client.ask(people.county, 'query ($id: ID!) { petition(id: $id) { title content } }', { id: petition.id });
    expect(JSON.stringify(data ?? null)).not.toContain('我们小区');
    expect(errors).toHaveLength(1);
  } finally {
    await world.db.manager.query('RENAME TABLE audit_entries_away TO audit_entries');
  }
});
