/** An address as a number; an IPv4 address that is written as IPv6 (::ffff:10.0.0.1) is the IPv4 address that it means. */
export interface IpAddress {
  readonly family: 4 | 6;
  readonly value: bigint;
}
export interface IpNet extends IpAddress {
  /** Leading bits that count. */
  readonly bits: number;
}

const SIZE = { 4: 32, 6: 128 } as const;
const V4_MAPPED = 0xffffn << 32n;

/** Dotted decimal without leading zeros, or any way to write IPv6; undefined for everything else. A zone (%eth0) is dropped. */
export function parseIp(text: string): IpAddress | undefined {
  const v4 = parseV4(text);
  if (v4 !== undefined) return { family: 4, value: v4 };
  const v6 = text.includes(':') ? parseV6(text.split('%')[0] ?? '') : undefined;
  if (v6 === undefined) return undefined;
  return v6 >> 32n === V4_MAPPED >> 32n ? { family: 4, value: v6 & 0xffff_ffffn } : { family: 6, value: v6 };
}

function parseV4(text: string): bigint | undefined {
  const parts = text.split('.');
  if (parts.length !== 4 || !parts.every((part) => /^(0|[1-9]\d{0,2})$/.test(part) && Number(part) <= 255)) return undefined;
  return parts.reduce((value, part) => value * 256n + BigInt(part), 0n);
}

function parseV6(text: string): bigint | undefined {
  // the URL parser knows every way to write one, and has one way to write it back
  if (!/^[0-9a-f:.]+$/i.test(text) || !URL.canParse(`http://[${text}]/`)) return undefined;
  const [head = '', tail] = new URL(`http://[${text}]/`).hostname.slice(1, -1).split('::');
  const groups = (part: string | undefined): string[] => (part ? part.split(':') : []);
  const [before, after] = [groups(head), groups(tail)];
  const zeros = Array.from({ length: 8 - before.length - after.length }, () => '0');
  return [...before, ...zeros, ...after].reduce((value, group) => (value << 16n) + BigInt(`0x${group}`), 0n);
}

/** `10.0.0.0/8`, `fd00::/8`, or one address. */
export function parseNet(text: string): IpNet | undefined {
  const [address = '', length, ...more] = text.split('/');
  const ip = parseIp(address);
  if (!ip || more.length > 0 || (length !== undefined && !/^\d{1,3}$/.test(length))) return undefined;
  const bits = length === undefined ? SIZE[ip.family] : Number(length);
  return bits <= SIZE[ip.family] ? { ...ip, bits } : undefined;
}

export function isInNet(ip: IpAddress, net: IpNet): boolean {
  const shift = BigInt(SIZE[net.family] - net.bits);
  return ip.family === net.family && ip.value >> shift === net.value >> shift;
}

export type AddressClass = 'PUBLIC' | 'PRIVATE' | 'METADATA' | 'UNSPECIFIED' | 'LOOPBACK' | 'LINK_LOCAL' | 'MULTICAST' | 'RESERVED' | 'TUNNEL';

/** The first class that an address lies in; RFC 6890 and the addresses at which clouds keep their keys. */
const CLASSES: readonly (readonly [AddressClass, readonly string[]])[] = [
  ['METADATA', ['169.254.169.254', '169.254.170.2', '100.100.100.200', 'fd00:ec2::254']],
  ['UNSPECIFIED', ['0.0.0.0/8', '::']],
  ['LOOPBACK', ['127.0.0.0/8', '::1']],
  ['LINK_LOCAL', ['169.254.0.0/16', 'fe80::/10']],
  ['MULTICAST', ['224.0.0.0/4', 'ff00::/8']],
  ['RESERVED', ['240.0.0.0/4', '192.0.0.0/24', '192.0.2.0/24', '198.18.0.0/15', '198.51.100.0/24', '203.0.113.0/24', '192.88.99.0/24', '100::/64', '2001:db8::/32', 'fec0::/10']],
  // an IPv4 address inside an IPv6 address: nobody need reach a portal in this way
  ['TUNNEL', ['::/96', '::ffff:0:0:0/96', '64:ff9b::/96', '64:ff9b:1::/48', '2001::/32', '2002::/16']],
  ['PRIVATE', ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', '100.64.0.0/10', 'fc00::/7']],
];
const NETS = CLASSES.map(([name, nets]) => ({ name, nets: nets.map(parseNet).filter((net) => net !== undefined) }));

export const classOf = (ip: IpAddress): AddressClass => NETS.find(({ nets }) => nets.some((net) => isInNet(ip, net)))?.name ?? 'PUBLIC';
