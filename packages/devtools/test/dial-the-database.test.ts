import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { isDatabaseOutage, openDatabase, unsafeDatabaseSettings } from '@anjie/service-kit/database';
import { connect, findOrFetchEngines, checkoutPaths, startMariadb, type Mariadb } from '../src';
import { freePort } from '../src/stack/ports';

type DataSource = Awaited<ReturnType<typeof openDatabase>>;

let dir: string;
let port: number;
let server: Mariadb;
let db: DataSource | undefined;
const socketUrl = (user: string): string => `mysql://${user}@localhost?socketPath=${server.socketPath}`;
const open = async (url: string): Promise<DataSource> => (db = await openDatabase({ url, schema: 'dial', tables: [], migrations: [], poolSize: 3 }));

/** An authority of our own and a certificate that it issued to `localhost`. */
function makeCertificates(): void {
  const openssl = (...args: string[]): void => {
    const { status, stderr } = spawnSync('openssl', args, { cwd: dir, encoding: 'utf8' });
    if (status !== 0) throw new Error(stderr);
  };
  openssl('req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-keyout', 'ca.key', '-out', 'ca.pem', '-days', '2', '-subj', '/CN=drill authority');
  openssl('req', '-newkey', 'rsa:2048', '-nodes', '-keyout', 'server.key', '-out', 'server.csr', '-subj', '/CN=localhost');
  openssl('x509', '-req', '-in', 'server.csr', '-CA', 'ca.pem', '-CAkey', 'ca.key', '-CAcreateserial', '-days', '2', '-out', 'server.pem');
}

beforeAll(async () => {
  const paths = checkoutPaths();
  mkdirSync(join(paths.state, 't'), { recursive: true });
  dir = mkdtempSync(join(paths.state, 't', 'dial-'));
  makeCertificates();
  port = await freePort();
  server = await startMariadb(await findOrFetchEngines({ cacheDir: paths.cacheDir, log: () => undefined }), {
    dir: join(dir, 'm'), port, settings: { 'ssl-ca': join(dir, 'ca.pem'), 'ssl-cert': join(dir, 'server.pem'), 'ssl-key': join(dir, 'server.key') },
  });
  const root = await connect(socketUrl('root'));
  for (const sql of [
    'CREATE DATABASE dial', 'CREATE TABLE dial.notes (id INT PRIMARY KEY)', 'CREATE TABLE dial.business_clock (id INT PRIMARY KEY, offset_seconds INT NOT NULL)', 'INSERT INTO dial.business_clock VALUES (1, 0)',
    // rights on the schema only, so that read_only binds them; root may write all the same
    'CREATE USER tls@localhost REQUIRE SSL', 'GRANT ALL ON dial.* TO tls@localhost', "CREATE USER tls@'127.0.0.1' REQUIRE SSL", "GRANT ALL ON dial.* TO tls@'127.0.0.1'",
    'CREATE USER plain@localhost', 'GRANT ALL ON dial.* TO plain@localhost',
  ]) await root.query(sql);
  await root.end();
}, 120_000);
afterEach(async () => {
  await db?.destroy();
  db = undefined;
});
afterAll(async () => {
  await server?.stop();
  rmSync(dir, { recursive: true, force: true });
});

test('a database is dialled over TLS when the address says so, and only when its certificate is from the named authority', async () => {
  const encrypted = await open(`mysql://tls@localhost:${port}?ssl-ca=${join(dir, 'ca.pem')}`);
  expect((await encrypted.query<[{ Value: string }]>("SHOW SESSION STATUS LIKE 'Ssl_cipher'"))[0].Value).toMatch(/AES|CHACHA/);
  await expect(open(`mysql://tls@localhost:${port}`)).rejects.toThrow(/Access denied/);
  await expect(open(`mysql://tls@localhost:${port}?ssl=true`)).rejects.toThrow(/self.signed certificate|unable to (get|verify)/i);
});

test('an address that cannot be dialled is named with what to change', async () => {
  await expect(open(`mysql://tls@localhost:${port}?ssl-ca=/nowhere/ca.pem`)).rejects.toThrow('the file of ssl-ca (/nowhere/ca.pem) cannot be read');
  await expect(open(`mysql://tls@localhost:${port}?ssl=yes`)).rejects.toThrow('ssl must be true or false');
  await expect(open(`mysql://tls@localhost:${port}?sslmode=require`)).rejects.toThrow('option "sslmode" is not known');
});

test('a server that was made read-only is an outage, is refused at start, and loses its connections to whoever has the address then', async () => {
  const service = await open(socketUrl('plain'));
  const threads = async (): Promise<number[]> => {
    const root = await connect(socketUrl('root'));
    const [rows] = await root.query("SELECT id FROM information_schema.processlist WHERE user = 'plain'");
    await root.end();
    return (rows as { id: number }[]).map(({ id }) => id);
  };
  const setReadOnly = async (value: 0 | 1): Promise<void> => {
    const root = await connect(socketUrl('root'));
    await root.query(`SET GLOBAL read_only = ${value}`);
    await root.end();
  };
  await service.query('INSERT INTO notes VALUES (1)');
  const before = await threads();
  await setReadOnly(1);
  try {
    const refused = await service.query('INSERT INTO notes VALUES (2)').then(() => null, (error: unknown) => error);
    expect(isDatabaseOutage(refused)).toBe(true);
    // the answer to the question after it comes over another connection
    const [row] = await service.query<[{ id: number }]>('SELECT CONNECTION_ID() AS id');
    expect(before).not.toContain(row.id);
    expect(await unsafeDatabaseSettings(service, 'PRODUCTION')).toContain('this server is read-only: ANJIE_DATABASE_URL must lead to the writer');
  } finally {
    await setReadOnly(0);
  }
  await service.query('INSERT INTO notes VALUES (3)');
  expect(await unsafeDatabaseSettings(service, 'PRODUCTION')).not.toContain('this server is read-only: ANJIE_DATABASE_URL must lead to the writer');
});
