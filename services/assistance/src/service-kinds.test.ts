import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openServiceKinds } from './service-kinds';

function withLocal(book: string, row: string) {
  const folder = mkdtempSync(join(tmpdir(), 'service-kinds-'));
  mkdirSync(join(folder, 'assistance'));
  writeFileSync(join(folder, 'assistance', `${book}.yaml`), `kinds:\n  - { ${row} }\n`);
  return () => openServiceKinds(folder);
}

test('the shipped books open, and each row of the catalogue that they serve has its kinds', () => {
  const books = openServiceKinds();
  const rows = new Set(Object.values(books).flatMap((book) => book.all.flatMap((kind) => kind.rows)));
  expect([...rows].sort((a, b) => a - b)).toEqual([31, 34, 72, 73, 96, 97, 98, 100, 101, 102, 103, 104, 109, 110]);
});

test('a locality adds a kind of mediation and a kind of aid without code · rows 96, 104', () => {
  const books = withLocal('mediations', 'code: TRADE_MEDIATION, zh: 行业调解, en: Trade mediation, mediatorFrom: [UNIT], needsBothConsents: true, mayConfirmInCourt: false, confirmWithinDays: null, isPostFinal: false')();
  expect(books.mediations.usable('TRADE_MEDIATION')).toMatchObject({ zh: '行业调解' });
  expect(withLocal('reliefs', 'code: CHARITY, zh: 慈善救助, en: Charity, hasAmount: true, isOfferOnly: false, decidingUnitKinds: [], decideWithinDays: null, decideDaysUnit: WORKING_DAY, decideBasis: null, needsPublicity: false')().reliefs.usable('CHARITY')).toBeDefined();
});

test.each([
  ['reliefs', 'code: PAID_SILENCE, zh: 救助, en: Aid, hasAmount: true, isOfferOnly: false, decidingUnitKinds: [], decideWithinDays: null, decideDaysUnit: WORKING_DAY, decideBasis: null, needsPublicity: false, condition: 息访', /condition/],
  ['reliefs', 'code: COUNSEL, zh: 疏导, en: Counsel, hasAmount: true, isOfferOnly: true, decidingUnitKinds: [], decideWithinDays: null, decideDaysUnit: WORKING_DAY, decideBasis: null, needsPublicity: false', /isOfferOnly/],
  ['reliefs', 'code: DATED, zh: 救助, en: Aid, hasAmount: true, isOfferOnly: false, decidingUnitKinds: [], decideWithinDays: 5, decideDaysUnit: WORKING_DAY, decideBasis: null, needsPublicity: false', /decideBasis/],
  ['volunteers', 'code: WATCHER, zh: 维稳信息员, en: Watcher, isOrganisation: false', /维稳/],
  ['hearings', 'code: HEARING, zh: 听证会, en: Hearing, triggers: [], noticeDays: 0, panelMin: 1, isPublicByDefault: true, needsApplicationOrConsent: false, excludesReviewClock: true', /there twice/],
])('a local %s row that would add a condition, keep too much or replace a safeguard stops the start', (book, row, message) => {
  expect(withLocal(book, row)).toThrow(message);
});
