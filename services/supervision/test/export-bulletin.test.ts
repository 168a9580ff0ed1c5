import { randomUUID } from 'node:crypto';
import type { Viewer } from '@anjie/access';
import { select } from '@anjie/service-kit/database';
import { keptFile, useDownloadLink, verifiedContent } from '@anjie/service-kit/files';
import { viewers } from '@anjie/testing';
import { monthOf } from './bulletins';
import { at, openSupervision, type Supervision } from './builders';
import { aCity, actor, CITY, key, type City } from './reports';

let supervision: Supervision;
let city: City;
const campaignId = randomUUID();
beforeAll(async () => void (supervision = await openSupervision()));
beforeEach(async () => {
  await supervision.truncate();
  await at(supervision.db, '2025-10-09T02:00:00Z');
  city = await aCity(supervision);
});
afterAll(() => supervision.close());

const act = (name: string, input: object) => actor(supervision)<{ bulletin: { id: string } }>(city.office, name, { input, answer: '... on BulletinPayload { bulletin { id } } ... on BulletinRefusal { code }' });
const draft = async () => (await act('draftBulletin', { kind: 'MONTHLY', divisionCode: CITY, periodOn: '2025-10-01', campaignId })).bulletin;
const exported = async (bulletinId: string, format: string, viewer: Viewer = city.office) => {
  const answer = await actor(supervision)<{ path: string; fileName: string }>(viewer, 'exportBulletin', { input: { bulletinId, format }, answer: '... on BulletinExport { path fileName } ... on BulletinRefusal { code }' });
  if (answer.code) return { code: answer.code, content: Buffer.alloc(0), fileName: '' };
  const link = await useDownloadLink(supervision.db.manager, answer.path.split('/').at(-1) ?? '');
  const file = await keptFile(supervision.db.manager, link?.fileId ?? '');
  if (!file) throw new Error('no file');
  return { fileName: answer.fileName, content: await verifiedContent(supervision.storage, file), mediaType: file.mediaType };
};

test('HTML is one page that prints on A4 and fetches nothing; DOCX and XLSX are packages; each is fetched once · row 126', async () => {
  await monthOf(supervision, { city, campaignId });
  const bulletin = await draft();
  const html = await exported(bulletin.id, 'HTML');
  expect(html.fileName).toBe('银川市信访工作月通报-2025-10-01.html');
  expect(html.content.toString()).toMatch(/草稿，未公布[\s\S]*期初存量7件/);
  expect(html.content.toString()).not.toMatch(/https?:|<script|<link|<img|url\(/);
  for (const format of ['DOCX', 'XLSX']) expect((await exported(bulletin.id, format)).content.subarray(0, 2).toString()).toBe('PK');
});

test('a repeat answers the same link, whose secret stands in no table', async () => {
  const input = { idempotencyKey: key(), bulletinId: (await draft()).id, format: 'HTML' };
  const ask = () => actor(supervision)<{ path: string }>(city.office, 'exportBulletin', { input, answer: '... on BulletinExport { path }' });
  const paths = [(await ask()).path, (await ask()).path];
  const secret = paths[0]?.split('/').at(-1) ?? '';
  expect([paths[1], (await useDownloadLink(supervision.db.manager, secret))?.createdBy]).toEqual([paths[0], city.office.subject]);
  expect(JSON.stringify(await select(supervision.db.manager, 'SELECT response FROM idempotency_keys'))).not.toContain(secret);
});

test('of what is published the file is the text that was hashed, small numbers hidden for everybody · row 126', async () => {
  await monthOf(supervision, { city, campaignId });
  const bulletin = await draft();
  await act('publishBulletin', { bulletinId: bulletin.id, expectedVersion: 1 });
  const forOffice = (await exported(bulletin.id, 'HTML')).content.toString();
  expect(forOffice).toContain('2025年第1期');
  expect(forOffice).toContain('新增＊件');
  expect((await exported(bulletin.id, 'HTML', viewers.handler(city.civil))).content.toString()).toBe(forOffice);
  await act('withdrawBulletin', { bulletinId: bulletin.id, expectedVersion: 2, reason: '有误' });
  expect(await exported(bulletin.id, 'HTML')).toMatchObject({ code: 'WRONG_STATE' });
});
