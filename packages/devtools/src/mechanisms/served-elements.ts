import { readdirSync, readFileSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import { Kind, visit, type ASTNode, type StringValueNode } from 'graphql';
import { parse } from 'yaml';
import type { SubgraphSchema } from '../lint/schema-reading';
import { rowsOfDescription } from './rows-in-text';

/** A type, a field or a kind that says which rows it serves. */
export interface ServedElement {
  readonly name: string;
  readonly rows: readonly number[];
}

type Described = ASTNode & { readonly name: { readonly value: string }; readonly description?: StringValueNode };

/** Types and fields of the graph whose description names rows. */
export function servedBySchemas(schemas: readonly SubgraphSchema[]): ServedElement[] {
  const found: ServedElement[] = [];
  for (const { document } of schemas) {
    const types: string[] = [];
    visit(document, {
      enter(node) {
        if (!('name' in node) || !node.name || node.kind === Kind.NAMED_TYPE) return;
        const { name, description } = node as Described;
        const rows = rowsOfDescription(description?.value ?? '');
        if (rows.length > 0) found.push({ name: [types.at(-1), name.value].filter(Boolean).join('.'), rows });
        if (/Definition|Extension/.test(node.kind) && 'fields' in node) types.push(name.value);
      },
      leave(node) {
        if ('fields' in node && 'name' in node && node.name && /Definition|Extension/.test(node.kind)) types.pop();
      },
    });
  }
  return found;
}

/** Kinds of the services' books. */
export const servedByKinds = (root: string, services: readonly string[]): ServedElement[] =>
  services.flatMap((service) => {
    const folder = join(root, 'services', service, 'kinds');
    if (!existsSync(folder)) return [];
    return readdirSync(folder).filter((file) => file.endsWith('.yaml')).sort().flatMap((file) => {
      const { kinds } = parse(readFileSync(join(folder, file), 'utf8')) as { kinds: readonly { code: string; rows?: number[] }[] };
      return kinds.map(({ code, rows = [] }) => ({ name: `${file.replace(/\.yaml$/, '')}/${code}`, rows }));
    });
  });
