import { readRetentionDays, RETENTION_SCHEDULE, retentionInForce } from './retention';

test('what is on by default rests on an article; what rests on none is off', () => {
  for (const { name, days, basis, act } of RETENTION_SCHEDULE) if (act.kind !== 'KEEP') expect([name, days !== null]).toEqual([name, basis !== null]);
  expect(new Set(RETENTION_SCHEDULE.map(({ name }) => name)).size).toBe(RETENTION_SCHEDULE.length);
});

test('petition files and audits are in no row that deletes', () => {
  const touched = RETENTION_SCHEDULE.flatMap(({ act }) => ('table' in act ? [act.table] : []));
  expect(touched).toEqual(['data_requests', 'identity_corrections', 'notifications', 'digests', 'webhook_deliveries', 'webhook_attempts']);
});

test('a site may set another period, or switch one on', () => {
  const set = readRetentionDays('notices=365, data-request-words=1095');
  expect(retentionInForce('supervision', set).map(({ name, days }) => [name, days])).toEqual([['notices', 365], ['digests', 730], ['webhook-deliveries', 190], ['webhook-attempts', 190]]);
  expect(retentionInForce('cases', set).map(({ name, days }) => [name, days])).toEqual([['brief-file-keys', 45], ['data-request-words', 1095]]);
  expect(retentionInForce('cases', readRetentionDays(undefined)).map(({ name }) => name)).toEqual(['brief-file-keys']);
});

test.each([['petition-files=3650', 'names no period that can be set'], ['nothing=40', 'names no period'], ['notices', 'names no period'], ['notices=1', 'is shorter than 30 days'], ['notices=-400', 'names no period']])('%s is refused', (text, sentence) => {
  expect(() => readRetentionDays(text)).toThrow(sentence);
});
