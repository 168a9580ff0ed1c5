import type { Node, Part } from './acts';
import { openRow, personOf, unitOf, type OpenCase, type Scene, type World } from './world';

const OFFICE = 'district-office';

interface Opened extends Node {
  readonly duties: { readonly nodes: readonly (Node & { readonly kind: { readonly code: string } })[] };
}
/** Ids of a sponsorship's duties by their kinds. */
type Duties = ReadonlyMap<string, string>;

async function openDuties({ acts, ledger }: World, name: OpenCase): Promise<Duties> {
  const { node } = await acts.begin<Opened>(OFFICE, 'openSponsorDuties', { sponsorshipId: ledger.of(openRow(name)).sponsorship?.id });
  return new Map(node.duties.nodes.map(({ id, kind }) => [kind.code, id]));
}

/** 六包 of three sponsors: some done with evidence, some open, some late. */
export async function* sixDuties(world: World): Scene {
  const [unfinished, titles, wages] = [await openDuties(world, 'unfinished'), await openDuties(world, 'titles'), await openDuties(world, 'wages')];
  yield;
  const done = (who: string, id: string | undefined, part: Part) => world.acts.resume('SponsorDuty', { id: id ?? '' }).next(who, 'recordSponsorDuty', part);
  await done('sponsor', unfinished.get('KNOW_THE_CASE'), { doneOn: '2022-09-08', evidenceKind: 'ACTIVITY', evidenceRef: '区长接待群众日记录', note: '已听取群众代表意见，掌握停工原因和资金缺口。' });
  await done('sponsor', unfinished.get('SUPPORT_CONTACT'), { doneOn: '2022-09-09', evidenceKind: 'OFFER', evidenceRef: '联系帮扶登记第3号', contactOffered: true, contactAnswer: 'ACCEPTED' });
  await done(OFFICE, titles.get('KNOW_THE_CASE'), { doneOn: '2022-09-13', evidenceKind: 'ACTIVITY', evidenceRef: '包案领导约访记录' });
  await done(OFFICE, titles.get('EXPLAIN_LAW_AND_POLICY'), { doneOn: '2022-09-13', evidenceKind: 'DOCUMENT', evidenceRef: '不动产首次登记政策告知单' });
  yield;
  await done('sponsor', unfinished.get('URGE_THE_UNITS'), { doneOn: '2022-09-26', evidenceKind: 'ACTIVITY', evidenceRef: '协调会商复工事宜记录' });
  await done(OFFICE, wages.get('SUPPORT_CONTACT'), { doneOn: '2022-09-20', evidenceKind: 'OFFER', evidenceRef: '联系帮扶登记第5号', contactOffered: true, contactAnswer: 'NO_ANSWER' });
}

/** 回避: one granted, one refused, one that waits. */
export async function* recusals({ acts, caseId }: World): Scene {
  const granted = await acts.begin('housing-portal', 'requestRecusal', {
    caseId: caseId('resettlement'), officialId: personOf('ZF', 4), ground: 'DIRECT_INTEREST', reason: '该干部曾任该拆迁项目指挥部负责人，与补偿标准的争议有直接利害关系。',
  });
  const refused = await acts.begin('land-portal', 'requestRecusal', {
    caseId: caseId('land'), officialId: personOf('ZRJ', 1), origin: 'THE_OFFICIAL', ground: 'OTHER_INTEREST', reason: '本人曾列席该地块征收方案的讨论会，申请回避。',
  });
  yield;
  await granted.next(OFFICE, 'decideRecusal', { isGranted: true, decision: '情况属实，决定回避，由其他负责同志办理。' });
  await refused.next(OFFICE, 'decideRecusal', { isGranted: false, decision: '列席会议属履行职责，不影响公正办理，不予回避。' });
  yield;
  await acts.begin('housing-portal', 'requestRecusal', {
    caseId: caseId('titles'), officialId: personOf('XZ1'), ground: 'OTHER_INTEREST', reason: '该干部在该小区有住房，可能影响对办证顺序的处理。',
  });
}

/** 资源投入: people, money and equipment for the campaign, planned and given. */
export async function* resources({ acts, campaignId }: World): Scene {
  const plan = (mark: 'XLB' | 'ZJJ' | 'JDT', part: Part) => acts.begin(OFFICE, 'planResource', { campaignId, unitId: unitOf(mark), year: 2022, ...part });
  const people = await plan('XLB', { kind: 'PEOPLE', name: '专班抽调人员', planned: '6' });
  const survey = await plan('ZJJ', { kind: 'MONEY', name: '历史遗留办证测绘经费', planned: '350000.00' });
  const screens = await plan('JDT', { kind: 'EQUIPMENT', name: '远程视频接访终端', planned: '2' });
  yield;
  await people.next(OFFICE, 'recordResource', { actual: '5' });
  await screens.next(OFFICE, 'recordResource', { actual: '2' });
  yield;
  await survey.next('housing-portal', 'recordResource', { actual: '128000.00' });
}
