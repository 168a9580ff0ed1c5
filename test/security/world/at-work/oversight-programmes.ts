import type { PersonaName } from '../personas';
import { PLACES } from '../places';
import type { SecuritySystem } from '../security-system';
import type { Before } from './at-work';
import { caseAt } from './case-at';

export async function runProgrammes(system: SecuritySystem, before: Before): Promise<void> {
  await treatDomain(system);
  await listProjects(system, before);
  await awardCounties(system);
  await keepPractice(system);
  // drafts, which only those who run them see
  await drafted(system, 'countyOffice', { kind: 'FIVE_MEASURES', title: '依法信访五举措', divisionCode: '640104', unitId: PLACES.countyOffice.id, campaignId: before.ledgers.campaignIds.here });
  await drafted(system, 'neighbourOffice', { kind: 'BRAND', title: '和谐信访品牌', divisionCode: '640105', unitId: PLACES.neighbourBureau.id });
}

interface Programme {
  readonly id: string;
  /** The next step, by whoever runs it. */
  step(name: string, input: object): Promise<void>;
}

async function drafted(system: SecuritySystem, who: PersonaName, input: object): Promise<Programme> {
  let { programme } = await system.act(who, 'draftProgramme', { startsOn: '2022-12-01', ...input });
  return {
    id: programme?.id ?? '',
    async step(name, part) {
      ({ programme } = await system.act(who, name, { programmeId: programme?.id, expectedVersion: programme?.version, ...part }));
    },
  };
}

const TARGET = { title: '化解率', formula: '化解数÷台账数', goal: '85' };

/** With measures of a bureau of the place and of one outside, both of which settle theirs. */
async function treatDomain(system: SecuritySystem): Promise<void> {
  const { id, step } = await drafted(system, 'countyOffice', { kind: 'DOMAIN_TREATMENT', title: '住房领域专项治理', divisionCode: '640104', unitId: PLACES.housing.id });
  await step('changeProgrammeMembers', { add: [{ unitId: PLACES.housing.id }, { unitId: PLACES.landReserve.id }] });
  await step('setProgrammeTarget', TARGET);
  for (const unitId of [PLACES.labour.id, PLACES.neighbourBureau.id]) await step('addProgrammeEntry', { kind: 'MEASURE', title: '逐案会商', unitId, dueOn: '2023-01-31' });
  await step('addProgrammeEntry', { kind: 'ROOT_CAUSE', title: '政策不延续', text: '历史项目缺规划手续。', unitId: PLACES.housing.id });
  await step('moveProgramme', { to: 'RUNNING' });
  const [target] = await system.rows<{ id: string; version: number }>('SELECT id, version FROM supervision.programme_targets WHERE programme_id = ?', [id]);
  await system.act('leadHandler', 'recordProgrammeProgress', { targetId: target?.id, expectedVersion: Number(target?.version), value: '60', asOf: '2022-12-28' });
  for (const [who, unitId] of [['referredHandler', PLACES.labour.id], ['neighbourHandler', PLACES.neighbourBureau.id]] as const) {
    const [entry] = await system.rows<{ id: string; version: number }>('SELECT id, version FROM supervision.programme_entries WHERE programme_id = ? AND unit_id = ?', [id, unitId]);
    await system.act(who, 'settleProgrammeEntry', { entryId: entry?.id, expectedVersion: Number(entry?.version), settlement: '已会商，纪要在卷。' });
  }
}

/** Cases as livelihood projects: one that lived its life, one from which a unit is excluded later. */
async function listProjects(system: SecuritySystem, before: Before): Promise<void> {
  const { step } = await drafted(system, 'countyOffice', { kind: 'LIVELIHOOD_LIST', title: '民生项目清单', divisionCode: '640104', unitId: PLACES.civilAffairs.id, endsOn: '2023-12-01' });
  await step('changeProgrammeMembers', { add: [before.lives[0], caseAt(before, 0)].map((one) => ({ caseId: one?.id })) });
  await step('setProgrammeTarget', TARGET);
  await step('moveProgramme', { to: 'RUNNING' });
}

async function awardCounties(system: SecuritySystem): Promise<void> {
  const { step } = await drafted(system, 'cityOffice', { kind: 'NO_BACKLOG_COUNTY', title: '无信访积案县创建', divisionCode: '640100', unitId: PLACES.cityOffice.id });
  await step('changeProgrammeMembers', { add: [{ divisionCode: '640104' }, { divisionCode: '640105' }] });
  await step('setProgrammeTarget', TARGET);
  await step('addProgrammeEntry', { kind: 'AWARD', title: '无信访积案县（2022）', divisionCode: '640104', year: 2022 });
  await step('moveProgramme', { to: 'RUNNING' });
}

async function keepPractice(system: SecuritySystem): Promise<void> {
  const { step } = await drafted(system, 'provinceOffice', { kind: 'GOOD_PRACTICE', title: '经验做法推广', divisionCode: '640000', unitId: PLACES.provinceOffice.id });
  await step('changeProgrammeMembers', { add: [{ unitId: PLACES.cityOffice.id }] });
  await step('addProgrammeEntry', { kind: 'LESSON', title: '一案三会商', text: '先会政策、再会资金、后会群众。', unitId: PLACES.cityOffice.id });
  await step('moveProgramme', { to: 'RUNNING' });
  await step('moveProgramme', { to: 'ENDED', summary: '做法已推广。' });
}
