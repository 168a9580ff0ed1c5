import { COUNTIES, type CountyName } from './cast';
import { idsOf, markOf, type KnownCase } from './known-cases';
import { PLACES } from './places';
import type { SecuritySystem } from './security-system';
import type { PersonaName } from './personas';

export interface Ledgers {
  readonly provinceCampaignId: string;
  readonly campaignIds: Readonly<Record<'here' | 'neighbour', string>>;
}
const CAMPAIGN = {
  startsOn: '2022-01-01', endsOn: '2023-12-31', basisDocuments: ['联席办〔2022〕1号'], cohortFrom: '2022-01-01', cohortTo: '2023-06-30',
  phases: [{ name: '排查', startsOn: '2022-01-01', endsOn: '2022-12-31' }, { name: '攻坚', startsOn: '2023-01-01', endsOn: '2023-12-31' }], targets: [{ dueOn: '2023-06-30', base: 'COHORT', percent: 80 }],
};

/** A campaign of the province with those of two counties below it; each county screens, admits, rejects and strikes off. */
export async function makeLedgers(system: SecuritySystem, cases: readonly KnownCase[]): Promise<Ledgers> {
  const open = async (code: string, part: object): Promise<string> => (await system.act('provinceOffice', 'createCampaign', { ...CAMPAIGN, code, name: `专项工作 ${code}`, ...part }))['campaign']?.id ?? '';
  const provinceCampaignId = await open('SEC-640000', { divisionCode: '640000' });
  const campaignIds = { here: await open('SEC-640104', { divisionCode: '640104', parentId: provinceCampaignId }), neighbour: await open('SEC-640105', { divisionCode: '640105', parentId: provinceCampaignId }) };
  await system.act('provinceOffice', 'enterPhase', { campaignId: provinceCampaignId, ordinal: 1, decision: '启动排查摸底' });
  for (const county of ['here', 'neighbour'] as const) await screen(system, campaignIds[county], COUNTIES[county].office);
  await system.settled();
  await strikeOffSome(system);
  await makeClusters(system, cases);
  for (const campaignId of [provinceCampaignId, campaignIds.here]) await system.act('provinceOffice', 'freezeCohort', { campaignId });
  await system.settled();
  return { provinceCampaignId, campaignIds };
}

async function screen(system: SecuritySystem, campaignId: string, office: PersonaName): Promise<void> {
  const { batch } = await system.act(office, 'openScreening', { campaignId, criteria: { minimumPetitions: 1, unresolvedOnly: false } });
  const ids = await idsOf(system, "SELECT k.id FROM cases.screening_candidates k JOIN cases.cases c ON c.id = k.case_id WHERE k.batch_id = ? AND k.state = 'PENDING' ORDER BY c.number", [batch?.id]);
  const admit = ids.filter((_, i) => i % 3 !== 2);
  const reject = ids.filter((_, i) => i % 6 === 2).map((id) => ({ id, reason: '已经解决，不列入台账' }));
  for (let from = 0; from < Math.max(admit.length, 1); from += 50) {
    await system.act(office, 'decideCandidates', { batchId: batch?.id, admit: admit.slice(from, from + 50), reject: from === 0 ? reject : [], source: 'COUNTY' });
  }
}

/** What a county asks to strike off must stand resolved; that is said in the table, the asking and deciding by whoever does it. */
async function strikeOffSome(system: SecuritySystem): Promise<void> {
  const entries = await system.rows<{ id: string; divisionCode: string }>('SELECT id, division_code AS divisionCode FROM cases.ledger_entries ORDER BY entry_no, id');
  for (const [index, entry] of entries.filter((_, i) => i % 4 === 0).entries()) {
    await system.rows("UPDATE cases.ledger_entries SET resolved_on = '2022-12-27' WHERE id = ?", [entry.id]);
    const office = entry.divisionCode === '640105' ? 'neighbourOffice' : 'countyOffice';
    const { strikeOff } = await system.act(office, 'requestStrikeOff', { entryId: entry.id, ground: 'SETTLED', reason: '不动产权证已办结，现场核实' });
    if (index % 2) await system.act('provinceOffice', 'decideStrikeOff', { strikeOffId: strikeOff?.id, approve: true, reason: '材料齐全，同意销号' });
  }
}

interface Grouping {
  readonly office: PersonaName;
  readonly county: CountyName;
  readonly lead: keyof typeof PLACES;
  readonly at: number;
}
const GROUPINGS: readonly Grouping[] = [
  { office: 'countyOffice', county: 'here', lead: 'housing', at: 1 }, { office: 'countyOffice', county: 'here', lead: 'landReserve', at: 2 },
  { office: 'neighbourOffice', county: 'neighbour', lead: 'neighbourBureau', at: 0 },
];

async function makeClusters(system: SecuritySystem, cases: readonly KnownCase[]): Promise<void> {
  for (const [index, { office, county, lead, at }] of GROUPINGS.entries()) {
    const { cluster } = await system.act(office, 'openCluster', {
      name: `住房产权历史遗留问题 ${index}`, contentCategory: 'construction.housing', keyDomain: 'REAL_ESTATE', policyDefect: 'IMPERFECT', leadDepartmentId: PLACES[lead].id, specialisedGroup: '多部门参加',
    });
    const own = cases.filter((one) => one.county === county).filter((_, i) => i % 4 === at);
    for (const one of own) await system.act(office, 'addToCluster', { clusterId: cluster?.id, caseIds: [one.id], reason: `同因开发商未缴税${markOf(one.no)}` });
    if (own[0] && own.length > 2) await system.act(office, 'removeFromCluster', { clusterId: cluster?.id, caseId: own[0].id, reason: `查明系面积争议${markOf(own[0].no)}` });
    const { measure } = await system.act(office, 'registerPolicyMeasure', {
      title: `指导意见 ${index}`, documentNumber: `政发〔2022〕${index + 1}号`, issuer: '人民政府', issuedOn: '2022-06-01', summary: '证缴分离：先办证，税费另行追缴。',
    });
    await system.act(office, 'linkPolicyMeasure', { measureId: measure?.id, clusterId: cluster?.id });
  }
  await system.act('provinceOffice', 'registerPolicyMeasure', { title: '全区指导意见', documentNumber: '宁政发〔2022〕1号', issuer: '自治区人民政府', issuedOn: '2022-06-01', summary: '全区统一口径。', divisionCode: '640000' });
}
