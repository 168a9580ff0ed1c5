import { createSealedStorage, type FileStorage } from '@anjie/service-kit/files';
import { keepsPlace, type Viewer } from '@anjie/access';
import { createImportEngine } from '@anjie/service-kit/imports';
import { officeCalendar, officeRules } from '@anjie/service-kit/runtime';
import type { OpenService } from '@anjie/service-kit/subgraph';
import { createAccusationService } from './accusations/accusation-service';
import { createAcceptanceService } from './acceptance/acceptance-service';
import { createClosingService } from './closing/closing-service';
import { reopenByLink } from './closing/relapse-by-link';
import { createDeliveryService } from './documents/delivery-service';
import { createPapers } from './documents/document-service';
import { createReadingService } from './documents/reading-service';
import { createExecutionService } from './executions/execution-service';
import { createHandlingService } from './handling/handling-service';
import type { StepDeps } from './life/step';
import { createObjectionService } from './objections/objection-service';
import { createReviewService } from './reviews/review-service';
import { createAssignmentService } from './assignments/assignment-service';
import { createCampaignService } from './campaigns/campaign-service';
import { createAttachmentService } from './attachments/attachment-service';
import { createPhaseService } from './campaigns/phase-service';
import { createClocks } from './clocks/clock-service';
import { createExclusionService } from './exclusions/exclusion-service';
import { exchangeImport } from './exchange/exchange-import';
import { createExchangeService } from './exchange/exchange-service';
import { createExportJob } from './exchange/export-job';
import { createImportService } from './imports/import-service';
import { ledgerImport } from './imports/ledger-import';
import { petitionImport } from './imports/petition-import';
import { openIdentityVault, type IdentityKeys } from './petitioners/identity-vault';
import { createKeyRotation } from './petitioners/key-rotation';
import { createClaimService } from './claims/claim-service';
import { createCorrectionService } from './petitions/correction-service';
import { createPetitionService } from './petitions/petition-service';
import { createBlindMatchService } from './repeats/blind-match-service';
import { createCandidateService } from './repeats/candidate-service';
import { createRepeatService } from './repeats/repeat-service';
import { createPetitionerAccess } from './petitioner-access/access-service';
import { createCopyLinks } from './data-requests/copy-link';
import { createDataRequestService, type DataRequestDeps } from './data-requests/data-request-service';
import { createPlanService } from './plans/plan-service';
import { createResponsibilityService } from './responsibilities/responsibility-service';
import { createCoordinationService } from './coordination/coordination-service';
import { createSuccessionService } from './successions/succession-service';
import { createGuidanceService } from './guidance/guidance-service';
import { createProgressNoticeService } from './progress-notices/progress-notice-service';
import { createClusterService } from './clusters/cluster-service';
import { createPolicyMeasureService } from './policy-measures/policy-measure-service';
import { createPlanStepService } from './plans/plan-step-service';
import { createDutyLineService } from './duty-lines/duty-line-service';
import { createMarkService } from './marks/mark-service';
import { createScreeningService } from './screenings/screening-service';
import { createStrikeOffService } from './strike-offs/strike-off-service';

export type ServiceParts = Pick<OpenService, 'db' | 'outbox' | 'log' | 'admit'> & IdentityKeys & { readonly files: FileStorage; readonly scratchDir: string };

/** Everything that resolvers and jobs call. */
export async function createServices({ db, outbox, log, admit, files, scratchDir, ...keys }: ServiceParts) {
  const vault = await openIdentityVault(db, keys);
  const storage = createSealedStorage(files, { keyring: vault.keyring, keyClass: 'FILE', oldKey: vault.oldFileKey }, scratchDir);
  const briefStorage = createSealedStorage(files, { keyring: vault.keyring, keyClass: 'BRIEF_FILE', oldKey: vault.oldFileKey }, scratchDir);
  const papers = createPapers(vault);
  const clocks = createClocks({ rules: officeRules(), calendar: officeCalendar, outbox });
  const deps = { db, outbox, vault, clocks, obligations: clocks, papers };
  const rotator = createKeyRotation({ db, vault, log, files, scratchDir });
  const definitions = [ledgerImport(deps), petitionImport(deps), exchangeImport(deps)];
  const mayGoOn = async ({ viewer }: { viewer: Viewer }): Promise<boolean> => keepsPlace(viewer, await admit(viewer));
  const engine = createImportEngine({ db, storage: briefStorage, log, hmacKey: vault.fingerprintKey.toString('base64'), definitions, mayGoOn });
  return {
    vault,
    rotator,
    storage,
    briefStorage,
    sealName: (name: string, fileId: string) => vault.sealBytes(Buffer.from(name), { column: 'files.name_sealed', rowId: fileId }),
    engine,
    clocks,
    ...lifeServices(deps),
    ...campaignServices(deps),
    ...responsibilityServices(deps),
    petitions: createPetitionService(deps),
    candidates: createCandidateService(deps),
    repeats: createRepeatService({ ...deps, onRepeatConfirmed: reopenByLink(deps) }),
    blindMatches: createBlindMatchService(deps),
    attachments: createAttachmentService({ db, storage, log, vault }),
    imports: createImportService({ db, engine, linkKey: vault.fingerprintKey }),
    accusations: createAccusationService(deps),
    exclusions: createExclusionService(deps),
    corrections: createCorrectionService(deps),
    claims: createClaimService(deps),
    exchange: createExchangeService({ db, engine, linkKey: vault.fingerprintKey }),
    exports: createExportJob({ db, storage: briefStorage, vault, mayGoOn, log }),
    ...petitionerServices({ db, vault, storage: briefStorage, log }),
  };
}

/** What petitioners do with query code and secret, and what they ask about their own data. */
function petitionerServices(deps: DataRequestDeps) {
  const dataRequests = createDataRequestService(deps);
  return { dataRequests, access: createPetitionerAccess({ ...deps, dataRequests }), copyLinks: createCopyLinks(deps) };
}

/** Steps of a case, from routing to its ends. */
const lifeServices = (deps: StepDeps) => ({
  acceptance: createAcceptanceService(deps),
  objections: createObjectionService(deps),
  handling: createHandlingService(deps),
  executions: createExecutionService(deps),
  deliveries: createDeliveryService(deps),
  readings: createReadingService(deps),
  reviews: createReviewService(deps),
  closings: createClosingService(deps),
});

/** Campaigns, their ledgers, and what is held about a case for them. */
const campaignServices = (deps: Pick<StepDeps, 'db' | 'outbox'>) => ({
  campaigns: createCampaignService(deps),
  phases: createPhaseService(deps),
  strikeOffs: createStrikeOffService(deps),
  marks: createMarkService(deps),
  planSteps: createPlanStepService(deps),
  clusters: createClusterService(deps),
  policyMeasures: createPolicyMeasureService(deps),
  screenings: createScreeningService(deps),
  plans: createPlanService(deps),
});

/** Who answers for a case. */
const responsibilityServices = (deps: StepDeps) => ({
  assignments: createAssignmentService(deps),
  responsibilities: createResponsibilityService(deps),
  coordination: createCoordinationService(deps),
  successions: createSuccessionService(deps),
  guidance: createGuidanceService(deps),
  dutyLines: createDutyLineService(deps),
  progressNotices: createProgressNoticeService(deps),
});

export type Services = Awaited<ReturnType<typeof createServices>>;
