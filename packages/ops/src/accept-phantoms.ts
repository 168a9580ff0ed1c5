import type { ServiceName } from '@anjie/contracts';
import { audit, inTransaction, insertRows, newId, select } from '@anjie/service-kit/database';
import { phantomsOf } from '@anjie/service-kit/messaging';
import { chunksOf } from '@anjie/service-kit/runtime';
import { IS_COMPARED } from '@anjie/service-kit/upkeep';
import { bothOfficials, type FourEyes, type Signed } from './officials';
import { serviceNamed, type System } from './system';

export interface AcceptedDay {
  readonly day: string;
  readonly peer: string;
  readonly accepted: number;
}

/**
 * After a service was restored to an earlier state: what others know of it and it has forgotten is accepted as it is, in the
 * names of two officials. The comparison tells it no longer; whatever becomes a phantom later it tells as ever.
 */
export async function acceptPhantoms(system: System, { service, ...names }: FourEyes & { readonly service: ServiceName }): Promise<readonly AcceptedDay[]> {
  const signed = await bothOfficials(system, names, `ops-${newId()}`);
  const days = await select<{ day: string; peer: string }>(system.db(service).manager, `SELECT day, peer FROM reconciliations WHERE phantom > 0 AND ${IS_COMPARED} ORDER BY day, peer`);
  const done: AcceptedDay[] = [];
  for (const { day, peer } of days) done.push({ day, peer, accepted: await acceptDay(system, { service, day, peer: serviceNamed(peer) }, signed) });
  return done.filter(({ accepted }) => accepted > 0);
}

async function acceptDay(system: System, { service, day, peer }: { service: ServiceName; day: string; peer: ServiceName }, { actor, confirmedBy }: Signed): Promise<number> {
  const db = system.db(service);
  const ids = await phantomsOf(db, { service, peer, day, peerDb: system.db(peer) });
  if (ids.length === 0) return 0;
  await inTransaction(db, async (tx) => {
    const now = new Date();
    for (const chunk of chunksOf(ids, 1_000)) await insertRows(tx, 'accepted_phantoms', chunk.map((id) => ({ peer, message_id: id, accepted_at: now })));
    await audit(tx, actor, { action: 'PHANTOMS_ACCEPTED', subjectType: 'Service', subjectId: service, detail: { peer, day, messages: ids.length, confirmedBy } });
  });
  return ids.length;
}
