import { createHash } from 'node:crypto';
import { clientKeyHash, isClientKey } from '@anjie/access';
import {
  AppError, DOCUMENTS_PAGE, documentsAnswer, PORTAL_DOCUMENTS_PATH, PORTAL_REGISTER_PATH, PORTAL_USES_PATH, registerAnswer, type DocumentsMode, type PortalClient, type PortalUses,
} from '@anjie/contracts';
import type { Logger } from '../log';
import type { AskOfficials } from './ask-officials';
import { createUseTally } from './uses';

/** A revoked key is refused so many milliseconds later, and an answer's time; far below the promised minute. */
const POLL_MS = 5_000;
const RETRY_MS = 1_000;

/** A portal client as this gateway knows it. */
export interface KnownClient {
  readonly id: string;
  readonly scopes: ReadonlySet<string>;
  readonly mode: DocumentsMode;
  /** Text by SHA-256 of what it may send. */
  readonly documents: ReadonlyMap<string, string>;
}

interface Key {
  readonly id: string;
  readonly client: KnownClient;
  readonly expiresAt: number;
}

export interface RegisterOptions {
  readonly ask: AskOfficials;
  readonly log: Logger;
  /** Why the graph, the limits or the client's scopes do not take a document; null when they do. */
  readonly judge: (text: string, scopes: ReadonlySet<string>) => string | null;
}

/**
 * Portal clients, as officials last said. What is known stays in force while officials is away; before anything is known no key
 * is accepted.
 */
export function createClientRegister({ ask, log, judge }: RegisterOptions) {
  const uses = createUseTally();
  let stamp: string | null = null;
  let keys: ReadonlyMap<string, Key> | undefined;
  let texts: ReadonlyMap<string, string> = new Map();
  const refresh = async (): Promise<void> => {
    const answer = registerAnswer.parse(await ask({ path: PORTAL_REGISTER_PATH, asked: { stamp } }));
    if (answer.clients === null) return;
    texts = await textsOf(answer.clients, texts, ask);
    const faults: PortalUses['faults'] = [];
    const known = new Map<string, Key>();
    for (const told of answer.clients) {
      const client = clientFrom(told, texts);
      for (const { sha256, id, expiresAt } of told.keys) known.set(sha256, { id, client, expiresAt: Date.parse(expiresAt) });
      faults.push(...faultsOf(told, client, judge));
      await new Promise((resolve) => setImmediate(resolve));
    }
    [keys, stamp] = [known, answer.stamp];
    uses.faultsAre(faults);
  };
  const polling = startPolling(async () => {
    await refresh();
    await uses.report(async (told) => void (await ask({ path: PORTAL_USES_PATH, asked: told })));
  }, log);
  return {
    isLoaded: (): boolean => keys !== undefined,
    /** @throws AppError SERVICE_UNAVAILABLE while nothing is known yet, UNAUTHENTICATED, the same for every key that is not accepted */
    find(text: string): KnownClient {
      if (!isClientKey(text)) throw new AppError('UNAUTHENTICATED');
      if (!keys) throw new AppError('SERVICE_UNAVAILABLE');
      const key = keys.get(clientKeyHash(text));
      if (!key || key.expiresAt <= Date.now()) throw new AppError('UNAUTHENTICATED');
      uses.keyUsed(key.id);
      return key.client;
    },
    noteStray: uses.strayUsed,
    close: polling.close,
  };
}
export type ClientRegister = ReturnType<typeof createClientRegister>;

const clientFrom = (told: PortalClient, texts: ReadonlyMap<string, string>): KnownClient => ({
  id: told.id,
  scopes: new Set(told.scopes),
  mode: told.mode,
  documents: new Map(told.documents.flatMap(({ sha256 }) => {
    const text = texts.get(sha256);
    return text === undefined ? [] : [[sha256, text] as const];
  })),
});

/** Only what differs from what officials was told before. */
const faultsOf = (told: PortalClient, client: KnownClient, judge: RegisterOptions['judge']): PortalUses['faults'] =>
  told.documents.flatMap(({ sha256, fault: before }) => {
    const text = client.documents.get(sha256);
    const fault = text === undefined ? before : judge(text, client.scopes);
    return fault === before ? [] : [{ clientId: told.id, sha256, fault }];
  });

/** Texts of all documents; those that are known are not fetched again, and none is believed whose hash is another. */
async function textsOf(clients: readonly PortalClient[], known: ReadonlyMap<string, string>, ask: AskOfficials): Promise<Map<string, string>> {
  const wanted = [...new Set(clients.flatMap(({ documents }) => documents.map(({ sha256 }) => sha256)))];
  const texts = new Map(wanted.flatMap((hash) => (known.has(hash) ? [[hash, known.get(hash) ?? ''] as const] : [])));
  const missing = wanted.filter((hash) => !texts.has(hash));
  for (let from = 0; from < missing.length; from += DOCUMENTS_PAGE) {
    const asked = { sha256: missing.slice(from, from + DOCUMENTS_PAGE) };
    const { documents } = documentsAnswer.parse(await ask({ path: PORTAL_DOCUMENTS_PATH, asked }));
    for (const { sha256, text } of documents) if (documentHash(text) === sha256) texts.set(sha256, text);
  }
  return texts;
}

export const documentHash = (text: string): string => createHash('sha256').update(text).digest('hex');

/** Runs `work` now and then; an outage is logged when it begins and when it ends. */
function startPolling(work: () => Promise<void>, log: Logger): { close(): void } {
  let timer: NodeJS.Timeout | undefined;
  let [isClosed, isAway] = [false, false];
  const round = async (): Promise<void> => {
    try {
      await work();
      if (isAway) log.info('the register of portal clients can be read again');
      isAway = false;
    } catch (error) {
      if (!isAway) log.warn({ reason: error instanceof Error ? error.message : String(error) }, 'the register of portal clients cannot be read; what is known stays in force');
      isAway = true;
    }
    if (!isClosed) timer = setTimeout(() => void round(), isAway ? RETRY_MS : POLL_MS).unref();
  };
  void round();
  return {
    close() {
      isClosed = true;
      clearTimeout(timer);
    },
  };
}
