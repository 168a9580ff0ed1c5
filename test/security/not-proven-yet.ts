/**
 * Types that came after the proof: its oracle has no rule for them and its world no rows. Paths into them are not walked. They have tests of their
 * own in their services (each list and reference through the viewer's scope); a type leaves this list with its rule in oracle/rules.ts, its rows in
 * oracle/facts.ts and its life in world/. A new type that is neither here nor there fails the proof.
 */
export const NOT_PROVEN_YET: ReadonlySet<string> = new Set([
  'DutyLine', 'Activity', 'ActivityCounts', 'ActivityKind', 'ActivityParticipant', 'ActivityPromise', 'AgendaItem', 'Appointment', 'AppointmentKind', 'AppointmentSlot',
  'MyMatterAgency', 'MyMatterProgress', 'ProgressNotice', 'ReceptionDay', 'Recusal', 'ResourceAllocation', 'ResponsibilityNode', 'ResponsiblePerson', 'SafeHarbour',
  'SafeHarbourStep', 'SponsorDuty', 'SponsorDutyKind', 'SponsorHandOver', 'SponsorSuggestion', 'SponsorshipCoverage', 'SponsorshipRule', 'WindowSeat',
]);
