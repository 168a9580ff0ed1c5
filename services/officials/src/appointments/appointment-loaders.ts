import type { EntityManager } from 'typeorm';
import type { Viewer } from '@anjie/access';
import { loaderById, loaderOfConnections, loaderOfMany } from '@anjie/service-kit/subgraph';
import { appointmentsByIds, appointmentsUnder, slotsOf, type AppointmentArgs, type AppointmentParentKind, type AppointmentRow, type SlotRow } from './appointment-repository';

export const appointmentLoaders = (sql: EntityManager, viewer: Viewer) => {
  const under = (by: AppointmentParentKind) => loaderOfConnections<AppointmentRow, AppointmentArgs>((parents, args) => appointmentsUnder(sql, viewer, { by, parents, args }));
  return {
    appointmentById: loaderById<AppointmentRow>((ids) => appointmentsByIds(sql, viewer, ids)),
    appointmentsOfCase: under('CASE'),
    appointmentsOfUnit: under('UNIT'),
    appointmentsOfOfficial: under('OFFICIAL'),
    appointmentsOfCampaign: under('CAMPAIGN'),
    slotsOfAppointment: loaderOfMany<SlotRow>((row) => row.appointmentId, (ids) => slotsOf(sql, ids)),
  };
};
