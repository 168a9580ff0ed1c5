import pino, { type Logger } from 'pino';

export type { Logger };

/** Structured log on stdout. Identity data is never passed to it; the redaction is the second lock, not the first. */
export const createLog = (service: string, level: string): Logger =>
  pino({
    level,
    base: { service, pid: process.pid },
    timestamp: pino.stdTimeFunctions.isoTime,
    redact: {
      paths: ['*.idNumber', '*.phone', '*.petitionerName', '*.address', '*.token', '*.authorization', 'headers.authorization'],
      censor: '[removed]',
    },
  });
