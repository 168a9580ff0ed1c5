import { isRefusal, type Refusal } from '@anjie/contracts';
import { importProblemConnection, importRunView } from '@anjie/service-kit/imports';
import type { Context } from '../context';
import type { ImportProblemResolvers, ImportRefusalCode, ImportRunResolvers, MutationResolvers, QueryResolvers } from '../generated/graphql';
import { refusalOf, required } from '@anjie/service-kit/subgraph';

const answer = async (done: { runId: string } | Refusal<ImportRefusalCode>, { sql, viewer }: Context) =>
  isRefusal(done)
    ? { __typename: 'ImportRefusal' as const, ...refusalOf(done, viewer) }
    : { __typename: 'ImportPayload' as const, import: required((await importRunView(sql, viewer, done.runId)) ?? null) };

const Query: QueryResolvers = {
  importRun: async (_root, { id }, { sql, viewer }) => (await importRunView(sql, viewer, id)) ?? null,
};

const Mutation: MutationResolvers = {
  checkLedgerImport: async (_root, { input }, context) => answer(await context.services.imports.checkLedger(input, context.actor), context),
  checkPetitionImport: async (_root, { input }, context) => answer(await context.services.imports.checkPetitions(input, context.actor), context),
  commitImport: async (_root, { input }, context) => answer(await context.services.imports.commit(input, context.actor), context),
  createImportErrorLink: async (_root, { input }, { services, actor, viewer }) => {
    const done = await services.imports.errorLink(input, actor);
    return isRefusal(done) ? { __typename: 'ImportRefusal', ...refusalOf(done, viewer) } : { __typename: 'ImportErrorLink', ...done };
  },
};

const ImportRun: ImportRunResolvers = {
  failure: ({ failureText }, _args, { viewer }) => (failureText ? (viewer.locale === 'en' ? failureText.en : failureText.zh) : null),
  problems: ({ id }, args, { sql, viewer }) => importProblemConnection(sql, viewer, { ...args, runId: id }),
};

const ImportProblem: ImportProblemResolvers = {
  message: ({ messageZh, messageEn }, _args, { viewer }) => (viewer.locale === 'en' ? messageEn : messageZh),
};

export const importResolvers = { Query, Mutation, ImportRun, ImportProblem };
