import { maskCell } from './mask';

test('what is handed back tells nobody who it is', () => {
  expect(maskCell('张三丰', 'NAME')).toBe('张**');
  expect(maskCell('64010319800101123X', 'ID_NUMBER')).toBe('640**************X');
  expect(maskCell('13812341234', 'PHONE')).toBe('138******34');
  expect(maskCell('123456', 'PHONE')).toBe('******');
  expect(maskCell('宁夏银川市兴庆区某某街道一号', 'ADDRESS')).toBe('******');
});
