import { withWord, type Node } from './acts';
import { personOf, unitOf, type Scene, type World } from './world';

const OFFICE = 'district-office';

interface Met extends Node {
  readonly points: readonly (Node & { readonly title: string })[];
  readonly decisions: { readonly nodes: readonly (Node & { readonly text: string })[] };
}

/** 信访工作联席会议: three decisions, of which one is done and confirmed, one is late and one runs. */
export async function* jointConference({ acts, caseId, campaignId }: World): Scene {
  const units = (['ZJJ', 'RSJ', 'ZRJ', 'MZJ', 'XZ1', 'XZ2'] as const).map((mark) => unitOf(mark));
  const call = { kind: 'JOINT_CONFERENCE', campaignId, unitIds: units, officialIds: [personOf('ZF')], place: '区政府第二会议室' };
  const meeting = await acts.begin<Met>(OFFICE, 'callMeeting', {
    ...call, title: '2022年第三次信访工作联席会议', plannedOn: '2022-09-13', points: [{ title: '积案化解总体进展' }, { title: '停工项目复工', caseId: caseId('unfinished') }, { title: '征地补偿核算', caseId: caseId('land') }],
  });
  const at = (word: string): string => withWord(meeting.node.points, 'title', word).id;
  yield;
  const held = await meeting.next<Met>(OFFICE, 'holdMeeting', {
    heldOn: '2022-09-13', presentUnitIds: units.slice(0, 5), presentOfficialIds: [personOf('ZF')], minutes: '会议听取了积案化解情况汇报，研究了两件重点积案，议定三项。',
    records: [{ pointId: at('总体'), record: '台账九十五件，尚有七件未化解，其中三件超过时限。' }, { pointId: at('复工'), record: '各单位对由平台公司垫资续建意见一致。' }, { pointId: at('核算'), record: '核算口径由自然资源局会同财政部门提出。' }],
    decisions: [
      { pointId: at('总体'), text: '由民政局摸清七件积案中困难家庭底数，逐户告知救助途径。', obligorUnitId: unitOf('MZJ'), dueOn: '2022-09-26' },
      { pointId: at('复工'), text: '由住房和城乡建设局牵头，十月二十日前确定复工主体。', obligorUnitId: unitOf('ZJJ'), dueOn: '2022-10-20' },
      { pointId: at('核算'), text: '由自然资源局九月二十三日前核清补偿差额。', obligorUnitId: unitOf('ZRJ'), dueOn: '2022-09-23' },
    ],
  });
  const decision = acts.resume('MeetingDecision', withWord(held.decisions.nodes, 'text', '民政局'));
  yield;
  await decision.next('civil-affairs-portal', 'reportMeetingDecision', { report: '已逐户了解，告知救助途径并留存告知单。', evidenceRef: '告知登记表一册' });
  await decision.next(OFFICE, 'followUpMeetingDecision', { verdict: 'CONFIRM', note: '经抽查属实。' });
  await acts.begin(OFFICE, 'callMeeting', { ...call, title: '2022年第四次信访工作联席会议', plannedOn: '2022-10-19', points: [{ title: '挂牌督办事项进展', caseId: caseId('land') }] });
}

/** 带案会商 that the housing bureau calls by itself. */
export async function* consultation({ acts, caseId }: World): Scene {
  yield;
  const meeting = await acts.begin<Met>('housing-portal', 'callMeeting', {
    kind: 'CASE_CONSULTATION', title: '历史遗留办证事项会商', plannedOn: '2022-09-20', place: '区住房和城乡建设局会议室', unitIds: [unitOf('ZRJ'), unitOf('XZ1')], officialIds: [],
    points: [{ title: '首次登记办理口径', caseId: caseId('titles') }],
  });
  yield;
  const [point] = meeting.node.points;
  await meeting.next('housing-portal', 'holdMeeting', {
    heldOn: '2022-09-20', presentUnitIds: [unitOf('ZRJ'), unitOf('XZ1')], presentOfficialIds: [], minutes: '三方就分批办理首次登记达成一致。',
    records: [{ pointId: point?.id, record: '先办手续齐全的三栋，其余补齐测绘资料后办理。' }],
    decisions: [{ pointId: point?.id, text: '由自然资源局完成三栋楼首次登记审核。', obligorUnitId: unitOf('ZRJ'), dueOn: '2022-10-31' }],
  });
}
