import type { Connection } from 'mysql2/promise';
import { parseDatabaseUrl } from '@anjie/service-kit/database';
import { connect } from './schemas';

/** The audit is written and read, its chains are carried on; no process of a service changes or deletes an entry or a link. */
const NARROW: Readonly<Record<string, string>> = {
  audit_entries: 'SELECT, INSERT', audit_links: 'SELECT, INSERT', audit_chains: 'SELECT, UPDATE', migrations: 'SELECT', business_clock: 'SELECT',
};
export const rightsOn = (table: string): string => NARROW[table] ?? 'SELECT, INSERT, UPDATE, DELETE';

/** `user@host` as SQL names an account. */
export const account = (user: string, host: string): string => `${quoted(user)}@${quoted(host)}`;
const quoted = (text: string): string => `'${text.replace(/['\\]/g, '')}'`;

/** MariaDB has no deny: each table of the migrated schema is granted by itself, and nothing on the schema as a whole. */
export const grantsFor = (schema: string, tables: readonly string[], grantee: string): string[] => tables.map((table) => `GRANT ${rightsOn(table)} ON \`${schema}\`.\`${table}\` TO ${grantee}`);

export interface Granting {
  /** Somebody who may create users and grant. */
  readonly ownerUrl: string;
  readonly services: readonly string[];
  readonly granteesOf: (service: string, owner: Connection) => Promise<readonly string[]>;
}

const NO_SUCH_GRANT = 1141;

/** After each migration, since a new table belongs to nobody at first. Safe to repeat. */
export async function grantTables({ ownerUrl, services, granteesOf }: Granting): Promise<void> {
  await Promise.all(services.map(async (schema) => {
    const owner = await connect(ownerUrl);
    try {
      const [rows] = await owner.query('SELECT table_name AS name FROM information_schema.tables WHERE table_schema = ?', [schema]);
      for (const grantee of await granteesOf(schema, owner)) {
        await owner.query(`REVOKE ALL PRIVILEGES ON \`${schema}\`.* FROM ${grantee}`).catch((error: { errno?: number }) => {
          if (error.errno !== NO_SUCH_GRANT) throw error;
        });
        for (const sql of grantsFor(schema, (rows as { name: string }[]).map(({ name }) => name), grantee)) await owner.query(sql);
      }
    } finally {
      await owner.end();
    }
  }));
}

const ACCESS_DENIED = 1045;

/** The account behind a process's URL, made when there is none; nobody when it is the owner's own, which cannot be narrowed. */
export async function accountOf(processUrl: string, owner: Connection): Promise<readonly string[]> {
  const own = await currentAccount(owner);
  const found = await existingAccount(processUrl);
  if (found) return found === own ? [] : [found];
  const { user = '', password = '', host = '', socketPath } = parseDatabaseUrl(processUrl) as { user?: string; password?: string; host?: string; socketPath?: string };
  const grantee = account(user, socketPath || host === 'localhost' ? 'localhost' : '%');
  await owner.query(`CREATE USER IF NOT EXISTS ${grantee} IDENTIFIED BY ?`, [password]);
  return [grantee];
}

async function existingAccount(url: string): Promise<string | undefined> {
  try {
    const connection = await connect(url);
    try {
      return await currentAccount(connection);
    } finally {
      await connection.end();
    }
  } catch (error) {
    if ((error as { errno?: number }).errno === ACCESS_DENIED) return undefined;
    throw error;
  }
}

async function currentAccount(connection: Connection): Promise<string> {
  const [[row]] = (await connection.query('SELECT CURRENT_USER() AS account')) as unknown as [[{ account: string }]];
  const at = row.account.lastIndexOf('@');
  return account(row.account.slice(0, at), row.account.slice(at + 1));
}
