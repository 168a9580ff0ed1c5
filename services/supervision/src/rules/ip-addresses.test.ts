import { classOf, isInNet, parseIp, parseNet } from './ip-addresses';

const classIn = (text: string): string => {
  const ip = parseIp(text);
  return ip ? classOf(ip) : 'NO ADDRESS';
};

test.each([
  ['93.184.216.34', 'PUBLIC'], ['223.5.5.5', 'PUBLIC'], ['2400:3200::1', 'PUBLIC'], ['172.15.255.255', 'PUBLIC'], ['172.32.0.1', 'PUBLIC'], ['11.0.0.1', 'PUBLIC'],
  ['10.0.0.1', 'PRIVATE'], ['172.16.0.1', 'PRIVATE'], ['172.31.255.255', 'PRIVATE'], ['192.168.1.1', 'PRIVATE'], ['100.64.0.1', 'PRIVATE'], ['fd12:3456::1', 'PRIVATE'], ['fc00::1', 'PRIVATE'],
  ['127.0.0.1', 'LOOPBACK'], ['127.255.255.254', 'LOOPBACK'], ['::1', 'LOOPBACK'], ['0:0:0:0:0:0:0:1', 'LOOPBACK'],
  ['::ffff:127.0.0.1', 'LOOPBACK'], ['::ffff:7f00:1', 'LOOPBACK'], ['0:0:0:0:0:ffff:7f00:0001', 'LOOPBACK'], ['::FFFF:10.1.2.3', 'PRIVATE'], ['::ffff:93.184.216.34', 'PUBLIC'],
  ['169.254.169.254', 'METADATA'], ['::ffff:169.254.169.254', 'METADATA'], ['::ffff:a9fe:a9fe', 'METADATA'], ['100.100.100.200', 'METADATA'], ['fd00:ec2::254', 'METADATA'],
  ['169.254.0.1', 'LINK_LOCAL'], ['fe80::1', 'LINK_LOCAL'], ['fe80::1%eth0', 'LINK_LOCAL'], ['febf::1', 'LINK_LOCAL'],
  ['0.0.0.0', 'UNSPECIFIED'], ['0.1.2.3', 'UNSPECIFIED'], ['::', 'UNSPECIFIED'], ['::ffff:0.0.0.0', 'UNSPECIFIED'],
  ['224.0.0.1', 'MULTICAST'], ['239.255.255.255', 'MULTICAST'], ['ff02::1', 'MULTICAST'],
  ['240.0.0.1', 'RESERVED'], ['255.255.255.255', 'RESERVED'], ['192.0.2.1', 'RESERVED'], ['2001:db8::1', 'RESERVED'],
  ['::127.0.0.1', 'TUNNEL'], ['64:ff9b::7f00:1', 'TUNNEL'], ['2002:7f00:1::', 'TUNNEL'], ['2001:0:1::1', 'TUNNEL'], ['::ffff:0:7f00:1', 'TUNNEL'],
  ['127.1', 'NO ADDRESS'], ['2130706433', 'NO ADDRESS'], ['0177.0.0.1', 'NO ADDRESS'], ['0x7f.0.0.1', 'NO ADDRESS'], ['127.0.0.256', 'NO ADDRESS'], ['1:2:3', 'NO ADDRESS'],
  ['', 'NO ADDRESS'], ['localhost', 'NO ADDRESS'], ['::1]/', 'NO ADDRESS'],
])('%s is %s', (text, expected) => {
  expect(classIn(text)).toBe(expected);
});

test.each([
  ['10.2.3.4', '10.0.0.0/8', true], ['11.2.3.4', '10.0.0.0/8', false], ['10.2.3.4', '10.2.3.4', true], ['10.2.3.5', '10.2.3.4', false], ['10.2.3.5', '10.2.3.4/31', true],
  ['::ffff:10.2.3.4', '10.0.0.0/8', true], ['fd00::5', 'fd00::/8', true], ['fe00::5', 'fd00::/8', false], ['8.8.8.8', '0.0.0.0/0', true], ['::1', '0.0.0.0/0', false],
])('%s in %s: %s', (ip, net, expected) => {
  expect(isInNet(parseIp(ip) as never, parseNet(net) as never)).toBe(expected);
});

test.each(['10.0.0.0/33', '10.0.0.0/', '10.0.0.0/8/8', 'fd00::/129', 'x/8', '10.0.0/8'])('%s is no net', (text) => {
  expect(parseNet(text)).toBeUndefined();
});
