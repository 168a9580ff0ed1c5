import type { Plot } from './plot';

/** Work, insurance, relief, villages, money, schools and surroundings. */
export const livelihoodPlots: readonly Plot[] = [
  {
    key: '拖欠工资', category: '工资福利', lead: 'RSJ', support: ['ZJJ'],
    titles: [({ estate }) => `反映${estate}项目拖欠农民工工资`, ({ estate }) => `反映${estate}工地劳务费未结清`],
    facts: [
      ({ estate, since, amount }) => `${since}年在${estate}项目务工，总包与劳务企业互相推诿，拖欠工资约${amount}万元。`,
      ({ estate, households, amount }) => `${estate}项目完工后，${households}名工人约${amount}万元工资没有支付，仅收到欠条。`,
    ],
    asks: [() => '请求责令总包企业先行清偿。', () => '要求启用工资保证金支付，并公布支付时间。'],
  },
  {
    key: '社保补缴', category: '城镇职工社会保险', lead: 'RSJ', support: ['MZJ'],
    titles: [({ township, since }) => `反映${township}某改制企业${since}年前职工社保断缴`, ({ township, since }) => `反映${township}某厂${since}年以来未缴养老保险`],
    facts: [({ since, households }) => `某企业${since}年改制后未为${households}名职工补缴养老保险，有的已到退休年龄仍不能办理退休。`],
    asks: [() => '请求认定工龄，协调补缴。', () => '要求按历史遗留问题处理，明确补缴资金来源。'],
  },
  {
    key: '退休待遇', category: '退休政策及待遇', lead: 'RSJ', support: [],
    titles: [({ township, since }) => `反映${township}原集体企业${since}年退休人员待遇核定偏低`],
    facts: [({ since, amount }) => `退休人员反映${since}年核定待遇时漏计特殊工种年限，累计少发约${amount}万元。`],
    asks: [() => '请求调取档案重新核定。', () => '请求说明计算依据并补发差额。'],
  },
  {
    key: '社会救助', category: '社会救助', lead: 'MZJ', support: ['XZ1'],
    titles: [({ village }) => `反映${village}低保核定和公示不规范`, ({ township, estate }) => `反映${township}${estate}困难家庭临时救助未落实`],
    facts: [
      ({ village, since }) => `${village}村民反映${since}年低保复核时未入户调查，取消原因没有书面告知。`,
      ({ township, estate }) => `${township}${estate}一户家庭因病支出较大，申请临时救助后长时间没有答复。`,
    ],
    asks: [() => '请求重新核查家庭经济状况并书面告知结果。', () => '请求按规定给予救助，公开审批结果。'],
  },
  {
    key: '优抚', category: '优抚', lead: 'MZJ', support: ['XZ2'],
    titles: [({ village, since }) => `反映${village}${since}年入伍人员优待金未兑现`],
    facts: [({ village, since, amount }) => `${village}村民反映，${since}年入伍期间的家庭优待金和立功奖励合计约${amount}千元未发放。`],
    asks: [() => '请求核实档案，按当年标准补发。'],
  },
  {
    key: '村务管理', category: '村务管理', lead: 'XZ2', support: ['MZJ'],
    titles: [({ village }) => `反映${village}集体资金收支长期不公开`, ({ village }) => `反映${village}集体房屋出租未经村民会议讨论`],
    facts: [({ village, since, amount }) => `${village}${since}年以来集体收入约${amount}万元，村务公开栏只有总数没有明细。`],
    asks: [() => '要求审计集体账目并公布结果。', () => '请求督促按规定公开村务。'],
  },
  {
    key: '惠农补贴', category: '惠农补贴', lead: 'XZ2', support: [],
    titles: [({ village, since }) => `反映${village}${since}年退耕还林补贴面积少报`],
    facts: [({ village, since, households }) => `${village}${households}户反映${since}年补贴面积少于验收面积，补贴卡到账与公示不一致。`],
    asks: [() => '请求核对台账，补发少发部分。'],
  },
  {
    key: '集资融资', category: '金融财税', lead: 'ZF', support: ['XZ1'],
    titles: [({ township, since }) => `反映${township}某公司${since}年以养老公寓名义集资后不能兑付`, ({ township, since }) => `反映${township}某合作社${since}年吸收股金无法退还`],
    facts: [({ since, households, amount }) => `某公司${since}年以高息吸收资金，${households}名参与人涉及本金约${amount}万元，到期后停止兑付。`],
    asks: [() => '请求加快资产处置，公布清退方案。', () => '要求通报案件办理进展。'],
  },
  {
    key: '环境污染', category: '环境污染', lead: 'XZ1', support: ['ZRJ'],
    titles: [({ village }) => `反映${village}养殖场异味扰民`, ({ village }) => `反映${village}附近砂石场扬尘噪声`],
    facts: [({ village, since, households }) => `${village}${households}户反映附近企业${since}年投产以来异味、扬尘严重，井水浑浊，检测结果没有公布。`],
    asks: [() => '请求公布检测数据，限期整改。', () => '要求搬迁或者落实防护距离。'],
  },
  {
    key: '教育收费', category: '教育收费', lead: 'ZF', support: ['XZ1'],
    titles: [({ estate, township }) => `反映${township}${estate}配套幼儿园收费高于备案标准`, ({ township, estate }) => `反映${township}某培训机构停业、${estate}家长不能退费`],
    facts: [({ estate, households, since }) => `${estate}一带${households}名家长反映，某机构${since}年预收学费后停业，退费承诺没有兑现。`],
    asks: [() => '请求责令退费并规范收费。', () => '要求查清预收资金去向。'],
  },
  {
    key: '客货运输', category: '客货运输', lead: 'ZF', support: [],
    titles: [({ township, since }) => `反映${township}城乡公交${since}年调整线路后出行不便`],
    facts: [({ township, since, households }) => `${township}${since}年调整线路后，约${households}户居民需步行较远换乘，老人就医和学生上学不便。`],
    asks: [() => '请求恢复站点或者增加班次。'],
  },
];
