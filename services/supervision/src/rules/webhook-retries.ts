/**
 * Seconds until the next try after each failed one: eleven tries in about a day. Close together first, because most
 * outages are short; then far apart, because a portal that is down for the night needs no knocking.
 */
const RETRY_AFTER_S = [5, 30, 120, 600, 1_800, 3_600, 7_200, 14_400, 21_600, 36_000] as const;
export const MAX_TRIES = RETRY_AFTER_S.length + 1;

/** @param chance 0 ≤ chance < 1, spreads the tries of many messages by a fifth either way @returns undefined after the last try */
export function secondsToNextTry(failedTries: number, chance: number): number | undefined {
  const base = RETRY_AFTER_S[failedTries - 1];
  return base === undefined ? undefined : base * (0.8 + 0.4 * chance);
}

export type WebhookFault =
  | 'TIMEOUT' | 'NAME_UNKNOWN' | 'UNREACHABLE' | 'TLS' | 'TARGET_REFUSED' | 'REDIRECT' | 'CLIENT_ERROR' | 'SERVER_ERROR' | 'GONE' | 'SECRET_UNREADABLE';

/** What an answer means: taken, or why not. A redirect is not followed: who signs for a target has checked that target only. */
export function faultOfStatus(status: number): WebhookFault | undefined {
  if (status >= 200 && status < 300) return undefined;
  if (status === 410) return 'GONE';
  if (status >= 300 && status < 400) return 'REDIRECT';
  return status >= 400 && status < 500 ? 'CLIENT_ERROR' : 'SERVER_ERROR';
}

const TLS_CODES = /^(CERT_|ERR_TLS|ERR_SSL|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO_|EPROTO|HOSTNAME_MISMATCH|INVALID_CA)/;
const TIMEOUT_CODES = /TIMEOUT|ETIMEDOUT|ABORT/;

/** What went wrong before there was an answer, from the error's code or name. Texts of errors are not kept: they may quote the receiver. */
export function faultOfError(code: string): WebhookFault {
  if (/^(ENOTFOUND|EAI_|ENODATA|ESERVFAIL)/.test(code)) return 'NAME_UNKNOWN';
  if (TLS_CODES.test(code)) return 'TLS';
  return TIMEOUT_CODES.test(code.toUpperCase()) ? 'TIMEOUT' : 'UNREACHABLE';
}
