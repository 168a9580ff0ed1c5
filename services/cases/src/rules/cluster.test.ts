import { clusterFault, type ClusterWords } from './cluster';

const words = (part: Partial<ClusterWords> = {}): ClusterWords => ({ name: '城镇居民住房产权历史遗留问题', contentCategory: 'housing.title', specialisedGroup: null, groupInterest: null, ...part });

test.each<[string, Partial<ClusterWords>, string | undefined]>([
  ['an issue', {}, undefined], ['a name of one character', { name: '房' }, 'TEXT_LENGTH'], ['a name of 201', { name: '房'.repeat(201) }, 'TEXT_LENGTH'],
  ['a slug with a blank', { contentCategory: 'housing title' }, 'TEXT_LENGTH'], ['a wildcard', { contentCategory: 'housing%' }, 'TEXT_LENGTH'], ['a Chinese slug', { contentCategory: '土地征收' }, undefined],
  ['a group of 501', { specialisedGroup: '组'.repeat(501) }, 'TEXT_LENGTH'], ['an empty interest', { groupInterest: ' ' }, 'TEXT_LENGTH'],
  ['an interest at issue', { groupInterest: '军队退役人员安置待遇' }, undefined], ['medical costs at issue', { groupInterest: '特殊疾病医保报销比例' }, undefined],
  ['a group of persons', { groupInterest: '部分军队退役人员' }, 'ABOUT_A_PERSON'], ['patients', { groupInterest: '特殊疾病患者' }, 'ABOUT_A_PERSON'], ['those who petition', { groupInterest: '老上访户' }, 'ABOUT_A_PERSON'],
  ['a name about conduct', { name: '越级上访问题' }, 'ABOUT_A_PERSON'],
])('brief §3.2 #38: %s → %s', (_what, part, fault) => {
  expect(clusterFault(words(part))).toBe(fault);
});
