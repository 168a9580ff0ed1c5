import { Kind, OperationTypeNode, parse, type ConstDirectiveNode, type DocumentNode, type ObjectTypeDefinitionNode, type OperationDefinitionNode, type SelectionSetNode } from 'graphql';
import { scopesFor } from '@anjie/contracts';

/** Scopes that an operation needs: those of all its root fields. */
export type ScopesNeeded = (document: DocumentNode, operation: OperationDefinitionNode) => ReadonlySet<string>;

/** Reads from the supergraph who owns each root field, so that a field of tomorrow needs no line in a table. */
export function createScopeReader(supergraphSdl: string): ScopesNeeded {
  const owners = ownersOf(parse(supergraphSdl, { noLocation: true }));
  return (document, operation) => {
    const isQuery = operation.operation === OperationTypeNode.QUERY;
    const found = new Set<string>();
    for (const name of rootFields(document, operation.selectionSet)) {
      const kind = isQuery ? 'QUERY' : 'MUTATION';
      for (const scope of scopesFor({ kind, name, owners: owners.get(`${isQuery ? 'Query' : 'Mutation'}.${name}`) ?? [] })) found.add(scope);
    }
    return found;
  };
}

/** `Query.cases` → services that answer it. */
export function ownersOf(supergraph: DocumentNode): ReadonlyMap<string, readonly string[]> {
  const types = supergraph.definitions.filter((node) => node.kind === Kind.OBJECT_TYPE_DEFINITION && ['Query', 'Mutation'].includes(node.name.value)) as ObjectTypeDefinitionNode[];
  const graphs = graphNames(supergraph);
  const nameOf = (directive: ConstDirectiveNode): string[] => {
    const value = directive.arguments?.find((argument) => argument.name.value === 'graph')?.value;
    return value?.kind === Kind.ENUM ? [graphs.get(value.value) ?? value.value] : [];
  };
  const owners = types.flatMap((type) => {
    const all = named(type.directives, 'join__type').flatMap(nameOf);
    return (type.fields ?? []).map((field) => {
      const own = named(field.directives, 'join__field').flatMap(nameOf);
      return [`${type.name.value}.${field.name.value}`, own.length > 0 ? own : all] as const;
    });
  });
  return new Map(owners);
}

const named = (directives: readonly ConstDirectiveNode[] | undefined, name: string): readonly ConstDirectiveNode[] => (directives ?? []).filter((directive) => directive.name.value === name);

/** `CASES` → `cases`. */
function graphNames(supergraph: DocumentNode): ReadonlyMap<string, string> {
  const values = supergraph.definitions.flatMap((node) => (node.kind === Kind.ENUM_TYPE_DEFINITION && node.name.value === 'join__Graph' ? (node.values ?? []) : []));
  return new Map(values.map(({ name, directives }) => {
    const value = named(directives, 'join__graph')[0]?.arguments?.find((argument) => argument.name.value === 'name')?.value;
    return [name.value, value?.kind === Kind.STRING ? value.value : name.value];
  }));
}

/** Names, not aliases, of the fields at the root, wherever fragments hide them. */
function rootFields(document: DocumentNode, root: SelectionSetNode): Set<string> {
  const fragments = new Map(document.definitions.flatMap((node) => (node.kind === Kind.FRAGMENT_DEFINITION ? [[node.name.value, node.selectionSet] as const] : [])));
  const found = new Set<string>();
  const seen = new Set<string>();
  const walk = (set: SelectionSetNode): void => {
    for (const selection of set.selections) {
      if (selection.kind === Kind.FIELD) found.add(selection.name.value);
      else if (selection.kind === Kind.INLINE_FRAGMENT) walk(selection.selectionSet);
      else if (!seen.has(selection.name.value)) {
        seen.add(selection.name.value);
        const spread = fragments.get(selection.name.value);
        if (spread) walk(spread);
      }
    }
  };
  walk(root);
  return found;
}
