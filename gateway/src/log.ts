import pino, { type Logger } from 'pino';

export type { Logger };

/** Structured log on stdout. No body, variable or token is ever passed to it; the redaction is the second lock. */
export const createLog = (level: string): Logger =>
  pino({
    level,
    base: { service: 'gateway', pid: process.pid },
    timestamp: pino.stdTimeFunctions.isoTime,
    redact: { paths: ['*.token', '*.authorization', 'headers.authorization', 'headers["x-internal-auth"]'], censor: '[removed]' },
  });
