import { isRefusal } from '@anjie/contracts';
import type { Context } from '../context';
import type {
  DirectoryImportProblemResolvers, DirectoryImportResolvers, DirectoryImportSheetResolvers, MutationResolvers, QueryResolvers,
} from '../generated/graphql';
import { DIRECTORY_SHEETS, directoryImportState, sheetState } from '../rules/directory-import';

const Query: QueryResolvers = {
  directoryImport: (_root, { id }, { loaders }) => loaders.directoryImportById.load(id),
};

const Mutation: MutationResolvers = {
  checkDirectoryImport: (_root, { input }, { services, actor }) => services.directoryImports.check(actor, input),
  commitDirectoryImport: (_root, { input }, { services, actor }) => services.directoryImports.commit(actor, input),
};

const DirectoryImport: DirectoryImportResolvers = {
  state: async (row, _args, { lists }) => directoryImportState(await lists.importRuns(row), row.isCommitRequested),
  sheets: (row, _args, { lists }) => lists.importRuns(row),
};

const DirectoryImportSheet: DirectoryImportSheetResolvers = {
  name: ({ kind }) => DIRECTORY_SHEETS.find((sheet) => sheet.kind === kind)?.name ?? kind,
  state: (run) => sheetState(run),
  failure: ({ failureText }, _args, { viewer }) => (failureText ? (viewer.locale === 'en' ? failureText.en : failureText.zh) : null),
  problems: ({ id }, page, { lists }) => lists.importProblems(id, page),
};

const DirectoryImportProblem: DirectoryImportProblemResolvers = {
  isNotice: ({ isNotice }) => Number(isNotice) === 1,
  message: ({ messageZh, messageEn }, _args, { viewer }) => (viewer.locale === 'en' ? messageEn : messageZh),
};

const DirectoryImportPayload = {
  directoryImport: ({ directoryImportId }: { directoryImportId: string }, _args: unknown, { loaders }: Context) =>
    loaders.directoryImportById.clear(directoryImportId).load(directoryImportId),
};

export const directoryImportResolvers = {
  Query, Mutation, DirectoryImport, DirectoryImportSheet, DirectoryImportProblem, DirectoryImportPayload,
  DirectoryImportResult: { __resolveType: (answer: unknown) => (isRefusal(answer) ? 'DirectoryRefusal' : 'DirectoryImportPayload') },
};
