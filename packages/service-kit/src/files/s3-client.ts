import { createHash } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { AwsV4Signer } from 'aws4fetch';
import { Agent, request, type Dispatcher } from 'undici';
import { StorageUnavailable } from './storage';
import type { S3Settings } from './storage-settings';

export interface S3Call {
  readonly method: 'GET' | 'PUT' | 'POST' | 'DELETE';
  /** Left out: the bucket itself. */
  readonly key?: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: Buffer;
}

/** The server answered "no". `code` is the protocol's word, e.g. `NoSuchKey`. */
export class S3Refusal extends Error {
  readonly status: number;
  readonly code: string;
  constructor(status: number, code: string) {
    super(`the object storage answered ${status} ${code}`);
    this.name = 'S3Refusal';
    this.status = status;
    this.code = code;
  }
}

const ATTEMPTS = 3;
const FIRST_PAUSE_MS = 100;
const EMPTY = createHash('sha256').update('').digest('hex');

/**
 * Signed requests to one bucket. The hash of each body is part of its signature, so bytes that were changed on the way
 * are refused by the server. A request is repeated after a lost connection, 429 and 5xx: all of ours may be.
 */
export function createS3Client(settings: S3Settings) {
  const agent = new Agent({ connect: { timeout: 5_000 }, headersTimeout: 30_000, bodyTimeout: 30_000 });
  const keys = new Map<string, ArrayBuffer>();
  const once = async (call: S3Call): Promise<Dispatcher.ResponseData> => {
    const signed = await sign(settings, call, keys);
    return request(signed.url, { method: call.method, headers: Object.fromEntries(signed.headers), body: call.body ?? null, dispatcher: agent });
  };
  return {
    /** A good answer; its body must be read or dumped. @throws S3Refusal, StorageUnavailable */
    async ask(call: S3Call): Promise<Dispatcher.ResponseData> {
      for (let attempt = 1; ; attempt += 1) {
        const answer = await once(call).catch((error: unknown) => new StorageUnavailable('the object storage does not answer', { cause: error }));
        const isLast = attempt === ATTEMPTS;
        if (answer instanceof StorageUnavailable) {
          if (isLast) throw answer;
        } else {
          if (answer.statusCode < 300) return answer;
          const refusal = new S3Refusal(answer.statusCode, codeIn(await answer.body.text().catch(() => '')));
          if (!isPassing(refusal.status)) throw refusal;
          if (isLast) throw new StorageUnavailable(refusal.message);
        }
        await pause(FIRST_PAUSE_MS * 4 ** (attempt - 1));
      }
    },
  };
}
export type S3Client = ReturnType<typeof createS3Client>;

const isPassing = (status: number): boolean => status === 429 || status >= 500;

/** Our requests and the server's answers are flat and small; one element is looked for, the document is not read. */
export const textIn = (xml: string, element: string): string | undefined => new RegExp(`<${element}>([^<]{1,1024})</${element}>`).exec(xml)?.[1];
export const codeIn = (xml: string): string => textIn(xml, 'Code') ?? 'without a reason';

export function addressOf({ endpoint, bucket, isPathStyle }: S3Settings, { key, query }: Pick<S3Call, 'key' | 'query'>): string {
  const url = new URL(endpoint);
  if (!isPathStyle) url.hostname = `${bucket}.${url.hostname}`;
  url.pathname = `${isPathStyle ? `/${bucket}` : ''}/${key ?? ''}`;
  for (const [name, value] of Object.entries(query ?? {})) url.searchParams.set(name, value);
  return url.href;
}

function sign(settings: S3Settings, call: S3Call, keys: Map<string, ArrayBuffer>) {
  const { method, body } = call;
  const { region, accessKeyId, secretAccessKey } = settings;
  const hash = body ? createHash('sha256').update(body).digest('hex') : EMPTY;
  return new AwsV4Signer({ method, url: addressOf(settings, call), headers: { 'x-amz-content-sha256': hash }, service: 's3', region, accessKeyId, secretAccessKey, cache: keys }).sign();
}
