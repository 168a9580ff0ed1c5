import { OfficialChanged } from '@anjie/contracts';
import { putKnownOfficials } from '@anjie/service-kit/facts';
import { onMany, serviceViewer, type Reaction } from '@anjie/service-kit/messaging';
import type { DepartureService } from '../tasks/departure-service';

/** Keeps the copy of the officials; who left a unit leaves its tasks. */
export const onOfficialChanged = ({ departures }: { departures: DepartureService }): Reaction =>
  onMany(OfficialChanged, async (tx, incoming) => {
    await putKnownOfficials(tx, incoming.map(({ payload }) => payload));
    await departures.follow(tx, incoming.map(({ payload, message }) => ({
      officialId: payload.officialId, mark: `v${message.version}`, actor: { viewer: serviceViewer(message.source), requestId: message.requestId },
    })));
  });
