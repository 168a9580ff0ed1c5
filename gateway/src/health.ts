import { ERROR_CODES } from '@anjie/contracts';
import { sendJson, type Route } from './http';
import type { Upstreams } from './upstreams';

const REMEMBER_MS = 1_000;

/** `/livez`: the process answers. `/readyz`: every subgraph's process answers too, and portal clients are known where they must be. Neither says what is lacking. */
export function healthRoutes(upstreams: Upstreams, knowsClients: () => boolean): Route[] {
  let asked: { readonly at: number; readonly ready: Promise<boolean> } | undefined;
  const ready = (): Promise<boolean> => {
    // Anyone may ask: asking often must not become a load on the subgraphs.
    if (!asked || Date.now() - asked.at > REMEMBER_MS) asked = { at: Date.now(), ready: areAllAlive(upstreams) };
    return asked.ready;
  };
  return [
    { method: 'GET', path: '/livez', answer: async ({ response }) => sendJson(response, 200, { status: 'ok' }) },
    {
      method: 'GET',
      path: '/readyz',
      async answer({ response }) {
        const isReady = (await ready()) && knowsClients();
        sendJson(response, isReady ? 200 : ERROR_CODES.SERVICE_UNAVAILABLE.status, { status: isReady ? 'ok' : 'unavailable' });
      },
    },
  ];
}

async function areAllAlive(upstreams: Upstreams): Promise<boolean> {
  const all = upstreams.all();
  const alive = await Promise.all(all.map((upstream) => upstream.isAlive()));
  return all.length > 0 && alive.every(Boolean);
}
