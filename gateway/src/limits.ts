import { GraphQLInterfaceType, GraphQLObjectType, Kind, getNamedType, getNullableType, isListType, valueFromASTUntyped } from 'graphql';
import type { DocumentNode, FieldNode, FragmentDefinitionNode, GraphQLField, GraphQLSchema, OperationDefinitionNode, SelectionNode, SelectionSetNode } from 'graphql';
import { LIMITS } from '@anjie/contracts';

/** Bounds the parser, and with it every later step that grows faster than the document. */
export const MAX_TOKENS = LIMITS.tokens.limit;

/** Page size of a connection without `first`; the same as in the services. */
const DEFAULT_PAGE = 20;
/** What a list without paging is taken for. */
const UNPAGED_LIST = 5;

/** What is measured of one operation. A client never learns the limits: they are in packages/contracts/src/limits.ts, with the documents that set them. */
const MEASURED = ['depth', 'aliases', 'directives', 'rootFields', 'fields', 'objects', 'breadth'] as const;
/** Sizes of an operation with its fragments spread out. `objects`: how many objects the answer may hold; `breadth`: how many of them in one place. */
export type Measure = Readonly<Record<(typeof MEASURED)[number], number>>;
type Tally = Record<keyof Measure, number>;

export const isTooLarge = (measure: Measure): boolean => MEASURED.some((key) => measure[key] > LIMITS[key].limit);
/** The part of it that a registered document is held to: how much it may fetch. */
export const isTooExpensive = ({ objects, breadth }: Measure): boolean => objects > LIMITS.objects.limit || breadth > LIMITS.breadth.limit;

export interface MeasureInput {
  readonly document: DocumentNode;
  readonly operation: OperationDefinitionNode;
  readonly variables: Readonly<Record<string, unknown>>;
  readonly schema: GraphQLSchema;
}

/**
 * Measures before validation, in time linear in the document: a fragment is measured once however often it is spread,
 * so a bomb of nested fragments is refused by its number and never expanded. Cycles count nothing here; validation refuses them.
 */
export function measureOperation(input: MeasureInput): Measure {
  const { document, operation, schema } = input;
  const fragments = document.definitions.filter((definition) => definition.kind === Kind.FRAGMENT_DEFINITION);
  const walk: Walk = { schema, fragments: new Map(fragments.map((f) => [f.name.value, f])), memo: new Map(), variables: variableValues(input) };
  const measure = measureSet(operation.selectionSet, { parent: schema.getRootType(operation.operation)?.name, paged: false }, walk);
  return { ...measure, directives: measure.directives + (operation.directives?.length ?? 0) };
}

interface Walk {
  readonly schema: GraphQLSchema;
  readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>;
  readonly memo: Map<string, Measure>;
  readonly variables: Readonly<Record<string, unknown>>;
}

/** Where a selection set stands. `paged`: its parent's `first` has already said how long its lists are. */
interface Place {
  readonly parent: string | undefined;
  readonly paged: boolean;
}

const NOTHING: Measure = { depth: 0, aliases: 0, directives: 0, rootFields: 0, fields: 0, objects: 0, breadth: 0 };

function variableValues({ operation, variables }: MeasureInput): Readonly<Record<string, unknown>> {
  const defaults = (operation.variableDefinitions ?? []).flatMap(({ variable, defaultValue }) =>
    defaultValue ? [[variable.name.value, valueFromASTUntyped(defaultValue)] as const] : [],
  );
  return { ...Object.fromEntries(defaults), ...variables };
}

function measureSet(set: SelectionSetNode, place: Place, walk: Walk): Measure {
  const sum: Tally = { ...NOTHING };
  for (const selection of set.selections) {
    const part = measureSelection(selection, place, walk);
    sum.depth = Math.max(sum.depth, part.depth);
    sum.aliases += part.aliases;
    sum.directives += part.directives + (selection.directives?.length ?? 0);
    sum.rootFields += part.rootFields;
    sum.fields += part.fields;
    sum.objects += part.objects;
    sum.breadth = Math.max(sum.breadth, part.breadth);
  }
  return sum;
}

function measureSelection(selection: SelectionNode, place: Place, walk: Walk): Measure {
  if (selection.kind === Kind.FIELD) return measureField(selection, place, walk);
  if (selection.kind === Kind.FRAGMENT_SPREAD) return measureFragment(selection.name.value, place.paged, walk);
  return measureSet(selection.selectionSet, { ...place, parent: selection.typeCondition?.name.value ?? place.parent }, walk);
}

function measureFragment(name: string, paged: boolean, walk: Walk): Measure {
  const key = `${name} ${String(paged)}`;
  const known = walk.memo.get(key);
  const fragment = walk.fragments.get(name);
  if (known || !fragment) return known ?? NOTHING;
  walk.memo.set(key, NOTHING);
  const measure = measureSet(fragment.selectionSet, { parent: fragment.typeCondition.name.value, paged }, walk);
  walk.memo.set(key, measure);
  return measure;
}

function measureField(field: FieldNode, place: Place, walk: Walk): Measure {
  const definition = fieldDefinition(field, place, walk.schema);
  const pageSize = pageSizeOf(field, definition, walk);
  const below = field.selectionSet
    ? measureSet(field.selectionSet, { parent: definition && getNamedType(definition.type).name, paged: pageSize !== undefined }, walk)
    : NOTHING;
  // The depth of introspection is bounded by graphql's own rule, and only developers may ask.
  const isMeta = field.name.value.startsWith('__');
  const size = pageSize ?? (isUnpagedList(definition, place) ? UNPAGED_LIST : 1);
  return {
    depth: isMeta ? 1 : 1 + below.depth,
    aliases: below.aliases + (field.alias ? 1 : 0),
    directives: below.directives,
    rootFields: 1,
    fields: 1 + below.fields,
    objects: isMeta || !field.selectionSet ? 0 : size * (1 + below.objects),
    breadth: isMeta || !field.selectionSet ? 0 : size * Math.max(1, below.breadth),
  };
}

type FieldDefinition = GraphQLField<unknown, unknown> | undefined;

function fieldDefinition(field: FieldNode, place: Place, schema: GraphQLSchema): FieldDefinition {
  const parent = place.parent === undefined ? undefined : schema.getType(place.parent);
  const hasFields = parent instanceof GraphQLObjectType || parent instanceof GraphQLInterfaceType;
  return hasFields ? parent.getFields()[field.name.value] : undefined;
}

const isUnpagedList = (definition: FieldDefinition, place: Place): boolean => !place.paged && definition !== undefined && isListType(getNullableType(definition.type));

/** Undefined for a field without paging. */
function pageSizeOf(field: FieldNode, definition: FieldDefinition, walk: Walk): number | undefined {
  const given = field.arguments?.find(({ name }) => name.value === 'first' || name.value === 'last');
  if (given) {
    const value = given.value.kind === Kind.VARIABLE ? walk.variables[given.value.name.value] : valueFromASTUntyped(given.value);
    return typeof value === 'number' ? Math.max(1, value) : DEFAULT_PAGE;
  }
  return definition?.args.some(({ name }) => name === 'first') ? DEFAULT_PAGE : undefined;
}
