import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildSchema } from 'graphql';
import { deriveLimits, limitsFile, type ShippedDocument } from './derive-limits';

const GATEWAY = join(__dirname, '..');
const FOLDER = join(GATEWAY, 'documents');
const TABLE = join(GATEWAY, '../packages/contracts/src/limits.ts');

export const shippedDocuments = (): ShippedDocument[] =>
  readdirSync(FOLDER).filter((file) => file.endsWith('.graphql')).sort().map((file) => {
    const name = file.slice(0, -'.graphql'.length);
    return { name, query: readFileSync(join(FOLDER, file), 'utf8'), variables: JSON.parse(readFileSync(join(FOLDER, `${name}.json`), 'utf8')) as ShippedDocument['variables'] };
  });

export const limitsText = (): string =>
  limitsFile(deriveLimits(shippedDocuments(), buildSchema(readFileSync(join(GATEWAY, 'supergraph.graphql'), 'utf8'), { assumeValidSDL: true })));

export const limitsAsCommitted = (): string => readFileSync(TABLE, 'utf8');

/** `npm run limits [-- --check]`: writes the table, or fails when it is not what the documents say. */
function main(args: readonly string[]): number {
  const text = limitsText();
  if (!args.includes('--check')) {
    writeFileSync(TABLE, text);
    console.log(text);
    return 0;
  }
  if (limitsAsCommitted() === text) return 0;
  console.error('packages/contracts/src/limits.ts is not what gateway/documents say: run `npm run limits` and commit it.');
  return 1;
}

if (require.main === module) process.exitCode = main(process.argv.slice(2));
