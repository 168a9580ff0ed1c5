import type { IncomingHttpHeaders } from 'node:http';
import { AppError, FILES_SCOPE } from '@anjie/contracts';
import type { ClientRegister, KnownClient } from './register';

export const CLIENT_KEY_HEADER = 'x-anjie-client-key';

/** Through which program does this request come? Undefined where none need be named. @throws AppError UNAUTHENTICATED or SERVICE_UNAVAILABLE */
export type ReadClient = (headers: IncomingHttpHeaders) => KnownClient | undefined;

/** A wrong key is refused also where none is needed: its sender believes that it is good. */
export const createClientReader = (register: Pick<ClientRegister, 'find'>, isRequired: boolean): ReadClient =>
  (headers) => {
    const key = headers[CLIENT_KEY_HEADER];
    if (key !== undefined) return register.find(String(key));
    if (isRequired) throw new AppError('UNAUTHENTICATED');
    return undefined;
  };

/** @throws AppError FORBIDDEN */
export function refuseWithoutFiles(client: KnownClient | undefined): void {
  if (client && !client.scopes.has(FILES_SCOPE)) throw new AppError('FORBIDDEN', { scope: FILES_SCOPE });
}
