import { REVEALING_FIELDS } from './roles';
import { SERVICES } from './services';

/** Beside the owner's scope for what shows identity. */
export const REVEAL_SCOPE = 'identity:reveal';
/** Uploads and templates. A download link needs no key: whoever holds it may follow it. */
export const FILES_SCOPE = 'files';

/** What a portal client can be given. No list of fields: the supergraph says who owns a root field. */
export const SCOPES: readonly string[] = [...SERVICES.flatMap((service) => [`${service}:read`, `${service}:write`]), REVEAL_SCOPE, FILES_SCOPE];

export interface RootField {
  readonly kind: 'QUERY' | 'MUTATION';
  readonly name: string;
  /** Services that answer it; the planner may ask any of them. */
  readonly owners: readonly string[];
}

/** All of these are needed. */
export const scopesFor = ({ kind, name, owners }: RootField): string[] => [
  ...owners.map((owner) => `${owner}:${kind === 'QUERY' ? 'read' : 'write'}`),
  ...(kind === 'MUTATION' && REVEALING_FIELDS.has(name) ? [REVEAL_SCOPE] : []),
];
