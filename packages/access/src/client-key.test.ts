import { clientKeyHash, clientKeyHint, isClientKey, newClientKey } from './client-key';

test('a key has the form that scanners look for, and never comes twice', () => {
  const keys = Array.from({ length: 500 }, newClientKey);
  expect(new Set(keys).size).toBe(500);
  for (const key of keys) {
    expect(key).toMatch(/^anjie_pck_[0-9A-Za-z]{49}$/);
    expect(isClientKey(key)).toBe(true);
  }
});

test('one changed character is noticed without asking anybody', () => {
  const key = newClientKey();
  for (let place = 0; place < key.length; place += 1) {
    const other = key[place] === 'a' ? 'b' : 'a';
    expect(isClientKey(key.slice(0, place) + other + key.slice(place + 1))).toBe(false);
  }
  for (const text of ['', 'anjie_pck_', `${key} `, `${key},${key}`, key.toUpperCase(), '__proto__']) expect(isClientKey(text)).toBe(false);
});

test('neither hash nor hint give the key away', () => {
  const key = newClientKey();
  expect(clientKeyHash(key)).toMatch(/^[0-9a-f]{64}$/);
  expect(clientKeyHint(key)).toBe(`…${key.slice(-6)}`);
});
