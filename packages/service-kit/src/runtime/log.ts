import pino, { type DestinationStream, type Logger } from 'pino';
import { loggedError } from './logged-error';

export type { Logger };

/** Structured log on stdout. Identity data is never passed to it; the redaction is the second lock, not the first. */
export const createLog = (service: string, level: string, to?: DestinationStream): Logger =>
  pino({
    level,
    base: { service, pid: process.pid },
    timestamp: pino.stdTimeFunctions.isoTime,
    serializers: { err: (error: unknown) => loggedError(error) },
    redact: {
      paths: ['*.idNumber', '*.phone', '*.petitionerName', '*.address', '*.token', '*.authorization', 'headers.authorization'],
      censor: '[removed]',
    },
  }, to);
