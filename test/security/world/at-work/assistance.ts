import type { SecuritySystem } from '../security-system';
import type { Before } from './at-work';

/** Help, mediation, hearings and whoever serves in them. */
export async function assistanceAtWork(system: SecuritySystem, before: Before): Promise<void> {
  void [system, before];
}
