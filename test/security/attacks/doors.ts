import type { DevIssuer } from '@anjie/devtools';
import type { LocalSystem } from '../../faults/harness/probes';
import type { Reply, Sent } from '../wire';
import type { Effects } from './effects';
import type { Front } from './front';
import type { InternalToken } from './internal-token';
import type { Persona } from './people';

export interface AskOptions {
  readonly headers?: Readonly<Record<string, string | undefined>>;
  readonly url?: string;
}
/** A GraphQL request past the gateway, with a token that is good unless `token` says otherwise. */
export interface DirectCall extends Partial<InternalToken> {
  readonly persona: Persona;
  readonly subgraph: string;
  readonly query: string;
  readonly variables?: object;
  /** Another door than /graphql. */
  readonly path?: string;
  /** Instead of a fresh one. Null sends none. */
  readonly token?: string | null;
}

/** What one can do to a whole system, as anybody. */
export interface Doors {
  readonly system: LocalSystem;
  /** The gateway that is attacked. */
  front(): Front;
  reopenFront(env?: NodeJS.ProcessEnv): Promise<void>;
  readonly issuer: DevIssuer;
  readonly tokenOf: (who: Persona) => string;
  /** Sends bytes, and keeps what the answer tells of our insides. */
  send(sent: Sent): Promise<Reply>;
  ask(who: Persona, query: string, variables?: object, options?: AskOptions): Promise<Reply>;
  /** One mutation; an idempotency key is put in where there is none. */
  act(who: Persona, name: string, input: object, payload?: string): Promise<Reply>;
  /** Data of a request that must work. */
  data<Data>(who: Persona, query: string, variables?: object): Promise<Data>;
  /** Payload of a mutation that must work. */
  done<Payload>(who: Persona, name: string, input: object, payload?: string): Promise<Payload>;
  direct(call: DirectCall): Promise<Reply>;
  portOf(subgraph: string): number;
  effects(): Promise<Effects>;
  /** How many requests were sent so far. */
  sent(): number;
  /** What answers told since the last time. */
  takeLeaks(): string[];
  /** Processes that ended since the last time. */
  takeDeaths(): string[];
  settled(): Promise<void>;
  stop(): Promise<void>;
}
