import type { TokenMint, Viewer } from '@anjie/access';
import { AppError } from '@anjie/contracts';
import { outageOf, type Upstreams } from '../upstreams';

/** The service that keeps the register of portal clients. */
const OFFICIALS = 'officials';

export const gatewayViewer: Viewer = { kind: 'SERVICE', subject: 'gateway', unitId: null, divisionCode: null, roles: [], locale: 'zh-CN' };

export interface Question {
  readonly path: string;
  readonly asked: object;
  /** The gateway itself unless an official's act is told. */
  readonly viewer?: Viewer;
  readonly requestId?: string;
}
export type AskOfficials = (question: Question) => Promise<unknown>;

/** Asks officials over the signed internal API. @throws AppError SERVICE_UNAVAILABLE or TIMEOUT; what else it says is our own fault */
export const createOfficialsAsker = ({ upstreams, mint }: { readonly upstreams: Upstreams; readonly mint: TokenMint }): AskOfficials =>
  async ({ path, asked, viewer = gatewayViewer, requestId = 'portal-register' }) => {
    const upstream = upstreams.get(OFFICIALS);
    if (!upstream) throw new AppError('SERVICE_UNAVAILABLE');
    const body = JSON.stringify(asked);
    const token = mint({ audience: OFFICIALS, viewer, requestId, body });
    const response = await upstream.call({ method: 'POST', path, headers: { 'content-type': 'application/json', 'x-internal-auth': token, 'x-request-id': requestId }, body });
    const text = await response.body.text().catch((error: unknown) => {
      throw outageOf(error);
    });
    if (response.statusCode !== 200) throw new AppError('SERVICE_UNAVAILABLE');
    try {
      return JSON.parse(text);
    } catch {
      throw new AppError('SERVICE_UNAVAILABLE');
    }
  };
