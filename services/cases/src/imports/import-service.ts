import type { DataSource, EntityManager } from 'typeorm';
import { keepsPlace } from '@anjie/access';
import { isInDivision, refuse, type Refusal } from '@anjie/contracts';
import { runMutation, type Actor } from '@anjie/service-kit/database';
import { keyedLinks, type KeyedLink, type KeyedLinks } from '@anjie/service-kit/files';
import { importRunView, type ImportEngine } from '@anjie/service-kit/imports';
import { lockCampaign } from '../campaigns/campaign-repository';
import type { CheckLedgerImportInput, CheckPetitionImportInput, CommitImportInput, ImportErrorLinkInput, ImportRefusalCode } from '../generated/graphql';
import { isPermitted } from '../rules/permissions';

type No = Refusal<ImportRefusalCode>;
type Queued = { runId: string };

/** Minutes that a link to an error workbook stays good. */
const LINK_MINUTES = 15;
const NOT_PERMITTED: No = refuse('NOT_PERMITTED', '只有信访工作联席办可以导入。', 'Only a joint office may import.');

export function createImportService({ db, engine, linkKey }: { db: DataSource; engine: ImportEngine; linkKey: Buffer }) {
  const links = keyedLinks(linkKey, { service: 'cases', use: 'import-error-link' });
  const mayImport = (actor: Actor): boolean => isPermitted('IMPORT', { roles: actor.viewer.roles, parts: [] });
  return {
    checkLedger: (input: CheckLedgerImportInput, actor: Actor) =>
      runMutation<Queued | No>(db, {
        actor, operation: 'checkLedgerImport', key: input.idempotencyKey, input,
        work: async (tx) => {
          if (!mayImport(actor)) return NOT_PERMITTED;
          const campaign = await lockCampaign(tx, actor.viewer, input.campaignId);
          // a district may see a campaign above its own, but only the office of its place keeps its ledger
          const isGoverned = campaign && actor.viewer.divisionCode !== null && isInDivision(campaign.divisionCode, actor.viewer.divisionCode);
          if (!isGoverned) return refuse('CAMPAIGN_UNKNOWN', '专项工作不存在，或对您不可见。', 'The campaign is not known or not visible to you.');
          return engine.requestCheck(tx, { kind: 'LEDGER', fileId: input.fileId, parameters: { campaignId: campaign.id }, actor });
        },
      }),
    checkPetitions: (input: CheckPetitionImportInput, actor: Actor) =>
      runMutation<Queued | No>(db, {
        actor, operation: 'checkPetitionImport', key: input.idempotencyKey, input,
        work: async (tx) => (mayImport(actor) ? engine.requestCheck(tx, { kind: 'PETITIONS', fileId: input.fileId, parameters: {}, actor }) : NOT_PERMITTED),
      }),
    commit: (input: CommitImportInput, actor: Actor) =>
      runMutation<Queued | No>(db, {
        actor, operation: 'commitImport', key: input.idempotencyKey, input,
        work: async (tx) => (mayImport(actor) ? engine.requestCommit(tx, { runId: input.importId, actor }) : NOT_PERMITTED),
      }),
    errorLink: async (input: ImportErrorLinkInput, actor: Actor) =>
      links.told(await runMutation<KeyedLink | No>(db, { actor, operation: 'createImportErrorLink', key: input.idempotencyKey, input, work: (tx) => linkErrors(tx, links, { input, actor }) })),
  };
}

async function linkErrors(tx: EntityManager, links: KeyedLinks, { input, actor }: { input: ImportErrorLinkInput; actor: Actor }): Promise<KeyedLink | No> {
  const run = await importRunView(tx, actor.viewer, input.importId);
  if (!run) return refuse('NOT_FOUND', '导入批次不存在，或对您不可见。', 'The import does not exist or is not yours.');
  if (!keepsPlace(run.requestedBy, actor.viewer)) return refuse('NOT_PERMITTED', '该导入系以原任职务办理，任职变动后不能领取。', 'The import was made in another post, and what it found does not outlive it.');
  if (!run.errorFileId) return refuse('NOTHING_TO_REPORT', '没有需要下载的问题行。', 'There is no row to report.');
  return links.make(tx, { fileId: run.errorFileId, actor, minutes: LINK_MINUTES });
}
