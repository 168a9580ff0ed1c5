import type { KnowledgeOf, LinkStatements } from './rule';

export const OF_OVERSIGHT: KnowledgeOf = {};

export const LINKS_OF_OVERSIGHT: LinkStatements = {};
