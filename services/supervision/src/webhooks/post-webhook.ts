import { lookup } from 'node:dns/promises';
import { isIP, type LookupFunction } from 'node:net';
import { Agent, request } from 'undici';
import { parseIp } from '../rules/ip-addresses';
import { faultOfError, faultOfStatus } from '../rules/webhook-retries';
import { isAddressAllowed, targetOf, type Target, type TargetPolicy } from '../rules/webhook-targets';
import type { Attempted } from './claim-repository';

export interface WebhookPost {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export type ResolveName = (host: string) => Promise<readonly string[]>;

export interface PostSettings {
  readonly policy: TargetPolicy;
  /** Addresses of a name; the system's resolver unless a test answers. */
  readonly resolve?: ResolveName;
  readonly timeoutMs?: number;
}

const TIMEOUT_MS = 10_000;
/** Bytes of an answer that are read, to be thrown away: its status says everything. */
const ANSWER_BYTES = 16_384;

const systemResolve: ResolveName = async (host) => (await lookup(host, { all: true })).map(({ address }) => address);

/**
 * One try. The target is checked against the list again, its name is looked up once, every address is checked, and the
 * connection goes to an address that was checked: nobody can change the answer between check and use. No redirects, no
 * proxy, no connection that is used again.
 */
export async function postWebhook(post: WebhookPost, { policy, resolve = systemResolve, timeoutMs = TIMEOUT_MS }: PostSettings): Promise<Attempted> {
  const begun = performance.now();
  const done = (result: Omit<Attempted, 'durationMs'>): Attempted => ({ ...result, durationMs: Math.round(performance.now() - begun) });
  const signal = AbortSignal.timeout(timeoutMs);
  try {
    const target = targetOf(post.url, policy);
    if (typeof target === 'string') return done({ statusCode: null, fault: 'TARGET_REFUSED' });
    const addresses = await checkedAddresses(target, policy, withSignal(resolve, signal));
    if (addresses.length === 0) return done({ statusCode: null, fault: 'TARGET_REFUSED' });
    const statusCode = await send({ ...post, url: target.url }, addresses, signal);
    return done({ statusCode, fault: faultOfStatus(statusCode) ?? null });
  } catch (error) {
    return done({ statusCode: null, fault: signal.aborted ? 'TIMEOUT' : faultOfError(codeOf(error)) });
  }
}

/** The addresses to connect to; none when one of them is refused. */
async function checkedAddresses({ host, address }: Target, policy: TargetPolicy, resolve: ResolveName): Promise<readonly string[]> {
  const found = address ? [host.replace(/^\[(.+)\]$/, '$1')] : await resolve(host);
  const isEachAllowed = found.every((text) => {
    const ip = parseIp(text);
    return ip !== undefined && isAddressAllowed(ip, policy);
  });
  return isEachAllowed ? found : [];
}

/** The system's resolver cannot be interrupted; its answer is not waited for any longer. */
const withSignal = (resolve: ResolveName, signal: AbortSignal): ResolveName => (host) =>
  Promise.race([resolve(host), new Promise<never>((_resolve, reject) => signal.addEventListener('abort', () => reject(new Error('too late')), { once: true }))]);

async function send({ url, headers, body }: WebhookPost, addresses: readonly string[], signal: AbortSignal): Promise<number> {
  const agent = new Agent({ connect: { lookup: pinnedTo(addresses) }, maxHeaderSize: ANSWER_BYTES });
  try {
    const answer = await request(url, {
      dispatcher: agent, method: 'POST', body, signal, headers: { 'content-type': 'application/json', 'user-agent': 'anjie-webhooks', ...headers },
    });
    await answer.body.dump({ limit: ANSWER_BYTES, signal }).catch(() => undefined);
    return answer.statusCode;
  } finally {
    await agent.destroy();
  }
}

const pinnedTo = (addresses: readonly string[]): LookupFunction => (_host, options, callback) => {
  const all = addresses.map((address) => ({ address, family: isIP(address) }));
  const [first] = all;
  if (options.all) callback(null, all);
  else callback(null, first?.address ?? '', first?.family ?? 0);
};

function codeOf(error: unknown): string {
  const { code, name, cause } = (error ?? {}) as { code?: string; name?: string; cause?: { code?: string } };
  return cause?.code ?? code ?? name ?? '';
}
