import type { Row } from '@anjie/service-kit/database';
import type { Intake, OutsideCode } from '../rules/intake';

/** The columns of `petitions` that hold an `Intake`, as read. Flags are 0 and 1; null means that nobody knows. */
export interface IntakeRow {
  readonly receivedOn: string;
  readonly addressee: string | null;
  readonly externalForm: Intake['externalForm'];
  readonly statedPurpose: Intake['statedPurpose'];
  readonly isJoint: number;
  readonly isCollective: number;
  readonly isAnonymous: number;
  readonly isIdentityUnclear: number;
  readonly consentsToPublication: number | null;
  readonly isFirstAtOrg: number | null;
  readonly isFirstNationwide: number | null;
  readonly majorUrgentAt: Date | null;
  readonly involvesLitigation: number;
  readonly isCrossSeparation: number;
  readonly causeSlug: string | null;
  readonly causeCode: string | null;
  readonly hotTopicSlug: string | null;
  readonly hotTopicCode: string | null;
  readonly systemSlug: string | null;
  readonly systemCode: string | null;
  readonly categorySlug: string | null;
  readonly categoryCode: string | null;
  readonly residenceDivisionCode: string | null;
  readonly householdDivisionCode: string | null;
}

/** A petition from before this knowledge was kept was received when it was registered. */
export const INTAKE_COLUMNS = `COALESCE(p.received_on, p.registered_on) AS receivedOn, p.addressee, p.external_form AS externalForm, p.stated_purpose AS statedPurpose,
  p.is_joint AS isJoint, p.is_collective AS isCollective, p.is_anonymous AS isAnonymous, p.is_identity_unclear AS isIdentityUnclear,
  p.consents_to_publication AS consentsToPublication, p.is_first_at_org AS isFirstAtOrg, p.is_first_nationwide AS isFirstNationwide,
  p.major_urgent_at AS majorUrgentAt, p.involves_litigation AS involvesLitigation, p.is_cross_separation AS isCrossSeparation,
  p.cause_slug AS causeSlug, p.cause_code AS causeCode, p.hot_topic_slug AS hotTopicSlug, p.hot_topic_code AS hotTopicCode, p.system_slug AS systemSlug,
  p.system_code AS systemCode, p.category_slug AS categorySlug, p.category_code AS categoryCode, p.residence_division AS residenceDivisionCode,
  p.household_division AS householdDivisionCode`;

const codeColumns = (name: string, code: OutsideCode | null | undefined): Row => ({ [`${name}_slug`]: code?.slug ?? null, [`${name}_code`]: code?.externalCode ?? null });

/** What `insertPetitions` writes; what the writer does not know gets the plain value. */
export function intakeColumns(intake: Partial<Intake>, received: { on: string; at: Date | null }): Row {
  return {
    received_on: intake.receivedOn ?? received.on, addressee: intake.addressee ?? null, external_form: intake.externalForm ?? null,
    stated_purpose: intake.statedPurpose ?? null, ...flagColumns(intake), major_urgent_at: intake.isMajorUrgent ? received.at : null,
    ...codeColumns('cause', intake.cause), ...codeColumns('hot_topic', intake.hotTopic), ...codeColumns('system', intake.system),
    ...codeColumns('category', intake.externalCategory),
    residence_division: intake.residenceDivisionCode ?? null, household_division: intake.householdDivisionCode ?? null,
  };
}

const flagColumns = (intake: Partial<Intake>): Row => ({
  is_joint: intake.isJoint ?? false, is_collective: intake.isCollective ?? false, is_anonymous: intake.isAnonymous ?? false,
  is_identity_unclear: intake.isIdentityUnclear ?? false, involves_litigation: intake.involvesLitigation ?? false, is_cross_separation: intake.isCrossSeparation ?? false,
  consents_to_publication: intake.consentsToPublication ?? null, is_first_at_org: intake.isFirstAtOrg ?? null, is_first_nationwide: intake.isFirstNationwide ?? null,
});

/** As the graph shows a code: null when nothing of it is known. */
export const outsideCode = (slug: string | null, externalCode: string | null): OutsideCode | null => (slug || externalCode ? { slug, externalCode } : null);
