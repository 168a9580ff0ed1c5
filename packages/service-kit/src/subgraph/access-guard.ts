import { defaultFieldResolver, isObjectType, type DocumentNode, type GraphQLFieldResolver, type GraphQLObjectType, type GraphQLSchema } from 'graphql';
import { hasRole, type Viewer } from '@anjie/access';
import { AppError, PORTAL_FIELDS } from '@anjie/contracts';
import { keysOf, readAccess, type AccessRule } from './access-rules';

type Guard = (viewer: Viewer | undefined) => void;
type Reference = Readonly<Record<string, unknown>>;
type ResolveReference = (reference: Reference, ...rest: unknown[]) => unknown;
/** Where Apollo keeps a type's `__resolveReference`. */
interface SubgraphExtensions {
  apollo?: { subgraph?: { resolveReference?: ResolveReference } };
}

/** The longest value of a key: an id, a code, a day. */
const KEY_MAX = 64;

/**
 * Puts the rules of the schema in front of its resolvers: root fields turn away whoever is of the wrong kind, and a
 * reference reaches its loader as a checked key and nothing else, so that no field of a row can be put into its mouth.
 * @throws Error when a type or a root field has no rule
 */
export function guardAccess(schema: GraphQLSchema, document: DocumentNode): GraphQLSchema {
  const { table, findings } = readAccess(document);
  if (findings.length > 0) throw new Error(`The schema leaves open who reaches it:\n${findings.map(({ message }) => `  - ${message}`).join('\n')}`);
  for (const root of [schema.getQueryType(), schema.getMutationType()]) {
    for (const field of Object.values(root?.getFields() ?? {})) guardField(field, FEDERATION[field.name] ?? guardFor(field.name, table.get(`${root?.name}.${field.name}`)));
  }
  const keys = keysOf(document);
  for (const type of Object.values(schema.getTypeMap())) if (isObjectType(type) && keys.has(type.name)) guardReferences(type, keys.get(type.name) ?? []);
  return schema;
}

function guardField(field: { resolve?: GraphQLFieldResolver<unknown, unknown> | undefined }, guard: Guard): void {
  const { resolve = defaultFieldResolver } = field;
  field.resolve = (...call) => {
    guard((call[2] as { readonly viewer?: Viewer } | undefined)?.viewer);
    return resolve(...call) as unknown;
  };
}

/** A public portal's account asks its own few root fields: no list, no reference, no mutation of staff, those that are written later included. */
const refusePortals: Guard = (viewer) => {
  if (viewer && hasRole(viewer, 'PUBLIC_PORTAL')) throw new AppError('FORBIDDEN');
};

/** Composition reads the files in schema/; nobody asks a running subgraph for its SDL. */
const refuseAll: Guard = () => {
  throw new AppError('FORBIDDEN');
};
const FEDERATION: Readonly<Record<string, Guard>> = { _service: refuseAll, _entities: refusePortals };

function guardFor(name: string, rule: AccessRule | undefined): Guard {
  return (viewer) => {
    if (!PORTAL_FIELDS.has(name)) refusePortals(viewer);
    // whoever audits does nothing that would have to be audited by somebody else
    const isAuditor = viewer !== undefined && hasRole(viewer, 'AUDITOR');
    if (isAuditor ? rule === 'ACT' : rule === 'AUDIT') throw new AppError('FORBIDDEN');
    // a service acts by its jobs, in its own name; over HTTP it only reads
    if (rule === 'ACT' && viewer?.kind === 'SERVICE') throw new AppError('FORBIDDEN');
  };
}

function guardReferences(type: GraphQLObjectType, keys: readonly string[]): void {
  const extensions = type.extensions as SubgraphExtensions;
  const resolve = extensions.apollo?.subgraph?.resolveReference;
  const guarded: ResolveReference = (reference, ...rest) => {
    const key = Object.fromEntries(keys.map((name) => [name, reference[name] ?? null]));
    const isKey = Object.values(key).every((value) => value === null || (typeof value === 'string' && value.length <= KEY_MAX));
    // without a resolver Apollo would take the reference itself for the row
    return resolve && isKey ? resolve({ __typename: type.name, ...key }, ...rest) : null;
  };
  Object.assign(type, { extensions: { ...extensions, apollo: { ...extensions.apollo, subgraph: { ...extensions.apollo?.subgraph, resolveReference: guarded } } } });
}
