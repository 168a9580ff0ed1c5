import type { Track } from './close-checklist';

/** What a file of a track holds at least: one of these papers each. Practice (对上报的积案办结材料严格把关); the papers themselves by their articles. */
export interface RequiredMaterial {
  readonly anyOf: readonly string[];
  readonly tracks: readonly Track[];
  readonly zh: string;
  readonly en: string;
  readonly basis: string;
}

export const REQUIRED_MATERIALS: readonly RequiredMaterial[] = [
  { anyOf: ['CLOSING_REPORT'], tracks: ['SUBSTANTIVE', 'PROCEDURAL'], zh: '办结报告', en: 'the closing report', basis: '《信访工作条例》第二十二条第一款第三项' },
  {
    anyOf: ['OPINION', 'SETTLEMENT', 'REVIEW_OPINION', 'RE_REVIEW_OPINION'], tracks: ['SUBSTANTIVE'], zh: '处理意见书、复查复核意见书或者调解、和解协议书',
    en: 'an opinion on the matter, of first instance or of review, or an agreement', basis: '《信访工作条例》第三十一条、第三十三条',
  },
];

export interface FiledMaterial {
  readonly kind: string;
  readonly isPresent: boolean;
}

/** 材料完整性: the requirements of which the file holds no paper. A paper that the file does not list at all is asked for only where it is the closing report. */
export function missingMaterials(track: Track, filed: readonly FiledMaterial[]): RequiredMaterial[] {
  const present = new Set(filed.filter((one) => one.isPresent).map((one) => one.kind));
  const listed = new Set(filed.map((one) => one.kind));
  return REQUIRED_MATERIALS.filter(({ anyOf, tracks }) =>
    tracks.includes(track) && !anyOf.some((kind) => present.has(kind)) && (anyOf.includes('CLOSING_REPORT') || anyOf.some((kind) => listed.has(kind))));
}
