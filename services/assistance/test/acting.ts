import { randomUUID } from 'node:crypto';
import type { Viewer } from '@anjie/access';
import { ERROR_CODES } from '@anjie/contracts';
import type { Stage } from './stage';

export interface Answer<Row> {
  readonly __typename: string;
  readonly code?: string;
  readonly message?: string;
  readonly basis?: string | null;
  readonly row?: Row;
}

/** One mutation by its name: `row` is what its payload holds, `fields` are asked of it. */
export const acting = <Row>(stage: Stage, { payload, refusal, field, fields }: { payload: string; refusal: string; field: string; fields: string }) => {
  const document = (mutation: string): string => `mutation ($input: ${mutation[0]?.toUpperCase()}${mutation.slice(1)}Input!) { answer: ${mutation}(input: $input) {
    __typename ... on ${payload} { row: ${field} { ${fields} } } ... on ${refusal} { code message basis } } }`;
  const act = async (viewer: Viewer, mutation: string, input: object): Promise<Answer<Row>> =>
    (await stage.client.query<{ answer: Answer<Row> }>(viewer, document(mutation), { input: { idempotencyKey: randomUUID(), ...input } })).answer;
  return {
    act,
    /** A step that must succeed. */
    async done(viewer: Viewer, mutation: string, input: object): Promise<Row> {
      const answer = await act(viewer, mutation, input);
      if (!answer.row) throw new Error(`${mutation}: ${JSON.stringify(answer)}`);
      return answer.row;
    },
    /** The code of the fault that the call answers. */
    async fault(viewer: Viewer, mutation: string, input: object): Promise<string | undefined> {
      const { errors } = await stage.client.ask(viewer, document(mutation), { input: { idempotencyKey: randomUUID(), ...input } });
      return Object.entries(ERROR_CODES).find(([, { en }]) => en === errors?.[0]?.message)?.[0];
    },
  };
};

/** A list under many cases or units, with the number of statements that it cost. */
export async function listed(stage: Stage, viewer: Viewer, { type, ids, field, choice }: { type: 'Case' | 'Unit'; ids: readonly string[]; field: string; choice?: string }) {
  let statements = 0;
  const counting = { query: (...args: [string, unknown[]]) => ((statements += 1), stage.db.manager.query(...args)) } as never;
  const data = await stage.clientOn(counting).query<{ _entities: (Record<string, { totalCount?: number; nodes: { id: string }[] } | null> | null)[] }>(
    viewer, `query ($r: [_Any!]!) { _entities(representations: $r) { ... on ${type} { ${field}${choice ? `(${choice})` : ''} { nodes { id } } } } }`, { r: ids.map((id) => ({ __typename: type, id })) },
  );
  return { found: data._entities.map((one) => one?.[field]?.nodes.map(({ id }) => id) ?? null), statements };
}
