import { ID_KINDS, idDocument, idIndexText, type IdKind } from './id-documents';

const TODAY = '2022-09-27';

/** Made up: unassigned county codes; check characters computed by hand from GB 11643. */
test.each<[IdKind, string, string | undefined]>([
  ['RESIDENT_ID', '11010519491231002X', '11010519491231002X'], ['RESIDENT_ID', '11010519491231002x', '11010519491231002X'], ['RESIDENT_ID', '１１０１０５１９４９１２３１００２Ｘ', '11010519491231002X'],
  ['RESIDENT_ID', '110105194912310021', undefined], ['RESIDENT_ID', '110105194902300021', undefined], ['RESIDENT_ID', '11010520991231002X', undefined], ['RESIDENT_ID', '1101051949123100', undefined],
  ['RESIDENT_ID', '110105491231002', '11010519491231002X'], ['RESIDENT_ID', '110105490230002', undefined], ['RESIDENT_ID', '110105480229002', '110105194802290021'], ['RESIDENT_ID', '110105490229002', undefined], ['RESIDENT_ID', '01010549123100A', undefined],
  ['HK_MACAU_PERMIT', 'H12345678', 'H12345678'], ['HK_MACAU_PERMIT', 'm1234567890', 'M1234567890'], ['HK_MACAU_PERMIT', 'H1234567', undefined], ['HK_MACAU_PERMIT', 'T12345678', undefined],
  ['TAIWAN_PERMIT', '12345678', '12345678'], ['TAIWAN_PERMIT', '1234567890A', '1234567890A'], ['TAIWAN_PERMIT', '123456789', undefined], ['TAIWAN_PERMIT', 'H12345678', undefined],
  ['HMT_RESIDENCE', '11010519491231002X', undefined], ['HMT_RESIDENCE', '810000199408230021', '810000199408230021'], ['HMT_RESIDENCE', '810000199408230022', undefined], ['HMT_RESIDENCE', '840000199408230021', undefined],
  ['PASSPORT', 'E12345678', 'E12345678'], ['PASSPORT', 'e 1234 5678', 'E12345678'], ['PASSPORT', 'E1', undefined], ['PASSPORT', "E' OR 1=1", undefined],
  ['UNIT_CODE', '91640100MA00000000', '91640100MA00000000'], ['UNIT_CODE', '91640100MI00000000', undefined], ['OTHER', 'AB-1234', 'AB1234'], ['OTHER', '1', undefined],
])('%s %s is stored as %s', (kind, text, stored) => expect(idDocument(kind, text, TODAY)).toBe(stored));

test('every kind has its form, and numbers of two kinds never share a fingerprint', () => {
  for (const kind of ID_KINDS) expect(idDocument(kind, '', TODAY)).toBeUndefined();
  expect(idIndexText('RESIDENT_ID', '1')).toBe('1');
  expect(idIndexText('PASSPORT', '12345678')).not.toBe(idIndexText('TAIWAN_PERMIT', '12345678'));
});
