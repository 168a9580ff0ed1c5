import type { DataSource } from 'typeorm';
import type { Outbox } from '@anjie/service-kit/messaging';
import { createDirectoryService } from './directory/directory-service';
import { createSponsorshipService } from './sponsorships/sponsorship-service';
import { createTaskForceService } from './task-forces/task-force-service';

export interface ServiceDeps {
  readonly db: DataSource;
  readonly outbox: Outbox;
}

/** What mutations do, noun by noun. */
export const createServices = (deps: ServiceDeps) => ({
  directory: createDirectoryService(deps),
  sponsorships: createSponsorshipService(deps),
  taskForces: createTaskForceService(deps),
});
export type Services = ReturnType<typeof createServices>;
