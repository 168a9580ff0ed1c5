import { neverKept } from '@anjie/contracts';
import { Kind, visit, type ASTNode, type StringValueNode } from 'graphql';
import type { Finding } from './finding';
import { placeOf, type SubgraphSchema } from './schema-reading';

/** Words that also have an innocent meaning in a sentence, but none as a name here. */
const DENIED_NAMES = /risk|relative|spouse|kinship|whereabouts|gps|latitude|longitude|travel|vehicle|camera|intercept|diagnos|police|penalt|petitioner_?(score|rank|tag|label|visits)/i;

/** Sentences that speak of such a thing only to say that it is never done, word for word. */
const ALLOWED: ReadonlySet<string> = new Set([]);

/** Inputs that look the same everywhere say nothing new. */
const SAID_ELSEWHERE = new Set(['first', 'after', 'input', 'id']);

const DESCRIBED: ReadonlySet<string> = new Set([
  Kind.OBJECT_TYPE_DEFINITION, Kind.INTERFACE_TYPE_DEFINITION, Kind.UNION_TYPE_DEFINITION, Kind.ENUM_TYPE_DEFINITION, Kind.SCALAR_TYPE_DEFINITION,
  Kind.INPUT_OBJECT_TYPE_DEFINITION, Kind.FIELD_DEFINITION, Kind.ENUM_VALUE_DEFINITION, Kind.INPUT_VALUE_DEFINITION,
]);
const ROOTS = new Set(['Query', 'Mutation']);
const STARTS_CHINESE = /^["“「《(（]*\p{Script=Han}/u;

type Described = ASTNode & { readonly name: { readonly value: string }; readonly description?: StringValueNode };

/** Descriptions are the handbook of the graph: each element has one, a type's begins with its Chinese term. */
export const descriptions = (schemas: readonly SubgraphSchema[]): Finding[] =>
  everyNamed(schemas).flatMap(({ node, parent }) => {
    const { name, description } = node;
    const isType = parent === undefined;
    const isArgument = parent?.kind === Kind.FIELD_DEFINITION;
    if ((isType && ROOTS.has(name.value)) || (isArgument && SAID_ELSEWHERE.has(name.value))) return [];
    if (!description?.value.trim()) return [{ rule: 'everything-is-described', place: placeOf(node), message: `${name.value} has no description` }];
    if (!isType || STARTS_CHINESE.test(description.value.trim())) return [];
    return [{ rule: 'a-type-begins-with-its-chinese-term', place: placeOf(node), message: `${name.value}: "${description.value.trim().slice(0, 40)}"` }];
  });

export const deniedConcepts = (schemas: readonly SubgraphSchema[]): Finding[] =>
  everyNamed(schemas).flatMap(({ node: { name, description, ...node } }) => {
    const word = neverKept(name.value) ?? DENIED_NAMES.exec(name.value)?.[0] ?? saidOf(description?.value ?? '');
    return word ? [{ rule: 'no-tracking-of-persons', place: placeOf(node as ASTNode), message: `${name.value}: "${word}" — duties are tracked, people are not` }] : [];
  });

const saidOf = (text: string): string | undefined => (ALLOWED.has(text) ? undefined : neverKept(text));

interface Named {
  readonly node: Described;
  /** Nothing for a type. */
  readonly parent: ASTNode | undefined;
}

function everyNamed(schemas: readonly SubgraphSchema[]): Named[] {
  const found: Named[] = [];
  for (const { document } of schemas) {
    const above: ASTNode[] = [];
    visit(document, {
      enter(node) {
        if (DESCRIBED.has(node.kind)) found.push({ node: node as Described, parent: above.findLast((one) => one.kind !== Kind.DOCUMENT) });
        above.push(node);
      },
      leave() {
        above.pop();
      },
    });
  }
  return found;
}
