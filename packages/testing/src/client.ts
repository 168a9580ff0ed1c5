import { graphql, type ExecutionResult, type GraphQLSchema } from 'graphql';
import type { InternalClaims, Viewer } from '@anjie/access';

export type Data = Record<string, never>;

/** Asks a subgraph in-process, as a viewer, through its real schema and loaders. Results are what the wire would carry. */
export function subgraphClient<Context>(schema: GraphQLSchema, contextFor: (claims: InternalClaims) => Context) {
  const ask = async (viewer: Viewer, source: string, variables: Readonly<Record<string, unknown>> = {}): Promise<ExecutionResult> => {
    const result = await graphql({ schema, source, variableValues: variables, contextValue: contextFor(claimsFor(viewer)) });
    return JSON.parse(JSON.stringify(result)) as ExecutionResult;
  };
  return {
    /** Data, or a failure that prints everything. */
    async query<Result = Record<string, unknown>>(viewer: Viewer, source: string, variables?: Readonly<Record<string, unknown>>): Promise<Result> {
      const result = await ask(viewer, source, variables);
      if (result.errors?.length) throw new Error(`GraphQL errors:\n${JSON.stringify(result.errors, null, 2)}\nin ${source}\nwith ${JSON.stringify(variables)}`);
      return result.data as Result;
    },
    /** For tests that expect errors. */
    ask,
  };
}

export const claimsFor = (viewer: Viewer): InternalClaims => ({
  iss: 'gateway', aud: 'test', viewer, requestId: 'test-request', iat: 0, exp: 0, jti: 'test', bh: '',
});
