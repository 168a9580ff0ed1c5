import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildSchema, getNamedType, getOperationAST, isObjectType, parse } from 'graphql';
import { SCOPES } from '@anjie/contracts';
import { createScopeReader, ownersOf } from './scopes';

const supergraph = readFileSync(join(__dirname, '../../supergraph.graphql'), 'utf8');
const needed = createScopeReader(supergraph);
const scopesOf = (text: string, name?: string): string[] => {
  const document = parse(text);
  const operation = getOperationAST(document, name);
  if (!operation) throw new Error('no operation');
  return [...needed(document, operation)].sort();
};

test.each([
  ['{ cases { totalCount } }', ['cases:read']],
  ['{ a: cases { totalCount } units { totalCount } }', ['cases:read', 'officials:read']],
  ['query { ...F } fragment F on Query { ...G ... on Query { obligations { totalCount } } } fragment G on Query { referrals { totalCount } }', ['assistance:read', 'supervision:read']],
  ['query { ...F } fragment F on Query { ...F me { id } }', ['officials:read']],
  ['mutation ($i: SendReferralInput!) { sendReferral(input: $i) { __typename } }', ['assistance:write']],
  ['mutation ($i: RevealPetitionerInput!) { harmless: revealPetitioner(input: $i) { __typename } }', ['cases:write', 'identity:reveal']],
  ['mutation ($i: CreateDataCopyLinkInput!) { createDataCopyLink(input: $i) { __typename } }', ['cases:write', 'identity:reveal']],
  ['mutation ($i: FetchDataCopyInput!) { fetchDataCopy(input: $i) { __typename } }', ['cases:write']],
  ['{ __typename }', []],
  ['{ noSuchField }', []],
])('%s needs %j', (text, scopes) => {
  expect(scopesOf(text)).toEqual(scopes);
});

test('of several operations only the one that runs counts', () => {
  expect(scopesOf('query A { me { id } } query B { cases { totalCount } }', 'B')).toEqual(['cases:read']);
});

test('every root field of the supergraph has an owner, and a scope that can be given', () => {
  const owners = [...ownersOf(parse(supergraph))];
  expect(owners.length).toBeGreaterThan(100);
  for (const [field, services] of owners) {
    expect([field, services.length > 0]).toEqual([field, true]);
    for (const service of services) expect([field, SCOPES.includes(`${service}:${field.startsWith('Query.') ? 'read' : 'write'}`)]).toEqual([field, true]);
  }
});

test('no field below the root leads back to it, where its scope would not be looked at', () => {
  const types = Object.values(buildSchema(supergraph, { assumeValidSDL: true }).getTypeMap()).filter(isObjectType);
  const back = types.flatMap((type) => Object.values(type.getFields()).filter((field) => ['Query', 'Mutation'].includes(getNamedType(field.type).name)).map((field) => `${type.name}.${field.name}`));
  expect(back).toEqual([]);
});
