import type { BlockList } from 'node:net';
import type { ServerResponse } from 'node:http';
import type { Viewer } from '@anjie/access';
import { AppError } from '@anjie/contracts';
import type { Exchange } from '../http';
import type { ReadClient } from '../portal/client-reader';
import type { KnownClient } from '../portal/register';
import type { ReadViewer } from '../viewer';
import { addressGroup, clientAddress } from './client-address';
import type { Limiter, Spent } from './limiter';

/** Who sends a request, and through which program. */
export interface Caller {
  readonly client: KnownClient | undefined;
  readonly viewer: Viewer;
}

export interface Admission {
  /** @throws AppError UNAUTHENTICATED, or RATE_LIMITED when too many such attempts came from the same address; a good token is never counted */
  admit(exchange: Exchange): Promise<Caller>;
  /**
   * For what a secret alone opens: nothing is done for an address that failed too often, and what is not found is a failure as a
   * wrong token is. @throws AppError RATE_LIMITED
   */
  admitBySecret(exchange: Exchange, give: () => Promise<void>): Promise<void>;
  /** Takes the points from what caller and client may still spend. @throws AppError RATE_LIMITED */
  charge(caller: Caller, points: number, response: ServerResponse): Promise<void>;
}

export interface AdmissionOptions {
  readonly readClient: ReadClient;
  readonly readViewer: ReadViewer;
  readonly limiter: Limiter;
  readonly proxies: BlockList;
}

export function createAdmission({ readClient, readViewer, limiter, proxies }: AdmissionOptions): Admission {
  const countFailure = async ({ request, response }: Exchange, times = 1): Promise<void> => {
    const forwardedFor = request.headers['x-forwarded-for'];
    const address = clientAddress({ remoteAddress: request.socket.remoteAddress, forwardedFor: forwardedFor === undefined ? undefined : String(forwardedFor) }, proxies);
    const spent = await limiter.spend('failure', addressGroup(address), times);
    if (spent.isOver) refuse(response, spent);
  };
  return {
    async admit(exchange) {
      const { request, locale } = exchange;
      try {
        const client = readClient(request.headers);
        return { client, viewer: await readViewer(request.headers.authorization, locale) };
      } catch (error) {
        if (error instanceof AppError && error.code === 'UNAUTHENTICATED') await countFailure(exchange);
        throw error;
      }
    },
    async admitBySecret(exchange, give) {
      await countFailure(exchange, 0);
      try {
        await give();
      } catch (error) {
        if (error instanceof AppError && error.code === 'NOT_FOUND') await countFailure(exchange);
        throw error;
      }
    },
    async charge({ client, viewer }, points, response) {
      const own = await limiter.spend('viewer', viewer.subject, points);
      // one after the other: what a person is refused must not be taken from the colleagues
      if (own.isOver) refuse(response, own);
      const together = client ? await limiter.spend('client', `${client.id}:${viewer.unitId ?? 'none'}`, points) : own;
      if (together.isOver) refuse(response, together);
      tell(response, together.remaining / together.limit < own.remaining / own.limit ? together : own);
    },
  };
}

function tell(response: ServerResponse, { limit, remaining, resetS }: Spent): void {
  response.setHeader('ratelimit-limit', String(limit));
  response.setHeader('ratelimit-remaining', String(remaining));
  response.setHeader('ratelimit-reset', String(resetS));
}

function refuse(response: ServerResponse, spent: Spent): never {
  tell(response, { ...spent, remaining: 0 });
  response.setHeader('retry-after', String(spent.resetS));
  throw new AppError('RATE_LIMITED');
}
