import { county } from './divisions';
import type { Scene } from './plot';
import type { Random } from './random';

const ESTATE_FIRST = ['沐阳', '禾风', '清渠', '云栖', '锦屏', '柳岸', '听雨', '和畅', '安澜', '晴川', '向荣', '望岳', '芳洲', '瑞禾', '银杏', '枣园', '梧桐', '景和'];
const ESTATE_LAST = ['里', '家园', '苑', '新城', '花园', '雅居'];
const VILLAGE_FIRST = ['红柳湾', '沙枣梁', '清水渠', '芦草洼', '枸杞坪', '石榴台', '胡麻川', '黑柴沟', '白杨墩', '苜蓿滩', '滴水崖', '野鸽岭', '雁来湖', '荞麦塬'];

/** A made-up place of trouble in a county. */
export function sceneIn(countyCode: string, random: Random): Scene {
  const { name, townships } = county(countyCode);
  return {
    county: name,
    township: random.pick(townships),
    estate: `${random.pick(ESTATE_FIRST)}${random.pick(ESTATE_LAST)}`,
    village: `${random.pick(VILLAGE_FIRST)}村${random.pick(['一组', '二组', '三组', '四组', '五组', '六组', ''])}`,
    households: random.int(4, 260),
    since: random.int(2008, 2015),
    amount: random.int(6, 480),
  };
}
