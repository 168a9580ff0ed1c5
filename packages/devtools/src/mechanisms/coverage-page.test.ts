import { coverageOf, coveragePage, unserved } from './coverage-page';

const catalogue = [
  { row: 1, seeds: 'S1', zh: '调解', owner: 'assistance' },
  { row: 2, seeds: 'S1', zh: '听证', owner: 'assistance', limit: 'with consent' },
  { row: 3, seeds: 'S2', zh: '打击', owner: '', out: 'no figure' },
];
const elements = [{ name: 'Mediation', rows: [1, 2] }, { name: 'Hearing', rows: [2] }];
const results = {
  'b.test.ts': [{ title: 'both sides consent · row 1', hasPassed: true }, { title: 'a panel sits · rows 1–2', hasPassed: false }],
  'a.test.ts': [{ title: 'stopped at any time · rows 1, 9', hasPassed: true }],
};

test('a row is served by tests that passed and by nothing else', () => {
  const rows = coverageOf({ catalogue, elements, results });
  expect(rows[0]).toMatchObject({ tests: ['`a.test.ts`: stopped at any time', '`b.test.ts`: both sides consent'], elements: ['Mediation'] });
  expect(unserved(rows).map(({ row }) => row)).toEqual([2]);
});

test('the page lists what is not built and what is not served, with what the schema says of it', () => {
  const page = coveragePage(coverageOf({ catalogue, elements, results }));
  expect(page).toContain('1 of 3 rows are served, 1 is not built on purpose, 1 is not served yet.');
  expect(page).toContain('- **3** 打击 — no figure');
  expect(page).toContain('- **2** 听证 (in the schema: Hearing, Mediation; no test)');
});
