import type { SecuritySystem } from '../security-system';
import type { Before } from './at-work';

/** Meetings, inspections, bulletins, programmes, checklists and assessments. */
export async function oversightAtWork(system: SecuritySystem, before: Before): Promise<void> {
  void [system, before];
}
