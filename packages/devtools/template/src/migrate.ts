import { migrateService } from '@anjie/service-kit/subgraph';
import { plan } from './app';
import { env } from './env';

void migrateService(plan(env)).then(
  (applied) => console.log(JSON.stringify({ service: 'sample', applied })),
  (error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exit(1);
  },
);
