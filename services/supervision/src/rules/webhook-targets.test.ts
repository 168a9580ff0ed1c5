import { isAddressAllowed, readTargets, targetOf } from './webhook-targets';
import { parseIp } from './ip-addresses';

const LIST = 'portal.housing.gov.cn, *.civil.gov.cn, api.city.gov.cn:8443, http://old.county.gov.cn, http://plain.gov.cn:8080, 10.20.0.0/16, 10.30.1.1:9443, [fd12:3456::1]:8443, 信访.中国, 203.119.0.0/16';
const production = readTargets(LIST, true);
const outcome = (url: string, policy = production): string => {
  const found = targetOf(url, policy);
  return typeof found === 'string' ? found : found.url;
};

test.each([
  // listed
  ['https://portal.housing.gov.cn/hooks', 'https://portal.housing.gov.cn/hooks'],
  ['https://portal.housing.gov.cn:443/hooks?a=1', 'https://portal.housing.gov.cn/hooks?a=1'],
  ['https://PORTAL.housing.GOV.cn/', 'https://portal.housing.gov.cn/'],
  ['https://portal.housing.gov.cn./hooks', 'https://portal.housing.gov.cn/hooks'],
  ['https://portal.housing.gov.cn/hooks#part', 'https://portal.housing.gov.cn/hooks'],
  ['https://a.civil.gov.cn/', 'https://a.civil.gov.cn/'],
  ['https://a.b.civil.gov.cn./', 'https://a.b.civil.gov.cn/'],
  ['https://api.city.gov.cn:8443/x', 'https://api.city.gov.cn:8443/x'],
  ['http://old.county.gov.cn/x', 'http://old.county.gov.cn/x'],
  ['http://plain.gov.cn:8080/', 'http://plain.gov.cn:8080/'],
  ['https://10.20.3.4/', 'https://10.20.3.4/'],
  ['https://0xa.20.3.4/', 'https://10.20.3.4/'],
  ['https://[::ffff:10.20.3.4]/', 'https://[::ffff:a14:304]/'],
  ['https://10.30.1.1:9443/', 'https://10.30.1.1:9443/'],
  ['https://[fd12:3456:0:0::1]:8443/', 'https://[fd12:3456::1]:8443/'],
  ['https://信访.中国/', 'https://xn--vuq827l.xn--fiqs8s/'],
  ['https://ｐortal.housing.gov.cn/', 'https://portal.housing.gov.cn/'],
  // not listed
  ['https://civil.gov.cn/', 'NOT_LISTED'],
  ['https://evilcivil.gov.cn/', 'NOT_LISTED'],
  ['https://portal.housing.gov.cn.evil.example/', 'NOT_LISTED'],
  ['https://portal.housing.gov.cn:8443/', 'NOT_LISTED'],
  ['https://api.city.gov.cn/', 'NOT_LISTED'],
  ['https://pоrtal.housing.gov.cn/', 'NOT_LISTED'], // a Cyrillic о
  ['https://10.21.0.1/', 'NOT_LISTED'],
  ['https://10.20.3.4:22/', 'NOT_LISTED'],
  ['https://localhost/', 'NOT_LISTED'],
  ['https://127.0.0.1/', 'NOT_LISTED'],
  ['https://2130706433/', 'NOT_LISTED'],
  ['https://0177.0.0.1/', 'NOT_LISTED'],
  ['https://0x7f.1/', 'NOT_LISTED'],
  ['https://[::1]/', 'NOT_LISTED'],
  ['https://[::ffff:127.0.0.1]/', 'NOT_LISTED'],
  ['https://169.254.169.254/latest/meta-data/', 'NOT_LISTED'],
  ['https://0/', 'NOT_LISTED'],
  // wrong
  ['http://portal.housing.gov.cn/', 'HTTPS_NEEDED'],
  ['http://10.20.3.4/', 'HTTPS_NEEDED'],
  ['http://a.civil.gov.cn/', 'HTTPS_NEEDED'],
  ['https://user@portal.housing.gov.cn/', 'CREDENTIALS'],
  ['https://portal.housing.gov.cn@evil.example/', 'CREDENTIALS'],
  ['https://:secret@portal.housing.gov.cn/', 'CREDENTIALS'],
  ['ftp://portal.housing.gov.cn/', 'SCHEME'],
  ['file:///etc/passwd', 'SCHEME'],
  ['gopher://10.20.3.4/', 'SCHEME'],
  ['https://portal.housing.gov.cn\\@evil.example/', 'NOT_A_URL'],
  ['https://portal.housing.gov.cn/a b', 'NOT_A_URL'],
  ['https://portal.hou\tsing.gov.cn/', 'NOT_A_URL'],
  ['https://portal.housing.gov.cn..', 'NOT_A_URL'],
  ['https://portal.housing.gov.cn\u200b/', 'NOT_A_URL'],
  [`https://portal.housing.gov.cn/${'a'.repeat(500)}`, 'NOT_A_URL'],
  ['portal.housing.gov.cn', 'NOT_A_URL'],
  ['https://', 'NOT_A_URL'],
])('%s: %s', (url, expected) => {
  expect(outcome(url)).toBe(expected);
});

test('without a list nothing is sent at all', () => {
  expect(outcome('https://portal.housing.gov.cn/', readTargets(' , ', false))).toBe('OFF');
});

test.each([
  ['93.184.216.34', true], ['203.119.1.1', true], ['10.20.255.255', true], ['::ffff:10.20.0.1', true],
  ['10.21.0.1', false], ['192.168.1.1', false], ['fd12:3456::2', false],
  ['127.0.0.1', false], ['169.254.169.254', false], ['::ffff:169.254.169.254', false], ['0.0.0.0', false], ['224.0.0.1', false], ['64:ff9b::a14:1', false],
])('a listed name that leads to %s: %s (rebinding)', (address, isAllowed) => {
  expect(isAddressAllowed(parseIp(address) as never, production)).toBe(isAllowed);
});

test('loopback, metadata and the like are refused in production even where they are listed; elsewhere they must be listed', () => {
  const list = '127.0.0.0/8:9000, 169.254.0.0/16, 0.0.0.0/0:9000';
  for (const [url, inTest] of [['https://127.0.0.1:9000/', 'https://127.0.0.1:9000/'], ['https://169.254.169.254/', 'https://169.254.169.254/'], ['https://2130706433:9000/', 'https://127.0.0.1:9000/']] as const) {
    expect([outcome(url, readTargets(list, true)), outcome(url, readTargets(list, false))]).toEqual(['ADDRESS_REFUSED', inTest]);
  }
  expect(outcome('https://[::1]:9000/', readTargets(list, false))).toBe('NOT_LISTED');
  expect(outcome('http://127.0.0.1:9000/', readTargets(list, false))).toBe('http://127.0.0.1:9000/');
});

test.each(['a b', '*', '*.', '*.*.gov.cn', 'por*al.gov.cn', 'portal.gov.cn/path', 'portal.gov.cn:0', 'portal.gov.cn:70000', '10.0.0.0/99', 'ftp://portal.gov.cn', '127.1', 'user@portal.gov.cn', '[::1'])(
  'the row %s is named when it says nothing usable',
  (row) => {
    expect(() => readTargets(`portal.gov.cn, ${row}`, true)).toThrow(row);
  },
);
