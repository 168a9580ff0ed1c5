import { missingMaterials, type FiledMaterial } from './material-completeness';

const paper = (kind: string, isPresent = true): FiledMaterial => ({ kind, isPresent });

test.each<[string, 'SUBSTANTIVE' | 'PROCEDURAL', FiledMaterial[], string[][]]>([
  ['a substantive file with report and opinion is complete', 'SUBSTANTIVE', [paper('CLOSING_REPORT'), paper('OPINION'), paper('SETTLEMENT', false)], []],
  ['第三十三条: an agreement stands for an opinion', 'SUBSTANTIVE', [paper('CLOSING_REPORT'), paper('OPINION', false), paper('SETTLEMENT')], []],
  ['第三十一条: neither is not complete', 'SUBSTANTIVE', [paper('CLOSING_REPORT'), paper('OPINION', false), paper('SETTLEMENT', false)], [['OPINION', 'SETTLEMENT', 'REVIEW_OPINION', 'RE_REVIEW_OPINION']]],
  ['a procedural file needs its report alone', 'PROCEDURAL', [paper('CLOSING_REPORT'), paper('OPINION', false)], []],
  ['第二十二条: no file without a closing report', 'PROCEDURAL', [paper('CLOSING_REPORT', false)], [['CLOSING_REPORT']]],
  ['nor where it is not even listed', 'SUBSTANTIVE', [paper('OPINION')], [['CLOSING_REPORT']]],
])('%s · row 118', (_sentence, track, filed, missing) => expect(missingMaterials(track, filed).map((one) => one.anyOf)).toEqual(missing));
