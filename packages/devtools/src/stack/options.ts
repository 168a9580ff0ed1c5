/** ANJIE_DATABASE_OWNER_URL reaches no process: only these commands use it. */
export const ownerFromEnv = (): Pick<StackOptions, 'ownerUrl'> => (process.env['ANJIE_DATABASE_OWNER_URL'] ? { ownerUrl: process.env['ANJIE_DATABASE_OWNER_URL'] } : {});

export interface StackOptions {
  readonly root: string;
  /** State of this system: keys, files, logs. */
  readonly dir: string;
  readonly mode: 'PRODUCTION' | 'DEMO' | 'TEST';
  readonly databaseUrl: string;
  /** Who creates schemas, migrates and grants, when the processes' own user may not. */
  readonly ownerUrl?: string;
  readonly redisUrl: string;
  /** Private instances get a database user per process; a user's own database keeps the one in the URL. */
  readonly isPrivate: boolean;
  /** The database began as a copy of `migratedData`: there is nothing to create, to migrate or to grant. */
  readonly isMigrated?: boolean;
  readonly gatewayPort?: number;
  readonly jwksFile?: string;
  readonly logLevel?: string;
  /** Further variables for every process. */
  readonly env?: NodeJS.ProcessEnv;
  readonly tell?: (step: string) => void;
}
