import { fromBuffer, type Entry, type ZipFile } from 'yauzl';
import { writeDocument } from './write-document';

const partsOf = (content: Buffer): Promise<Map<string, string>> =>
  new Promise((resolve, reject) => fromBuffer(content, { lazyEntries: true }, (failure, zip: ZipFile) => {
    if (failure) return reject(failure);
    const parts = new Map<string, string>();
    zip.on('entry', (entry: Entry) => zip.openReadStream(entry, (fault, stream) => {
      if (fault) return reject(fault);
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => void chunks.push(chunk)).on('end', () => {
        parts.set(entry.fileName, Buffer.concat(chunks).toString());
        zip.readEntry();
      });
    }));
    zip.on('end', () => resolve(parts));
    zip.readEntry();
  }));

test('a document holds its paragraphs and tables on A4, escaped, without anything outside · row 126', async () => {
  const content = await writeDocument([{ style: 'TITLE', text: '关于<信访>工作的通报' }, { style: 'BODY', text: '一、A & B\u0007\n二' }, { header: ['单位', '新增'], rows: [['甲局', '0']] }]);
  const parts = await partsOf(content);
  expect([...parts.keys()]).toEqual(['[Content_Types].xml', '_rels/.rels', 'word/document.xml']);
  const xml = parts.get('word/document.xml') ?? '';
  expect(xml).toContain('关于&lt;信访&gt;工作的通报');
  expect(xml).toContain('一、A &amp; B</w:t>');
  expect(xml).toContain('<w:br/><w:t xml:space="preserve">二</w:t>');
  expect([...xml.matchAll(/<w:tc>/g)]).toHaveLength(4);
  expect(xml).toContain('w:w="11906" w:h="16838"');
  expect(xml.replace('http://schemas.openxmlformats.org/wordprocessingml/2006/main', '')).not.toContain('http');
});

test('the same blocks give the same bytes · row 126', async () => {
  const blocks = [{ style: 'BODY', text: '正文' }] as const;
  expect((await writeDocument(blocks)).equals(await writeDocument(blocks))).toBe(true);
});
