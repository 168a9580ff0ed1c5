import { seesDivisionFigures } from '@anjie/access';
import { isRefusal } from '@anjie/contracts';
import { kindResolvers } from '@anjie/service-kit/kinds';
import { listConnection } from '@anjie/service-kit/subgraph';
import type { Context } from '../context';
import type {
  BulletinExportResultResolvers, BulletinFigureResolvers, BulletinKindResolvers, BulletinKindSectionResolvers, BulletinLineResolvers, BulletinNoteResolvers, BulletinResolvers,
  BulletinResultResolvers, CampaignResolvers, DivisionResolvers, MutationResolvers, QueryResolvers, ReportFigureKindResolvers, UnitResolvers,
} from '../generated/graphql';
import { reference } from '../references';
import { refusalAnswer } from '../refusal-answer';
import { NOT_SHOWN, openingSentence, sectionSentences, statements, type Language } from '../rules/bulletin-text';
import { titleOf } from '../rules/bulletin-document';
import { figureText, isRate, NOTHING_COUNTED, reportFigure, type FigureCode } from '../rules/report-figures';
import { cellKey } from '../rules/report-rows';
import { bulletinList, type BulletinRow } from './bulletin-repository';
import type { BulletinAnswer } from './bulletin-service';
import { countedKey } from './counted-cases';

const languageOf = ({ viewer }: Context): Language => (viewer.locale === 'en' ? 'en' : 'zh');

const Query: QueryResolvers = {
  bulletin: (_root, { id }, { loaders }) => loaders.bulletin.load(id),
  bulletins: (_root, args, { sql, viewer }) => listConnection(sql, bulletinList(viewer, args.filter), args),
  bulletinKinds: (_root, _args, { kinds }) => [...kinds.bulletins.all],
};

async function answerWith(answer: BulletinAnswer, { loaders, viewer }: Context): Promise<never> {
  if (isRefusal(answer)) return refusalAnswer('BulletinRefusal', answer, viewer) as never;
  return { __typename: 'BulletinPayload', bulletin: await loaders.bulletin.clear(answer.bulletinId).load(answer.bulletinId) } as never;
}

const Mutation: MutationResolvers = {
  draftBulletin: async (_root, { input }, context) => answerWith(await context.services.bulletins.draft(input, context), context),
  addBulletinNote: async (_root, { input }, context) => answerWith(await context.services.bulletins.addNote(input, context), context),
  publishBulletin: async (_root, { input }, context) => answerWith(await context.services.bulletins.publish(input, context), context),
  withdrawBulletin: async (_root, { input }, context) => answerWith(await context.services.bulletins.withdraw(input, context), context),
  exportBulletin: async (_root, { input }, context) => {
    const answer = await context.services.bulletins.export(input, context);
    return (isRefusal(answer) ? refusalAnswer('BulletinRefusal', answer, context.viewer) : { __typename: 'BulletinExport', ...answer }) as never;
  },
};

const typeNameOf = (result: unknown): never => (result as { __typename: never }).__typename;
const BulletinResult: BulletinResultResolvers = { __resolveType: typeNameOf };
const BulletinExportResult: BulletinExportResultResolvers = { __resolveType: typeNameOf };

const BulletinKind: BulletinKindResolvers = {
  ...kindResolvers,
  addressee: ({ addressee }, _args, context) => addressee[languageOf(context)],
  sections: ({ sections }) => [...sections],
};

const BulletinKindSection: BulletinKindSectionResolvers = {
  title: (section, _args, context) => section[languageOf(context)],
  basis: ({ basis }) => basis ?? null,
  figures: ({ figures }) => [...figures],
};

/** The code alone stands behind the type. */
const ReportFigureKind: ReportFigureKindResolvers = {
  code: (code) => code,
  name: (code, _args, context) => reportFigure(code)[languageOf(context)],
  formula: (code, _args, context) => reportFigure(code).formula[languageOf(context)],
  measure: (code) => reportFigure(code).measure,
};

/** Who oversees the division sees its cases, and so its small numbers; files of what was published show them to nobody. */
const isPublicTo = ({ divisionCode }: BulletinRow, { viewer }: Context): boolean => !seesDivisionFigures(viewer, divisionCode);
const readingOf = (row: BulletinRow, context: Context) => context.loaders.bulletinReading(row, isPublicTo(row, context));

const Bulletin: BulletinResolvers = {
  __resolveReference: ({ id }, { loaders }) => loaders.bulletin.load(id),
  kind: ({ kindCode }, _args, { kinds }) => kinds.bulletins.of(kindCode),
  title: async (row, _args, context) => titleOf((await readingOf(row, context)).facts)[languageOf(context)],
  number: ({ numberYear, serial }) => (numberYear === null || serial === null ? null : `${numberYear}年第${serial}期`),
  division: ({ divisionCode }) => ({ code: divisionCode }),
  campaign: ({ campaignId }) => reference(campaignId),
  issuer: ({ issuerUnitId }) => ({ id: issuerUnitId }),
  opening: async (row, _args, context) => openingSentence((await readingOf(row, context)).facts, languageOf(context)),
  sections: async (row, _args, context) => {
    const { facts } = await readingOf(row, context);
    const language = languageOf(context);
    return facts.kind.sections.map((section) => ({ code: section.code, title: section[language], sentences: sectionSentences(facts, section, language) }));
  },
  notes: async (row, _args, context) => [...(await readingOf(row, context)).notes],
  statements: async (row, _args, context) => statements((await readingOf(row, context)).facts, isPublicTo(row, context)).map((words) => words[languageOf(context)]),
  lines: ({ id }, args, { loaders }) => loaders.linesOfBulletin(id, args),
  draftedBy: ({ draftedById }) => ({ id: draftedById }),
  publishedBy: ({ publishedById }) => reference(publishedById),
  withdrawnBy: ({ withdrawnById }) => reference(withdrawnById),
};

const BulletinNote: BulletinNoteResolvers = { writtenBy: ({ writtenById }) => ({ id: writtenById }) };

const BulletinLine: BulletinLineResolvers = {
  division: ({ divisionCode }) => ({ code: divisionCode }),
  unit: ({ unitId }) => reference(unitId),
  figures: async ({ bulletinId, ordinal }, { codes }, { loaders, kinds }) => {
    const row = await loaders.bulletin.load(bulletinId);
    if (!row) return [];
    const shown = [...new Set(kinds.bulletins.of(row.kindCode).sections.flatMap((section) => section.figures))];
    return shown.filter((code) => !codes || codes.includes(code)).map((figure) => ({ row, ordinal, figure }));
  },
};

export interface ShownFigure {
  readonly row: BulletinRow;
  readonly ordinal: number;
  readonly figure: FigureCode;
}

async function cellOf({ row, ordinal, figure }: ShownFigure, context: Context) {
  const stored = (await context.loaders.cellsOfBulletin.load(row.id)).get(cellKey(ordinal, figure));
  return { ...NOTHING_COUNTED, ...stored, isSuppressed: Number(stored?.isHidden ?? 0) === 1 && isPublicTo(row, context) };
}

const BulletinFigure: BulletinFigureResolvers = {
  code: ({ figure }) => figure,
  name: ({ figure }, _args, context) => reportFigure(figure)[languageOf(context)],
  value: async (shown, _args, context) => ((cell) => (cell.isSuppressed ? null : cell.value))(await cellOf(shown, context)),
  base: async (shown, _args, context) => ((cell) => (cell.isSuppressed || !isRate(shown.figure) ? null : cell.base))(await cellOf(shown, context)),
  text: async (shown, _args, context) => ((cell) => (cell.isSuppressed ? NOT_SHOWN : figureText(shown.figure, cell)))(await cellOf(shown, context)),
  formula: ({ figure }) => ((words) => `${words.zh} | ${words.en}`)(reportFigure(figure).formula),
  asOf: ({ row }) => row.asOf,
  isSuppressed: async (shown, _args, context) => (await cellOf(shown, context)).isSuppressed,
  cases: ({ row, ordinal, figure }, args, { loaders }) => loaders.countedCases(countedKey({ bulletinId: row.id, figure, ordinal }), args),
};

const Unit: UnitResolvers = { bulletins: ({ id }, args, { loaders }) => loaders.bulletinsUnder.unit(id, args) };
const Division: DivisionResolvers = { bulletins: ({ code }, args, { loaders }) => loaders.bulletinsUnder.division(code, args) };
const Campaign: CampaignResolvers = { bulletins: ({ id }, args, { loaders }) => loaders.bulletinsUnder.campaign(id, args) };

export const bulletinResolvers = {
  Query, Mutation, Unit, Division, Campaign,
  BulletinResult, BulletinExportResult, BulletinKind, BulletinKindSection, ReportFigureKind, Bulletin, BulletinNote, BulletinLine, BulletinFigure,
};
