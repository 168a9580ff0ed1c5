import { parseRedisUrl } from './redis-url';

const three = [{ host: 'a', port: 26_379 }, { host: 'b', port: 26_380 }, { host: 'c.example.gov.cn', port: 26_379 }];

test.each([
  ['redis://redis.example.gov.cn', { kind: 'SERVER', db: 0, isTls: false, node: { host: 'redis.example.gov.cn', port: 6379 } }],
  ['redis://:s%2Fcret@10.0.0.1:6380/3', { kind: 'SERVER', db: 3, isTls: false, node: { host: '10.0.0.1', port: 6380 }, password: 's/cret' }],
  ['rediss://anjie:p@ss:word@[2001:db8::1]:6390', { kind: 'SERVER', db: 0, isTls: true, node: { host: '2001:db8::1', port: 6390 }, username: 'anjie', password: 'p@ss:word' }],
  ['unix:///run/redis/redis.sock', { kind: 'SOCKET', db: 0, isTls: false, path: '/run/redis/redis.sock' }],
  ['unix://:secret@/run/redis.sock?db=2', { kind: 'SOCKET', db: 2, isTls: false, path: '/run/redis.sock', password: 'secret' }],
  ['redis+sentinel://a,b:26380,c.example.gov.cn/anjie', { kind: 'SENTINEL', db: 0, isTls: false, sentinels: three, master: 'anjie', sentinelLogin: {} }],
  [
    'rediss-sentinel://u:p@a:26379,b:26380,c.example.gov.cn:26379/anjie/1?sentinelUsername=w&sentinelPassword=%26x',
    { kind: 'SENTINEL', db: 1, isTls: true, sentinels: three, master: 'anjie', username: 'u', password: 'p', sentinelLogin: { username: 'w', password: '&x' } },
  ],
  ['redis+sentinel://a/anjie?sentinel_password=x', { kind: 'SENTINEL', db: 0, isTls: false, sentinels: [three[0]], master: 'anjie', sentinelLogin: { password: 'x' } }],
  ['redis+cluster://h1:7000,h2', { kind: 'CLUSTER', db: 0, isTls: false, nodes: [{ host: 'h1', port: 7000 }, { host: 'h2', port: 6379 }] }],
  ['REDISS-cluster://:pw@[::1]:7000,[::1]:7001/0', { kind: 'CLUSTER', db: 0, isTls: true, nodes: [{ host: '::1', port: 7000 }, { host: '::1', port: 7001 }], password: 'pw' }],
])('%s is understood', (url, place) => {
  expect(parseRedisUrl(url)).toEqual(place);
});

test.each([
  ['', 'is no URL'],
  ['localhost:6379', 'is no URL'],
  ['redis://:pass/word@h', 'write / ? # in a password as %2F %3F %23'],
  ['redis://:pass#word@h', 'is no URL; write / ? # in a password as %2F %3F %23'],
  ['redis://:100%@h', 'a % in it must be written as %25'],
  ['http://h', '"http://" is not known; use redis://, rediss://, unix://, redis+sentinel:// or redis+cluster://'],
  ['redis://', 'host 1 is missing'],
  ['redis://h:0', 'the port of host 1 is not between 1 and 65535'],
  ['redis+cluster://h1,h2:65536', 'the port of host 2 is not between 1 and 65535'],
  ['redis://h/zero', '"zero" is no number of a database'],
  ['redis://h/0/1', 'only the number of a database may follow'],
  ['redis://h1,h2', 'redis:// leads to one server; several are redis+sentinel://h1,h2/<master> or redis+cluster://h1,h2'],
  ['redis://h?tls=1', 'option "tls" is not known here'],
  ['unix://run/redis.sock', 'a socket is written with three slashes'],
  ['unix:///run/redis.sock?path=x', 'option "path" is not known here; known: db'],
  ['redis+sentinel://a,b,c', 'Sentinel needs the name of its master after the hosts'],
  ['redis+sentinel://a/anjie/0/1', 'Sentinel needs the name of its master after the hosts'],
  ['redis+sentinel://a/anjie/x', '"x" is no number of a database'],
  ['redis+sentinel://a,,b/anjie', 'host 2 is missing'],
  ['redis+sentinel://a/anjie?password=x', 'known: sentinelUsername, sentinel_username, sentinelPassword, sentinel_password'],
  // the form of Celery names each Sentinel by a URL of its own
  ['redis+sentinel://a:26379;sentinel://b:26379', 'host 1 is not of the form host or host:port'],
  ['redis+cluster://h1,h2/1', 'a Cluster has database 0 only'],
])('%s is refused with a sentence', (url, sentence) => {
  expect(() => parseRedisUrl(url)).toThrow(sentence);
});

test('no sentence repeats a password', () => {
  for (const url of ['redis+cluster://u:Geheim@h1,:Geheim@h2:x', 'redis://u:Geheim@h:99999', 'redis+sentinel://u:Geheim@h?x=Geheim', 'redis://u:Geheim/x@h', 'redis://u:Geheim']) {
    expect(() => parseRedisUrl(url)).toThrow(/^(?!.*Geheim)/);
  }
});
