import { fitCells, personCells, recordCells, type OutgoingRecord, type OutgoingReport } from './exchange-out';
import { RECORD_FIELDS } from './exchange-tables';

const own: OutgoingRecord = {
  number: '640104-L-20220927-000001X', petitionedOn: '2022-09-26', registeredOn: '2022-09-27', channel: 'LETTER', externalForm: null, statedPurpose: null, purpose: 'CLAIM', petitionerCount: 2, affectedCount: null,
  title: '标题', summary: '概况', content: '内容', claims: ['一', '二'], addressee: null, status: 'REGISTERED', divisionCode: '640104', contentCategory: 'land.expropriation', categorySlug: null, categoryCode: null,
  causeSlug: 'policy', causeCode: null, hotTopicSlug: null, hotTopicCode: '12', systemSlug: null, systemCode: null, residenceDivisionCode: null, householdDivisionCode: null, isFirstAtOrg: null, isFirstNationwide: 0,
  isCrossSeparation: 1, isJoint: 0, isAnonymous: 0, consentsToPublication: null, majorUrgentAt: null, involvesLitigation: 0, limitOn: '2022-12-31', procedureKind: 'ORDINARY', route: null, isInLedger: 0, petitionsOfCase: 1,
  firstOn: '2022-09-26', unitName: '联席办', unitCode: 'LXB', ends: null, reported: null,
};
const report: OutgoingReport = {
  sourceDivisionCode: '640100', externalNumber: 'LF1', externalId: null, jointId: null, registeredAt: new Date('2022-09-02T00:30:15Z'), orgName: '银川市信访局', orgCode: null, orgKind: null, orgDepartment: null, clerk: null,
  status: 'UNIT_OVERDUE_OPINION', firstOrg: null, firstOn: null, isRepeat: 1, repeatOf: 'LF0', isBacklog: null, isReviewed: 0, isReReviewed: null, isClosed: 0, isClosingAccepted: null, dueAt: null, procedureKind: 'SIMPLE', codes: {},
};
const cells = (part: Partial<OutgoingRecord> = {}) => recordCells({ ...own, ...part }, { senderDivision: '640104', exportedAt: new Date('2022-09-27T01:00:00Z') });

test('a record of this office goes out under its own number, with names where codes are not published', () => {
  expect(cells()).toMatchObject({
    xzqh: '640104', xfjbh: own.number, xfxs: '来信', xfmddm: '求决', nrfldm: '土地征收', xfyydm: 'policy', rdwt: '12', ssxt: null, xfjzt: '受理申请审查中', blcx: null, djjgmc: '联席办', djsj: '2022-09-27', sq: '一\n二',
    bjgccbz: null, qgccbz: '0', sksflbz: '1', cfxfbz: '0', jabz: '0', bjbz: '0', shrdbjbz: '0', lastmodifytime: '2022-09-27 09:00:00', xbjzsj: '2022-12-31',
  });
});

test('what came from elsewhere keeps its sender, number and state until something happens here', () => {
  expect(cells({ reported: report })).toMatchObject({ xzqh: '640100', xfjbh: 'LF1', xfjzt: '超期未作出处理意见', blcx: '简易程序', cfxfbz: '1', jabz: null, bjbz: '0', shrdbjbz: null, djsj: '2022-09-02 08:30:15', djjgmc: '银川市信访局', repeated_id: 'LF0' });
  expect(cells({ reported: report, status: 'HANDLING', route: 'ART31_6', isInLedger: 1 })).toMatchObject({ xzqh: '640100', xfjzt: '受理', blcx: '普通程序', cfxfbz: '1', jabz: '1', bjbz: '0' });
});

test.each<[string, Partial<OutgoingRecord>, object]>([
  ['办结 and 审核认定办结 are two flags', { status: 'ARCHIVED', ends: 'HANDLED,RECOGNISED' }, { xfjzt: '审核认定办结', bjbz: '1', shrdbjbz: '1' }], ['办结 alone', { status: 'REPLIED', ends: 'HANDLED' }, { xfjzt: '已作出处理意见', bjbz: '1', shrdbjbz: '0' }],
  ['终结 is neither', { status: 'TERMINATED', ends: 'TERMINATED' }, { xfjzt: null, bjbz: '0', shrdbjbz: '0' }], ['a review', { status: 'REVIEW' }, { xfjzt: '复查', fcbz: '1', fhbz: '0' }], ['a re-review', { status: 'RE_REVIEW' }, { xfjzt: '复核', fcbz: '1', fhbz: '1' }],
  ['a legal route', { status: 'ROUTED_TO_LEGAL', route: 'ART31_1' }, { xfjzt: null, blcx: '导入法定途径' }], ['simple procedure', { status: 'ACCEPTED', route: 'ART31_6', procedureKind: 'SIMPLE' }, { blcx: '简易程序' }], ['a second petition', { petitionsOfCase: 2 }, { cfxfbz: '1' }],
  ['a form without a name there', { channel: 'FAX' }, { xfxs: '传真' }], ['an unknown category code', { contentCategory: null, categoryCode: '080305' }, { nrfldm: '080305' }],
])('%s', (_what, part, shown) => expect(cells(part)).toMatchObject(shown));

test('PIPL 第六条: a field that is forbidden or not kept is written by nobody', () => {
  const written = new Set(Object.keys({ ...cells(), ...cells({ reported: report }), ...personCells({ name: '甲', idNumber: '1', idKind: 'PASSPORT', phone: '2', address: '3' }) }));
  const empty = RECORD_FIELDS.filter((field) => field.use === 'FORBIDDEN' || field.use === 'NOT_KEPT');
  expect(empty.filter((field) => written.has(field.code))).toEqual([]);
  const own = new Set(RECORD_FIELDS.map((field) => field.code));
  expect([...written].filter((code) => !own.has(code))).toEqual([]);
  expect(RECORD_FIELDS.filter((field) => (field.use === 'BOTH' || field.use === 'OUT') && !written.has(field.code)).map((field) => field.code)).toEqual(['qtxfr', 'txdz', 'gddh']);
});

test('longer texts are cut at a character, and counted', () => {
  expect(fitCells({ tsnr: `${'𠮷'.repeat(4_000)}尾`, gkxx: '𠮷'.repeat(4_000), xfrs: 5 }, { tsnr: 4_000, gkxx: 4_000 })).toEqual({ cells: { tsnr: '𠮷'.repeat(4_000), gkxx: '𠮷'.repeat(4_000), xfrs: 5 }, shortened: 1 });
});
