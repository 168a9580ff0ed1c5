import { fetch, type Response } from 'undici';
import { keyOf } from './stable-id';

export interface GraphClientOptions {
  /** The gateway's …/graphql. */
  readonly graphUrl: string;
  readonly tokenFor: (persona: string) => Promise<string>;
}

/** A mutation with one `input` that answers a union of a payload and a refusal. */
export interface Change {
  readonly field: string;
  readonly inputType: string;
  /** What to read of the payload: `PayloadType { … }` without the refusal. */
  readonly payload: string;
  readonly refusalType: string;
  readonly input: Readonly<Record<string, unknown>>;
  /** What the change is about, for the sentence of a failure. */
  readonly about: string;
}

interface GraphAnswer {
  readonly data?: unknown;
  readonly errors?: readonly { readonly message: string; readonly extensions?: { readonly code?: string; readonly detail?: unknown } }[];
}

/** Speaks to the gateway as a persona. Whatever goes wrong is thrown as one sentence that says what was tried. */
export function createGraphClient({ graphUrl, tokenFor }: GraphClientOptions) {
  const tokens = new Map<string, Promise<string>>();
  const headersOf = async (persona: string): Promise<Record<string, string>> => {
    const token = tokens.get(persona) ?? tokenFor(persona);
    tokens.set(persona, token);
    return { authorization: `Bearer ${await token}` };
  };
  const ask = async <Data>(persona: string, query: string, variables: Readonly<Record<string, unknown>> = {}): Promise<Data> => {
    const headers = { ...(await headersOf(persona)), 'content-type': 'application/json' };
    const response = await fetch(graphUrl, { method: 'POST', headers, body: JSON.stringify({ query, variables }) });
    const answer = (await bodyOf(response)) as GraphAnswer;
    const fault = answer.errors?.[0];
    if (fault) throw new Error(`the gateway answered ${fault.extensions?.code ?? response.status}: ${fault.message}${detailOf(fault.extensions?.detail)}`);
    if (answer.data === undefined || answer.data === null) throw new Error(`the gateway answered ${response.status} without data`);
    return answer.data as Data;
  };
  return { ask, change: changer(ask), upload: uploader(graphUrl, headersOf) };
}
export type GraphClient = ReturnType<typeof createGraphClient>;

const detailOf = (detail: unknown): string => (detail === undefined ? '' : ` ${JSON.stringify(detail)}`);

async function bodyOf(response: Response): Promise<unknown> {
  const text = await response.text();
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw new Error(`the gateway answered ${response.status} without JSON: ${text.slice(0, 200)}`);
  }
}

/** Sends a mutation under a key that follows from its input, so that sending it again changes nothing. */
function changer(ask: <Data>(persona: string, query: string, variables: Readonly<Record<string, unknown>>) => Promise<Data>) {
  return async <Payload>(persona: string, { field, inputType, payload, refusalType, input, about }: Change): Promise<Payload> => {
    const query = `mutation Demo($input: ${inputType}!) { ${field}(input: $input) { __typename ... on ${payload} ... on ${refusalType} { code message } } }`;
    const variables = { input: { idempotencyKey: keyOf(field, input), ...input } };
    const data = await ask<Record<string, { __typename: string; code?: string; message?: string }>>(persona, query, variables).catch((error: unknown) => {
      throw new Error(`${about} (${field} as ${persona}) failed: ${error instanceof Error ? error.message : String(error)}`);
    });
    const answer = data[field];
    if (!answer || answer.__typename === refusalType) throw new Error(`${about} (${field} as ${persona}) was refused: ${answer?.code ?? ''} ${answer?.message ?? ''}`);
    return answer as Payload;
  };
}

export interface UploadFile {
  readonly purpose: 'LEDGER_IMPORT' | 'CASE_ATTACHMENT';
  readonly mediaType: string;
  readonly name: string;
  readonly content: Buffer;
}

function uploader(graphUrl: string, headersOf: (persona: string) => Promise<Record<string, string>>) {
  return async (persona: string, { name, content, purpose, mediaType }: UploadFile): Promise<string> => {
    const url = new URL(`files?purpose=${purpose}`, graphUrl);
    const headers = { ...(await headersOf(persona)), 'content-type': mediaType, 'x-file-name': encodeURIComponent(name) };
    const response = await fetch(url, { method: 'POST', headers, body: content });
    const answer = (await bodyOf(response)) as { id?: string; error?: { code?: string; message?: string } };
    if (response.status !== 201 || !answer.id) {
      throw new Error(`uploading ${name} (as ${persona}) failed: ${answer.error?.code ?? response.status} ${answer.error?.message ?? ''}`);
    }
    return answer.id;
  };
}
