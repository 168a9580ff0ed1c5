/** What two texts about one matter have in common: pairs of neighbouring characters, without what every letter says. */

/** A run of Chinese, or a run of anything else that is written: the same words as in full-text search. */
const WORD = /\p{Script=Han}+|(?:(?!\p{Script=Han})[\p{L}\p{N}])+/gu;
const HAN = /\p{Script=Han}/u;

/** Characters of a petition that are compared: equal texts stay equal, and a book costs no more than a long letter. */
const MAX_CHARACTERS = 20_000;
const MAX_WORD = 60;

/** 称呼、客套、套话: they stand in thousands of letters and say nothing about the matter. */
const STOCK = new RegExp(
  [
    '(?:尊敬|敬爱|敬业)的[^，,：:！!。\\s]{0,12}?(?:领导们?|书记|局长|市长|县长|区长|主任|同志)', '(?:各位|相关|有关)?领导们?(?:您|你们?)?好', '(?:您|你)们?好', '感谢(?:您|你)?们?在?百忙之中[^，。]{0,20}',
    '(?:希望|恳请|恳求|请求|请|望|建议)?(?:相关|有关|主管|各级|职能|政府)+部门', '(?:希望|请求|恳请|请)?市委市?政府', '有何具体(?:政策|措施|行动|和)*', '有什么具体(?:政策|措施|行动|和)*',
    '在?国家(?:正?在)?(?:大力)?(?:倡导|创建|支持|推行|提倡)', '以人民为中心的?', '的?大背景下', '刻不容缓', '(?:谢谢|感谢|多谢)(?:您|你|领导|啦|了)*', '(?:盼|望|期待|请)(?:早日|尽快|及时)?(?:给予)?(?:回复|答复|解决|处理|落实)', '此致敬礼',
  ].join('|'),
  'gu',
);

/** NFKC, lower case, spaces between Chinese characters closed, stock phrases cut out. */
export function normaliseMatterText(text: string): string {
  const plain = text.slice(0, MAX_CHARACTERS).normalize('NFKC').toLowerCase();
  return plain.replace(/(?<=\p{Script=Han})\s+(?=\p{Script=Han})/gu, '').replace(STOCK, ' ');
}

/** The grams of all texts of one petition as one set, so that a summary that repeats the letter changes nothing. */
export function matterGrams(texts: readonly (string | null | undefined)[]): ReadonlySet<string> {
  const grams = new Set<string>();
  for (const text of texts) {
    for (const [run] of normaliseMatterText(text ?? '').matchAll(WORD)) addGrams(grams, run);
  }
  return grams;
}

function addGrams(grams: Set<string>, run: string): void {
  if (!HAN.test(run)) {
    grams.add(run.slice(0, MAX_WORD));
    return;
  }
  const chars = [...run];
  if (chars.length === 1) grams.add(run);
  for (let i = 0; i + 1 < chars.length; i += 1) grams.add((chars[i] ?? '') + (chars[i + 1] ?? ''));
}
