import type { SecuritySystem } from '../security-system';
import type { Before } from './at-work';

/** What officials and units owe and do beside the cases: activities, promises, appointments, duties. */
export async function officialsAtWork(system: SecuritySystem, before: Before): Promise<void> {
  void [system, before];
}
