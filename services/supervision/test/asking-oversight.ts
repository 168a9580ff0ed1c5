import type { Viewer } from '@anjie/access';
import { key, type Supervision } from './builders';

export interface Answer<Node> {
  readonly __typename: string;
  readonly code?: string;
  readonly basis?: string | null;
  readonly node?: Node;
}

/** One mutation of the graph: its payload's node, or its refusal. */
export const asking = <Node>(supervision: Supervision, { payload, refusal, node, fields }: { payload: string; refusal: string; node: string; fields: string }) =>
  async (viewer: Viewer, name: string, input: object): Promise<Answer<Node>> => {
    const type = `${name[0]?.toUpperCase()}${name.slice(1)}Input`;
    return (await supervision.client.query<{ answer: Answer<Node> }>(
      viewer, `mutation ($input: ${INPUTS[name] ?? type}!) { answer: ${name}(input: $input) { __typename ... on ${payload} { node: ${node} { ${fields} } } ... on ${refusal} { code message basis } } }`,
      { input: { idempotencyKey: key(), ...input } },
    )).answer;
  };

const INPUTS: Readonly<Record<string, string>> = { startInspection: 'MoveInspectionInput' };

/** The node of an answer that was no refusal. */
export function made<Node>(answer: Answer<Node>): Node {
  if (!answer.node) throw new Error(`refused: ${JSON.stringify(answer)}`);
  return answer.node;
}
