import type { SecuritySystem } from '../security-system';
import type { Before } from './at-work';

/** Letters up the ladder, lists, findings and inquiries. */
export async function instrumentsAtWork(system: SecuritySystem, before: Before): Promise<void> {
  void [system, before];
}
