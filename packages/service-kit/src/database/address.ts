import { readFileSync } from 'node:fs';
import { isIP } from 'node:net';

export interface DatabaseAddress {
  readonly socketPath?: string;
  readonly host?: string;
  readonly port?: number;
  readonly user: string;
  readonly password: string;
  readonly ssl?: { readonly ca?: string; readonly rejectUnauthorized: true; readonly verifyIdentity: boolean };
}

const OPTIONS = ['socketPath', 'ssl', 'ssl-ca'];

/**
 * `mysql://user:password@host:3306`, `mysql://user@localhost?socketPath=…`; with `?ssl=true` (authorities of the system) or
 * `?ssl-ca=<file>` encrypted. @throws Error with a sentence that names what to change
 */
export function parseDatabaseUrl(url: string): DatabaseAddress {
  const parsed = new URL(url);
  const unknown = [...parsed.searchParams.keys()].find((name) => !OPTIONS.includes(name));
  if (unknown !== undefined) throw new Error(`ANJIE_DATABASE_URL: option "${unknown}" is not known; known: ${OPTIONS.join(', ')}`);
  const login = { user: decodeURIComponent(parsed.username), password: decodeURIComponent(parsed.password) };
  const socketPath = parsed.searchParams.get('socketPath');
  if (socketPath) return { socketPath, ...login };
  const host = parsed.hostname.replace(/^\[|\]$/g, '');
  return { host, port: Number(parsed.port || 3306), ...login, ...encryption(parsed.searchParams, host) };
}

function encryption(options: URLSearchParams, host: string): Pick<DatabaseAddress, 'ssl'> {
  const [file, ssl] = [options.get('ssl-ca'), options.get('ssl') ?? 'false'];
  if (!['true', 'false'].includes(ssl)) throw new Error('ANJIE_DATABASE_URL: ssl must be true or false');
  if (!file && ssl === 'false') return {};
  // a certificate is issued to a name; the driver cannot compare it with an address
  return { ssl: { ...(file ? { ca: readAuthority(file) } : {}), rejectUnauthorized: true, verifyIdentity: isIP(host) === 0 } };
}

function readAuthority(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    throw new Error(`ANJIE_DATABASE_URL: the file of ssl-ca (${file}) cannot be read`);
  }
}
