import { z } from 'zod';
import { readSecretFile } from '../runtime';

/** What a service that keeps files reads from the environment. */
export const storageEnv = {
  /** Folder of uploaded and made files; with a bucket, only of workbooks while they are read. */
  ANJIE_STORAGE_DIR: z.string().min(1),
  /** `s3://bucket` or `s3://bucket/prefix`: keep the files there instead. */
  ANJIE_STORAGE_URL: z.string().regex(/^s3:\/\/[a-z0-9][a-z0-9.-]{1,61}[a-z0-9](\/[\w.-]+)*\/?$/, 'must be s3://bucket or s3://bucket/prefix').optional(),
  /** Origin of the S3-compatible server. */
  ANJIE_STORAGE_ENDPOINT: z.string().regex(/^https?:\/\/[^/?#@]+\/?$/, 'must be an origin, https://host or http://host:port').optional(),
  ANJIE_STORAGE_REGION: z.string().regex(/^[a-z0-9-]{1,64}$/).default('us-east-1'),
  ANJIE_STORAGE_ACCESS_KEY_FILE: z.string().min(1).optional(),
  ANJIE_STORAGE_SECRET_KEY_FILE: z.string().min(1).optional(),
  /** 1: https://host/bucket/key; 0: https://bucket.host/key. */
  ANJIE_STORAGE_PATH_STYLE: z.enum(['0', '1']).default('1'),
};
export type StorageEnv = z.infer<z.ZodObject<typeof storageEnv>>;

export interface S3Settings {
  /** Origin of the server, without the bucket. */
  readonly endpoint: string;
  readonly bucket: string;
  /** What stands before the id in a key: empty, or a path that ends with `/`. */
  readonly prefix: string;
  readonly region: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly isPathStyle: boolean;
}

const NEEDED = ['ANJIE_STORAGE_URL', 'ANJIE_STORAGE_ENDPOINT', 'ANJIE_STORAGE_ACCESS_KEY_FILE', 'ANJIE_STORAGE_SECRET_KEY_FILE'] as const;

/**
 * Where the bucket is, or undefined when the folder is meant. Half a setting is refused: whoever names an endpoint
 * believes that the files lie there.
 * @throws Error whose message says in words which variable to change
 */
export function s3SettingsOf(env: StorageEnv, service: string): S3Settings | undefined {
  const missing = NEEDED.filter((name) => !env[name]);
  if (missing.length === NEEDED.length) return undefined;
  const [url = '', endpoint = '', accessKeyFile = '', secretKeyFile = ''] = NEEDED.map((name) => env[name]);
  const faults = missing.map((name) => `${name}: needed when files are kept in a bucket`);
  const [accessKeyId, secretAccessKey] = [readKey('ANJIE_STORAGE_ACCESS_KEY_FILE', accessKeyFile, faults), readKey('ANJIE_STORAGE_SECRET_KEY_FILE', secretKeyFile, faults)];
  if (faults.length > 0) throw new Error(`The environment is not usable; change these variables (docs/operations.md):\n${faults.map((line) => `  ${line}`).join('\n')}`);
  const [bucket = '', ...folders] = url.slice('s3://'.length).split('/').filter((part) => part !== '');
  return {
    endpoint: endpoint.replace(/\/$/, ''), bucket, prefix: `${[...folders, service].join('/')}/`, region: env.ANJIE_STORAGE_REGION,
    accessKeyId, secretAccessKey, isPathStyle: env.ANJIE_STORAGE_PATH_STYLE === '1',
  };
}

function readKey(name: string, path: string, faults: string[]): string {
  if (path === '') return '';
  try {
    const key = readSecretFile(path);
    if (key === '') faults.push(`${name}: the file is empty`);
    return key;
  } catch (error) {
    faults.push(`${name}: the file cannot be read (${(error as NodeJS.ErrnoException).code ?? 'unknown'})`);
    return '';
  }
}
