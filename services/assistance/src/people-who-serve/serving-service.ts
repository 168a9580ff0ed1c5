import type { DataSource } from 'typeorm';
import { AppError, DIVISION_CODE, divisionLevel, isInDivision, isRefusal, refuse, type Refusal } from '@anjie/contracts';
import { audit, businessTime, newId, type Actor, type Sql } from '@anjie/service-kit/database';
import { knownUnit } from '@anjie/service-kit/facts';
import { mutationsOf, notFound, type Act } from '../cases/acts';
import type { AppointExpertInput, DismissExpertInput, EndParticipantInput, ListParticipantInput, ServingRefusalCode } from '../generated/graphql';
import type { Kinds } from '../kinds';
import { forbidsService, type ServiceAction } from '../rules/service-permissions';
import { refusesListing } from '../rules/serving';
import { optionalText, requiredText } from '../rules/texts';
import { addExpert, addParticipant, changeExpert, changeParticipant, lockExpert, lockParticipant } from './serving-repository';

type Refused = Refusal<ServingRefusalCode>;
export type ParticipantAnswer = { readonly participantId: string } | Refused;
export type ExpertAnswer = { readonly expertId: string } | Refused;

/** Directory and pools of people who serve. The joint office of the place keeps them; consent comes first. */
export function createServingService({ db, kinds }: { db: DataSource; kinds: Kinds }) {
  const participant = mutationsOf<ParticipantAnswer>(db);
  const expert = mutationsOf<ExpertAnswer>(db);
  return {
    list: participant('listParticipant', (act: Act<ListParticipantInput>) => list(kinds, act)),
    end: participant('endParticipant', end),
    appoint: expert('appointExpert', appoint),
    dismiss: expert('dismissExpert', dismiss),
  };
}
export type ServingService = ReturnType<typeof createServingService>;

/** @throws AppError BAD_USER_INPUT for what is no division code */
export function forbidsInDivision({ viewer }: Actor, divisionCode: string, action: ServiceAction): Refusal<'NOT_PERMITTED'> | null {
  if (!DIVISION_CODE.test(divisionCode)) throw new AppError('BAD_USER_INPUT', { field: 'divisionCode', rule: 'a GB/T 2260 code' });
  const isOwn = viewer.divisionCode !== null && isInDivision(divisionCode, viewer.divisionCode);
  return forbidsService({ roles: viewer.roles, parts: isOwn ? ['DIVISION_OFFICE'] : [] }, action);
}

interface Listing {
  readonly name: string;
  readonly employer?: string | null | undefined;
  readonly employerUnitId?: string | null | undefined;
  readonly consentedOn: string;
  readonly validFrom: string;
  readonly validTo?: string | null | undefined;
}

/** The columns that participants and experts have alike, or why they may not be written. */
async function servingColumns(tx: Sql, { viewer }: Actor, input: Listing) {
  const name = requiredText(input.name, { field: 'name', max: 100 });
  if (isRefusal(name)) return name;
  const { today } = await businessTime(tx);
  const unfit = refusesListing({ consentedOn: input.consentedOn, validFrom: input.validFrom, validTo: input.validTo ?? null, today });
  if (unfit) return unfit;
  const employer = input.employerUnitId ? await knownUnit(tx, input.employerUnitId) : undefined;
  if (input.employerUnitId && !employer) return refuse('UNIT_NOT_FOUND', '任职单位不存在或已撤并。', 'The employer is unknown or closed.');
  return {
    id: newId(), name, employer: optionalText(input.employer, { field: 'employer', max: 200 }), employer_unit_id: employer?.id ?? null, consented_on: input.consentedOn,
    valid_from: input.validFrom, valid_to: input.validTo ?? null, registered_by: viewer.subject,
  };
}

async function list(kinds: Kinds, { tx, actor, input }: Act<ListParticipantInput>): Promise<ParticipantAnswer> {
  const forbidden = forbidsInDivision(actor, input.divisionCode, 'KEEP_DIRECTORY');
  if (forbidden) return forbidden;
  const kind = kinds.volunteers.usable(input.kind);
  if (!kind) throw new AppError('BAD_USER_INPUT', { field: 'kind', rule: 'a code of participantKinds that is not retired' });
  const columns = await servingColumns(tx, actor, input);
  if (isRefusal(columns)) return columns;
  await addParticipant(tx, { ...columns, kind: kind.code, division_code: input.divisionCode });
  await audit(tx, actor, { action: 'PARTICIPANT_LISTED', subjectType: 'Participant', subjectId: columns.id, detail: { kind: kind.code, divisionCode: input.divisionCode } });
  return { participantId: columns.id };
}

async function end({ tx, actor, input }: Act<EndParticipantInput>): Promise<ParticipantAnswer> {
  const row = await lockParticipant(tx, input.participantId);
  if (!row) return notFound();
  const no = forbidsInDivision(actor, row.divisionCode, 'KEEP_DIRECTORY') ?? refusesEnd(row.validFrom, input.validTo);
  if (no) return no;
  if (row.version !== input.expectedVersion || !(await changeParticipant(tx, { id: row.id, version: row.version, set: { valid_to: input.validTo } }))) throw new AppError('CONFLICT', { currentVersion: row.version });
  await audit(tx, actor, { action: 'PARTICIPANT_ENDED', subjectType: 'Participant', subjectId: row.id, detail: { validTo: input.validTo } });
  return { participantId: row.id };
}

const refusesEnd = (validFrom: string, validTo: string): Refusal<'DATE_INVALID'> | null =>
  validFrom <= validTo ? null : refuse('DATE_INVALID', '截止日期不得早于起始日期。', 'The last day is not before the first.');

async function appoint({ tx, actor, input }: Act<AppointExpertInput>): Promise<ExpertAnswer> {
  const forbidden = forbidsInDivision(actor, input.poolDivisionCode, 'KEEP_DIRECTORY');
  if (forbidden) return forbidden;
  if (['TOWNSHIP', 'VILLAGE'].includes(divisionLevel(input.poolDivisionCode))) throw new AppError('BAD_USER_INPUT', { field: 'poolDivisionCode', rule: 'a province, city or county' });
  const field = requiredText(input.field, { field: 'field', max: 100 });
  if (isRefusal(field)) return field;
  const columns = await servingColumns(tx, actor, input);
  if (isRefusal(columns)) return columns;
  await addExpert(tx, { ...columns, field, pool_division_code: input.poolDivisionCode });
  await audit(tx, actor, { action: 'EXPERT_APPOINTED', subjectType: 'Expert', subjectId: columns.id, detail: { poolDivisionCode: input.poolDivisionCode } });
  return { expertId: columns.id };
}

async function dismiss({ tx, actor, input }: Act<DismissExpertInput>): Promise<ExpertAnswer> {
  const row = await lockExpert(tx, input.expertId);
  if (!row) return notFound();
  const no = forbidsInDivision(actor, row.poolDivisionCode, 'KEEP_DIRECTORY') ?? refusesEnd(row.validFrom, input.validTo);
  if (no) return no;
  if (row.version !== input.expectedVersion || !(await changeExpert(tx, { id: row.id, version: row.version, set: { valid_to: input.validTo } }))) throw new AppError('CONFLICT', { currentVersion: row.version });
  await audit(tx, actor, { action: 'EXPERT_DISMISSED', subjectType: 'Expert', subjectId: row.id, detail: { validTo: input.validTo } });
  return { expertId: row.id };
}
