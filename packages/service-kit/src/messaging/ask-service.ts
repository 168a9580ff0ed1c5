import { fetch } from 'undici';
import type { TokenMint, Viewer } from '@anjie/access';
import { PostponedError } from './outages';

export const serviceViewer = (service: string): Viewer => ({
  kind: 'SERVICE', subject: service, unitId: null, divisionCode: null, roles: [], locale: 'zh-CN',
});

/** A service that may ask others: where they answer, and what it signs with. */
export interface Asker {
  readonly service: string;
  readonly urls: Readonly<Record<string, string>>;
  readonly mint: TokenMint;
}

export interface Question {
  readonly path: string;
  readonly asked: object;
  readonly requestId: string;
  /** What is asked for, for the sentence of a failure: "… cannot be asked <what>". */
  readonly what: string;
  readonly withinMs: number;
}

/** Asks another service over the signed internal API. @throws PostponedError while it cannot be asked */
export async function askService({ service, urls, mint }: Asker, peer: string, { path, asked, requestId, what, withinMs }: Question): Promise<unknown> {
  const url = urls[peer];
  if (!url) throw new PostponedError(`no address for ${peer} in ANJIE_SUBGRAPH_URLS`);
  const body = JSON.stringify(asked);
  const token = mint({ audience: peer, viewer: serviceViewer(service), requestId, body });
  const response = await fetch(`${url}${path}`, {
    method: 'POST', body, headers: { 'content-type': 'application/json', 'x-internal-auth': token }, signal: AbortSignal.timeout(withinMs),
  }).catch((error: unknown) => {
    throw new PostponedError(`${peer} cannot be asked ${what}`, { cause: error });
  });
  if (!response.ok) throw new PostponedError(`${peer} answered ${response.status} when it was asked ${what}`);
  return response.json().catch((error: unknown) => {
    throw new PostponedError(`${peer} broke off its answer`, { cause: error });
  });
}
