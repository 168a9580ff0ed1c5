import { randomUUID } from 'node:crypto';
import { dirname, join } from 'node:path';
import { setBusinessNow, openDevIssuer } from '@anjie/devtools';
import { eventually } from '@anjie/testing';
import { request } from 'undici';
import { startOwnSystem, units, type OwnSystem } from '../e2e/own-system';
import { key } from '../e2e/system';

/** Unique words in every field that must not be readable; made up, and nobody's. */
export const CANARIES = {
  name: '鸢尾甲辰乙', agentName: '鸢尾丙申丁', idNumber: idNumber('640000', '19870612', 731), phone: '13977310246', otherPhone: '13977310335', address: '鸢尾巷七十三号甲单元', content: '鸢尾正文：雨季漏水三年',
  facts: '鸢尾事实：屋面防水层老化，管道锈蚀', answer: '鸢尾答复：由物业限期修缮屋面', terms: '鸢尾协议：修缮费用分三期支付完毕', fileName: '鸢尾照片集', fileContent: '鸢尾文件内容七七', comment: '鸢尾评价：上门查看来得很慢',
  complaint: '鸢尾投诉：反映之后被威胁停水停电', finding: '鸢尾核查结论：未发现停水停电记录', accusation: '鸢尾检举正文：收受好处', accusedTitle: '鸢尾检举标题', accused: '鸢尾某副站长',
  note: '鸢尾移送附言：请依规处理', readReason: '鸢尾阅看事由：核查线索', excludeReason: '鸢尾回避缘由：曾经参与', liftReason: '鸢尾解除缘由：并未参与', newAddress: '鸢尾新居八十一号乙单元', asked: '鸢尾请求：住址已经搬迁', reasons: '鸢尾理由：已核对户口簿原件',
} as const;
/** The title is not sealed: the same search must find it. */
export const CONTROL = '白鹭标题对照用';
/** The title of the one case that is the civil affairs bureau's. */
export const OF_ANOTHER_UNIT = '救助金发放迟延';

function idNumber(place: string, born: string, serial: number): string {
  const body = `${place}${born}${serial}`;
  const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
  return body + '10X98765432'[weights.reduce((sum, weight, i) => sum + weight * Number(body[i]), 0) % 11];
}

const TODAY = '2022-09-26';
const discipline = { id: randomUUID(), code: 'XQ-JW', name: '兴庆区纪委监委', kind: 'DISCIPLINE', divisionCode: '640104', validFrom: '2020-01-01' };
const cityOffice = { id: randomUUID(), code: 'YC-XLB', name: '银川市信访联席办', kind: 'JOINT_OFFICE', divisionCode: '640100', validFrom: '2020-01-01' };
const CLAIMS = {
  organ: { sub: randomUUID(), unit: discipline.id, division: '640104', roles: ['UNIT_HANDLER'], locale: 'zh-CN' },
  city: { sub: randomUUID(), unit: cityOffice.id, division: '640100', roles: ['JOINT_OFFICE'], locale: 'zh-CN' },
  portal: { sub: randomUUID(), division: '640100', roles: ['PUBLIC_PORTAL'], locale: 'zh-CN' },
} as const;
type Outsider = keyof typeof CLAIMS;
type Who = Outsider | Parameters<OwnSystem['query']>[0];

/** A system of its own with binary log and append-only file, spoken to only through the gateway; every answer that is not meant to hold a canary is kept. */
export async function openPlantedSystem() {
  const system = await startOwnSystem({ env: { ANJIE_LOG_LEVEL: 'debug' } });
  const root = dirname(system.stack.wiring.dir);
  const issuer = await openDevIssuer(join(root, 'issuer.pem'));
  const tokens = new Map<string, string>();
  for (const [name, claims] of Object.entries(CLAIMS)) tokens.set(name, await issuer.tokenFor(claims));
  const tokenOf = (who: Who): string => tokens.get(who) ?? system.tokenOf(who as Parameters<OwnSystem['query']>[0]);
  const send = async (who: Who, body: unknown): Promise<{ status: number; text: string }> => {
    const answer = await request(`${system.url}/graphql`, { method: 'POST', headers: { 'content-type': 'application/json', authorization: `Bearer ${tokenOf(who)}` }, body: typeof body === 'string' ? body : JSON.stringify(body) });
    return { status: answer.statusCode, text: await answer.body.text() };
  };
  const query = async (who: Who, text: string, variables: object = {}): Promise<Record<string, never>> => {
    const { text: answer } = await send(who, { query: text, variables });
    const { data, errors } = JSON.parse(answer) as { data?: Record<string, never>; errors?: unknown };
    if (!data || errors) throw new Error(`${who}: ${answer}\nto ${text}\nwith ${JSON.stringify(variables)}`);
    return data;
  };
  /** One mutation with one input; a refusal is a failure of the test. */
  const act = async (who: Who, name: string, { input, type = `${name[0]?.toUpperCase()}${name.slice(1)}Input`, selection }: { input: object; type?: string; selection: string }): Promise<Record<string, never>> => {
    const data = await query(who, `mutation ($input: ${type}!) { ${name}(input: $input) { __typename ${selection} } }`, { input: { idempotencyKey: key(), ...input } });
    const answer = data[name] as unknown as Record<string, never> & { __typename: string; code?: string };
    if (answer.__typename.endsWith('Refusal')) throw new Error(`${name} as ${who}: ${JSON.stringify(answer)}`);
    return answer;
  };
  const put = (name: string, rows: object[]) => act('admin', name, { input: { rows }, selection: '... on DirectoryRefusal { code message }' });
  await put('putUnits', [discipline, cityOffice]);
  await put('putOfficials', [['organ', 'XQ-JW'], ['city', 'YC-XLB']].map(([name = '', unitCode]) => ({ id: CLAIMS[name as Outsider].sub, staffNo: `C-${name}`, name: '工作人员', unitCode, title: '科员', startedOn: '2020-01-01' })));
  await system.settled();
  const upload = async (who: Who, { purpose, name, body }: { purpose: string; name: string; body: Buffer }): Promise<string> => {
    const answer = await request(`${system.url}/files?purpose=${purpose}`, { method: 'POST', body, headers: { authorization: `Bearer ${tokenOf(who)}`, 'content-type': 'application/octet-stream', 'x-file-name': encodeURIComponent(name) } });
    return ((await answer.body.json()) as { id: string }).id;
  };
  const download = async (who: Who, path: string): Promise<Buffer> => {
    const answer = await request(`${system.url}${path}`, { headers: { authorization: `Bearer ${tokenOf(who)}` } });
    return Buffer.from(await answer.body.arrayBuffer());
  };
  return { system, root, tokenOf, send, query, act, upload, download, on: (day: string) => setBusinessNow(system.stack.databaseUrl, system.stack.services, new Date(`${day}T09:00:00+08:00`)) };
}
export type PlantedSystem = Awaited<ReturnType<typeof openPlantedSystem>>;

const STEP = '... on StepPayload { case { id version claims { id } } document { id deliveries { id outcome } } } ... on StepRefusal { code message }';
interface Step {
  readonly case: { id: string; version: number; claims: { id: string }[] };
  readonly document: { id: string; deliveries: { id: string; outcome: string | null }[] } | null;
}

interface Receipt {
  readonly queryCode: string;
  readonly secret: string;
}

/** A case that the housing bureau handles, and the next step in it. */
async function handledCase({ query, act }: PlantedSystem, part: object) {
  const registered = await act('clerk', 'registerPetition', {
    input: { channel: 'VISIT', purpose: 'CLAIM', petitionedOn: TODAY, divisionCode: '640104', summary: '反映屋面漏水多年未修。', claims: ['修缮屋面'], ...part },
    selection: '... on RegisterPetitionPayload { receipt { queryCode secret } petition { id petitioners { ref } } case { id version } } ... on PetitionRefusal { code message }',
  }) as unknown as { receipt: Receipt; petition: { id: string; petitioners: { ref: string }[] }; case: { id: string; version: number } };
  const caseId = registered.case.id;
  await act('office', 'assignCase', { input: { caseId, expectedVersion: registered.case.version, kind: 'FORWARD', leadUnitId: units.housing.id }, selection: '... on ResponsibilityRefusal { code message }' });
  const version = async (): Promise<number> => (await query('office', 'query ($id: ID!) { case(id: $id) { version } }', { id: caseId }) as unknown as { case: { version: number } }).case.version;
  const step = async (name: string, of: object): Promise<Step> => await act('housing', name, { input: { caseId, expectedVersion: await version(), ...of }, selection: STEP }) as unknown as Step;
  await step('routeCase', { route: 'ART31_6', ground: '需要调查核实并出具意见' });
  const accepted = await step('acceptCase', { noticeMethod: 'POST' });
  await step('investigateCase', { note: '现场核查' });
  return { ...registered, caseId, step, claims: accepted.case.claims };
}

/** Two cases and an accusation, lived through with a canary in every sealed field, and read by whoever may. */
export async function plant(planted: PlantedSystem) {
  const { system, query, act, upload, on } = planted;
  const c = CANARIES;
  const petitioners = [
    { name: c.name, idNumber: c.idNumber, phone: c.phone, address: c.address },
    { name: c.agentName, phone: c.otherPhone, role: 'CO_SIGNER' },
  ];
  const registered = await handledCase(planted, { title: CONTROL, content: c.content, petitioners });
  const { caseId, step } = registered;

  const fileId = await upload('housing', { purpose: 'CASE_ATTACHMENT', name: `${c.fileName}.pdf`, body: Buffer.from(`%PDF-1.7\n% ${c.fileContent}\n1 0 obj\nendobj\ntrailer\n%%EOF\n`) });
  const attached = await act('housing', 'attachFile', { input: { caseId, fileId, kind: 'EVIDENCE', title: '现场照片' }, selection: '... on AttachmentPayload { attachment { id } } ... on AttachmentRefusal { code message }' }) as unknown as { attachment: { id: string } };
  // lies there and is never attached
  await upload('housing', { purpose: 'CASE_ATTACHMENT', name: `${c.fileName}.pdf`, body: Buffer.from(`%PDF-1.7\n% ${c.fileContent} 二\n%%EOF\n`) });

  const replied = await step('replyToCase', { opinion: { facts: c.facts, answers: registered.claims.map(({ id }) => ({ claimId: id, result: 'SUPPORTED', answer: c.answer, basisDocument: '《物业管理条例》', basisArticle: '第五十四条', promise: '修缮屋面', promiseDueOn: '2023-06-30' })) } });
  await on('2022-09-28');
  const sent = await step('sendDocument', { documentId: replied.document?.id, method: 'POST', sentOn: '2022-09-27' });
  await step('proveDelivery', { deliveryId: sent.document?.deliveries.find((one) => one.outcome === null)?.id, outcome: 'SIGNED', receivedOn: '2022-09-28' });
  const settled = await handledCase(planted, { title: '同楼另一户漏水', petitioners: [] });
  await settled.step('settleCase', { kind: 'RECONCILIATION', isConsentOfBoth: true, agreedOn: '2022-09-28', agreementReference: '和解〔2022〕1号', terms: c.terms, promises: [{ promise: '分期修缮', dueOn: '2023-06-30' }] });

  const others = await act('clerk', 'registerPetition', { input: { channel: 'VISIT', purpose: 'CLAIM', petitionedOn: TODAY, divisionCode: '640104', title: OF_ANOTHER_UNIT, summary: '反映救助金发放。', petitioners: [] }, selection: '... on RegisterPetitionPayload { case { id version } } ... on PetitionRefusal { code message }' }) as unknown as { case: { id: string; version: number } };
  await act('office', 'assignCase', { input: { caseId: others.case.id, expectedVersion: others.case.version, kind: 'FORWARD', leadUnitId: units.civilAffairs.id }, selection: '... on ResponsibilityRefusal { code message }' });

  const own = registered.receipt;
  await act('portal', 'rateMatter', { input: { ...own, office: 'HANDLING_UNIT', value: 'DISSATISFIED', comment: c.comment }, selection: '... on AccessRefusal { code message }' });
  await act('portal', 'complainOfRetaliation', { input: { ...own, text: c.complaint }, selection: '... on AccessRefusal { code message }' });
  const { retaliationComplaints } = await query('city', '{ retaliationComplaints(first: 1) { nodes { id version } } }') as unknown as { retaliationComplaints: { nodes: { id: string; version: number }[] } };
  const complaint = retaliationComplaints.nodes[0];
  await act('city', 'readRetaliationComplaint', { input: { complaintId: complaint?.id, reason: '核查投诉内容' }, selection: '... on AccessRefusal { code message }' });
  await act('city', 'answerRetaliationComplaint', { input: { complaintId: complaint?.id, expectedVersion: complaint?.version, outcome: 'NOT_UPHELD', note: c.finding }, selection: '... on AccessRefusal { code message }' });

  const excluded = await act('office', 'excludeFromCase', { input: { caseId, unitId: units.civilAffairs.id, reason: c.excludeReason }, selection: '... on ExclusionPayload { case { exclusions { id } } } ... on ExclusionRefusal { code message }' }) as unknown as { case: { exclusions: { id: string }[] } };
  await act('office', 'liftExclusion', { input: { caseId, exclusionId: excluded.case.exclusions[0]?.id, reason: c.liftReason }, selection: '... on ExclusionRefusal { code message }' });

  const asked = await act('clerk', 'recordDataRequest', { input: { petitionId: registered.petition.id, right: 'CORRECTION', words: c.asked, correction: { field: 'ADDRESS', value: c.newAddress } }, selection: '... on DataRequestPayload { request { id version } } ... on DataRequestRefusal { code message }' }) as unknown as { request: { id: string; version: number } };
  await act('clerk', 'decideDataRequest', { input: { requestId: asked.request.id, expectedVersion: asked.request.version, outcome: 'GRANTED', reasons: c.reasons }, selection: '... on DataRequestRefusal { code message }' });
  const copy = await act('portal', 'askDataRight', { input: { ...own, right: 'COPY', words: c.asked }, selection: '... on MyMatterPayload { matter { dataRequests { id right reasons } } } ... on AccessRefusal { code message }' }) as unknown as { matter: { dataRequests: { id: string; right: string }[] } };
  await act('clerk', 'decideDataRequest', { input: { requestId: copy.matter.dataRequests.find((one) => one.right === 'COPY')?.id, expectedVersion: 1, outcome: 'GRANTED', reasons: c.reasons }, selection: '... on DataRequestRefusal { code message }' });

  const accused = await act('clerk', 'registerPetition', {
    input: { channel: 'LETTER', purpose: 'ACCUSATION', petitionedOn: TODAY, divisionCode: '640104', title: c.accusedTitle, summary: c.accusation, content: c.accusation, petitioners: [{ name: c.name, phone: c.phone }], accused: [{ description: c.accused }] },
    selection: '... on RegisterPetitionPayload { case { id version } } ... on PetitionRefusal { code message }',
  }) as unknown as { case: { id: string; version: number } };
  await act('clerk', 'transferAccusation', { input: { caseId: accused.case.id, expectedVersion: accused.case.version, toUnitId: discipline.id, note: c.note }, selection: '... on AccusationRefusal { code message }' });
  await act('organ', 'revealAccusation', { input: { caseId: accused.case.id, reason: c.readReason }, selection: '... on RevealedAccusation { transferNote } ... on AccusationRefusal { code message }' });
  await system.settled();
  return { caseId, petitionId: registered.petition.id, ref: registered.petition.petitioners[0]?.ref ?? '', attachmentId: attached.attachment.id };
}

/** What an export holds, fetched by whoever asked for it. */
export async function exportOf({ query, act, download }: PlantedSystem, who: Who, identity: 'MASKED' | 'FULL'): Promise<Buffer> {
  const { export: asked } = await act(who, 'exportExchangeRecords', { input: { filter: {}, identity, reason: '按规定交换数据' }, selection: '... on ExchangeExportPayload { export { id } } ... on ExchangeRefusal { code message }' }) as unknown as { export: { id: string } };
  await eventually('the export is ready', async () => (await query(who, 'query ($id: ID!) { exchangeExport(id: $id) { state } }', { id: asked.id }) as unknown as { exchangeExport: { state: string } }).exchangeExport.state === 'READY', 60_000);
  const { path } = await act(who, 'createExchangeExportLink', { type: 'ExchangeExportLinkInput', input: { exportId: asked.id }, selection: '... on ExchangeExportLink { path } ... on ExchangeRefusal { code message }' }) as unknown as { path: string };
  return download(who, path);
}
