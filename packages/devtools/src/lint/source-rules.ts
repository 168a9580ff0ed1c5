import type { Finding } from './finding';
import { withoutComments, type SourceFile } from './source-files';

interface PatternRule {
  readonly rule: string;
  readonly files: RegExp;
  readonly except?: RegExp;
  readonly found: RegExp;
  readonly advice: string;
}

const CODE = /\.(ts|js|cjs|mjs)$/;
const TEST = /\.test\.ts$|(^|\/)test\//;

/** What oxlint has no word for. Patterns are looked for in code, not in comments. */
const PATTERNS: readonly PatternRule[] = [
  {
    rule: 'rules-know-no-clock-and-no-chance',
    files: /^(services\/[^/]+\/src\/rules|packages\/(calendar|rulebook|contracts)\/src)\/.*\.ts$/,
    except: TEST,
    found: /\bDate\.now\(|\bnew Date\(\s*\)|\bMath\.random\(|\bperformance\.now\(/g,
    advice: 'take the day, the instant or the id as an argument',
  },
  {
    rule: 'sql-knows-no-clock-of-its-own',
    files: /\/src\/.*\.ts$/,
    except: TEST,
    found: /\bNOW\(|\bSYSDATE\(|\bCURDATE\(|\bCURRENT_(DATE|TIMESTAMP)\b/g,
    advice: 'ask businessTime(tx); an instant of the plumbing is UTC_TIMESTAMP(3)',
  },
  {
    rule: 'nothing-is-written-through-entities',
    files: /^(services|packages\/service-kit)\/.*\.ts$/,
    found: /\.save\(/g,
    advice: 'write with insertRows or updateVersion in the repository',
  },
  {
    rule: 'nothing-of-one-machine-is-in-the-tree',
    files: /\.(ts|js|cjs|mjs|json|ya?ml|sh|tpl)$|(^|\/)run$/,
    found: /registry\.npm[j]s\.org|npm[m]irror|artif[a]ctory|_auth[T]oken|\/wor[k]\/(?:main|shared)\b|\/hom[e]\/\w+\//gi,
    advice: 'registries and folders belong to the machine: take them from its settings',
  },
];

const BANNED_WORDS = new Set(['util', 'utils', 'helper', 'helpers', 'common', 'shared', 'manager', 'managers', 'handler', 'handlers', 'misc']);
const MAX_SCHEMA_LINES = 200;

export const lintSources = (files: readonly SourceFile[]): Finding[] =>
  files.flatMap((file) => [...vagueNames(file), ...longSchemas(file), ...patterns(file)]);

function vagueNames({ path }: SourceFile): Finding[] {
  if (!CODE.test(path) && !path.endsWith('.graphql')) return [];
  const words = path.toLowerCase().split(/[/.\-_]/).filter((word) => BANNED_WORDS.has(word));
  return words.map((word) => ({ rule: 'files-are-named-after-what-they-hold', place: path, message: `"${word}" says nothing: name the noun or the act` }));
}

function longSchemas({ path, text }: SourceFile): Finding[] {
  const lines = text.split('\n').length - 1;
  if (!path.includes('/schema/') || !path.endsWith('.graphql') || lines <= MAX_SCHEMA_LINES) return [];
  return [{ rule: 'schema-files-stay-short', place: path, message: `${lines} lines, at most ${MAX_SCHEMA_LINES}: split it by noun` }];
}

function patterns({ path, text }: SourceFile): Finding[] {
  const rules = PATTERNS.filter(({ files, except }) => files.test(path) && !except?.test(path));
  if (rules.length === 0) return [];
  const code = CODE.test(path) ? withoutComments(text) : text;
  return rules.flatMap(({ rule, found, advice }) =>
    [...code.matchAll(found)].map((match) => ({
      rule, place: `${path}:${code.slice(0, match.index).split('\n').length}`, message: `${match[0].trim()} — ${advice}`,
    })),
  );
}
