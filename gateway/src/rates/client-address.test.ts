import { addressGroup, clientAddress, readProxies } from './client-address';

const proxies = readProxies('10.0.0.7, 10.1.0.0/16,fd00::/8');

test.each([
  ['nobody in front', '203.0.113.9', undefined, '203.0.113.9'],
  ['a client that lies about itself', '203.0.113.9', '198.51.100.1', '203.0.113.9'],
  ['one proxy', '10.0.0.7', '203.0.113.9', '203.0.113.9'],
  ['one proxy, a client that lies', '10.0.0.7', '198.51.100.1, 203.0.113.9', '203.0.113.9'],
  ['two proxies', '10.0.0.7', '203.0.113.9, 10.1.2.3', '203.0.113.9'],
  ['two proxies, a client that writes one of them', '10.0.0.7', '10.1.9.9, 203.0.113.9, 10.1.2.3', '203.0.113.9'],
  ['a proxy beside the list', '10.0.0.8', '203.0.113.9', '10.0.0.8'],
  ['rubbish from a proxy', '10.0.0.7', 'unknown', '10.0.0.7'],
  ['rubbish on the left', '10.0.0.7', 'rubbish, 203.0.113.9', '203.0.113.9'],
  ['only proxies', '10.0.0.7', '10.1.2.3', '10.1.2.3'],
  ['IPv4 on a dual-stack socket', '::ffff:10.0.0.7', '203.0.113.9', '203.0.113.9'],
  ['IPv6', 'fd00::1', '2001:db8:1:2:3::4', '2001:db8:1:2:3::4'],
  ['no address at all', undefined, '203.0.113.9', ''],
])('%s', (_what, remoteAddress, forwardedFor, address) => {
  expect(clientAddress({ remoteAddress, forwardedFor }, proxies)).toBe(address);
});

test.each([
  ['203.0.113.9', '203.0.113.9'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
  ['2001:0db8:0001:0002::1', '2001:db8:1:2::/64'],
  ['2001:db8::1', '2001:db8:0:0::/64'],
  ['::1', '0:0:0:0::/64'],
  ['fe80::1%eth0', 'fe80:0:0:0::/64'],
  ['', ''],
])('%s counts as %s', (address, group) => {
  expect(addressGroup(address)).toBe(group);
});

test.each(['10.0.0.0/33', 'proxy.example', '10.0.0', '10.0.0.1/x', 'fd00::/129'])('%s is refused in words', (row) => {
  expect(() => readProxies(row)).toThrow(`"${row}" is no address and no net`);
});
