import { openingSentence, sectionSentences, shownText, statements, type BulletinFacts, type Language } from './bulletin-text';
import { reportFigure, type Words } from './report-figures';
import { dayInWords } from './report-periods';

export interface BulletinNote {
  /** Code of the section that it stands in; null for the end of the bulletin. */
  readonly section: string | null;
  readonly text: string;
}

export interface DocumentSection {
  readonly code: string;
  readonly title: string;
  readonly sentences: readonly string[];
  readonly notes: readonly string[];
  readonly header: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** A bulletin as it is read: the same for the graph, HTML, DOCX and XLSX. */
export interface BulletinDocument {
  readonly language: Language;
  readonly title: string;
  /** 2025年第3期, or that it is a draft. */
  readonly subtitle: string;
  readonly addressee: string;
  readonly opening: string;
  readonly sections: readonly DocumentSection[];
  readonly notes: readonly string[];
  readonly statements: readonly string[];
  readonly formulas: readonly (readonly [string, string])[];
  readonly signature: string;
  readonly day: string;
}

export interface BulletinHead {
  readonly issuer: string;
  /** Null for a draft. */
  readonly number: { readonly year: number; readonly serial: number } | null;
  /** Of publication, of drafting while it is a draft. */
  readonly on: string;
}

const NUMERALS = ['一', '二', '三', '四', '五', '六', '七', '八', '九', '十', '十一', '十二'];

export const titleOf = ({ kind, rows }: Pick<BulletinFacts, 'kind' | 'rows'>): Words => {
  const place = rows[0]?.name ?? '';
  return { zh: kind.zh.endsWith('报告') ? `${place}信访情况${kind.zh}` : `${place}信访工作${kind.zh}`, en: `${place}: ${kind.en} on petition work` };
};

export function bulletinDocument(facts: BulletinFacts, { head, notes, language }: { head: BulletinHead; notes: readonly BulletinNote[]; language: Language }): BulletinDocument {
  const figures = [...new Set(facts.kind.sections.flatMap((section) => section.figures))];
  return {
    language,
    title: titleOf(facts)[language],
    subtitle: subtitleOf(head, language),
    addressee: `${facts.kind.addressee[language]}${language === 'zh' ? '：' : ':'}`,
    opening: openingSentence(facts, language),
    sections: facts.kind.sections.map((section, i) => ({
      code: section.code,
      title: language === 'zh' ? `${NUMERALS[i] ?? i + 1}、${section.zh}` : `${i + 1}. ${section.en}`,
      sentences: sectionSentences(facts, section, language),
      notes: notes.filter((note) => note.section === section.code).map(({ text }) => text),
      header: [language === 'zh' ? '单位' : 'Unit', ...section.figures.map((code) => reportFigure(code)[language])],
      rows: facts.rows.map((row) => [row.unitId === null ? row.name : `　${row.name}`, ...section.figures.map((code) => shownText(facts, row.ordinal, code))]),
    })),
    notes: notes.filter((note) => !facts.kind.sections.some(({ code }) => code === note.section)).map(({ text }) => text),
    statements: statements(facts, head.number !== null).map((words) => words[language]),
    formulas: figures.map((code) => [reportFigure(code)[language], reportFigure(code).formula[language]]),
    signature: head.issuer,
    day: language === 'zh' ? dayInWords(head.on) : head.on,
  };
}

function subtitleOf({ number }: BulletinHead, language: Language): string {
  if (!number) return language === 'zh' ? '（草稿，未公布）' : '(draft, not published)';
  return language === 'zh' ? `${number.year}年第${number.serial}期` : `No. ${number.serial} of ${number.year}`;
}
