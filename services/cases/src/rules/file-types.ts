/** The first bytes decide what a file is; its name only has to agree. */
export type FileTypeCode = 'PDF' | 'JPEG' | 'PNG' | 'GIF' | 'TIFF' | 'DOCX' | 'XLSX' | 'OFD' | 'TEXT' | 'MP3' | 'WAV' | 'MP4';

/** What an office may put on a case. Media type by extension: one container holds pictures or sound alone. */
export const FILE_TYPES: Readonly<Record<FileTypeCode, Readonly<Record<string, string>>>> = {
  PDF: { pdf: 'application/pdf' },
  JPEG: { jpg: 'image/jpeg', jpeg: 'image/jpeg' },
  PNG: { png: 'image/png' },
  GIF: { gif: 'image/gif' },
  TIFF: { tif: 'image/tiff', tiff: 'image/tiff' },
  DOCX: { docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document' },
  XLSX: { xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet' },
  OFD: { ofd: 'application/ofd' },
  TEXT: { txt: 'text/plain; charset=utf-8' },
  MP3: { mp3: 'audio/mpeg' },
  WAV: { wav: 'audio/wav' },
  MP4: { mp4: 'video/mp4', m4a: 'audio/mp4' },
};

/** What was found instead, in words for whoever sent it. */
export interface Foreign {
  readonly zh: string;
  readonly en: string;
}

/** What a zip archive says about itself; read by the caller, since it needs a library. */
export interface ArchiveFacts {
  readonly names: readonly string[];
  readonly packedBytes: number;
  readonly unpackedBytes: number;
  readonly isEncrypted: boolean;
  /** `[Content_Types].xml`; empty where there is none. */
  readonly contentTypes: string;
}

const latin = (content: Uint8Array, from: number, to: number): string => String.fromCharCode(...content.subarray(from, to));
const starts = (content: Uint8Array, hex: string): boolean => hex.match(/../g)?.every((byte, i) => content[i] === Number.parseInt(byte, 16)) ?? false;

export const isZip = (content: Uint8Array): boolean => starts(content, '504b0304');

/** Known by their first bytes, and never taken. */
const FOREIGN: readonly (readonly [hex: string, zh: string, en: string])[] = [
  ['4d5a', 'Windows 可执行文件', 'a Windows program'],
  ['7f454c46', 'Linux 可执行文件', 'a Linux program'],
  ['cafebabe', 'Java 或 macOS 可执行文件', 'a Java or macOS program'],
  ['cffaedfe', 'macOS 可执行文件', 'a macOS program'],
  ['cefaedfe', 'macOS 可执行文件', 'a macOS program'],
  ['feedfacf', 'macOS 可执行文件', 'a macOS program'],
  ['feedface', 'macOS 可执行文件', 'a macOS program'],
  ['6465780a', 'Android 可执行文件', 'an Android program'],
  ['4c00000001140200', 'Windows 快捷方式', 'a Windows shortcut'],
  ['2321', '脚本', 'a script'],
  ['d0cf11e0a1b11ae1', '旧版或加密的 Office 文档', 'an old or encrypted Office document'],
  ['526172211a07', 'RAR 压缩包', 'a RAR archive'],
  ['377abcaf271c', '7z 压缩包', 'a 7z archive'],
  ['1f8b', 'GZIP 压缩包', 'a GZIP archive'],
  ['504b0506', '空压缩包', 'an empty archive'],
  ['7b5c727466', 'RTF 文档', 'an RTF document'],
  ['255044462d', '不完整的 PDF', 'an incomplete PDF'],
  ['25215053', 'PostScript 文件', 'a PostScript file'],
];
const UNKNOWN: Foreign = { zh: '无法识别的内容', en: 'content of no known type' };
const MARKUP: Foreign = { zh: '网页、SVG 或脚本', en: 'a web page, SVG or a script' };

/** The type of content that is not a zip archive. */
export function plainTypeOf(content: Uint8Array): FileTypeCode | Foreign {
  for (const [code, fits] of SIGNATURES) if (fits(content)) return code;
  const foreign = FOREIGN.find(([hex]) => starts(content, hex));
  if (foreign) return { zh: foreign[1], en: foreign[2] };
  const text = readText(content);
  if (text === undefined) return UNKNOWN;
  return LOOKS_LIKE_MARKUP.test(text.slice(0, 4_096)) ? MARKUP : 'TEXT';
}

const SIGNATURES: readonly (readonly [FileTypeCode, (content: Uint8Array) => boolean])[] = [
  ['PDF', (c) => starts(c, '255044462d') && latin(c, Math.max(0, c.length - 1_024), c.length).includes('%%EOF')],
  ['JPEG', (c) => starts(c, 'ffd8ff')],
  ['PNG', (c) => starts(c, '89504e470d0a1a0a') && latin(c, 12, 16) === 'IHDR'],
  ['GIF', (c) => starts(c, '474946383761') || starts(c, '474946383961')],
  ['TIFF', (c) => starts(c, '49492a00') || starts(c, '4d4d002a')],
  ['WAV', (c) => starts(c, '52494646') && latin(c, 8, 12) === 'WAVE'],
  ['MP4', (c) => latin(c, 4, 8) === 'ftyp' && /^(isom|iso[2-9]|mp4[12]|avc1|M4A |M4V |dash|MSNV)$/.test(latin(c, 8, 12))],
  ['MP3', (c) => isMp3Frame(c, startOfSound(c))],
];

/** Behind an ID3v2 tag, whose size is written in four bytes of seven bits. */
function startOfSound(content: Uint8Array): number {
  if (!starts(content, '494433')) return 0;
  const size = [6, 7, 8, 9].reduce((sum, at) => sum * 128 + (content[at] ?? 0), 0);
  let at = 10 + size;
  while (content[at] === 0 && at < content.length) at += 1;
  return at;
}

/** Frame head of MPEG-1, -2 or -2.5, layer III; two bytes alone would fit too much, so the bit and sample rates must be real. */
function isMp3Frame(content: Uint8Array, at: number): boolean {
  const [sync = 0, kind = 0, rates = 0] = content.subarray(at, at + 3);
  const isLayer3 = sync === 0xff && (kind & 0xe6) === 0xe2 && (kind & 0x18) !== 0x08;
  return isLayer3 && rates >> 4 !== 0 && rates >> 4 !== 15 && ((rates >> 2) & 3) !== 3;
}

const LOOKS_LIKE_MARKUP = /<(!doctype|html|head|body|script|svg|iframe|object|embed|\?xml|\?php|%)/i;
/** Control characters that no text file needs. */
const BINARY = /[^\P{Cc}\t\n\r\f]/u;

function readText(content: Uint8Array): string | undefined {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(content);
    return BINARY.test(text) ? undefined : text;
  } catch {
    return undefined;
  }
}

const WORD = 'officedocument.wordprocessingml.document.main+xml';
const EXCEL = 'officedocument.spreadsheetml.sheet.main+xml';

/** The type of a zip archive: by its parts, for every office format is one. */
export function archiveTypeOf({ names, contentTypes }: ArchiveFacts): FileTypeCode | Foreign {
  if (names.includes('word/document.xml') && contentTypes.includes(WORD)) return 'DOCX';
  if (names.includes('xl/workbook.xml') && contentTypes.includes(EXCEL)) return 'XLSX';
  if (names.includes('OFD.xml')) return 'OFD';
  return { zh: 'ZIP 压缩包', en: 'a ZIP archive' };
}

/** Macros and controls by which a document runs, whatever its name. */
export const isActive = ({ names, contentTypes }: ArchiveFacts): boolean =>
  /macroEnabled/i.test(contentTypes) || names.some((name) => /(^|\/)(vbaProject|vbaData|activeX|macrosheets|customUI)([^/]*$|\/)|\.(exe|dll|js|vbs|ps1|bat|cmd|scr|hta|jar|lnk)$/i.test(name));
