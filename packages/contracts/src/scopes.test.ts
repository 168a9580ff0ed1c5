import { REVEAL_SCOPE, SCOPES, scopesFor } from './scopes';

test.each([
  ['QUERY', 'cases', ['cases'], ['cases:read']],
  ['MUTATION', 'sendReferral', ['assistance'], ['assistance:write']],
  ['MUTATION', 'revealPetitioner', ['cases'], ['cases:write', 'identity:reveal']],
  ['MUTATION', 'printDocument', ['cases'], ['cases:write', 'identity:reveal']],
  ['MUTATION', 'createExchangeExportLink', ['cases'], ['cases:write', 'identity:reveal']],
  ['MUTATION', 'createDataCopyLink', ['cases'], ['cases:write', 'identity:reveal']],
  ['MUTATION', 'fetchDataCopy', ['cases'], ['cases:write']],
  ['QUERY', 'revealPetitioner', ['cases'], ['cases:read']],
  ['QUERY', 'division', ['officials', 'cases'], ['officials:read', 'cases:read']],
] as const)('%s %s of %j needs %j', (kind, name, owners, needed) => {
  expect(scopesFor({ kind, name, owners })).toEqual(needed);
});

test('a scope is of a service that ships, or one of the two that are of none', () => {
  expect(SCOPES).toEqual(expect.arrayContaining(['cases:read', 'cases:write', 'assistance:write', REVEAL_SCOPE, 'files']));
  expect(SCOPES.filter((scope) => !/^(cases|officials|supervision|assistance):(read|write)$/.test(scope))).toEqual([REVEAL_SCOPE, 'files']);
});
