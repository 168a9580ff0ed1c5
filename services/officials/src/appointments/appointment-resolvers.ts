import { isRefusal } from '@anjie/contracts';
import { kindResolvers } from '@anjie/service-kit/kinds';
import type { Context } from '../context';
import { refusalFields } from '../directory/refusal-fields';
import type { AppointmentResolvers, CampaignResolvers, CaseResolvers, MutationResolvers, OfficialResolvers, QueryResolvers, UnitResolvers, WindowSeatResolvers } from '../generated/graphql';
import type { Appointed } from './appointment-service';

const Query: QueryResolvers = {
  appointmentKinds: (_root, _args, { services }) => [...services.kinds.appointments.all],
  appointment: (_root, { id }, { loaders }) => loaders.appointmentById.load(id),
  appointments: (_root, args, { lists }) => lists.appointments(args),
  windowRoster: (_root, args, { lists }) => lists.windowRoster(args),
};

const Mutation: MutationResolvers = {
  appoint: (_root, { input }, { services, actor }) => services.appointments.appoint(actor, input),
  endAppointment: (_root, { input }, { services, actor }) => services.appointments.end(actor, input),
};

const Appointment: AppointmentResolvers = {
  __resolveReference: ({ id }, { loaders }) => loaders.appointmentById.load(id),
  kind: ({ kind }, _args, { services }) => services.kinds.appointments.of(kind),
  official: ({ officialId }, _args, { loaders }) => loaders.officialById.load(officialId),
  homeUnit: ({ homeUnitId }, _args, { loaders }) => (homeUnitId ? loaders.unitById.load(homeUnitId) : null),
  unit: ({ unitId }, _args, { loaders }) => loaders.unitById.load(unitId),
  case: ({ caseId }, _args, { loaders }) => (caseId ? loaders.visibleCase.load(caseId) : null),
  campaign: ({ campaignId }) => (campaignId ? { id: campaignId } : null),
  slots: ({ id }, _args, { loaders }) => loaders.slotsOfAppointment.load(id),
  successor: ({ successorId }, _args, { loaders }) => (successorId ? loaders.appointmentById.load(successorId) : null),
  isCurrent: ({ isCurrent }) => Boolean(Number(isCurrent)),
};

const WindowSeat: WindowSeatResolvers = {
  kind: ({ kind }, _args, { services }) => services.kinds.appointments.of(kind),
  official: ({ officialId }, _args, { loaders }) => loaders.officialById.load(officialId),
  homeUnit: ({ homeUnitId }, _args, { loaders }) => (homeUnitId ? loaders.unitById.load(homeUnitId) : null),
};

const Case: Pick<CaseResolvers, 'appointments'> = { appointments: ({ id }, args, { loaders }) => loaders.appointmentsOfCase(id, args) };
const Unit: Pick<UnitResolvers, 'appointments'> = { appointments: ({ id }, args, { loaders }) => loaders.appointmentsOfUnit(id, args) };
const Official: Pick<OfficialResolvers, 'appointments'> = { appointments: ({ id }, args, { loaders }) => loaders.appointmentsOfOfficial(id, args) };
const Campaign: Pick<CampaignResolvers, 'appointments'> = { appointments: ({ id }, args, { loaders }) => loaders.appointmentsOfCampaign(id, args) };

/** After a change the loaders may hold the row as it was. */
const fresh = (loaders: Context['loaders'], id: string) => loaders.appointmentById.clear(id).load(id);
const AppointmentPayload = {
  appointment: ({ appointmentId }: Appointed, _args: unknown, { loaders }: Context) => fresh(loaders, appointmentId),
  successor: ({ successorId }: Appointed, _args: unknown, { loaders }: Context) => (successorId ? fresh(loaders, successorId) : null),
};

export const appointmentResolvers = {
  Query, Mutation, Appointment, WindowSeat, AppointmentKind: kindResolvers, Case, Unit, Official, Campaign, AppointmentPayload,
  AppointmentResult: { __resolveType: (answer: unknown) => (isRefusal(answer) ? 'AppointmentRefusal' : 'AppointmentPayload') },
  AppointmentRefusal: refusalFields,
};
