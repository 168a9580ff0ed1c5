import { outcomeOf } from '../outcome';
import type { Row } from './attack';
import { PDF, upload } from './fill-world';
import { docx, tinyZip } from './tiny-zip';
import type { World } from './world';

interface Sent {
  readonly name: string;
  readonly content: Buffer;
}
/** Uploads a file and puts it on the open case: what is not taken at the door is refused by whoever looks into it. */
async function attached(world: World, file: Sent): Promise<string> {
  const reply = await upload(world, 'housing', file);
  if (reply.status !== 201) return outcomeOf(reply);
  const { id } = JSON.parse(reply.text) as { id: string };
  return outcomeOf(await world.act('housing', 'attachFile', { caseId: world.known.open.caseId, fileId: id, kind: 'MATERIAL', title: '材料' }));
}
const allAttached = async (world: World, files: readonly Sent[]): Promise<string[]> => {
  const all: string[] = [];
  for (const file of files) all.push(await attached(world, file));
  return all;
};
const fresh = (): Sent => ({ name: '证.pdf', content: Buffer.concat([PDF, Buffer.from(`% ${Math.random()}\n%%EOF\n`)]) });
const honest = async (world: World): Promise<void> => {
  const told = await attached(world, fresh());
  if (!told.startsWith('answered')) throw new Error(told);
};
const got = async (world: World, path: string): Promise<string> => outcomeOf(await world.send({ url: `${world.front().url}${path}`, method: 'GET', headers: { authorization: `Bearer ${world.tokenOf('office')}` } }));
const bytes = (hex: string, more = ''): Buffer => Buffer.concat([Buffer.from(hex, 'hex'), Buffer.from(more)]);
const EICAR = ['X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR', '-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*'].join('');
const XML_BOMB = `<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]><w:document>&c;</w:document>`;
const REFUSED = ['UNSUPPORTED_MEDIA_TYPE', 'BAD_USER_INPUT', 'PAYLOAD_TOO_LARGE', 'refused FILE_TYPE_NOT_ALLOWED', 'refused FILE_HAS_MACROS', 'refused FILE_DAMAGED', 'refused FILE_EMPTY', 'refused FILE_UNPACKS_TOO_LARGE', 'refused NAME_DOES_NOT_FIT', 'refused FILE_UNKNOWN'];

export const FILE_ATTACKS: readonly Row[] = [
  {
    number: 109, name: 'paths that climb, in names of files and in addresses', expected: ['BAD_USER_INPUT', 'NOT_FOUND'], honest,
    attack: async (w) => [
      ...(await allAttached(w, ['../../etc/passwd', '..\\..\\x.pdf', '/etc/passwd', 'a/b.pdf', 'a\u0000.pdf', `${'x'.repeat(300)}.pdf`, '\u202efdp.exe', ''].map((name) => ({ name, content: PDF })))),
      ...(await Promise.all(['/templates/../../etc/passwd', '/templates/..%2f..%2fetc%2fpasswd', '/templates/%2e%2e/x', '/files/cases/..%2f..%2fsecret', '/files/../internal/messages', '/internal/files', '/internal/messages', '/templates/__proto__', '/templates/constructor'].map((path) => got(w, path)))),
    ],
  },
  {
    number: 109, name: 'an archive that climbs or links out', expected: ['refused FILE_TYPE_NOT_ALLOWED', 'refused FILE_DAMAGED', 'refused FILE_HAS_MACROS'], honest, mayChange: true,
    attack: (w) => allAttached(w, [{ name: 'a.docx', content: tinyZip([{ name: '../../etc/cron.d/x', content: 'x' }]) }, { name: 'b.docx', content: tinyZip([{ name: 'link', content: '/etc/passwd', mode: 0o120777 }]) }, { name: 'c.zip', content: tinyZip([{ name: 'x.pdf', content: PDF }]) }]),
  },
  {
    number: 110, name: 'programs, pages, macros, bombs and empty files', expected: REFUSED, honest, mayChange: true,
    attack: (w) => allAttached(w, [
      { name: 'a.pdf', content: bytes('4d5a9000', 'program') }, { name: 'b.jpg', content: bytes('7f454c46', 'program') }, { name: 'c.txt', content: Buffer.from('#!/bin/sh\nrm -rf /\n') }, { name: 'd.txt', content: Buffer.from('<html><script>alert(1)</script></html>') },
      { name: 'e.svg', content: Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>') }, { name: 'f.png', content: Buffer.from('<svg onload=alert(1)>') }, { name: 'g.docx', content: docx({ name: 'word/vbaProject.bin', content: 'macro' }) },
      { name: 'h.com', content: Buffer.from(EICAR) }, { name: 'i.pdf', content: Buffer.alloc(0) }, { name: 'j.pdf', content: PDF.subarray(0, 9) }, { name: 'k.docx', content: docx({ name: 'word/media/x', content: 'x', claimed: 2_000_000_000 }) }, { name: 'l.jpg', content: PDF }, { name: 'm.pdf.exe', content: PDF },
      { name: 'n.pdf', content: Buffer.alloc(21 * 1024 * 1024, 0x20) }, { name: 'o.docx', content: bytes('d0cf11e0a1b11ae1', 'old office') },
    ]),
  },
  {
    number: 110, name: 'a picture that is also a page goes out as a download only', expected: 'an attachment that no browser opens', honest, mayChange: true,
    async attack(w) {
      const polyglot = Buffer.concat([Buffer.from('474946383961', 'hex'), Buffer.from('/*<html><script>alert(1)</script>*/=1;')]);
      const { id } = JSON.parse((await upload(w, 'housing', { name: 'p.gif', content: polyglot })).text) as { id: string };
      const { attachment } = await w.done<{ attachment: { id: string } }>('housing', 'attachFile', { caseId: w.known.open.caseId, fileId: id, kind: 'MATERIAL', title: '图片' }, 'attachment { id }');
      const { path } = await w.done<{ path: string }>('housing', 'createAttachmentLink', { attachmentId: attachment.id }, 'path');
      const { status, headers } = await w.send({ url: `${w.front().url}${path}`, method: 'GET' });
      return status === 200 && String(headers['content-disposition']).startsWith('attachment') && headers['x-content-type-options'] === 'nosniff' ? 'an attachment that no browser opens' : JSON.stringify(headers);
    },
  },
  { number: 110, name: 'a virus in a text file that is otherwise one', notApplicable: 'uploaded files are not scanned; the README says so under "Not yet"' },
  { number: 111, name: 'entities of XML in a document and in a workbook', expected: ['nothing was unpacked', ...REFUSED], honest, mayChange: true, attack: async (w) => (await allAttached(w, [{ name: 'x.docx', content: tinyZip([{ name: 'word/document.xml', content: XML_BOMB }]) }, { name: 'y.xlsx', content: tinyZip([{ name: 'xl/workbook.xml', content: XML_BOMB }]) }])) },
  { number: 111, name: 'entities of XML in an imported workbook', provenBy: { file: 'packages/workbook/src/refuse-xlsx.test.ts', title: 'doctypes and entities are refused' } },
];
