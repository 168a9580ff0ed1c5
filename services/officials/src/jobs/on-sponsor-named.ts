import type { EntityManager } from 'typeorm';
import { SponsorNamed, isRefusal, type PayloadOf } from '@anjie/contracts';
import { businessTime } from '@anjie/service-kit/database';
import { on, serviceViewer, type Outbox } from '@anjie/service-kit/messaging';
import { settleCrews } from '../readiness/readiness-service';
import { nameSponsors } from '../sponsorships/name-sponsors';
import { noteBegun } from '../sponsorships/sponsorship-service';

/**
 * The sponsor that an imported ledger names. A case that has one keeps it, an unknown or excluded official is left out:
 * the import's own report told its sender, and the case shows its empty slot.
 */
export async function sponsorFromLedger(tx: EntityManager, named: PayloadOf<typeof SponsorNamed>, { outbox, requestId }: { outbox: Outbox; requestId: string }): Promise<void> {
  const { today } = await businessTime(tx);
  const wish = { caseId: named.caseId, officialId: named.officialId, startOn: named.on, replace: false };
  const [answer] = await nameSponsors(tx, { today }, [wish]);
  if (!answer || isRefusal(answer)) return;
  await noteBegun(tx, { viewer: serviceViewer('officials'), requestId }, answer as Exclude<typeof answer, { refused: true }>);
  await settleCrews({ tx, caseIds: [named.caseId] }, { outbox, requestId });
}

export const onSponsorNamed = (outbox: Outbox) => on(SponsorNamed, (tx, named, message) => sponsorFromLedger(tx, named, { outbox, requestId: message.requestId }));
