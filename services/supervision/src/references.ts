import type { Context } from './context';

/** What another subgraph owns, by its key. */
export const reference = (id: string | null) => (id ? { id } : null);

/** 信访事项 of a row that may be seen on a ground of its own: named to whoever sees the case itself. */
export const caseIfSeen = ({ caseId }: { readonly caseId: string | null }, _args: unknown, { loaders }: Pick<Context, 'loaders'>) => (caseId ? loaders.visibleCase.load(caseId) : null);
