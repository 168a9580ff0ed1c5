import { UnitChanged } from '@anjie/contracts';
import { putKnownUnits } from '@anjie/service-kit/facts';
import { onMany } from '@anjie/service-kit/messaging';
import { hearOfUnits } from '../successions/succession-service';

/** Keeps the copy of the units; a unit that ends with a successor has its open cases moved by the sweep. */
export const onUnitChanged = onMany(UnitChanged, async (tx, incoming) => {
  const units = incoming.map(({ payload }) => payload);
  await putKnownUnits(tx, units);
  await hearOfUnits(tx, units);
});
