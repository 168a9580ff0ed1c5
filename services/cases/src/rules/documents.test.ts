import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { deliveryFault, DOCUMENT_KINDS, DOCUMENT_RULES, documentNumber, zhDate } from './documents';

test.each(DOCUMENT_KINDS.map((kind) => [DOCUMENT_RULES[kind].title, DOCUMENT_RULES[kind].basis, kind] as const))('%s rests on %s and has a template (%s)', (title, basis, kind) => {
  expect(title).toMatch(/^信访事项/);
  expect(basis).toMatch(/^《信访工作条例》第/);
  expect(existsSync(join(__dirname, '../../templates', `${kind.toLowerCase().replaceAll('_', '-')}.liquid`))).toBe(true);
});

test('every mark is used for one kind of paper, so that a number names its paper', () => {
  expect(new Set(DOCUMENT_KINDS.map((kind) => DOCUMENT_RULES[kind].mark)).size).toBe(DOCUMENT_KINDS.length);
  expect(documentNumber('ACCEPTANCE', '2022', 3)).toBe('信受告〔2022〕3号');
});

test('kinds fit into their column', () => {
  for (const kind of DOCUMENT_KINDS) expect(kind.length).toBeLessThanOrEqual(18);
});

test('a day is written as letters write it', () => {
  expect(zhDate('2022-09-07')).toBe('2022年9月7日');
});

describe('《信访工作条例》第三十五条: the review period runs from receipt, so receipt is proved', () => {
  const facts = { issuedOn: '2022-09-20', sentOn: '2022-09-21', outcome: 'SIGNED', receivedOn: '2022-09-23', proofNote: null, today: '2022-09-27' } as const;
  test.each([
    ['signed for', {}, null],
    ['signed for without a day', { receivedOn: null }, 'DATE_MISSING'],
    ['received before it was sent', { receivedOn: '2022-09-20' }, 'DATE_ORDER'],
    ['sent before it was issued', { sentOn: '2022-09-19' }, 'DATE_ORDER'],
    ['received tomorrow', { receivedOn: '2022-09-28' }, 'DATE_ORDER'],
    ['refused without a witness', { outcome: 'REFUSED' }, 'PROOF_MISSING'],
    ['refused before a witness', { outcome: 'REFUSED', proofNote: '居委会干部二人见证' }, null],
    ['came back by post', { outcome: 'UNDELIVERED', receivedOn: null }, null],
  ] as const)('%s', (_what, part, fault) => {
    expect(deliveryFault({ ...facts, ...part })).toBe(fault);
  });
});
