import type { EntityManager } from 'typeorm';
import type { Viewer } from '@anjie/access';
import { loaderById, loaderOfConnections, loaderOfMany } from '@anjie/service-kit/subgraph';
import type { CaseBound, CaseBoundRows, ChoiceArgs } from './cases/case-bound-repository';
import { consultationRows, expertsOfConsultations, listConsultations, type ConsultationListArgs, type ConsultationRow, type ConsultedRow } from './consultations/consultation-repository';
import {
  contractsOfUnits, deliverablesOfContracts, listContracts, visibleContractsByIds, type ContractListArgs, type ContractsUnderArgs, type DeliverableRow, type ServiceContractRow,
} from './contracts/contract-repository';
import { engagementRows, listEngagements, type EngagementListArgs, type ServiceEngagementRow } from './engagements/engagement-repository';
import { explanationRows, listExplanations, type ExplanationListArgs, type ExplanationRow } from './explanations/explanation-repository';
import { hearingRows, listHearings, panelsOfHearings, unitsOfHearings, type HearingListArgs, type HearingRow, type InterestedUnitRow, type PanelRow } from './hearings/hearing-repository';
import { agreementItemRows, itemsOfMediations, listMediations, mediationRows, type AgreementItemRow, type MediationListArgs, type MediationRow } from './mediations/mediation-repository';
import {
  expertsByIds, listExperts, listParticipants, participantsByIds, type ExpertListArgs, type ExpertRow, type ParticipantListArgs, type ParticipantRow,
} from './people-who-serve/serving-repository';

/** Loaders of what is offered in a case: mediation, hearings, experts, teams, explanations. */
export function createServedLoaders(sql: EntityManager, viewer: Viewer) {
  const one = <Row extends CaseBound>(rows: CaseBoundRows<Row>) => loaderById<Row>((ids) => rows.byIds(sql, viewer, ids));
  const under = <Row extends CaseBound>(rows: CaseBoundRows<Row>, parent: 'case_id' | 'unit_id' | 'obligor_unit_id') => loaderOfConnections<Row, ChoiceArgs>(rows.under(sql, viewer, parent));
  return {
    mediation: one<MediationRow>(mediationRows),
    mediationsOfCase: under<MediationRow>(mediationRows, 'case_id'),
    mediationsOfUnit: under<MediationRow>(mediationRows, 'unit_id'),
    agreementItem: one<AgreementItemRow>(agreementItemRows),
    agreementItemsOfUnit: under<AgreementItemRow>(agreementItemRows, 'obligor_unit_id'),
    itemsOfMediation: loaderOfMany<AgreementItemRow>((item) => item.mediationId, (ids) => itemsOfMediations(sql, ids)),
    hearing: one<HearingRow>(hearingRows),
    hearingsOfCase: under<HearingRow>(hearingRows, 'case_id'),
    hearingsOfUnit: under<HearingRow>(hearingRows, 'unit_id'),
    panelOfHearing: loaderOfMany<PanelRow>((seat) => seat.hearingId, (ids) => panelsOfHearings(sql, ids)),
    unitsOfHearing: loaderOfMany<InterestedUnitRow>((unit) => unit.hearingId, (ids) => unitsOfHearings(sql, ids)),
    participant: loaderById<ParticipantRow>((ids) => participantsByIds(sql, ids)),
    expert: loaderById<ExpertRow>((ids) => expertsByIds(sql, ids)),
    consultation: one<ConsultationRow>(consultationRows),
    consultationsOfCase: under<ConsultationRow>(consultationRows, 'case_id'),
    consultationsOfUnit: under<ConsultationRow>(consultationRows, 'unit_id'),
    expertsOfConsultation: loaderOfMany<ConsultedRow>((consulted) => consulted.consultationId, (ids) => expertsOfConsultations(sql, ids)),
    contract: loaderById<ServiceContractRow>((ids) => visibleContractsByIds(sql, viewer, ids)),
    contractsOfUnit: loaderOfConnections<ServiceContractRow, ContractsUnderArgs>(contractsOfUnits(sql, viewer)),
    deliverablesOfContract: loaderOfMany<DeliverableRow>((deliverable) => deliverable.contractId, (ids) => deliverablesOfContracts(sql, ids)),
    engagement: one<ServiceEngagementRow>(engagementRows),
    engagementsOfCase: under<ServiceEngagementRow>(engagementRows, 'case_id'),
    explanation: one<ExplanationRow>(explanationRows),
    explanationsOfCase: under<ExplanationRow>(explanationRows, 'case_id'),
    explanationsOfUnit: under<ExplanationRow>(explanationRows, 'unit_id'),
  };
}

export function createServedLists(sql: EntityManager, viewer: Viewer) {
  return {
    mediations: (args: MediationListArgs) => listMediations(sql, viewer, args),
    hearings: (args: HearingListArgs) => listHearings(sql, viewer, args),
    participants: (args: ParticipantListArgs) => listParticipants(sql, args),
    experts: (args: ExpertListArgs) => listExperts(sql, args),
    consultations: (args: ConsultationListArgs) => listConsultations(sql, viewer, args),
    contracts: (args: ContractListArgs) => listContracts(sql, viewer, args),
    engagements: (args: EngagementListArgs) => listEngagements(sql, viewer, args),
    explanations: (args: ExplanationListArgs) => listExplanations(sql, viewer, args),
  };
}
