/** Petitions of nobody, in words that real ones have: so many matters that most share little, some repeats, some mass letters. The same in every run. */

const SURNAMES = '王李张刘陈杨黄赵吴周徐孙马朱胡林郭何高罗郑梁谢宋唐许邓韩冯曹彭曾肖田董潘袁于蒋蔡余杜叶程苏魏吕丁任沈姚卢傅钟姜崔谭廖范汪陆金石戴贾韦夏邱方侯邹熊孟秦白江阎薛尹段雷黎史龙陶贺顾毛郝龚邵万钱严赖覃洪武莫孔';
const GIVEN = '伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华文玉萍红兰建国志新海燕春梅雪荣爱宁琴云龙飞鹏辉斌宇浩凯健俊帆鑫波林峰松柏青山河川';
const PLACE = '阳光锦绣金桂翠湖龙凤天泰和平安康乐福祥瑞丰盛宏达新城东西南北中兴隆庆云海山水河江湖溪泉林松柏竹梅兰菊桃李杏枫叶园丽景悦澜御府首座花都星月银杉橡树';
const KINDS = ['小区', '花园', '家园', '新村', '社区', '大厦', '市场', '工业园', '学校', '医院', '村一组', '村五组', '路口', '大道', '街道', '公园', '河道', '安置点'];
const WHO = ['开发商', '物业公司', '村委会', '街道办', '施工单位', '用人单位', '供热企业', '社保经办机构', '征收办', '业委会', '承包人', '教育局', '公交公司', '不动产中心', '信用社', '中介机构', '驾校', '砖厂', '采石场', '养殖场'];
const WHAT = [
  '不动产权证一直没有办下来', '工资拖欠不付', '补偿款没有按标准发放', '夜间施工噪音扰民', '外墙渗水墙面开裂', '暖气温度不达标', '地下车位捆绑销售', '承包地被占没有手续', '退休工龄少算', '油烟直排楼道',
  '公示面积与实际不符', '垃圾清运不及时', '电梯经常停运', '自来水发黄', '消防通道被堵', '学位划分不合理', '路灯长期不亮', '公交线路停运', '预付费拒绝退还', '合同违约不承担责任', '污水流进农田', '高压线离房屋太近',
  '违章搭建无人拆除', '宅基地审批拖延', '低保待遇被取消', '医疗费用不予报销', '工伤认定迟迟没有结果', '保证金不予返还', '房屋面积缩水', '管道燃气不通', '停车收费过高', '绿化被改成车位', '河堤塌陷没有修复', '路面破损坑洼', '网络贷款诈骗', '幼儿园收费过高',
];
const SINCE = ['从去年春节以后', '自二零一八年以来', '入住三年多', '整整五个冬天', '前年签了协议之后', '半年时间里', '去年十月起', '交房到现在', '改制以后', '洪水过后', '上个月开始', '多年以来', '今年开学前', '换届以后', '搬迁之后'];
const DONE = [
  '打过热线电话没有下文', '多次找单位协商被推诿', '向主管部门递交过书面材料', '法院判决生效后仍未执行', '镇里来人看过一次', '调解过两回没有达成一致', '对方口头答应却不落实', '窗口答复说材料不全', '几个部门互相推脱', '报警以后仍然照旧',
  '测量结果始终没有公布', '要求出具书面答复被拒绝', '邻居们联名反映过', '去年登记过一次没有回音', '检测报告至今没有给我们', '答复与事实不符', '只处理了一部分', '会议纪要不肯出示', '承诺的期限已经过去', '负责人换了好几任',
];
const HARM = ['老人孩子夜里睡不好', '家里经济十分困难', '孩子上学受到影响', '生产经营无法继续', '出行非常不便', '存在很大安全隐患', '庄稼减产绝收', '看病花光了积蓄', '房子不能交易', '几十户人家受到损失', '正常生活被打乱', '冬天屋里只有十来度'];
const WANT = ['要求书面答复', '要求按规定补发差额', '要求重新测量确权', '要求停工整改', '要求退还费用', '要求尽快办证', '要求赔偿损失', '要求公开有关材料', '要求恢复原状', '要求追究责任', '要求上门检测', '要求协调解决'];

export const COUNTIES = Array.from({ length: 100 }, (_unused, i) => String(640_101 + (i % 20) + 100 * Math.floor(i / 20)));
const MASS_LETTERS = 20;

/** Random numbers that depend on the petition's number alone (mulberry32). */
export function drawOf(seed: number): (below: number) => number {
  let state = Math.imul(seed + 1, 0x9e3779b1) >>> 0;
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) % below;
  };
}
type Draw = (below: number) => number;
const oneOf = <Item>(draw: Draw, items: ArrayLike<Item>): Item => items[draw(items.length)] as Item;

export interface SyntheticPetition {
  readonly divisionCode: string;
  readonly title: string;
  readonly summary: string;
  readonly person: { readonly name: string; readonly idNumber: string; readonly phone: string };
  /** The petition that this one repeats. */
  readonly repeatOf: number | null;
}

/** Petition number n: one in ten repeats an earlier one in other words, one in fifty is a mass letter with its own signer. */
export function petitionNo(n: number): SyntheticPetition {
  if (n % 50 === 7) return { ...matterNo(-1 - (n % MASS_LETTERS)), person: personNo(n), divisionCode: matterNo(n).divisionCode, repeatOf: null };
  if (n % 10 !== 3 || n < 1_000) return { ...matterNo(n), person: personNo(n), repeatOf: null };
  const first = n - 1 - (drawOf(n)(n - 500) % 900);
  const repeated = first % 10 === 3 || first % 50 === 7 ? first + 1 : first;
  return { ...retold(repeated, n), person: personNo(repeated), repeatOf: repeated };
}

function matterNo(n: number): Omit<SyntheticPetition, 'person' | 'repeatOf'> {
  const draw = drawOf(n * 2 + 1);
  const place = oneOf(draw, PLACE) + oneOf(draw, PLACE) + oneOf(draw, PLACE) + oneOf(draw, KINDS);
  const [who, what] = [oneOf(draw, WHO), oneOf(draw, WHAT)];
  const more = Array.from({ length: 2 + draw(5) }, () => [oneOf(draw, SINCE), oneOf(draw, WHO), oneOf(draw, DONE)].join(''));
  const number = 2 + draw(900);
  return {
    divisionCode: oneOf(draw, COUNTIES), title: `${place}${who}${what}`,
    summary: `我是${place}${number}号的住户，${who}${what}，${oneOf(draw, SINCE)}${oneOf(draw, HARM)}，${more.join('，')}，${oneOf(draw, HARM)}，${oneOf(draw, WANT)}，${oneOf(draw, WANT)}。`,
  };
}

/** The same matter again: a sentence less, another beginning, another wish. */
export function retold(of: number, n: number): Omit<SyntheticPetition, 'person' | 'repeatOf'> {
  const first = matterNo(of);
  const draw = drawOf(n * 3 + 2);
  const sentences = first.summary.split('，');
  sentences.splice(1 + draw(sentences.length - 1), 1);
  return { ...first, title: `再次反映${first.title}`, summary: `去年就反映过，${sentences.join('，')}${oneOf(draw, DONE)}，${oneOf(draw, WANT)}。` };
}

const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];

/** An ID number with a right check digit and an unassigned county code. */
export function personNo(n: number): SyntheticPetition['person'] {
  const draw = drawOf(n * 5 + 3);
  const body = `640000${1940 + (n % 60)}${String(1 + (n % 12)).padStart(2, '0')}${String(1 + (n % 28)).padStart(2, '0')}${String(Math.floor(n / 60) % 1_000).padStart(3, '0')}`;
  const sum = WEIGHTS.reduce((total, weight, i) => total + weight * Number(body[i]), 0);
  return { name: oneOf(draw, SURNAMES) + oneOf(draw, GIVEN) + oneOf(draw, GIVEN), idNumber: body + '10X98765432'[sum % 11], phone: `139${String(n).padStart(8, '0')}` };
}
