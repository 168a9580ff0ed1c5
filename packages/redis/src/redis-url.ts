export interface RedisNode {
  readonly host: string;
  readonly port: number;
}

export interface RedisLogin {
  readonly username?: string;
  readonly password?: string;
}

/** Where Redis is, as `ANJIE_REDIS_URL` says it. */
export type RedisPlace = RedisLogin & { readonly db: number; readonly isTls: boolean } & (
  | { readonly kind: 'SERVER'; readonly node: RedisNode }
  | { readonly kind: 'SOCKET'; readonly path: string }
  | { readonly kind: 'SENTINEL'; readonly sentinels: readonly RedisNode[]; readonly master: string; readonly sentinelLogin: RedisLogin }
  | { readonly kind: 'CLUSTER'; readonly nodes: readonly RedisNode[] }
);

interface Scheme {
  readonly kind: RedisPlace['kind'];
  readonly isTls?: true;
  readonly port: number;
}

const SERVER: Scheme = { kind: 'SERVER', port: 6379 };
const SENTINEL: Scheme = { kind: 'SENTINEL', port: 26_379 };
const CLUSTER: Scheme = { kind: 'CLUSTER', port: 6379 };
/** `+` as Python's clients write it, `-` as Java's do. */
const SCHEMES: Readonly<Record<string, Scheme>> = {
  redis: SERVER,
  rediss: { ...SERVER, isTls: true },
  unix: { kind: 'SOCKET', port: 0 },
  'redis+sentinel': SENTINEL,
  'redis-sentinel': SENTINEL,
  'rediss+sentinel': { ...SENTINEL, isTls: true },
  'rediss-sentinel': { ...SENTINEL, isTls: true },
  'redis+cluster': CLUSTER,
  'redis-cluster': CLUSTER,
  'rediss+cluster': { ...CLUSTER, isTls: true },
  'rediss-cluster': { ...CLUSTER, isTls: true },
};

/** Option in the URL → what it sets; both spellings are in use. */
const OPTIONS: Readonly<Record<RedisPlace['kind'], Readonly<Record<string, 'db' | 'username' | 'password'>>>> = {
  SERVER: {},
  SOCKET: { db: 'db' },
  SENTINEL: { sentinelUsername: 'username', sentinel_username: 'username', sentinelPassword: 'password', sentinel_password: 'password' },
  CLUSTER: {},
};

// the login ends at the last @ before the path, so that an @ in a password needs no %40
const SHAPE = /^([a-z+-]+):\/\/(?:([^/?#]*)@)?([^/?#]*)(?:\/([^?#]*))?(?:\?([^#]*))?$/i;

const ESCAPES = 'write / ? # in a password as %2F %3F %23';

/**
 * `redis://`, `rediss://` (TLS), `unix:///path`, `redis+sentinel://h1,h2,h3/<master>[/<db>]`, `redis+cluster://h1,h2`; the
 * last two also with `rediss`. @throws Error with a sentence that says what to change and never repeats the password.
 */
export function parseRedisUrl(url: string): RedisPlace {
  const [, scheme = '', login = '', hosts = '', path = '', query = ''] = SHAPE.exec(url) ?? fail(`is no URL; ${ESCAPES}`);
  if (`${path}${query}`.includes('@')) fail(ESCAPES);
  const { kind, isTls = false, port } = SCHEMES[scheme.toLowerCase()] ?? fail(`"${scheme}://" is not known; use redis://, rediss://, unix://, redis+sentinel:// or redis+cluster://`);
  const steps = path.split('/').filter(Boolean).map(decode);
  return { ...loginOf(login), isTls, ...READERS[kind]({ hosts, path, steps, port, option: readOptions(kind, query) }) };
}

interface Parts {
  readonly hosts: string;
  readonly path: string;
  readonly steps: readonly string[];
  readonly port: number;
  readonly option: (name: string) => string | undefined;
}

type Where<Kind extends RedisPlace['kind']> = Omit<Extract<RedisPlace, { kind: Kind }>, 'isTls' | keyof RedisLogin>;

const READERS: { readonly [Kind in RedisPlace['kind']]: (parts: Parts) => Where<Kind> } = {
  SOCKET({ hosts, path, option }) {
    if (hosts || path === '') fail('a socket is written with three slashes: unix:///path/to/socket');
    return { kind: 'SOCKET', db: readDb(option('db')), path: `/${decode(path)}` };
  },
  SERVER({ hosts, steps, port }) {
    if (hosts.includes(',')) fail('redis:// leads to one server; several are redis+sentinel://h1,h2/<master> or redis+cluster://h1,h2');
    if (steps.length > 1) fail('after the host only the number of a database may follow');
    return { kind: 'SERVER', db: readDb(steps[0]), node: nodeOf(hosts, port) };
  },
  SENTINEL({ hosts, steps, port, option }) {
    const sentinelLogin = { ...given('username', option('username')), ...given('password', option('password')) };
    return { kind: 'SENTINEL', ...masterOf(steps), sentinels: nodesOf(hosts, port), sentinelLogin };
  },
  CLUSTER({ hosts, steps, port }) {
    if (steps.length > 1 || (steps[0] ?? '0') !== '0') fail('a Cluster has database 0 only; leave the path away');
    return { kind: 'CLUSTER', db: 0, nodes: nodesOf(hosts, port) };
  },
};

function fail(sentence: string): never {
  throw new Error(sentence);
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return fail('a % in it must be written as %25');
  }
}

const given = <K extends string>(key: K, value: string | undefined): Partial<Record<K, string>> => (value ? ({ [key]: value } as Record<K, string>) : {});

function loginOf(login: string): RedisLogin {
  const [, username, password] = /^([^:]*):?(.*)$/s.exec(login) ?? [];
  return { ...given('username', decode(username ?? '')), ...given('password', decode(password ?? '')) };
}

function readOptions(kind: RedisPlace['kind'], query: string): (name: string) => string | undefined {
  const found = new Map<string, string>();
  for (const [name, value] of new URLSearchParams(query)) {
    const known = OPTIONS[kind];
    found.set(known[name] ?? fail(`option "${name}" is not known here${Object.keys(known).length > 0 ? `; known: ${Object.keys(known).join(', ')}` : ''}`), value);
  }
  return (name) => found.get(name);
}

const readDb = (text = '0'): number => (/^\d{1,4}$/.test(text) ? Number(text) : fail(`"${text}" is no number of a database`));

function masterOf([master, db, more]: readonly string[]): { master: string; db: number } {
  if (!master || more !== undefined) fail('Sentinel needs the name of its master after the hosts: redis+sentinel://h1,h2,h3/<master> or …/<master>/<db>');
  return { master: master ?? '', db: readDb(db) };
}

const nodesOf = (hosts: string, port: number): RedisNode[] => hosts.split(',').map((host, index) => nodeOf(host.trim(), port, index + 1));

// the text itself is not repeated: a password that was not escaped would be in it
function nodeOf(text: string, defaultPort: number, place = 1): RedisNode {
  const [, v6, name, port = defaultPort] = /^(?:\[([0-9a-f:.]+)\]|([\w.-]+))(?::(\d+))?$/i.exec(text) ?? [];
  const host = v6 ?? name ?? fail(text === '' ? `host ${place} is missing` : `host ${place} is not of the form host or host:port`);
  if (Number(port) < 1 || Number(port) > 65_535) fail(`the port of host ${place} is not between 1 and 65535`);
  return { host, port: Number(port) };
}
