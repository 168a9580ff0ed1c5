import {
  buildASTSchema, findBreakingChanges, findDangerousChanges, Kind, parse, visit,
  type ASTNode, type BreakingChange, type DangerousChange, type DirectiveNode, type GraphQLSchema,
} from 'graphql';

const FEDERATION = /^(join|link|core|fed)__/;

/** What a client sees of a supergraph: without the planner's directives and types, and without what is @inaccessible. */
export function apiSchemaOf(supergraphSdl: string): GraphQLSchema {
  const document = visit(parse(supergraphSdl), {
    enter(node) {
      return isHidden(node) ? null : undefined;
    },
  });
  return buildASTSchema(document);
}

function isHidden(node: ASTNode): boolean {
  if (node.kind === Kind.DIRECTIVE_DEFINITION) return true;
  if (node.kind === Kind.DIRECTIVE) return node.name.value !== 'deprecated';
  if ('directives' in node && (node.directives as readonly DirectiveNode[] | undefined)?.some((one) => one.name.value === 'inaccessible')) return true;
  return 'name' in node && node.name !== undefined && FEDERATION.test((node.name as { value: string }).value);
}

export interface ApiChanges {
  /** Clients of yesterday stop working, and docs/api-changes.md does not say so. */
  readonly breaking: readonly BreakingChange[];
  readonly accepted: readonly BreakingChange[];
  /** Clients go on working unless they are careless, for example with a new enum value. */
  readonly risky: readonly DangerousChange[];
}

/** @param accepted the text in which a breaking change is announced, sentence for sentence */
export function compareApis(before: GraphQLSchema, after: GraphQLSchema, accepted: string): ApiChanges {
  const all = findBreakingChanges(before, after);
  const isAccepted = ({ description }: BreakingChange): boolean => accepted.includes(description);
  return { breaking: all.filter((change) => !isAccepted(change)), accepted: all.filter(isAccepted), risky: findDangerousChanges(before, after) };
}

/** The section of a version in docs/api-changes.md. */
export function sectionOf(version: string, markdown: string): string {
  const lines = markdown.split('\n');
  const from = lines.findIndex((line) => line.trim() === `## ${version}`);
  if (from < 0) return '';
  const length = lines.slice(from + 1).findIndex((line) => line.startsWith('## '));
  return lines.slice(from + 1, length < 0 ? undefined : from + 1 + length).join('\n');
}
