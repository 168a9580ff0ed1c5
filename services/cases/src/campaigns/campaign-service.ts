import type { DataSource, EntityManager } from 'typeorm';
import { DIVISION_CODE, isInDivision, neverKept, refuse, type Refusal } from '@anjie/contracts';
import { audit, businessTime, insertRows, isDuplicate, newId, runMutation, select, write, type Actor } from '@anjie/service-kit/database';
import type { CampaignRefusalCode, CreateCampaignInput, FreezeCohortInput } from '../generated/graphql';
import { areDatesInOrder } from '../rules/campaign-dates';
import { ASSIGNMENT_SOURCES } from '../rules/cohort';
import { isPermitted } from '../rules/permissions';
import { minimumFor } from '../rules/targets';
import { campaignsByIds, insertAncestors, lockCampaign, targetsOf } from './campaign-repository';
import { cohortOf } from './cohort-repository';

type No = Refusal<CampaignRefusalCode>;
type Done = { campaignId: string };

const NOT_FOUND: No = refuse('NOT_FOUND', '专项工作不存在，或对您不可见。', 'The campaign does not exist or is not visible to you.');
const NOT_PERMITTED: No = refuse('NOT_PERMITTED', '只有信访工作联席办可以部署专项工作。', 'Only a joint office may set up a campaign.');

export function createCampaignService({ db }: { db: DataSource }) {
  return {
    create: (input: CreateCampaignInput, actor: Actor) =>
      runMutation<Done | No>(db, { actor, operation: 'createCampaign', key: input.idempotencyKey, input, work: (tx) => create(tx, input, actor) }),
    freeze: (input: FreezeCohortInput, actor: Actor) =>
      runMutation<Done | No>(db, { actor, operation: 'freezeCohort', key: input.idempotencyKey, input, work: (tx) => freeze(tx, input, actor) }),
  };
}

/** Only the office of a campaign's place, or one above it, works on the campaign. */
export const governs = (actor: Actor, divisionCode: string): boolean =>
  actor.viewer.divisionCode !== null && DIVISION_CODE.test(divisionCode) && isInDivision(divisionCode, actor.viewer.divisionCode);

async function unfitting(tx: EntityManager, input: CreateCampaignInput, actor: Actor): Promise<No | undefined> {
  if (!isPermitted('CAMPAIGN', { roles: actor.viewer.roles, parts: [] })) return NOT_PERMITTED;
  const isKnown = (await select(tx, 'SELECT 1 FROM known_divisions WHERE code = ?', [input.divisionCode])).length > 0;
  if (!isKnown || !governs(actor, input.divisionCode)) return refuse('DIVISION_UNKNOWN', '行政区划未知，或不在您的管辖范围。', 'Not a place known here, or outside your reach.');
  const misplaced = input.parentId ? await misplacedBelow(tx, { input, actor }, input.parentId) : undefined;
  if (misplaced) return misplaced;
  if (!isNamed(input) || !areDatesInOrder(input)) return refuse('DATES_INVALID', '代码、名称、日期、阶段或目标不符合要求。', 'Code, name, dates, phases or targets do not fit together.');
  return undefined;
}

/** A campaign stands below one of the same place or a wider one. */
async function misplacedBelow(tx: EntityManager, { input, actor }: { input: CreateCampaignInput; actor: Actor }, parentId: string): Promise<No | undefined> {
  const [parent] = await campaignsByIds(tx, actor.viewer, [parentId]);
  if (!parent) return NOT_FOUND;
  if (isInDivision(input.divisionCode, parent.divisionCode)) return undefined;
  return refuse('DIVISION_UNKNOWN', '不在上级专项工作的实施地区。', 'Outside the area of the campaign above.');
}

async function create(tx: EntityManager, input: CreateCampaignInput, actor: Actor): Promise<Done | No> {
  const no = await unfitting(tx, input, actor);
  if (no) return no;
  const campaignId = newId();
  try {
    await insertRows(tx, 'campaigns', [rowOf(campaignId, input)]);
  } catch (error) {
    if (isDuplicate(error)) return refuse('CODE_TAKEN', '该代码已被使用。', 'The code is taken.');
    throw error;
  }
  await insertAncestors(tx, campaignId, input.parentId ?? null);
  await insertRows(tx, 'campaign_phases', input.phases.map((p, i) => ({
    campaign_id: campaignId, ordinal: i + 1, name: p.name, starts_on: p.startsOn, ends_on: p.endsOn, entry_criteria: p.entryCriteria?.trim() || null, exit_criteria: p.exitCriteria?.trim() || null,
  })));
  await insertRows(tx, 'campaign_targets', input.targets.map((t) => ({ campaign_id: campaignId, due_on: t.dueOn, base: t.base ?? 'COHORT', percent: t.percent, minimum: null })));
  await audit(tx, actor, { action: 'CAMPAIGN_CREATED', subjectType: 'Campaign', subjectId: campaignId });
  return { campaignId };
}

const isText = (text: string, most: number): boolean => text.trim() !== '' && [...text].length <= most;
const isNamed = (input: CreateCampaignInput): boolean =>
  /^[A-Za-z0-9-]{1,64}$/.test(input.code) && isText(input.name, 200) && input.phases.length <= 50 && input.phases.every(isPhaseNamed)
  && input.basisDocuments.length <= 20 && input.basisDocuments.every((document) => isText(document, 300)) && areGoals(input.goals ?? []);

/** brief §5.3: a goal is about matters; one that names what is never kept about a person is none. */
const areGoals = (goals: readonly string[]): boolean => goals.length <= 10 && goals.every((goal) => isText(goal, 300) && neverKept(goal) === undefined);

const isPhaseNamed = ({ name, entryCriteria, exitCriteria }: CreateCampaignInput['phases'][number]): boolean =>
  isText(name, 100) && [entryCriteria, exitCriteria].every((words) => [...(words ?? '')].length <= 1_000);

const rowOf = (id: string, input: CreateCampaignInput) => ({
  id, code: input.code, name: input.name.trim(), parent_id: input.parentId ?? null, division_code: input.divisionCode, starts_on: input.startsOn,
  ends_on: input.endsOn, basis_documents: JSON.stringify(input.basisDocuments), goals: JSON.stringify((input.goals ?? []).map((goal) => goal.trim())), cohort_from: input.cohortFrom, cohort_to: input.cohortTo,
  cohort_frozen_on: null, cohort_hash: null, cohort_size: null, cohort_sources: ASSIGNMENT_SOURCES.filter((source) => input.cohortSources?.includes(source)).join(','),
  version: 1,
});

/** Fixes the cohort of the campaign's own ledger: its size, a hash over its case ids, and each target's count. */
async function freeze(tx: EntityManager, input: FreezeCohortInput, actor: Actor): Promise<Done | No> {
  const campaign = await lockCampaign(tx, actor.viewer, input.campaignId);
  if (!campaign) return NOT_FOUND;
  if (!isPermitted('CAMPAIGN', { roles: actor.viewer.roles, parts: [] }) || !governs(actor, campaign.divisionCode)) return NOT_PERMITTED;
  if (campaign.cohortFrozenOn) return refuse('ALREADY_FROZEN', '底数已固定。', 'The cohort is frozen already.');
  const { today } = await businessTime(tx);
  const { hash, size } = await cohortOf(tx, campaign.id);
  await write(
    tx, 'UPDATE campaigns SET cohort_frozen_on = ?, cohort_hash = ?, cohort_size = ?, version = version + 1 WHERE id = ?', [today, hash, size, campaign.id],
  );
  for (const target of (await targetsOf(tx, [campaign.id])).filter(({ base }) => base === 'COHORT')) {
    await write(tx, "UPDATE campaign_targets SET minimum = ? WHERE campaign_id = ? AND base = 'COHORT' AND due_on = ?", [minimumFor(target.percent, size), campaign.id, target.dueOn]);
  }
  await audit(tx, actor, { action: 'COHORT_FROZEN', subjectType: 'Campaign', subjectId: campaign.id, detail: { size, hash: hash.toString('hex') } });
  return { campaignId: campaign.id };
}
