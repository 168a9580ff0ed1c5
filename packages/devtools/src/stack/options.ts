export interface StackOptions {
  readonly root: string;
  /** State of this system: keys, files, logs. */
  readonly dir: string;
  readonly mode: 'PRODUCTION' | 'DEMO' | 'TEST';
  readonly databaseUrl: string;
  readonly redisUrl: string;
  /** Private instances get a database user per process; a user's own database keeps the one in the URL. */
  readonly isPrivate: boolean;
  readonly gatewayPort?: number;
  readonly jwksFile?: string;
  readonly logLevel?: string;
  /** Further variables for every process. */
  readonly env?: NodeJS.ProcessEnv;
  readonly tell?: (step: string) => void;
}
