import { gapsOf, isAttack, isNotApplicable, isProven, isThere, tryAttack, type Group } from './attack';
import type { World } from './world';

export interface AttackTests {
  readonly groups: readonly Group[];
  readonly isFast?: boolean;
  readonly world: () => World;
}

/** One named test for each case, and at the end how many there were. */
export function attackTests({ groups, isFast = false, world }: AttackTests): void {
  const passed = new Set<string>();
  for (const group of groups) {
    const named = group.rows.filter(isAttack).filter(({ isSlow }) => !(isFast && isSlow)).map((attack) => [`${group.letter}${attack.number} ${attack.name}`, attack] as const);
    test.each(named)('%s', async (name, attack) => {
      expect(await tryAttack(world(), attack)).toEqual([]);
      passed.add(name);
    });
    test(`${group.letter}: every number from ${group.from} to ${group.to} is tried, proven elsewhere or of no concern`, () => expect(gapsOf(group)).toEqual([]));
    const elsewhere = group.rows.filter(isProven);
    if (elsewhere.length > 0) test.each(elsewhere.map((row) => [`${group.letter}${row.number} ${row.name}`, row] as const))('%s: the test that proves it is there', (name, row) => {
      expect([row.provenBy, isThere(row)]).toEqual([row.provenBy, true]);
      passed.add(name);
    });
  }
  test('how many', () => {
    const rows = groups.flatMap(({ rows: all }) => all);
    const numbersOf = (some: readonly { readonly number: number }[]): number => new Set(some.map(({ number }) => number)).size;
    const [idle, elsewhere] = [rows.filter(isNotApplicable), rows.filter(isProven)];
    const applicable = rows.filter((row) => !isNotApplicable(row));
    const tried = applicable.filter((row) => !(isAttack(row) && row.isSlow && isFast)).length;
    console.log(`attack list ${groups.map(({ letter }) => letter).join('')}: ${numbersOf(rows)} numbers; applicable ${numbersOf(applicable)} in ${applicable.length} cases, tried here ${tried - elsewhere.length}, `
      + `proven by named tests ${elsewhere.length}, passed ${passed.size}; not applicable ${idle.length}:\n${idle.map(({ number, name, notApplicable }) => `  ${number} ${name}: ${notApplicable}`).join('\n')}`);
    expect(passed.size).toBe(tried);
  });
}
