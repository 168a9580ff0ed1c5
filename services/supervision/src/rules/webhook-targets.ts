import { classOf, isInNet, parseIp, parseNet, type IpAddress, type IpNet } from './ip-addresses';

/** Where webhooks may go: what the operator lists, and nothing else. */
export interface TargetPolicy {
  readonly rows: readonly TargetRow[];
  readonly isProduction: boolean;
}

interface TargetRow {
  /** `portal.example.gov.cn`, or `.example.gov.cn` for every name below it, or an address or net. */
  readonly host: { readonly name: string } | { readonly below: string } | { readonly net: IpNet };
  /** Without it: 443, or 80 where http is listed. */
  readonly port: number | null;
  /** `http://` stands before it. */
  readonly isHttpListed: boolean;
}

export type TargetFault = 'OFF' | 'NOT_A_URL' | 'CREDENTIALS' | 'SCHEME' | 'HTTPS_NEEDED' | 'NOT_LISTED' | 'ADDRESS_REFUSED';

export interface Target {
  /** Canonical: host in lower case and punycode, without a trailing dot, without a fragment. */
  readonly url: string;
  readonly host: string;
  /** The address itself, where the URL names one. */
  readonly address: IpAddress | null;
}

const ROW = /^(https?:\/\/)?(\[[^\]]+\](?:\/\d+)?|[^:[\]]+|[0-9a-f]*:[0-9a-f:.]*:[0-9a-f:./]*)(?::(\d{1,5}))?$/i;

/** @throws Error that names the row which says nothing usable */
export function readTargets(text: string, isProduction: boolean): TargetPolicy {
  const rows = text.split(',').map((row) => row.trim()).filter(Boolean).map(readRow);
  return { rows, isProduction };
}

function readRow(text: string): TargetRow {
  const [, scheme, hostText = '', portText] = ROW.exec(text) ?? [];
  const host = readHost(hostText.toLowerCase());
  const port = portText === undefined ? null : Number(portText);
  if (!host || (port !== null && (port < 1 || port > 65_535))) throw new Error(`"${text}" is no host name, *.suffix, address or net, with an optional port`);
  return { host, port, isHttpListed: scheme?.toLowerCase() === 'http://' };
}

function readHost(text: string): TargetRow['host'] | undefined {
  const net = parseNet(text.replace(/^\[([^\]]+)\]/, '$1'));
  if (net) return { net };
  const isSuffix = text.startsWith('*.');
  const name = canonicalName(isSuffix ? text.slice(2) : text);
  if (!name || /[*/]/.test(text.slice(isSuffix ? 2 : 0))) return undefined;
  return isSuffix ? { below: `.${name}` } : { name };
}

/** A name as the URL parser writes it; undefined when it is none, or a number that stands for an address. */
function canonicalName(text: string): string | undefined {
  if (!text || !URL.canParse(`http://${text}/`)) return undefined;
  const { hostname, port, username, pathname } = new URL(`http://${text}/`);
  const isPlain = pathname === '/' && port === '' && username === '' && !parseIp(hostname) && !hostname.startsWith('[');
  return isPlain ? withoutDot(hostname) || undefined : undefined;
}

const withoutDot = (host: string): string => (host.endsWith('.') ? host.slice(0, -1) : host);

/** Whitespace and control characters, which the URL parser drops without a word, and backslashes, which it turns round. */
const HIDDEN = /[\s\p{Cc}\p{Cf}\\]/u;

/** What the URL means, or why nothing may be sent there. Names are looked up later: see `isAddressAllowed`. */
export function targetOf(text: string, policy: TargetPolicy): Target | TargetFault {
  if (policy.rows.length === 0) return 'OFF';
  const url = plainUrl(text);
  if (typeof url === 'string') return url;
  const host = withoutDot(url.hostname);
  const address = parseIp(host.replace(/^\[(.+)\]$/, '$1')) ?? null;
  const rows = policy.rows.filter((row) => fitsHost(row, host, address) && fitsPort(row, url));
  if (rows.length === 0) return 'NOT_LISTED';
  if (url.protocol === 'http:' && policy.isProduction && !rows.some((row) => row.isHttpListed)) return 'HTTPS_NEEDED';
  if (address && !isAddressAllowed(address, policy)) return 'ADDRESS_REFUSED';
  url.hostname = host;
  url.hash = '';
  return { url: url.href, host, address };
}

function plainUrl(text: string): URL | TargetFault {
  if (text.length > 500 || HIDDEN.test(text) || !URL.canParse(text)) return 'NOT_A_URL';
  const url = new URL(text);
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return 'SCHEME';
  if (url.username || url.password) return 'CREDENTIALS';
  const host = withoutDot(url.hostname);
  return host && !host.endsWith('.') ? url : 'NOT_A_URL';
}

function fitsHost({ host }: TargetRow, name: string, address: IpAddress | null): boolean {
  if ('net' in host) return address !== null && isInNet(address, host.net);
  return address === null && ('name' in host ? name === host.name : name.endsWith(host.below));
}

/** Without a port in the row only the usual one of the scheme is meant. */
const fitsPort = ({ port }: TargetRow, url: URL): boolean => (port === null ? url.port === '' : Number(url.port || (url.protocol === 'https:' ? 443 : 80)) === port);

/**
 * Whether a connection to this address may be opened: a public one; a private one that lies in a listed net, so that no
 * name server can point a listed name into the office's own network; loopback, link-local, metadata, multicast and the
 * like never in production, elsewhere only where they are listed.
 */
export function isAddressAllowed(ip: IpAddress, { rows, isProduction }: TargetPolicy): boolean {
  const kind = classOf(ip);
  if (kind === 'PUBLIC') return true;
  if (kind !== 'PRIVATE' && isProduction) return false;
  return rows.some(({ host }) => 'net' in host && isInNet(ip, host.net));
}
