// Writes services/*/src/generated/graphql.ts from schema/*.graphql. Plain JavaScript, because it runs before the build.
// A GraphQL object type T is backed by TParent when src/parents.ts exports one of that name.
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { codegen } from '@graphql-codegen/core';
import * as typescript from '@graphql-codegen/typescript';
import * as resolvers from '@graphql-codegen/typescript-resolvers';
import { parse } from 'graphql';

const root = join(dirname(fileURLToPath(import.meta.url)), '../..');

for (const service of readdirSync(join(root, 'services'))) {
  const home = join(root, 'services', service);
  if (!existsSync(join(home, 'schema'))) continue;
  const files = readdirSync(join(home, 'schema')).filter((f) => f.endsWith('.graphql')).sort();
  const documents = files.map((f) => ({ location: f, document: parse(readFileSync(join(home, 'schema', f), 'utf8')) }));
  const parents = existsSync(join(home, 'src/parents.ts')) ? readFileSync(join(home, 'src/parents.ts'), 'utf8') : '';
  const mappers = Object.fromEntries(
    [...parents.matchAll(/export (?:interface|type) (\w+)Parent\b/g)].map(([, name]) => [name, `../parents#${name}Parent`]),
  );
  const schema = {
    kind: 'Document',
    definitions: documents.flatMap((d) => d.document.definitions),
  };
  const config = {
    federation: true,
    contextType: '../context#Context',
    mappers,
    useTypeImports: true,
    enumsAsTypes: true,
    strictScalars: true,
    scalars: { Date: 'string', Decimal: 'string', DateTime: { input: 'Date', output: 'Date' }, _Any: 'unknown', FieldSet: 'string', _FieldSet: 'string' },
    maybeValue: 'T | null | undefined',
    inputMaybeValue: 'T | null | undefined',
    makeResolverTypeCallable: true,
    defaultMapper: 'Partial<{T}>',
  };
  const output = await codegen({
    filename: 'graphql.ts',
    schema,
    documents: [],
    config,
    plugins: [{ typescript: {} }, { resolvers: {} }],
    pluginMap: { typescript, resolvers },
  });
  mkdirSync(join(home, 'src/generated'), { recursive: true });
  writeFileSync(join(home, 'src/generated/graphql.ts'), `/* eslint-disable */\n${output}`);
}
