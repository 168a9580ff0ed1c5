import type { KnowledgeOf, LinkStatements } from './rule';

export const OF_INSTRUMENTS: KnowledgeOf = {};

export const LINKS_OF_INSTRUMENTS: LinkStatements = {};
