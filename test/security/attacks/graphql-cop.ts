import { bodyOf } from '../outcome';
import type { Sent } from '../wire';
import { many } from './documents';
import type { World } from './world';

/** One of the checks of graphql-cop 1.14, made anew: true is a finding. */
export interface CopCheck {
  readonly title: string;
  readonly isFound: (ask: Ask) => Promise<boolean>;
}
interface Answered {
  readonly status: number;
  readonly text: string;
  readonly data: Readonly<Record<string, unknown>>;
  readonly errors: readonly { readonly message: string; readonly extensions?: Readonly<Record<string, unknown>> }[];
}
/** Sends a request as the tool would, with the headers that it was given. */
export type Ask = (part: { readonly query?: string; readonly body?: string; readonly method?: string; readonly path?: string; readonly type?: string }) => Promise<Answered>;

/** Of a gateway as somebody who may log in; `url` is another one than the one that is attacked. */
export const askAs = (world: World, url = world.front().url): Ask => async ({ query = '', body = JSON.stringify({ query }), method = 'POST', path = '/graphql', type = 'application/json' }) => {
  const sent: Sent = { url: `${url}${path}`, method, body: method === 'POST' ? body : '', headers: { authorization: `Bearer ${world.tokenOf('office')}`, 'content-type': method === 'POST' ? type : undefined } };
  const reply = await world.send(sent);
  const { data, errors } = bodyOf(reply);
  return { status: reply.status, text: reply.text, data: data ?? {}, errors: errors ?? [] };
};

const typename = ({ data }: Answered): boolean => data['__typename'] !== undefined;
const wellKnown = ['/graphiql', '/playground', '/console', '/graphql', '/graphql/console', '/altair'];

export const COP_CHECKS: readonly CopCheck[] = [
  { title: 'Alias Overloading', isFound: async (ask) => Object.keys((await ask({ query: `query cop { ${many(101, (n) => `alias${n}: __typename`)} }` })).data).length > 100 },
  { title: 'Array-based Query Batching', isFound: async (ask) => (await ask({ body: JSON.stringify(Array.from({ length: 10 }, () => ({ query: 'query cop { __typename }' }))) })).text.startsWith('[') },
  { title: 'Directive Overloading', isFound: async (ask) => (await ask({ query: `query cop { __typename ${'@aa'.repeat(10)} }` })).errors.length === 10 },
  { title: 'Introspection-based Circular Query', isFound: async (ask) => ((await ask({ query: 'query cop { __schema { types { fields { type { fields { type { fields { type { fields { type { name } } } } } } } } } } }' })).data['__schema'] as { types?: unknown[] } | undefined)?.types !== undefined },
  { title: 'Circular Fragment', isFound: async (ask) => (await ask({ query: 'query cop { __schema { ...A } } fragment A on __Schema { __typename ...B } fragment B on __Schema { ...A }' })).errors.length === 0 },
  { title: 'Field Duplication', isFound: async (ask) => typename(await ask({ query: `query cop { ${'__typename\n'.repeat(500)} }` })) },
  { title: 'Introspection', isFound: async (ask) => (await ask({ query: 'query cop { __schema { types { name fields { name } } } }' })).data['__schema'] !== undefined },
  { title: 'GraphQL IDE', isFound: async (ask) => (await Promise.all(wellKnown.map((path) => ask({ method: 'GET', path })))).some(({ text }) => /graphiql|playground|altair/i.test(text)) },
  { title: 'GET Method Query Support', isFound: async (ask) => typename(await ask({ method: 'GET', path: `/graphql?query=${encodeURIComponent('query cop {__typename}')}` })) },
  { title: 'Mutation is allowed over GET', isFound: async (ask) => typename(await ask({ method: 'GET', path: `/graphql?query=${encodeURIComponent('mutation cop {__typename}')}` })) },
  { title: 'POST based url-encoded query', isFound: async (ask) => typename(await ask({ type: 'application/x-www-form-urlencoded', body: `query=${encodeURIComponent('query cop {__typename}')}` })) || typename(await ask({ type: 'application/x-www-form-urlencoded', body: '', path: `/graphql?query=${encodeURIComponent('query cop {__typename}')}` })) },
  { title: 'Trace Mode', isFound: async (ask) => /"tracing"|"exception"|stacktrace|ftv1/i.test((await ask({ query: 'query cop { __typename }' })).text + (await ask({ query: 'query cop { qwerty' })).text) },
  { title: 'Field Suggestions', isFound: async (ask) => (await Promise.all(['query cop { __schema { directive } }', 'query cop { casess { totalCount } }'].map((query) => ask({ query })))).some(({ text }) => /did you mean/i.test(text)) },
  { title: 'Unhandled Errors Detection', isFound: async (ask) => (await ask({ query: 'qwerty cop { abc }' })).errors.some(({ extensions }) => extensions?.['exception'] !== undefined || extensions?.['stacktrace'] !== undefined) || (await ask({ query: 'qwerty cop { abc }' })).status >= 500 },
];

/** What there is where developers work. */
export const DEVELOPERS_CHECKS = COP_CHECKS.filter(({ title }) => ['Introspection', 'GraphQL IDE'].includes(title));

/** Titles of what was found. */
export async function findingsOf(ask: Ask, checks: readonly CopCheck[] = COP_CHECKS): Promise<string[]> {
  const found: string[] = [];
  for (const { title, isFound } of checks) if (await isFound(ask)) found.push(title);
  return found;
}
