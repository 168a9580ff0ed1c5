import type { Viewer } from '@anjie/access';
import type { Role } from '@anjie/contracts';
import { documentHash, type KnownClient } from './register';
import { admitDocument } from './trusted-documents';

const LISTED = '{ me { id } }';
const OTHER = '{ me { name } }';
const viewer = (...roles: Role[]): Viewer => ({ kind: 'OFFICIAL', subject: 'x', unitId: null, divisionCode: null, roles, locale: 'en' });
const client = (mode: KnownClient['mode']): KnownClient => ({ id: 'c', scopes: new Set(), mode, documents: new Map([[documentHash(LISTED), LISTED]]) });
const [measure, enforce] = [client('MEASURE'), client('ENFORCE')];
const id = (text: string) => ({ documentId: `sha256:${documentHash(text)}` });

test.each([
  ['no client, free text', { query: OTHER }, undefined, viewer(), 'ANY'],
  ['registered text, measured', { query: LISTED }, measure, viewer(), 'REGISTERED'],
  ['registered text, enforced', { query: LISTED }, enforce, viewer(), 'REGISTERED'],
  ['registered id, measured', id(LISTED), measure, viewer(), 'REGISTERED'],
  ['registered id, enforced', id(LISTED), enforce, viewer(), 'REGISTERED'],
  ['other text, measured', { query: OTHER }, measure, viewer(), 'STRAY'],
  ['other text, measured, with the role', { query: OTHER }, measure, viewer('FREE_QUERY'), 'STRAY'],
  ['other text, enforced, with the role', { query: OTHER }, enforce, viewer('FREE_QUERY'), 'FREE'],
  ['registered text with a blank more, enforced', { query: `${LISTED} ` }, enforce, viewer('FREE_QUERY'), 'FREE'],
] as const)('%s: %s', (_what, sent, known, who, standing) => {
  expect(admitDocument(sent, known, who).standing).toBe(standing);
});

test.each([
  ['other text, enforced', { query: OTHER }, enforce],
  ['registered text with a blank more, enforced', { query: `${LISTED} ` }, enforce],
  ['unknown id, enforced', id(OTHER), enforce],
  ['unknown id, measured', id(OTHER), measure],
  ['an id without a client', id(LISTED), undefined],
  ['an id in capitals', { documentId: id(LISTED).documentId.toUpperCase() }, enforce],
  ['a hash without its prefix', { documentId: documentHash(LISTED) }, enforce],
  ['another method of identification', { documentId: `x-md5:${documentHash(LISTED)}` }, enforce],
  ['a name of Object.prototype', { documentId: 'sha256:__proto__' }, enforce],
])('%s is refused', (_what, sent, known) => {
  expect(() => admitDocument(sent, known, viewer('ADMIN', 'DEVELOPER'))).toThrow(expect.objectContaining({ code: 'PERSISTED_QUERY_REQUIRED' }) as Error);
});

test('an id answers with the text that was registered', () => {
  expect(admitDocument(id(LISTED), enforce, viewer())).toMatchObject({ query: LISTED });
});
