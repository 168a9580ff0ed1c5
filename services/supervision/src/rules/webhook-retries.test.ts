import { faultOfError, faultOfStatus, MAX_TRIES, secondsToNextTry } from './webhook-retries';

test('eleven tries in about a day, each later than the one before, then none', () => {
  const waits = Array.from({ length: MAX_TRIES }, (_unused, i) => secondsToNextTry(i + 1, 0.5));
  expect(waits.at(-1)).toBeUndefined();
  const seconds = waits.slice(0, -1).map(Number);
  expect(seconds).toEqual([...seconds].sort((a, b) => a - b));
  expect(seconds.reduce((a, b) => a + b) / 3_600).toBeCloseTo(23.7, 1);
});

test('chance spreads them by a fifth either way', () => {
  expect([secondsToNextTry(3, 0), secondsToNextTry(3, 0.5), secondsToNextTry(3, 0.999)]).toEqual([96, 120, expect.closeTo(144, 0)]);
});

test.each([
  [200, undefined], [204, undefined], [299, undefined], [301, 'REDIRECT'], [307, 'REDIRECT'], [400, 'CLIENT_ERROR'], [404, 'CLIENT_ERROR'], [410, 'GONE'], [429, 'CLIENT_ERROR'],
  [500, 'SERVER_ERROR'], [503, 'SERVER_ERROR'], [101, 'SERVER_ERROR'],
])('status %s is %s', (status, fault) => {
  expect(faultOfStatus(status)).toBe(fault);
});

test.each([
  ['ENOTFOUND', 'NAME_UNKNOWN'], ['EAI_AGAIN', 'NAME_UNKNOWN'], ['ECONNREFUSED', 'UNREACHABLE'], ['ECONNRESET', 'UNREACHABLE'], ['UND_ERR_SOCKET', 'UNREACHABLE'],
  ['UND_ERR_CONNECT_TIMEOUT', 'TIMEOUT'], ['TimeoutError', 'TIMEOUT'], ['AbortError', 'TIMEOUT'], ['ETIMEDOUT', 'TIMEOUT'],
  ['CERT_HAS_EXPIRED', 'TLS'], ['DEPTH_ZERO_SELF_SIGNED_CERT', 'TLS'], ['ERR_TLS_CERT_ALTNAME_INVALID', 'TLS'], ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'TLS'], ['', 'UNREACHABLE'],
])('%s is %s', (code, fault) => {
  expect(faultOfError(code)).toBe(fault);
});
