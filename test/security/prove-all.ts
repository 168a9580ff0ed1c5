import { proveDoors, proveLists } from './paths/prove-doors';
import { provePaths } from './paths/prove-paths';
import { look } from './masking/look';
import { makeMaskedCases } from './masking/masked-cases';
import { ITEMS, TABLE } from './masking/masking-table';
import { KNOWN_RULES } from './oracle/rules';
import { proveNoninterference } from './noninterference/prove-noninterference';
import { SEED, type Sizes } from './sizes';
import { openStage, type Stage } from './stage';
import { tell } from './tell';
import { measureAnswers } from './timing/measure-answers';
import type { PersonaName } from './world/personas';

/** Personas who see no row of anybody's, by the rules: their control is the directory, and for a website a petitioner's own matter. */
const SEES_NOTHING: readonly PersonaName[] = ['colleague', 'developer', 'nobody', 'website'];

/** Only a place whose own rulebook lengthens a time limit has it; words of a law are nobody's rows. */
const NOT_IN_THIS_WORLD: readonly string[] = ['TimeLimitRule.mayLengthen'];

/** Registers the tests of the suite at one size; the same functions, the same world, more or fewer questions. */
export function proveAll(sizes: Sizes): void {
  let stage: Stage;
  beforeAll(async () => {
    stage = await openStage(sizes);
    tell('the world', { size: sizes.name, seed: SEED, rows: stage.oracle.types.map((type) => `${type} ${stage.oracle.idsOf(type).length}`).join(', ') });
  }, 900_000);
  afterAll(() => stage?.system.stop(), 60_000);

  test('the oracle has a rule for every type whose rows somebody owns, and it is the rule that the SDL names', () => {
    const owned = [...stage.rules.ofType].filter(([type, rule]) => !type.includes('.') && (stage.rules.entities.has(type) || ['OWN', 'OVERSIGHT', 'AUDIT'].includes(rule)) && !['DIRECTORY', 'REFERENCE'].includes(rule));
    expect(owned.filter(([type, rule]) => KNOWN_RULES.get(type) !== rule).map(([type, rule]) => `${type}: ${rule}, not ${KNOWN_RULES.get(type) ?? 'known here'}`)).toEqual([]);
    const listed = stage.graph.hopsFrom('Query').filter(({ target }) => stage.graph.leavesOf(target).includes('id') && stage.rules.ofType.get(target) !== 'DIRECTORY');
    expect(listed.filter(({ target }) => !KNOWN_RULES.has(target)).map(({ field }) => field)).toEqual([]);
    expect([...KNOWN_RULES].filter(([type, rule]) => stage.rules.ofType.get(type) !== rule).map(([type]) => type)).toEqual([]);
  });

  test('each list counts exactly the rows that the rules give to who asks; of each type somebody sees rows and somebody not all', async () => {
    const { oracle } = stage;
    const { wrong, seen, withheld, uncontrolled, shares, lists } = await proveLists(stage);
    tell('lists', { lists, personas: shares.length, 'cases seen': shares.join(', ') });
    expect(wrong).toEqual([]);
    expect(oracle.types.filter((type) => !seen.has(type)).map((type) => `${type}: ${oracle.idsOf(type).length} rows`)).toEqual([]);
    expect(oracle.types.filter((type) => !withheld.has(type))).toEqual([]);
    // an auditor's control is the audit, which is judged entry by entry in the paths
    expect([...uncontrolled].sort()).toEqual([...SEES_NOTHING, 'auditor'].sort());
  });

  test('rows asked for by their id: those of others look like one that never was', async () => {
    const { asked, wrong, told } = await proveDoors(stage, sizes);
    tell('rows by id', { asked });
    expect(asked).toBeGreaterThan(100);
    expect({ wrong: wrong.slice(0, 40), told: told.slice(0, 40) }).toEqual({ wrong: [], told: [] });
  });

  test('every (type, field) edge and every path as every persona: no row, no word and no identity of a case that is not theirs; every edge leads somewhere', async () => {
    const { leaks, unreached, failures, shown, ...counts } = await provePaths(stage, sizes);
    const all = stage.oracle.types.reduce((sum, type) => sum + stage.oracle.idsOf(type).length, 0);
    tell('paths', { ...counts, 'rows there are': all, 'shown, objects/rows': shown.map(([who, objects, rows]) => `${who} ${objects}/${rows}`).join(', '), leaks: leaks.length });
    // a shut door, or a comparison with a petition that is not there for who asks
    const unexpected = failures.filter(({ codes, isHidden }) => codes !== 'FORBIDDEN' && !(codes === 'NOT_FOUND' && isHidden));
    expect(leaks.slice(0, 40)).toEqual([]);
    if (sizes.rareRows > 0) expect(unreached).toEqual(NOT_IN_THIS_WORLD);
    expect(unexpected.slice(0, 40)).toEqual([]);
    expect(counts.objects).toBeGreaterThan(counts.edges);
    // somebody who is shown nothing leaks nothing: the control is in the answers themselves
    expect(shown.filter(([who, , rows]) => !SEES_NOTHING.includes(who) && (rows === 0 || rows >= all))).toEqual([]);
    expect(shown.filter(([who, objects, rows]) => SEES_NOTHING.includes(who) && (objects === 0 || rows > 0))).toEqual([]);
  });

  test('masking: each protected item is shown to each persona exactly as the table says', async () => {
    const cases = await makeMaskedCases(stage.system);
    const found: Partial<Record<PersonaName, string>> = {};
    for (const { name } of stage.personas) found[name] = await look(stage.system, name, cases);
    tell('masking', Object.fromEntries([...ITEMS.map(([item, door], i) => [`${i + 1}`, `${item} (${door})`] as const), ...Object.entries(found)]));
    expect(found).toEqual(Object.fromEntries(stage.personas.map(({ name }) => [name, TABLE[name]])));
  });

  test('the accused unit is answered the same, in the same words, whether a case is sealed, closed to it, not its own, or never was; the times are told', async () => {
    const { asked, texts, times } = await measureAnswers(stage, { rounds: sizes.timed });
    tell('answering times, ms', { asked, ...Object.fromEntries(Object.entries(times).map(([kind, { median, p95 }]) => [kind, `median ${median}, p95 ${p95}`])) });
    expect(texts).toEqual(['200 {"data":{"case":null}}\n']);
  });

  test('《信访工作条例》第三十条第三款: whoever is accused gets the same answers, byte for byte, with the accusation and without it', async () => {
    const { differences, authorised, audited, entries, others, ...counts } = await proveNoninterference(stage, sizes);
    tell('noninterference', { ...counts, byKind: JSON.stringify(counts.byKind), byPersona: JSON.stringify(counts.byPersona), timing: JSON.stringify(counts.timing), differences: differences.length, 'audit entries of the accusation': entries });
    expect(differences.slice(0, 10)).toEqual([]);
    expect(counts.withData).toBeGreaterThanOrEqual(counts.operations / 2);
    expect(entries).toBeGreaterThan(3);
    expect(audited).toEqual([]);
    for (const [what, before, after] of others) expect([what, after]).toEqual([what, before]);
    for (const [who, before, after] of authorised) expect({ who, isDifferent: before !== after }).toEqual({ who, isDifferent: true });
  });
}
