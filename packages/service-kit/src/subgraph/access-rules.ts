import { Kind, type DirectiveNode, type DocumentNode, type FieldDefinitionNode, type ObjectTypeDefinitionNode, type ObjectTypeExtensionNode } from 'graphql';

/**
 * Who reaches what: the words of `@access(rule:)` in schema/*.graphql. Every object type and every root field has one; a
 * field is reached only through its type. The rows themselves are decided in the one loader of a type (packages/access).
 */
export const ACCESS_RULES = {
  DIRECTORY: 'office information, the same for every official who is signed in',
  CASE: 'whoever may see the case that the row belongs to',
  BESIDE_CASE: 'whoever may see the case, or has a ground of their own (owes it, got it, decides it) that no exclusion and no seal takes away',
  OWN: "the viewer's own rows, or those of the viewer's own unit",
  OVERSIGHT: 'joint offices for their division and below, and whoever takes part',
  PORTAL: "a petitioner's own matter, by query code and secret",
  ACT: 'officials in office; what they may do is decided by role, part and state (rules/)',
  AUDIT: 'auditors (审计员) alone, without what they are kept out of',
  REFERENCE: 'nothing but the key; its owner decides what is behind it',
  PART: 'a part of the row that it hangs under, and without a door of its own',
} as const;
export type AccessRule = keyof typeof ACCESS_RULES;

/** By type name, and `Query.field` or `Mutation.field`. */
export type AccessTable = ReadonlyMap<string, AccessRule>;

type RuledNode = ObjectTypeDefinitionNode | ObjectTypeExtensionNode | FieldDefinitionNode;

export interface AccessFinding {
  readonly node: RuledNode;
  readonly message: string;
}

/** What a mutation or a list wraps around rows: reached through a root field or a type, and a part of it. */
const WRAPPING = /(Payload|Refusal|Connection|Edge|PageInfo)$/;
const ROOTS = ['Query', 'Mutation'];
/** A reference to such a row would show it to whoever guesses its key. */
const WITHOUT_DOOR: readonly AccessRule[] = ['PART', 'ACT', 'PORTAL', 'AUDIT'];

/** Reads the rules of a subgraph and says what has none, or a wrong one. */
export function readAccess(document: DocumentNode): { readonly table: AccessTable; readonly findings: readonly AccessFinding[] } {
  const table = new Map<string, AccessRule>();
  const findings: AccessFinding[] = [];
  for (const [place, nodes] of ruledPlaces(document)) {
    const named = nodes.map(({ directives }) => ruleIn(directives)).find((rule) => rule !== undefined);
    const rule = named ?? (WRAPPING.test(place) ? 'PART' : undefined);
    const message = wrong(place, rule, nodes.some(isEntity));
    if (message && nodes[0]) findings.push({ node: nodes[0], message });
    if (rule && isRule(rule)) table.set(place, rule);
  }
  return { table, findings };
}

/** Types with all their extensions, and root fields. */
function ruledPlaces(document: DocumentNode): ReadonlyMap<string, readonly RuledNode[]> {
  const places = new Map<string, RuledNode[]>();
  const add = (place: string, node: RuledNode): void => void places.set(place, [...(places.get(place) ?? []), node]);
  for (const type of document.definitions) {
    if (type.kind !== Kind.OBJECT_TYPE_DEFINITION && type.kind !== Kind.OBJECT_TYPE_EXTENSION) continue;
    const name = type.name.value;
    if (ROOTS.includes(name)) for (const field of type.fields ?? []) add(`${name}.${field.name.value}`, field);
    else add(name, type);
  }
  return places;
}

const ruleIn = (directives: readonly DirectiveNode[] = []): string | undefined => {
  const value = directives.find(({ name }) => name.value === 'access')?.arguments?.find(({ name }) => name.value === 'rule')?.value;
  return value?.kind === Kind.STRING ? value.value : undefined;
};

const isEntity = ({ directives }: RuledNode): boolean => directives?.some(({ name }) => name.value === 'key') ?? false;
const isRule = (rule: string): rule is AccessRule => Object.hasOwn(ACCESS_RULES, rule);

function wrong(place: string, rule: string | undefined, isAskedForByKey: boolean): string | undefined {
  if (rule === undefined) return `${place} has no @access(rule:), so nobody has decided who reaches it`;
  if (!isRule(rule)) return `${place}: there is no access rule ${rule}; there are ${Object.keys(ACCESS_RULES).join(', ')}`;
  return isAskedForByKey && WITHOUT_DOOR.includes(rule) ? `${place} can be asked for by its key, and ${rule} does not say who may see it` : undefined;
}

/** Names in the keys of an entity: `campaignId divisionCode asOf`. Keys are flat here. */
export function keysOf(document: DocumentNode): ReadonlyMap<string, readonly string[]> {
  const keys = new Map<string, Set<string>>();
  for (const type of document.definitions) {
    if (type.kind !== Kind.OBJECT_TYPE_DEFINITION && type.kind !== Kind.OBJECT_TYPE_EXTENSION) continue;
    for (const { name, arguments: given } of type.directives ?? []) {
      const fields = given?.find((one) => one.name.value === 'fields')?.value;
      if (name.value !== 'key' || fields?.kind !== Kind.STRING) continue;
      keys.set(type.name.value, new Set([...(keys.get(type.name.value) ?? []), ...fields.value.split(/\s+/)]));
    }
  }
  return new Map([...keys].map(([type, names]) => [type, [...names]]));
}
