import { Agent, request } from 'undici';

export interface GraphError {
  readonly message: string;
  readonly path?: readonly (string | number)[];
  readonly extensions: { readonly code: string; readonly detail?: Readonly<Record<string, unknown>> };
}

export interface GraphAnswer {
  readonly status: number;
  readonly data?: Readonly<Record<string, unknown>> | null;
  readonly errors?: readonly GraphError[];
}

export interface GraphCall {
  readonly token: string;
  readonly query: string;
  readonly variables?: object;
  readonly timeoutMs?: number;
  /** Hangs up in the middle, as a client does whose network goes away. */
  readonly signal?: AbortSignal;
}

const BUSY = new Set(['TIMEOUT', 'SERVICE_UNAVAILABLE']);

/** Speaks GraphQL over HTTP, outside the kill set. Rejects when the gateway does not answer. */
export function createGraph(url: string) {
  const agent = new Agent({ connections: 64, keepAliveTimeout: 2_000, connect: { timeout: 2_000 } });
  const ask = async ({ token, query, variables = {}, timeoutMs = 20_000, signal }: GraphCall): Promise<GraphAnswer> => {
    const answer = await request(`${url}/graphql`, {
      method: 'POST', dispatcher: agent, headersTimeout: timeoutMs, bodyTimeout: timeoutMs, ...(signal ? { signal } : {}),
      headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` }, body: JSON.stringify({ query, variables }),
    });
    return { status: answer.statusCode, ...(JSON.parse(await answer.body.text()) as object) };
  };
  return {
    ask,
    /** Data, or a failure that prints everything. What a busy machine had no time for is asked again, under the same keys. */
    async query<Data>(call: GraphCall): Promise<Data> {
      let answer = await ask(call);
      for (let again = 0; again < 5 && answer.errors?.every(({ extensions }) => BUSY.has(extensions.code)); again += 1) answer = await ask(call);
      if (answer.errors || !answer.data) throw new Error(`${JSON.stringify(answer)}\nto ${call.query}\nwith ${JSON.stringify(call.variables)}`);
      return answer.data as Data;
    },
    close: () => agent.destroy(),
  };
}
export type Graph = ReturnType<typeof createGraph>;
