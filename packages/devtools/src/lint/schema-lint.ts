import { Kind, visit } from 'graphql';
import { readAccess } from '@anjie/service-kit/subgraph';
import type { Finding } from './finding';
import {
  definitionsOf, entitiesOf, fieldsOf, inputFieldsOf, isList, membersOf, namedType, placeOf, written, type Field, type SubgraphSchema,
} from './schema-reading';
import { deniedConcepts, descriptions } from './schema-words';

type Rule = (schemas: readonly SubgraphSchema[]) => Finding[];

/** Lists of entities that may stay plain, each because it cannot grow. */
const BOUNDED_LISTS: Readonly<Record<string, string>> = {
  'Case.claims': 'what the petitioners ask for, written down when the matter is opened',
  'Case.supportUnits': 'an assignment names at most a handful of units',
  'Case.ledgerEntries': 'one per campaign that counts the case',
  'Assignment.supportUnits': 'an assignment names at most a handful of units',
  'Division.children': 'the divisions below one, fixed by the state',
  'DivisionRollup.children': 'the divisions below one, fixed by the state',
};

/** Queries that take people along with a matter, each because the people alone find nothing. */
const MATTER_COMPARISONS: Readonly<Record<string, string>> = {
  'Query.repeatCandidates': 'compares the whole draft of a petition: without a text that agrees it answers nothing, and each comparison with people in it is audited',
};

/** Words by which a person could be looked up. */
const PERSON_ARGUMENT = /petitioner|id_?number|person|phone|telephone/i;

const finding = (rule: string, field: Field, message: string): Finding => ({ rule, place: placeOf(field.node), message: `${field.parent}.${field.node.name.value} ${message}` });

const obligorsAreInOffice: Rule = (schemas) => {
  const rule = 'an-obligor-is-a-unit-or-an-official';
  const declared = schemas.filter((schema) => schema.name === 'supervision');
  if (declared.length === 0) return [];
  const obligor = fieldsOf(declared).find(({ parent, node }) => parent === 'Obligation' && node.name.value === 'obligor');
  if (!obligor) return [{ rule, place: 'services/supervision/schema', message: 'Obligation.obligor is not there' }];
  const members = [...membersOf(declared, namedType(obligor.node.type))].sort().join(' | ');
  return members === 'Official | Unit' ? [] : [finding(rule, obligor, `is ${members || written(obligor.node.type)}, and has to be Unit | Official`)];
};

const supervisionKnowsNoPetitioner: Rule = (schemas) =>
  schemas.filter((schema) => schema.name === 'supervision').flatMap(({ document }) => {
    const found: Finding[] = [];
    visit(document, {
      NamedType: (node) => {
        if (!/petitioner/i.test(node.name.value)) return;
        found.push({ rule: 'supervision-knows-no-petitioner', place: placeOf(node), message: `${node.name.value} — a clock, a letter or a reminder concerns a duty` });
      },
    });
    return found;
  });

const petitionersAreNoEntity: Rule = (schemas) => {
  const rule = 'a-petitioner-is-no-entity';
  const keyed = definitionsOf(schemas).filter((node) => 'name' in node && node.name?.value === 'Petitioner' && 'directives' in node && node.directives?.some((d) => d.name.value === 'key'));
  const entities = entitiesOf(schemas);
  const isRoot = ({ parent }: Field): boolean => parent === 'Query' || parent === 'Mutation';
  const leads = fieldsOf(schemas).flatMap((field) => {
    const target = namedType(field.node.type);
    if (isRoot(field) && /^Petitioners?(Connection|Edge)?$/.test(target)) return [finding(rule, field, `returns ${target}: reach it through its petition`)];
    const isDossier = field.parent === 'Petitioner' && (entities.has(target) || target.endsWith('Connection'));
    return isDossier ? [finding(rule, field, `leads to ${target}: there is no list of what a person did`)] : [];
  });
  return [...keyed.map((node) => ({ rule, place: placeOf(node), message: 'Petitioner has a key' })), ...leads];
};

const nobodyIsLookedUp: Rule = (schemas) =>
  fieldsOf(schemas).filter(({ parent, node }) => parent === 'Query' && !Object.hasOwn(MATTER_COMPARISONS, `${parent}.${node.name.value}`)).flatMap((field) => {
    const names = (field.node.arguments ?? []).flatMap((arg) => [arg.name.value, ...inputNamesIn(schemas, namedType(arg.type))]);
    return names.filter((name) => PERSON_ARGUMENT.test(name)).map((name) => finding('nobody-is-looked-up', field, `can be searched by ${name}`));
  });

/** Names of an input's fields and of what stands inside them, to any depth. */
function inputNamesIn(schemas: readonly SubgraphSchema[], type: string, above: readonly string[] = []): string[] {
  if (above.includes(type)) return [];
  return inputFieldsOf(schemas, type).flatMap((input) => [input.name.value, ...inputNamesIn(schemas, namedType(input.type), [...above, type])]);
}

const mutationsHaveOneShape: Rule = (schemas) =>
  fieldsOf(schemas).filter(({ parent }) => parent === 'Mutation').flatMap((field) => {
    const rule = 'a-mutation-has-one-input-and-a-refusal';
    const [input, ...more] = field.node.arguments ?? [];
    if (!input || more.length > 0 || input.name.value !== 'input' || input.type.kind !== Kind.NON_NULL_TYPE) return [finding(rule, field, 'takes something else than one `input: …!`')];
    const key = inputFieldsOf(schemas, namedType(input.type)).find((one) => one.name.value === 'idempotencyKey');
    const wrongKey = key && written(key.type) === 'String!' ? [] : [finding(rule, field, `: ${namedType(input.type)} has no idempotencyKey: String!`)];
    return [...wrongKey, ...(canRefuse(schemas, namedType(field.node.type)) ? [] : [finding(rule, field, `returns ${written(field.node.type)}, which is no union with a …Refusal`)])];
  });

/** A batch answers item by item: there the union is one step further down. */
function canRefuse(schemas: readonly SubgraphSchema[], type: string): boolean {
  const hasRefusal = (name: string): boolean => membersOf(schemas, name).some((member) => member.endsWith('Refusal'));
  return hasRefusal(type) || fieldsOf(schemas).some(({ parent, node }) => parent === type && isList(node.type) && hasRefusal(namedType(node.type)));
}

const listsArePaged: Rule = (schemas) => {
  const entities = entitiesOf(schemas);
  const isRow = ({ parent }: Field): boolean => parent.endsWith('Connection');
  return fieldsOf(schemas)
    .filter((field) => isList(field.node.type) && entities.has(namedType(field.node.type)) && !isRow(field))
    .filter(({ parent, node }) => !Object.hasOwn(BOUNDED_LISTS, `${parent}.${node.name.value}`))
    .map((field) => finding('a-list-is-a-connection', field, `is ${written(field.node.type)}: make it a connection, or say in BOUNDED_LISTS why it cannot grow`));
};

const RULES: readonly Rule[] = [
  descriptions, deniedConcepts, obligorsAreInOffice, supervisionKnowsNoPetitioner, petitionersAreNoEntity, nobodyIsLookedUp, mutationsHaveOneShape, listsArePaged,
];

/** What composition does not look at: words, shapes, and the promises about persons. */
export const lintSchemas = (schemas: readonly SubgraphSchema[]): Finding[] => RULES.flatMap((rule) => rule(schemas));

/** Who reaches each type and root field is said in its schema. */
export const lintAccess = (schemas: readonly SubgraphSchema[]): Finding[] =>
  schemas.flatMap(({ document }) => readAccess(document).findings.map(({ node, message }) => ({ rule: 'access-is-decided', place: placeOf(node), message })));
