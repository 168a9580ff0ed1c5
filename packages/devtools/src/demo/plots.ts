import { livelihoodPlots } from './plots-livelihood';
import type { Plot, Scene, Words } from './plot';
import type { Random } from './random';

/** What was done so far, in the words of closing reports that did not settle it. */
const DONE: readonly Words[] = [
  ({ since }) => `自${since + 1}年以来已多次反映，有关单位答复正在协调，至今没有结果。`,
  ({ township }) => `${township}曾组织双方协商两次，因责任划分意见不一致未能达成协议。`,
  () => '此前出具的答复意见仅说明办理过程，没有明确解决措施和时限。',
  ({ county }) => `${county}有关部门曾现场核实情况属实，后因资金和手续问题搁置。`,
  ({ since }) => `${since + 2}年曾作出书面承诺，承诺期限届满后仍未兑现。`,
];

const housingPlots: readonly Plot[] = [
  {
    key: '烂尾楼', category: '住房保障与房地产', lead: 'ZJJ', support: ['ZRJ'],
    titles: [({ estate }) => `反映${estate}项目停工多年、购房户无法入住`, ({ estate }) => `反映${estate}二期烂尾、逾期不能交房`],
    facts: [
      ({ estate, since, households }) => `${estate}项目${since}年开工，开发企业资金链断裂后停工，${households}户购房户已付清房款却不能入住。`,
      ({ estate, households, since }) => `${estate}原定${since}年底交房，主体封顶后长期停工，涉及${households}户，不少家庭一边还贷一边租房。`,
    ],
    asks: [() => '要求明确复工主体和交房时间，并定期公布进展。', () => '请求协调资金监管账户，尽快复工交房。'],
  },
  {
    key: '房产证', category: '住房保障与房地产', lead: 'ZJJ', support: ['ZRJ'],
    titles: [({ estate }) => `反映${estate}小区入住多年无法办理房产证`, ({ estate }) => `反映${estate}不动产登记手续长期未办`],
    facts: [
      ({ estate, since, households }) => `${estate}小区${since}年交付使用，因开发企业欠缴有关费用、未完成竣工验收，${households}户业主一直不能办理不动产登记。`,
      ({ estate, households, township }) => `${township}${estate}共有${households}户，土地和规划手续不全，影响子女入学、落户和房屋交易。`,
    ],
    asks: [() => '请求按历史遗留问题政策补办手续，为业主办证。', () => '要求明确牵头单位和办证时间表。'],
  },
  {
    key: '拆迁安置', category: '集体土地上房屋拆迁与补偿', lead: 'ZJJ', support: ['XZ1'],
    titles: [({ village }) => `反映${village}房屋拆迁后安置房迟迟未交付`, ({ village }) => `反映${village}拆迁过渡费停发`],
    facts: [
      ({ village, since, households }) => `${village}${since}年实施拆迁，协议约定三年内回迁，现${households}户仍在外过渡。`,
      ({ village, since }) => `${village}拆迁户反映，安置房面积与${since}年签订的协议不符，差价结算没有依据。`,
    ],
    asks: [() => '请求按协议交付安置房，补发过渡费。', () => '要求公开安置方案，对面积差异重新核算。'],
  },
  {
    key: '物业', category: '住房保障与房地产', lead: 'ZJJ', support: ['XZ1'],
    titles: [({ estate }) => `反映${estate}物业服务不到位、维修资金不公开`, ({ estate }) => `反映${estate}供水水泵损坏无人维修`],
    facts: [
      ({ estate, households }) => `${estate}小区${households}户反映电梯停运、水压不足，物业企业以收费率低为由不维修。`,
      ({ estate, since }) => `${estate}自${since}年更换物业后账目未公开，公共收益和维修资金使用情况不清。`,
    ],
    asks: [() => '请求督促物业履行合同，公开账目。', () => '请求指导成立业主委员会并启用应急维修资金。'],
  },
  {
    key: '工程质量', category: '工程质量', lead: 'ZJJ', support: [],
    titles: [({ estate }) => `反映${estate}楼体渗水、墙面开裂`, ({ estate }) => `反映${estate}供暖不达标`],
    facts: [({ estate, since, households }) => `${estate}${since}年交付后陆续出现渗水、开裂，涉及${households}户，保修期内多次报修未根治。`],
    asks: [() => '要求进行质量鉴定并彻底维修。', () => '请求督促建设单位履行保修责任。'],
  },
];

const landPlots: readonly Plot[] = [
  {
    key: '征地补偿', category: '土地征收', lead: 'ZRJ', support: ['XZ2', 'RSJ'],
    titles: [({ village }) => `反映${village}征地补偿款未足额发放`, ({ village }) => `反映${village}失地农民养老保险未落实`],
    facts: [
      ({ village, since, amount }) => `${village}${since}年因道路建设被征地，村民认为补偿标准低于同期公布标准，差额约${amount}万元。`,
      ({ village, since, households }) => `${village}${households}户土地${since}年被征收，青苗和附着物补偿至今未结清。`,
    ],
    asks: [() => '请求公开征地批文和补偿明细，补足差额。', () => '要求落实被征地农民社会保障。'],
  },
  {
    key: '土地承包', category: '土地承包经营', lead: 'XZ2', support: ['ZRJ'],
    titles: [({ village }) => `反映${village}土地承包面积与确权登记不符`, ({ village }) => `反映${village}机动地发包程序不规范`],
    facts: [({ village, since, households }) => `${village}${since}年土地确权时，${households}户实际耕种面积与登记面积不一致，边界存在争议。`],
    asks: [() => '请求重新丈量并更正登记。', () => '要求公开发包合同和承包费去向。'],
  },
  {
    key: '城乡规划', category: '城乡规划', lead: 'ZRJ', support: ['ZJJ'],
    titles: [({ estate }) => `反映${estate}旁新建楼房影响采光通行`, ({ estate }) => `反映${estate}规划绿地被改作停车场`],
    facts: [({ estate, since, households }) => `${estate}${households}户反映，相邻地块${since}年调整规划后楼间距缩小，公示期间未听取住户意见。`],
    asks: [() => '请求复核规划审批并公开论证材料。', () => '要求采取补救措施并给予合理补偿。'],
  },
];

export const plots: readonly Plot[] = [...housingPlots, ...landPlots, ...livelihoodPlots];

/** The plot of that name. @throws RangeError when there is none */
export function plotOf(key: string): Plot {
  const found = plots.find((plot) => plot.key === key);
  if (!found) throw new RangeError(`no plot ${key}`);
  return found;
}

/** Three or four sentences: what happened, what was done, what is asked for. */
export function tell(plot: Plot, scene: Scene, random: Random): string {
  const crowd = random.chance(45) ? `反映人中有${Math.ceil(scene.households / 9)}户家庭生活较为困难，希望优先解决。` : '';
  return `${random.pick(plot.facts)(scene)}${random.pick(DONE)(scene)}${crowd}${random.pick(plot.asks)(scene)}`;
}
