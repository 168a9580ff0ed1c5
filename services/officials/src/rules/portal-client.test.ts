import { clientObjection, documentsObjection, hashOfId, holdingsObjection } from './portal-client';

test.each([
  [{ name: '住建局门户', contactPost: '信息科', scopes: ['cases:read'], validDays: 365 }, undefined],
  [{}, undefined],
  [{ name: '' }, 'INPUT_NOT_FIT'],
  [{ name: ' ' }, 'INPUT_NOT_FIT'],
  [{ name: '长'.repeat(100) }, undefined],
  [{ name: '长'.repeat(101) }, 'INPUT_NOT_FIT'],
  [{ name: 'a\u0000' }, 'INPUT_NOT_FIT'],
  [{ contactPost: '' }, 'INPUT_NOT_FIT'],
  [{ validDays: 0 }, 'INPUT_NOT_FIT'],
  [{ validDays: 1 }, undefined],
  [{ validDays: 400 }, undefined],
  [{ validDays: 401 }, 'INPUT_NOT_FIT'],
  [{ scopes: [] }, 'SCOPE_UNKNOWN'],
  [{ scopes: ['cases:read', 'cases:admin'] }, 'SCOPE_UNKNOWN'],
  [{ scopes: ['*'] }, 'SCOPE_UNKNOWN'],
  [{ scopes: ['cases:write', 'identity:reveal', 'files'] }, undefined],
])('%j: %s', (facts, code) => {
  expect(clientObjection(facts)?.code).toBe(code);
});

const good = { bytes: 100, problem: undefined };

test.each([
  [[], 'TOO_MANY_DOCUMENTS'],
  [[good], undefined],
  [Array.from({ length: 100 }, () => good), undefined],
  [Array.from({ length: 101 }, () => good), 'TOO_MANY_DOCUMENTS'],
  [[good, { bytes: 10, problem: 'no operation' }], 'DOCUMENT_NOT_FIT'],
  [[{ bytes: 100_001, problem: undefined }], 'DOCUMENT_NOT_FIT'],
])('documents %#: %s', (documents, code) => {
  expect(documentsObjection(documents)?.code).toBe(code);
});

test('the place of the document that does not fit is named', () => {
  expect(documentsObjection([good, { bytes: 10, problem: 'no operation' }])?.message.en).toBe('Document 2 cannot be used: no operation.');
});

test.each([[500, 1_000_000, undefined], [501, 1, 'TOO_MANY_DOCUMENTS'], [1, 1_000_001, 'TOO_MANY_DOCUMENTS']])('%i documents of %i bytes: %s', (count, bytes, code) => {
  expect(holdingsObjection({ count, bytes })?.code).toBe(code);
});

test('only the hex form of SHA-256 is an id here', () => {
  const hex = 'a'.repeat(64);
  expect(hashOfId(`sha256:${hex}`)).toBe(hex);
  for (const id of [hex, `sha256:${hex}0`, `sha256:${hex.toUpperCase()}`, `x-md5:${hex}`, '']) expect(hashOfId(id)).toBeUndefined();
});
