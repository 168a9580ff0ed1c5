import { BlockList, isIP } from 'node:net';

/** Addresses and nets of the proxies in front, `10.0.0.7,fd00::/8`. @throws Error that names the row */
export function readProxies(text: string): BlockList {
  const proxies = new BlockList();
  for (const row of text.split(',').map((part) => part.trim()).filter(Boolean)) {
    const [address = '', bits] = row.split('/');
    const family = isIP(address);
    const isNet = bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= (family === 4 ? 32 : 128));
    if (family === 0 || !isNet) throw new Error(`"${row}" is no address and no net; write 10.0.0.7 or 10.0.0.0/24`);
    proxies.addSubnet(address, Number(bits ?? (family === 4 ? 32 : 128)), family === 4 ? 'ipv4' : 'ipv6');
  }
  return proxies;
}

/** What the connection says and what proxies wrote about it. */
export interface Origin {
  readonly remoteAddress: string | undefined;
  /** X-Forwarded-For: each proxy adds on the right whom it was called by. */
  readonly forwardedFor: string | undefined;
}

/** The nearest address that is none of our proxies: what is left of it anyone may have written. */
export function clientAddress({ remoteAddress = '', forwardedFor = '' }: Origin, proxies: BlockList): string {
  const hops = [...forwardedFor.split(',').map((hop) => hop.trim()).filter(Boolean), remoteAddress].map(plain).reverse();
  let nearest = hops[0] ?? '';
  for (const hop of hops) {
    if (isIP(hop) === 0) break;
    nearest = hop;
    if (!proxies.check(hop, isIP(hop) === 4 ? 'ipv4' : 'ipv6')) break;
  }
  return nearest;
}

/** IPv4 as a dual-stack socket shows it. */
const plain = (address: string): string => address.replace(/^::ffff:(?=\d+\.)/i, '');

/** One subscriber's addresses: an IPv6 customer has a whole /64 to choose from. */
export function addressGroup(address: string): string {
  if (isIP(address) !== 6) return address;
  const [head = '', tail] = address.toLowerCase().split('%')[0]?.split('::') ?? [];
  const parts = (text: string): string[] => text.split(':').filter(Boolean);
  const [left, right] = [parts(head), parts(tail ?? '')];
  const filled = tail === undefined ? left : [...left, ...Array.from({ length: Math.max(0, 8 - left.length - right.length) }, () => '0'), ...right];
  return `${filled.slice(0, 4).map((part) => part.replace(/^0+(?=.)/, '')).join(':')}::/64`;
}
