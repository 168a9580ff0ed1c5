import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkoutPaths } from '../local/index';

const VERBS = ['create', 'add', 'drop', 'rename', 'backfill'] as const;
const NAME = new RegExp(`^(${VERBS.join('|')})(-[a-z0-9]+)+$`);

/** `npm run new:migration <service> <verb-what>`: one file, one DDL statement, listed in src/database.ts. */
export async function newMigration([service = '', name = '']: string[]): Promise<number> {
  const { root } = checkoutPaths();
  if (!NAME.test(name) || !existsSync(join(root, 'services', service, 'src/database.ts'))) {
    console.error(`Say \`npm run new:migration <service> <verb-what>\`, for example: cases create-notes. Verbs: ${VERBS.join(', ')}.`);
    return 2;
  }
  const { file, isListed } = writeMigration(join(root, 'services', service), name, Date.now());
  console.log(`services/${service}/src/migrations/${file}`);
  console.log(isListed ? 'listed in src/database.ts' : 'add it to the migrations of src/database.ts by hand: that file has another shape than this command knows');
  console.log('Next: fill in the statement and its way back; bring the .table.ts into line; `npm run test:service tables-match-migrations`.');
  return 0;
}

export function writeMigration(home: string, name: string, nowMs: number): { file: string; isListed: boolean } {
  const stamp = Math.max(nowMs, newestStamp(join(home, 'src/migrations')) + 1);
  const file = `${stamp}-${name}.ts`;
  writeFileSync(join(home, 'src/migrations', file), source(name, stamp));
  const database = join(home, 'src/database.ts');
  const before = readFileSync(database, 'utf8');
  const after = listed(before, camel(name), file.replace(/\.ts$/, ''));
  if (after !== undefined) writeFileSync(database, after);
  return { file, isListed: after !== undefined };
}

/** Migrations run in the order of their stamps, so a new one is newer than all, whatever this machine's clock says. */
const newestStamp = (folder: string): number => Math.max(0, ...readdirSync(folder).map((file) => Number(/^\d{13}/.exec(file)?.[0] ?? 0)));

const camel = (name: string): string => name.replace(/-(.)/g, (_all, letter: string) => letter.toUpperCase());

function source(name: string, stamp: number): string {
  const className = `${camel(`-${name}`)}${stamp}`;
  const [verb = '', ...what] = name.split('-');
  const table = what.join('_');
  if (verb === 'create') {
    return `import { createTable } from '@anjie/service-kit/database';\n\nexport const ${camel(name)} = createTable('${className}', '${table}', \`\n  id uuid NOT NULL PRIMARY KEY\`);\n`;
  }
  const up = verb === 'backfill' ? `UPDATE ${table} SET … WHERE …` : `ALTER TABLE … ${verb.toUpperCase()} COLUMN …`;
  return `import { migration } from '@anjie/service-kit/database';\n\nexport const ${camel(name)} = migration('${className}', '${up}', 'the way back');\n`;
}

/** database.ts with one more import and one more entry; nothing when it does not look as expected. */
function listed(text: string, constant: string, module: string): string | undefined {
  const imports = [...text.matchAll(/^import .* from '\.\/migrations\/.*';\n/gm)];
  const last = imports.at(-1);
  const list = /(export const migrations[^=]*= \[[\s\S]*?)(,?)\n\];/.exec(text);
  if (!last || !list) return undefined;
  const withEntry = text.replace(list[0], `${list[1]},\n  ${constant},\n];`);
  const at = last.index + last[0].length;
  return `${withEntry.slice(0, at)}import { ${constant} } from './migrations/${module}';\n${withEntry.slice(at)}`;
}
