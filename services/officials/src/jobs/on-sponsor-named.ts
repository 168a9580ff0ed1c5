import type { EntityManager } from 'typeorm';
import { SponsorNamed, isRefusal, type PayloadOf } from '@anjie/contracts';
import { businessTime } from '@anjie/service-kit/database';
import { onMany, serviceViewer, type Outbox } from '@anjie/service-kit/messaging';
import { settleCrews } from '../readiness/readiness-service';
import { nameSponsors, type Begun } from '../sponsorships/name-sponsors';
import { noteBegun } from '../sponsorships/sponsorship-service';

interface Telling {
  readonly outbox: Outbox;
  readonly requestId: string;
}

/**
 * The sponsors that imported ledgers name. A case that has one keeps it, an unknown or excluded official is left out:
 * the import's own report told its sender, and the case shows its empty slot.
 */
export async function sponsorsFromLedgers(tx: EntityManager, named: readonly PayloadOf<typeof SponsorNamed>[], { outbox, requestId }: Telling): Promise<void> {
  const { today } = await businessTime(tx);
  const wishes = named.map(({ caseId, officialId, on }) => ({ caseId, officialId, startOn: on, replace: false }));
  const begun = (await nameSponsors(tx, { today }, wishes)).filter((answer): answer is Begun => !isRefusal(answer));
  for (const one of begun) await noteBegun(tx, { viewer: serviceViewer('officials'), requestId }, one);
  if (begun.length > 0) await settleCrews({ tx, caseIds: begun.map((one) => one.caseId) }, { outbox, requestId });
}

export const onSponsorNamed = (outbox: Outbox) =>
  onMany(SponsorNamed, (tx, incoming) =>
    sponsorsFromLedgers(tx, incoming.map(({ payload }) => payload), { outbox, requestId: incoming[0]?.message.requestId ?? '' }),
  );
