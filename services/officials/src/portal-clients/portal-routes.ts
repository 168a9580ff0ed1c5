import type { IncomingMessage } from 'node:http';
import type { z } from 'zod';
import { bodyHash, type InternalClaims, type TokenGate } from '@anjie/access';
import {
  AppError, documentsQuestion, FREE_DOCUMENT_PATH, freeDocument, PORTAL_DOCUMENTS_PATH, PORTAL_REGISTER_PATH, PORTAL_USES_PATH, portalUses, registerQuestion,
} from '@anjie/contracts';
import { claimsOf, readBody, sendJson, type Route } from '@anjie/service-kit/subgraph';
import type { PortalRegister } from './portal-register';

/** A report of a thousand rows is 200 kB. */
const BODY_LIMIT = 500_000;

/** What gateways ask, in their own name; nobody's viewer may stand in the token, but for a free document, where it must. */
export function portalRoutes(gate: TokenGate, register: PortalRegister): Route[] {
  const route = <Question extends z.ZodType>(path: string, question: Question, work: (asked: z.infer<Question>, claims: InternalClaims) => Promise<unknown>): Route => ({
    method: 'POST',
    path,
    async answer(request, response) {
      const { claims, body } = await askedByGateway(gate, request, path === FREE_DOCUMENT_PATH ? 'OFFICIAL' : 'SERVICE');
      const asked = question.safeParse(body);
      if (!asked.success) throw new AppError('BAD_USER_INPUT');
      sendJson(response, 200, (await work(asked.data, claims)) ?? {});
    },
  });
  return [
    route(PORTAL_REGISTER_PATH, registerQuestion, ({ stamp }) => register.read(stamp)),
    route(PORTAL_DOCUMENTS_PATH, documentsQuestion, async ({ sha256 }) => ({ documents: await register.texts(sha256) })),
    route(PORTAL_USES_PATH, portalUses, (uses) => register.report(uses)),
    route(FREE_DOCUMENT_PATH, freeDocument, (asked, { viewer, requestId }) => register.noteFree({ viewer, requestId }, asked)),
  ];
}

async function askedByGateway(gate: TokenGate, request: IncomingMessage, kind: InternalClaims['viewer']['kind']): Promise<{ claims: InternalClaims; body: unknown }> {
  const raw = await readBody(request, BODY_LIMIT);
  const claims = claimsOf(gate, request, bodyHash(raw));
  if (claims.iss !== 'gateway' || claims.viewer.kind !== kind) throw new AppError('UNAUTHENTICATED');
  return { claims, body: parseJson(raw) };
}

function parseJson(raw: Buffer): unknown {
  try {
    return JSON.parse(raw.toString('utf8'));
  } catch {
    throw new AppError('BAD_USER_INPUT');
  }
}
