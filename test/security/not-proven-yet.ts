/**
 * Types that came after the proof: its oracle has no rule for them and its world no rows. Paths into them are not walked. They have tests of their
 * own in their services (each list and reference through the viewer's scope); a type leaves this list with its rule in oracle/rules.ts, its rows in
 * oracle/facts.ts and its life in world/. A new type that is neither here nor there fails the proof.
 */
export const NOT_PROVEN_YET: ReadonlySet<string> = new Set([
  'DutyLine', 'AccountabilityGround', 'Activity', 'ActivityCounts', 'ActivityKind', 'ActivityParticipant', 'ActivityPromise', 'AgencyTask', 'AgencyTaskKind', 'AgendaItem', 'AgreementItem',
  'Appointment', 'AppointmentKind', 'AppointmentSlot', 'AssistanceTask', 'AssistanceWorkload',
  'ConsultedExpert', 'ContractDeliverable', 'CoordinationCandidate',
  'EarlyDispute', 'EarlyDisputeKind', 'Expert', 'ExplanationKind', 'ExplanationSession', 'FocusFigures', 'FocusManagement', 'FormalismFinding', 'FormalismRule', 'Hearing', 'HearingKind',
  'HearingPanelSeat', 'HearingTrigger', 'HearingUnit', 'Inquiry', 'InquiryFinding', 'InquiryObjection', 'InquiryStep',
  'InstrumentKind', 'InstrumentPrecondition', 'InterviewRecord', 'Ladder', 'LadderOption',
  'LadderPrecondition', 'LadderRung', 'LadderSuggestion', 'LegalConsultation', 'LetterApproval', 'LetterObjection', 'ListedSupervision', 'ListingProgress', 'Mediation', 'MediationCentre',
  'MediationCentreKind', 'MediationKind', 'MyMatterAgency', 'MyMatterProgress', 'Participant',
  'ParticipantKind', 'ProgressNotice', 'PublicityActivity', 'PublicityActivityKind', 'ReassignedTask',
  'ReceptionDay', 'Recusal', 'ReferralCoHandling', 'ReferralDispute', 'ReferralLane', 'ReliefEntry', 'ReliefKind', 'ReliefLedger', 'ResourceAllocation',
  'ResponsibilityNode', 'ResponsiblePerson', 'SafeHarbour', 'SafeHarbourStep', 'ServiceContract', 'ServiceEngagement', 'ServiceRole', 'SponsorDuty', 'SponsorDutyKind', 'SponsorHandOver',
  'SponsorSuggestion', 'SponsorshipCoverage', 'SponsorshipRule', 'StationChecklist', 'StationChecklistItem', 'StationChecklistKind', 'UrgentReport',
  'UrgentReportKind', 'UrgentReportReceiver', 'WindowSeat',
]);
