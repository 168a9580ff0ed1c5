import { isRefusal } from '@anjie/contracts';
import { isId } from '@anjie/service-kit/database';
import { droppedFields, importRunView } from '@anjie/service-kit/imports';
import { refusalOf, required } from '@anjie/service-kit/subgraph';
import type { ExchangeFieldResolvers, ImportRunResolvers, MutationResolvers, QueryResolvers } from '../generated/graphql';
import { EXCHANGE_FIELDS } from '../rules/exchange-tables';
import { exportView } from './export-repository';

const Query: QueryResolvers = {
  exchangeFields: (_root, { table }) => EXCHANGE_FIELDS.filter((field) => !table || field.table === table),
  exchangeExport: async (_root, { id }, { sql, viewer }) => (isId(id) ? ((await exportView(sql, viewer, id)) ?? null) : null),
};

const Mutation: MutationResolvers = {
  checkExchangeImport: async (_root, { input }, { services, actor, sql, viewer }) => {
    const done = await services.exchange.check(input, actor);
    return isRefusal(done)
      ? { __typename: 'ImportRefusal', ...refusalOf(done, viewer) }
      : { __typename: 'ImportPayload', import: required((await importRunView(sql, viewer, done.runId)) ?? null) };
  },
  exportExchangeRecords: async (_root, { input }, { services, actor, sql, viewer }) => {
    const done = await services.exchange.export(input, actor);
    return isRefusal(done)
      ? { __typename: 'ExchangeRefusal', ...refusalOf(done, viewer) }
      : { __typename: 'ExchangeExportPayload', export: required((await exportView(sql, viewer, done.exportId)) ?? null) };
  },
  createExchangeExportLink: async (_root, { input }, { services, actor, viewer }) => {
    const done = await services.exchange.link(input, actor);
    return isRefusal(done) ? { __typename: 'ExchangeRefusal', ...refusalOf(done, viewer) } : { __typename: 'ExchangeExportLink', ...done };
  },
};

const ExchangeField: ExchangeFieldResolvers = {
  number: ({ no }) => no,
  nameZh: ({ zh }) => zh,
  kind: ({ type }) => type,
};

/** An import run is reached by who may see it only. */
const ImportRun: ImportRunResolvers = {
  droppedFields: async ({ id }, _args, { sql }) => (await droppedFields(sql, id)).map((field) => ({ ...field, isForbidden: Boolean(field.isForbidden) })),
};

export const exchangeResolvers = { Query, Mutation, ExchangeField, ImportRun };
