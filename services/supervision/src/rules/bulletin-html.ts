import type { BulletinDocument, DocumentSection } from './bulletin-document';

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
const escape = (text: string): string => text.replace(/[&<>"']/g, (mark) => ENTITIES[mark] ?? mark);

/** A4 with the margins and sizes of GB/T 9704; a table's head is repeated on each page. */
const STYLE = `@page{size:A4;margin:37mm 26mm 35mm 28mm}
*{box-sizing:border-box}
body{margin:0 auto;max-width:156mm;color:#000;background:#fff;font:16pt/28pt FangSong,仿宋,STFangsong,serif}
h1{margin:0 0 14pt;font:22pt/32pt "FZXiaoBiaoSong-B05S",方正小标宋简体,SimSun,serif;text-align:center}
h2{margin:14pt 0 0;font:16pt/28pt SimHei,黑体,sans-serif;text-indent:2em;break-after:avoid}
.number{margin:0 0 14pt;font-family:KaiTi,楷体,serif;text-align:center}
p{margin:0;text-indent:2em}
.to{text-indent:0}
.sign{margin-top:28pt;text-align:right;text-indent:0;break-before:avoid}
table{width:100%;margin:7pt 0;border-collapse:collapse;font-size:10.5pt;line-height:16pt}
thead{display:table-header-group}
tr{break-inside:avoid}
th,td{padding:2pt 4pt;border:.5pt solid #000;text-align:right}
td{white-space:nowrap}
th{font-family:SimHei,黑体,sans-serif;font-weight:400;text-align:center}
th:first-child,td:first-child{text-align:left;white-space:pre-wrap}
.small{font-size:10.5pt;line-height:16pt}
@media screen{body{padding:20mm 8mm}}`;

const paragraph = (text: string, kind = ''): string => `<p${kind ? ` class="${kind}"` : ''}>${escape(text).replaceAll('\n', '<br>')}</p>`;

function section({ title, sentences, notes, header, rows }: DocumentSection): string {
  const head = `<thead><tr>${header.map((cell) => `<th scope="col">${escape(cell)}</th>`).join('')}</tr></thead>`;
  const body = rows.map((cells) => `<tr>${cells.map((cell) => `<td>${escape(cell)}</td>`).join('')}</tr>`).join('\n');
  return `<section><h2>${escape(title)}</h2>\n${[...sentences, ...notes].map((text) => paragraph(text)).join('\n')}\n<table>${head}<tbody>\n${body}\n</tbody></table></section>`;
}

/** One self-contained page, ready to print: no script, no font, no picture, nothing that is fetched. */
export function bulletinHtml(document: BulletinDocument): string {
  const { language, title, subtitle, addressee, opening, sections, notes, statements, formulas, signature, day } = document;
  const heading = language === 'zh' ? '指标口径：' : 'How figures are made:';
  return `<!doctype html>
<html lang="${language === 'zh' ? 'zh-CN' : 'en'}"><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${escape(title)}</title><style>${STYLE}</style></head><body>
<h1>${escape(title)}</h1>
<div class="number">${escape(subtitle)}</div>
${paragraph(addressee, 'to')}
${paragraph(opening)}
${sections.map(section).join('\n')}
${notes.map((text) => paragraph(text)).join('\n')}
${statements.map((text) => paragraph(text, 'small')).join('\n')}
${paragraph(heading, 'small')}
${formulas.map(([name, formula]) => paragraph(`${name}：${formula}`, 'small')).join('\n')}
<p class="sign">${escape(signature)}<br>${escape(day)}</p>
</body></html>
`;
}
