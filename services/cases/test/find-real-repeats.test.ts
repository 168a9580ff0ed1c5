import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { openRows } from '@anjie/workbook';
import { select } from '@anjie/service-kit/database';
import { containmentOf, similarityOf } from '../src/rules/minhash';
import { scoreRepeat } from '../src/rules/repeat-score';
import { findCandidates } from '../src/repeats/candidate-repository';
import { createMatterSigner } from '../src/repeats/matter-signer';
import { insertCases, insertPetitions } from '../src/cases/case-writer';
import { chunksOf } from '@anjie/service-kit/runtime';
import { openCases, people, type CasesWorld } from './world';

/** Messages that people wrote to their government, and which of them say the same; they never enter the repository. */
const folder = process.env['ANJIE_TEST_DATA'] ?? '';
const file = (name: string): string => join(folder, `${name}.csv`);
const isThere = folder !== '' && existsSync(file('exact_duplicate_groups'));
const maybe = isThere ? test : test.skip;
const DATASETS = ['taidi_messages_hot', 'taidi_messages_with_reply'] as const;

let world: CasesWorld;
beforeAll(async () => {
  if (isThere) world = await openCases();
});
afterAll(() => world?.close());

type Cells = Readonly<Record<string, string>>;
async function rowsOf(name: string): Promise<Cells[]> {
  const rows: Cells[] = [];
  for await (const { cells } of openRows({ path: file(name) })) rows.push(Object.fromEntries(Object.entries(cells).map(([header, cell]) => [header, cell?.text ?? ''])));
  return rows;
}

interface Message {
  readonly texts: readonly string[];
  readonly petitionId: string;
}

/** Every message as a registered petition of a case of its own. */
async function load(dataset: string): Promise<ReadonlyMap<string, Message>> {
  await world.reset();
  const messages = await rowsOf(dataset);
  const ids = new Map<string, Message>();
  for (const some of chunksOf(messages, 500)) {
    const cell = (row: Cells, name: string): string => row[name] ?? '';
    const place = { divisionCode: '640104', registeredOn: '2022-09-27', registeredUnitId: null };
    const title = (row: Cells): string => [...cell(row, 'title')].slice(0, 200).join('');
    const caseIds = await insertCases(world.db.manager, some.map((row) => ({
      ...place, purpose: 'CLAIM', title: title(row), summary: [...cell(row, 'detail')].slice(0, 500).join(''), contentCategory: null, leadUnitId: null, leadSince: null, limitOn: null,
    })));
    const petitionIds = await insertPetitions(world.db.manager, world.services.vault, some.map((row, i) => ({
      ...place, caseId: caseIds[i] ?? '',
      petition: { channel: 'ONLINE', petitionedOn: '2022-09-01', title: title(row), content: cell(row, 'detail'), petitionerCount: 1, affectedCount: null, identities: [] },
    })));
    some.forEach((row, i) => ids.set(cell(row, 'id'), { texts: [title(row), cell(row, 'detail')], petitionId: petitionIds[i] ?? '' }));
  }
  return ids;
}

/** The scores of the petitions that the look-up of one message suggests. */
async function suggestedTo(message: Message): Promise<ReadonlyMap<string, number>> {
  const signature = world.services.vault.matterSigner.sign(message.texts);
  const rows = await findCandidates(world.db.manager, people.county, { signature, prints: [], near: [640104, 640104] });
  return new Map(rows.flatMap((row) => {
    const similarity = similarityOf(signature.signature, row.signature);
    const scored = scoreRepeat({
      sameIdNumber: false, samePhone: false, sameName: false, similarity, containment: containmentOf(similarity, [signature.grams, row.grams]), samePlace: true, sameCategory: false,
    });
    return scored ? [[row.petitionId, scored.score] as const] : [];
  }));
}

async function foundShare(messages: ReadonlyMap<string, Message>, pairs: readonly (readonly [string, string])[]): Promise<number> {
  let found = 0;
  for (const [a, b] of pairs) {
    const [one, other] = [messages.get(a), messages.get(b)];
    if (one && other && (await suggestedTo(one)).has(other.petitionId)) found += 1;
  }
  return pairs.length === 0 ? 1 : found / pairs.length;
}

async function exactPairs(dataset: string): Promise<(readonly [string, string])[]> {
  const groups = new Map<string, string[]>();
  for (const row of await rowsOf('exact_duplicate_groups')) {
    if (row['dataset'] === dataset) groups.set(row['group'] ?? '', [...(groups.get(row['group'] ?? '') ?? []), row['id'] ?? '']);
  }
  return [...groups.values()].flatMap((ids) => ids.flatMap((a, i) => ids.slice(i + 1).map((b) => [a, b] as const)));
}

const NEAR = [[0.6, 0.65, 0.5], [0.65, 0.7, 0.85], [0.7, 0.8, 0.93], [0.8, 0.9, 0.97], [0.9, 1.01, 0.99]] as const;

maybe.each(DATASETS)('重复件: all exact duplicates of %s are suggested (skipped without ANJIE_TEST_DATA)', async (dataset) => {
  const messages = await load(dataset);
  const pairs = await exactPairs(dataset);
  expect(pairs.length).toBeGreaterThanOrEqual(dataset === 'taidi_messages_hot' ? 132 : 37);
  expect(await foundShare(messages, pairs)).toBe(1);
  if (dataset !== 'taidi_messages_hot') return;
  const near = await rowsOf('taidi_hot_near_duplicate_pairs');
  const lines: string[] = [];
  for (const [least, below, floor] of NEAR) {
    const some = near.filter((row) => Number(row['score']) >= least && Number(row['score']) < below).map((row) => [row['id_a'] ?? '', row['id_b'] ?? ''] as const);
    const share = await foundShare(messages, some);
    lines.push(`${least}–${Math.min(1, below)}: ${Math.round(share * some.length)} of ${some.length}`);
    expect(share).toBeGreaterThanOrEqual(floor);
  }
  const [size] = await select<{ n: string }>(world.db.manager, 'SELECT COUNT(*) AS n FROM petition_bands');
  process.stderr.write(`near duplicates found by TF-IDF cosine: ${lines.join('; ')} (${size?.n} band rows)\n`);
}, 600_000);

maybe('every real message says enough to be compared; the time of signing is printed', async () => {
  const texts = (await rowsOf('taidi_messages_hot')).map((row) => [row['title'], row['detail']]);
  const signer = createMatterSigner(Buffer.alloc(32, 9));
  const begun = performance.now();
  const signed = texts.map((one) => signer.sign(one));
  process.stderr.write(`signing ${signed.length} real messages: ${((performance.now() - begun) / signed.length).toFixed(2)} ms each\n`);
  expect(signed.every((one) => one.bands.length === 42)).toBe(true);
});
