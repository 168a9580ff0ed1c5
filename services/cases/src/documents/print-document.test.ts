import { DOCUMENT_KINDS, DOCUMENT_RULES } from '../rules/documents';
import { printDocument, templateVersion } from './print-document';

const answer = { claim: '办理不动产权证', resultText: '予以支持', answer: '反映情况属实，予以支持。', basis: '《不动产登记暂行条例》第十四条', promise: '', promiseDueOn: '' };
/** Every value that some template asks for; what may be missing is empty. */
const fields = {
  acceptedOn: '2022-09-27', remedyOrgan: '上一级机关', facts: '经调查核实。', responses: [answer, { ...answer, promise: '首次登记', promiseDueOn: '2023-06-30' }], outcomeText: '维持', redoBy: '',
  requestedOn: '2022-12-23', petitionNumber: '1', channel: '来访', petitionedOn: '2022-09-26', registeredOn: '2022-09-27', claims: ['办证'], note: '', limitOn: '', route: '调查核实',
  routeBasis: '第三十一条第六项', procedure: '普通', dueOn: '2022-11-28', dueBasis: '第三十四条', reason: '理由', basis: '第十九条', handledBy: '', handledUntil: '', finalOn: '2022-10-01',
  legalProcedure: '向法院', sentOn: '2022-09-27', sentHow: '转送', reasons: '理由', decision: '同意退回', originalDueOn: '2022-11-28', days: 30, agreedOn: '2022-10-01', kindText: '调解协议',
  reference: '1号', terms: '条款', promises: [], promise: '付款', doneOn: '2022-12-30', report: '已完成', endedOn: '2022-12-31', groundText: '期限内未请求复查', trackText: '实体化解类',
  evidence: '已发证', reservations: [],
};
const print = (kind: (typeof DOCUMENT_KINDS)[number], part: object = {}) => printDocument(kind, {
  number: '信处〔2022〕1号', issuer: '住建局', issuedOn: '2022-12-20', addressee: '马小明', case: { number: 'M1', title: '办证' }, fields: { ...fields, ...part },
});

test.each(DOCUMENT_KINDS.map((kind) => [DOCUMENT_RULES[kind].title, kind] as const))('%s prints whole: no gap, no placeholder, nothing from outside', (title, kind) => {
  const html = print(kind);
  expect(html).toContain(`<h1>${title}</h1>`);
  expect(html).toContain('2022年12月20日');
  expect(html).not.toMatch(/\{\{|\{%|undefined|年0月|：，|<script|https?:|src=/);
  expect(templateVersion(kind)).toMatch(/^[0-9a-f]{12}$/);
});

test('a claim without a promise has no line for one; a promise has its day', () => {
  expect(print('OPINION').match(/落实措施/g)).toHaveLength(1);
  expect(print('OPINION')).toContain('首次登记，于2023年6月30日前完成');
});

test('a template that misses a day or a value does not print', () => {
  expect(() => print('OPINION', { acceptedOn: '' })).toThrow('no day to print');
  expect(() => printDocument('OPINION', { number: '1', issuer: '', issuedOn: '2022-12-20', addressee: null, case: { number: '1', title: '1' }, fields: {} })).toThrow('undefined variable');
});
