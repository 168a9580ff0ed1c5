import { isRefusal } from '@anjie/contracts';
import { ATTACHMENT_BYTES, downloadName, fileTypeOf, mayRead, mayWithdraw, unfitReason, unfitTitle } from './attachments';
import type { ArchiveFacts } from './file-types';

const hex = (text: string): Buffer => Buffer.from(text.replaceAll(' ', ''), 'hex');
const after = (text: string, head = ''): Buffer => Buffer.concat([hex(head), Buffer.from(text, 'latin1'), Buffer.alloc(64)]);
const ZIP = hex('504b0304 14000000');
const WORD = '<Override ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/>';
const EXCEL = '<Override ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>';
const archive = (part: Partial<ArchiveFacts> = {}): ArchiveFacts => ({
  names: ['[Content_Types].xml', 'word/document.xml'], packedBytes: 4_000, unpackedBytes: 20_000, isEncrypted: false, contentTypes: WORD, ...part,
});
const sheet = archive({ names: ['[Content_Types].xml', 'xl/workbook.xml'], contentTypes: EXCEL });
const ofd = archive({ names: ['OFD.xml', 'Doc_0/Document.xml'], contentTypes: '' });
/** MPEG-1 layer III, 128 kbit/s, 44.1 kHz. */
const MP3_FRAME = 'fffb9064';

const judge = (name: string, content: Buffer, facts?: ArchiveFacts | 'DAMAGED') => {
  const found = fileTypeOf({ name, content, ...(facts ? { archive: facts } : {}) });
  return isRefusal(found) ? found.code : found.mediaType;
};

test.each<[string, string, Buffer, ArchiveFacts | undefined, string]>([
  ['PDF', '复查意见书.pdf', Buffer.from('%PDF-1.7\n1 0 obj\nendobj\ntrailer\n%%EOF\n'), undefined, 'application/pdf'],
  ['PDF in capitals', 'SCAN.PDF', Buffer.from('%PDF-2.0\n%%EOF'), undefined, 'application/pdf'],
  ['JPEG', '照片.jpg', after('JFIF', 'ffd8ffe00010'), undefined, 'image/jpeg'],
  ['JPEG, long extension', '照片.jpeg', after('Exif', 'ffd8ffe10010'), undefined, 'image/jpeg'],
  ['PNG', 'a.png', after('IHDR', '89504e470d0a1a0a 0000000d'), undefined, 'image/png'],
  ['GIF', 'a.gif', after('GIF89a'), undefined, 'image/gif'],
  ['TIFF, little end first', 'a.tif', hex('49492a0008000000'), undefined, 'image/tiff'],
  ['TIFF, big end first', 'a.tiff', hex('4d4d002a00000008'), undefined, 'image/tiff'],
  ['DOCX', '协议.docx', ZIP, archive(), 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'],
  ['XLSX', '清单.xlsx', ZIP, sheet, 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'],
  ['OFD (GB/T 33190)', '公文.ofd', ZIP, ofd, 'application/ofd'],
  ['UTF-8 text', '笔录.txt', Buffer.from('问：何时入住？\r\n答：2015年。\t<完>'), undefined, 'text/plain; charset=utf-8'],
  ['UTF-8 text with a mark', '笔录.txt', Buffer.from('\uFEFF笔录'), undefined, 'text/plain; charset=utf-8'],
  ['MP3 without a tag', '听证.mp3', after('', MP3_FRAME), undefined, 'audio/mpeg'],
  ['MP3 behind a tag', '听证.mp3', Buffer.concat([hex('494433 0400 00 00000005'), Buffer.alloc(5), Buffer.alloc(3), hex(MP3_FRAME), Buffer.alloc(64)]), undefined, 'audio/mpeg'],
  ['WAV', '听证.wav', Buffer.concat([after('RIFF').subarray(0, 8), after('WAVEfmt ')]), undefined, 'audio/wav'],
  ['MP4', '现场.mp4', after('ftypisom', '00000018'), undefined, 'video/mp4'],
  ['sound in MP4', '听证.m4a', after('ftypM4A ', '00000018'), undefined, 'audio/mp4'],
])('%s is taken by its content', (_what, name, content, facts, mediaType) => {
  expect(judge(name, content, facts)).toBe(mediaType);
});

const GOOD_NAME = 'a.pdf';
test.each<[string, string, Buffer, ArchiveFacts | 'DAMAGED' | undefined, string]>([
  ['a Windows program', GOOD_NAME, after('MZ'), undefined, 'FILE_TYPE_NOT_ALLOWED'],
  ['a Linux program', GOOD_NAME, after('ELF', '7f'), undefined, 'FILE_TYPE_NOT_ALLOWED'],
  ['a macOS program', GOOD_NAME, hex('cffaedfe07000001'), undefined, 'FILE_TYPE_NOT_ALLOWED'],
  ['Java bytecode', GOOD_NAME, hex('cafebabe00000034'), undefined, 'FILE_TYPE_NOT_ALLOWED'],
  ['an Android program', GOOD_NAME, after('dex\n035'), undefined, 'FILE_TYPE_NOT_ALLOWED'],
  ['a Windows shortcut', GOOD_NAME, hex('4c0000000114020000000000'), undefined, 'FILE_TYPE_NOT_ALLOWED'],
  ['a shell script called text', 'a.txt', Buffer.from('#!/bin/sh\nrm -rf /\n'), undefined, 'FILE_TYPE_NOT_ALLOWED'],
  ['a web page called text', 'a.txt', Buffer.from('\n <!DOCTYPE html><html><script>alert(1)</script>'), undefined, 'FILE_TYPE_NOT_ALLOWED'],
  ['SVG called text', 'a.txt', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'), undefined, 'FILE_TYPE_NOT_ALLOWED'],
  ['SVG behind an XML head', 'a.txt', Buffer.from('<?xml version="1.0"?><svg/>'), undefined, 'FILE_TYPE_NOT_ALLOWED'],
  ['PHP', 'a.txt', Buffer.from('hello <?php system($_GET[0]); ?>'), undefined, 'FILE_TYPE_NOT_ALLOWED'],
  ['a script block deep in a text', 'a.txt', Buffer.from(`${'字'.repeat(100)}<SCRIPT src=x>`), undefined, 'FILE_TYPE_NOT_ALLOWED'],
  ['text that is a script by its name', 'a.js', Buffer.from('alert(1)'), undefined, 'NAME_DOES_NOT_FIT'],
  ['a batch file', 'a.bat', Buffer.from('del /q *'), undefined, 'NAME_DOES_NOT_FIT'],
  ['text that is a web page by its name', 'a.html', Buffer.from('plain words'), undefined, 'NAME_DOES_NOT_FIT'],
  ['an old Office document', 'a.doc', hex('d0cf11e0a1b11ae1 0000'), undefined, 'FILE_TYPE_NOT_ALLOWED'],
  ['RTF', 'a.doc', Buffer.from('{\\rtf1 x}'), undefined, 'FILE_TYPE_NOT_ALLOWED'],
  ['PostScript', 'a.pdf', Buffer.from('%!PS-Adobe-3.0'), undefined, 'FILE_TYPE_NOT_ALLOWED'],
  ['RAR', 'a.rar', after('Rar!\x1a\x07\x01'), undefined, 'FILE_TYPE_NOT_ALLOWED'],
  ['7z', 'a.7z', hex('377abcaf271c0004'), undefined, 'FILE_TYPE_NOT_ALLOWED'],
  ['GZIP', 'a.gz', hex('1f8b080000000000'), undefined, 'FILE_TYPE_NOT_ALLOWED'],
  ['any ZIP', 'a.zip', ZIP, archive({ names: ['a.txt'], contentTypes: '' }), 'FILE_TYPE_NOT_ALLOWED'],
  ['an APK or JAR', 'a.docx', ZIP, archive({ names: ['META-INF/MANIFEST.MF', 'classes.dex'], contentTypes: '' }), 'FILE_TYPE_NOT_ALLOWED'],
  ['a DOCX without its main part', 'a.docx', ZIP, archive({ names: ['[Content_Types].xml'] }), 'FILE_TYPE_NOT_ALLOWED'],
  ['text of another encoding (GBK)', 'a.txt', hex('d0c5b7c3b2c4c1cf'), undefined, 'FILE_TYPE_NOT_ALLOWED'],
  ['text with a NUL', 'a.txt', Buffer.from('a\0b'), undefined, 'FILE_TYPE_NOT_ALLOWED'],
  ['noise', 'a.mp3', hex('fffe0102030405'), undefined, 'FILE_TYPE_NOT_ALLOWED'],
  ['MPEG layer II called MP3', 'a.mp3', after('', 'fffd9064'), undefined, 'FILE_TYPE_NOT_ALLOWED'],
  ['a tag with nothing behind it', 'a.mp3', hex('494433 0400 00 00000005 0000000000'), undefined, 'FILE_TYPE_NOT_ALLOWED'],
  ['a QuickTime film', 'a.mp4', after('ftypqt  ', '00000018'), undefined, 'FILE_TYPE_NOT_ALLOWED'],
  ['a PDF that was cut', 'a.pdf', Buffer.from('%PDF-1.7\n1 0 obj'), undefined, 'FILE_TYPE_NOT_ALLOWED'],
  ['a PDF with a megabyte of something behind its end', 'a.pdf', Buffer.concat([Buffer.from('%PDF-1.7\n%%EOF'), Buffer.alloc(1_000_000, 1)]), undefined, 'FILE_TYPE_NOT_ALLOWED'],
  ['something before a PDF', 'a.pdf', Buffer.from('GIF9%PDF-1.7\n%%EOF\x01'), undefined, 'FILE_TYPE_NOT_ALLOWED'],
  ['a DOCX with macros', 'a.docx', ZIP, archive({ names: ['word/document.xml', 'word/vbaProject.bin'] }), 'FILE_HAS_MACROS'],
  ['a .docm', 'a.docm', ZIP, archive({ contentTypes: '<Override ContentType="application/vnd.ms-word.document.macroEnabled.main+xml"/>' }), 'FILE_HAS_MACROS'],
  ['an .xlsm', 'a.xlsm', ZIP, archive({ names: ['xl/workbook.xml', 'xl/vbaProject.bin'], contentTypes: 'application/vnd.ms-excel.sheet.macroEnabled.main+xml' }), 'FILE_HAS_MACROS'],
  ['an XLSX with macros of the old kind', 'a.xlsx', ZIP, archive({ names: ['xl/workbook.xml', 'xl/macrosheets/sheet1.xml'], contentTypes: EXCEL }), 'FILE_HAS_MACROS'],
  ['a DOCX with a control', 'a.docx', ZIP, archive({ names: ['word/document.xml', 'word/activeX/activeX1.bin'] }), 'FILE_HAS_MACROS'],
  ['an OFD with a program inside', 'a.ofd', ZIP, archive({ names: ['OFD.xml', 'Res/setup.EXE'], contentTypes: '' }), 'FILE_HAS_MACROS'],
  ['a DOCX behind a password', 'a.docx', ZIP, archive({ isEncrypted: true, contentTypes: '' }), 'FILE_ENCRYPTED'],
  ['a zip bomb by declared size', 'a.docx', ZIP, archive({ unpackedBytes: 200 * 1024 * 1024 + 1 }), 'FILE_UNPACKS_TOO_LARGE'],
  ['a zip bomb of parts that lie upon each other', 'a.docx', ZIP, archive({ packedBytes: 20 * 1024 * 1024 + 1 }), 'FILE_UNPACKS_TOO_LARGE'],
  ['a zip bomb of many parts', 'a.docx', ZIP, archive({ names: Array.from({ length: 2_001 }, (_u, i) => `word/${i}.xml`) }), 'FILE_UNPACKS_TOO_LARGE'],
  ['a damaged archive', 'a.docx', ZIP, 'DAMAGED', 'FILE_DAMAGED'],
  ['a PDF called JPEG', 'a.jpg', Buffer.from('%PDF-1.7\n%%EOF'), undefined, 'NAME_DOES_NOT_FIT'],
  ['a PDF called a program', 'a.pdf.exe', Buffer.from('%PDF-1.7\n%%EOF'), undefined, 'NAME_DOES_NOT_FIT'],
  ['a PDF without an extension', 'pdf', Buffer.from('%PDF-1.7\n%%EOF'), undefined, 'NAME_DOES_NOT_FIT'],
  ['a name that ends with a dot', 'a.pdf.', Buffer.from('%PDF-1.7\n%%EOF'), undefined, 'NAME_DOES_NOT_FIT'],
  ['a property of objects as an extension', 'a.constructor', Buffer.from('%PDF-1.7\n%%EOF'), undefined, 'NAME_DOES_NOT_FIT'],
  ['a DOCX called XLSX', 'a.xlsx', ZIP, archive(), 'NAME_DOES_NOT_FIT'],
  ['nothing', 'a.txt', Buffer.alloc(0), undefined, 'FILE_EMPTY'],
  ['20 MiB and a byte', 'a.pdf', Buffer.concat([Buffer.from('%PDF-1.7'), Buffer.alloc(ATTACHMENT_BYTES - 7)]), undefined, 'FILE_TOO_LARGE'],
])('%s is refused', (_what, name, content, facts, code) => {
  expect(judge(name, content, facts)).toBe(code);
});

test('a refusal says what was found and what is wanted, in both languages', () => {
  expect(fileTypeOf({ name: 'a.pdf', content: after('MZ') })).toMatchObject({ message: { zh: expect.stringContaining('Windows 可执行文件'), en: expect.stringContaining('a Windows program') } });
  expect(fileTypeOf({ name: 'a.pdf', content: after('JFIF', 'ffd8ffe0') })).toMatchObject({ message: { zh: '文件扩展名与内容不符，应为 .jpg 或 .jpeg。' } });
});

test('titles and reasons have a length in characters and no control characters', () => {
  expect(['', ' ', '字'.repeat(201), 'a\u0000b', 'a\nb'].map((title) => unfitTitle(title)?.code)).toEqual(Array.from({ length: 5 }, () => 'TEXT_LENGTH'));
  expect(unfitTitle('𠮷'.repeat(200))).toBeUndefined();
  expect(['    x    ', '字'.repeat(201)].map((reason) => unfitReason(reason)?.code)).toEqual(['REASON_MISSING', 'REASON_MISSING']);
  expect(unfitReason('误传他人材料')).toBeUndefined();
});

test('a download is called by its title: nothing of the sender’s name for it is left, and no path', () => {
  expect(downloadName(' 不动产权证 ', '马小明 证.JPG')).toBe('不动产权证.jpg');
  expect(downloadName('../a\\b\u202e', 'x.pdf')).toBe('.._a_b_.pdf');
});

test('a paper is withdrawn by who attached it, by the same unit or by the joint office; then only the joint office opens it', () => {
  const paper = { attachedBy: 'one', attachedUnitId: 'housing', withdrawnOn: null };
  const acting = (subject: string, unitId: string | null, isJointOffice = false) => ({ subject, unitId, isJointOffice });
  expect(mayWithdraw(acting('one', null), paper)).toBe(true);
  expect(mayWithdraw(acting('two', 'housing'), paper)).toBe(true);
  expect(mayWithdraw(acting('two', 'water'), paper)).toBe(false);
  expect(mayWithdraw(acting('two', null), { ...paper, attachedUnitId: null })).toBe(false);
  expect(mayWithdraw(acting('two', 'office', true), paper)).toBe(true);
  expect([mayRead({ isJointOffice: false }, paper), mayRead({ isJointOffice: false }, { withdrawnOn: '2022-09-27' }), mayRead({ isJointOffice: true }, { withdrawnOn: '2022-09-27' })]).toEqual([true, false, true]);
});
