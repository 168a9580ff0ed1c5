import { createCipheriv, createHash, createHmac } from 'node:crypto';
import { sealWhole, SUITE_NAMES, suiteNamed, suiteWithId } from './suites';

const hex = (text: string): Buffer => Buffer.from(text.replaceAll(' ', ''), 'hex');
const SM4_KEY = hex('0123456789abcdeffedcba9876543210');

describe('what this Node computes is what the standards print', () => {
  test('SM3 of "abc" (GB/T 32905-2016, A.1) and of 16 times "abcd" (A.2)', () => {
    expect(createHash('sm3').update('abc').digest('hex')).toBe('66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0');
    expect(createHash('sm3').update('abcd'.repeat(16)).digest('hex')).toBe('debe9ff92275b8a138604889c18e5a4d6fdb70e5387e5765293dcba39c0c5732');
  });
  test('HMAC-SM3 (GM/T 0042-2015, appendix D)', () => {
    expect(createHmac('sm3', hex('0102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f202122232425')).update(Buffer.alloc(50, 0xcd)).digest('hex'))
      .toBe('220bf579ded555393f0159f66c99877822a3ecf610d1552154b41d44b94db3ae');
  });
  test('SM4 of one block (GB/T 32907-2016, A.1)', () => {
    expect(createCipheriv('sm4-ecb', SM4_KEY, null).setAutoPadding(false).update(SM4_KEY).toString('hex')).toBe('681edf34d206965e86b3e94f536e4246');
  });
  test('SM4-CTR (draft-ribose-cfrg-sm4-10, A.2.5.1)', () => {
    const plain = hex('aaaaaaaaaaaaaaaa bbbbbbbbbbbbbbbb cccccccccccccccc dddddddddddddddd eeeeeeeeeeeeeeee ffffffffffffffff aaaaaaaaaaaaaaaa bbbbbbbbbbbbbbbb');
    expect(createCipheriv('sm4-ctr', SM4_KEY, hex('000102030405060708090a0b0c0d0e0f')).update(plain).toString('hex')).toBe(
      'ac3236cb970cc20791364c395a1342d1a3cbc1878c6f30cd074cce385cdd70c7f234bc0e24c11980fd1286310ce37b926e02fcd0faa0baf38b2933851d824514',
    );
  });
});

/** Seeded, so that a failure comes again. */
function draws(seed: number) {
  let state = seed;
  const next = (below: number): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
  return { next, bytes: (length: number): Buffer => Buffer.from(Array.from({ length }, () => next(256))) };
}

describe.each(SUITE_NAMES)('%s', (name) => {
  const suite = suiteNamed(name);

  test('is found by the id in a sealed value', () => {
    expect(suiteWithId(suite.id)).toBe(suite);
    expect(() => suiteWithId(200)).toThrow('there is no cipher suite 200');
  });

  test('opens what it sealed, whole or in pieces: 300 values of 0 to 5,000 bytes', () => {
    const draw = draws(1);
    for (let i = 0; i < 300; i += 1) {
      const [key, aad, plain] = [draw.bytes(32), draw.bytes(draw.next(80)), draw.bytes(draw.next(5_000))];
      const cut = draw.next(plain.length + 1);
      const { nonce, update, end } = suite.sealer(key, aad);
      const pieces = Buffer.concat([nonce, update(plain.subarray(0, cut)), update(plain.subarray(cut)), end()]);
      expect(suite.open(key, pieces, aad).equals(plain)).toBe(true);
      expect(suite.open(key, sealWhole(suite, key, { plain, aad }), aad).equals(plain)).toBe(true);
    }
  });

  test('every flipped bit, every cut and every byte more is noticed', () => {
    const draw = draws(2);
    const [key, aad] = [draw.bytes(32), draw.bytes(20)];
    const sealed = sealWhole(suite, key, { plain: Buffer.from('马小明，身份证号'), aad });
    for (let bit = 0; bit < sealed.length * 8; bit += 1) {
      const changed = Buffer.from(sealed);
      changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      expect(() => suite.open(key, changed, aad)).toThrow('the seal does not fit');
    }
    for (let length = 0; length < sealed.length; length += 1) expect(() => suite.open(key, sealed.subarray(0, length), aad)).toThrow();
    expect(() => suite.open(key, Buffer.concat([sealed, Buffer.alloc(1)]), aad)).toThrow('the seal does not fit');
  });

  test('another key, other associated data, or a piece of it taken for ciphertext is noticed', () => {
    const draw = draws(3);
    const [key, aad] = [draw.bytes(32), draw.bytes(20)];
    const sealed = sealWhole(suite, key, { plain: draw.bytes(64), aad });
    expect(() => suite.open(draw.bytes(32), sealed, aad)).toThrow('the seal does not fit');
    expect(() => suite.open(key, sealed, Buffer.concat([aad, Buffer.alloc(1)]))).toThrow('the seal does not fit');
    expect(() => suite.open(key, Buffer.concat([aad.subarray(-1), sealed]), aad.subarray(0, -1))).toThrow('the seal does not fit');
  });

  test('the same value is never sealed to the same bytes', () => {
    const key = Buffer.alloc(32, 1);
    const seal = () => sealWhole(suite, key, { plain: Buffer.from('x'), aad: Buffer.alloc(0) }).toString('hex');
    expect(new Set(Array.from({ length: 1_000 }, seal)).size).toBe(1_000);
  });
});

test('a value of one suite does not open in the other', () => {
  const key = Buffer.alloc(32, 9);
  const [first, second] = SUITE_NAMES.map(suiteNamed);
  for (const [from, to] of [[first, second], [second, first]] as const) {
    const sealed = sealWhole(from ?? suiteWithId(0), key, { plain: Buffer.alloc(100), aad: Buffer.alloc(0) });
    expect(() => to?.open(key, sealed, Buffer.alloc(0))).toThrow('the seal does not fit');
  }
});

test('fingerprints follow the suite', () => {
  const key = Buffer.alloc(32, 5);
  expect(suiteNamed('AES-256-GCM').mac(key, 'a')).toEqual(createHmac('sha256', key).update('a').digest());
  expect(suiteNamed('SM4-CTR-HMAC-SM3').mac(key, 'a')).toEqual(createHmac('sm3', key).update('a').digest());
});
