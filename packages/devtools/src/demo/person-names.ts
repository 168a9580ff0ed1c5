import type { Random } from './random';

/** Common surnames of the region; every person below is made up by combining two tables. */
const SURNAMES = [...'马杨王李张刘陈赵周吴丁哈白金买沙冯何罗田于纳虎穆苏撒安韩高郭梁宋郑谢唐许邓'];

const OFFICE_GIVEN = [
  '承远', '维钧', '景澜', '思衡', '允和', '敬之', '知行', '若谷', '启明', '怀瑾', '立诚', '守拙', '望舒', '致宁', '清越', '修远',
  '秉文', '嘉树', '念慈', '明澈', '以宁', '向北', '映川', '汝舟', '书砚', '牧之', '言蹊', '砺锋', '采薇', '听澜', '一苇', '星野',
];
const CITIZEN_GIVEN = [
  '秀兰', '建国', '玉梅', '学军', '桂芳', '志强', '淑琴', '永福', '彩霞', '振华', '凤英', '国庆', '红霞', '德海', '春燕', '少文',
  '月娥', '占山', '小琴', '万成', '翠花', '立新', '海燕', '进财', '晓梅', '成林', '素珍', '宝珠', '金川', '耀东', '惠玲', '广仁',
];

/** Name of an invented official. */
export const officeName = (random: Random): string => `${random.pick(SURNAMES)}${random.pick(OFFICE_GIVEN)}`;

/** Name of an invented petitioner. */
export const citizenName = (random: Random): string => `${random.pick(SURNAMES)}${random.pick(CITIZEN_GIVEN)}`;
