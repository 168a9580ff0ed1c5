import { DEMO_NOW } from '../days';
import { LIVELY_COUNTIES } from '../divisions';
import type { GraphClient } from '../graph-client';
import type { KnownCampaigns } from '../load-campaigns';
import { inPool } from '../pool';
import type { Tell } from '../tell';
import { countyMonth } from './counties';
import { agency, relief, talksAndTeams, visitsMade } from './helping';
import { callsAndScreens, fieldInspection } from './inspections';
import { leadersGoOut, receptionDay, reportsHeard, wagesReception } from './leaders';
import { otherLetters, upTheLadder } from './letters';
import { consultation, jointConference } from './meetings';
import { contracts, earlyDisputes, places } from './places';
import { agenda, posts } from './posts';
import { housingTreatment, newsAndPraise, regionalProgrammes } from './programmes';
import { consultations, hearings, mediations } from './settling';
import { recusals, resources, sixDuties } from './sponsor-duties';
import { openWorld, type Scene, type World } from './world';

export { askForChecklists } from './checklists';
export { publish, PUBLISH_STEPS } from './publish';

/** Days on which people act, the last one today: what needs notice or time has begun on an earlier one. */
const DAYS = [new Date('2022-09-05T09:00:00+08:00'), new Date('2022-09-15T09:00:00+08:00'), DEMO_NOW] as const;
/** Scenes that play at once. */
const SCENES_AT_ONCE = 4;

const SCENES: readonly ((world: World) => Scene)[] = [
  receptionDay, wagesReception, leadersGoOut, reportsHeard, sixDuties, recusals, resources, posts, agenda, upTheLadder, otherLetters, jointConference, consultation, fieldInspection,
  callsAndScreens, housingTreatment, regionalProgrammes, newsAndPraise, mediations, hearings, consultations, talksAndTeams, relief, agency, visitsMade, places, earlyDisputes, contracts,
  ...LIVELY_COUNTIES.map((code) => (world: World) => countyMonth(world, code)),
];
export const DEED_STEPS = SCENES.length * DAYS.length;

export interface DeedsTask {
  readonly known: KnownCampaigns;
  readonly tell: Tell;
  readonly settled: () => Promise<void>;
  readonly setBusinessNow: (instant: Date) => Promise<void>;
}

/** What leaders, offices and those who help did in September, each on its day and by whoever does it in life. */
export async function loadDeeds(client: GraphClient, { known, tell, settled, setBusinessNow }: DeedsTask): Promise<void> {
  const [first] = DAYS;
  await setBusinessNow(first);
  const world = await openWorld(client, known);
  const scenes = SCENES.map((open) => open(world));
  for (const day of DAYS) {
    await setBusinessNow(day);
    await inPool(scenes, SCENES_AT_ONCE, async (scene) => {
      await scene.next();
      tell(`deeds of ${day.toISOString().slice(0, 10)}`);
    });
    await settled();
  }
}
