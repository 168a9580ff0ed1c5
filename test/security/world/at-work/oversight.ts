import type { SecuritySystem } from '../security-system';
import type { Before } from './at-work';
import { assess, reviewDecisions } from './oversight-assessments';
import { askForChecklists, publishBulletins, sampleClosings } from './oversight-bulletins';
import { formTeams, inspect } from './oversight-inspections';
import { meet } from './oversight-meetings';
import { runProgrammes } from './oversight-programmes';

/** Meetings, inspections, bulletins, programmes, checklists and assessments. */
export async function oversightAtWork(system: SecuritySystem, before: Before): Promise<void> {
  await Promise.all([
    meet(system, before), formTeams(system, before).then((teams) => inspect(system, before, teams)), runProgrammes(system, before), askForChecklists(system, before), reviewDecisions(system, before),
  ]);
  await sampleClosings(system, before);
  await system.settled();
  await Promise.all([publishBulletins(system, before), assess(system)]);
  await system.settled();
}
