import { plain } from './plain.ts';

/** Something a passage says, in the words in which it says it. */
export interface Statement {
  /** Verbatim from the passage. */
  readonly quote: string;
  /** On one line, still with the marks that show what is a name. */
  readonly markdown: string;
  readonly role: 'step' | 'item' | 'sentence' | 'row' | 'command';
  /** Of a step: its number in the list. */
  readonly step: number | null;
  /** Of a row: its cells. */
  readonly cells: readonly string[];
  /** What is above it in the same list or paragraph: statements of one line belong together. */
  readonly line: number;
  /** It answers a question that the passage asks right before it. */
  readonly leans: boolean;
}

/** What a passage says, in order, as far as somebody could repeat it in an answer. */
export function statementsOf(text: string): readonly Statement[] {
  const found: Statement[] = [];
  let isCode = false;
  const lines = text.split('\n');
  for (const [line, raw] of lines.entries()) {
    if (/^\s*\|?[\s:|-]+\|\s*$/.test(lines[line + 1] ?? '') && /^\s*\|/.test(raw)) continue;
    if (/^\s*```/.test(raw)) isCode = !isCode;
    else if (isCode) found.push(...commandIn(raw, line));
    else if (/^\s*\|/.test(raw)) found.push(...rowIn(raw, line));
    else found.push(...sentencesIn(raw, line));
  }
  return found.filter(isTelling);
}

function commandIn(raw: string, line: number): readonly Statement[] {
  const command = raw.trim();
  if (command === '' || command.startsWith('#') || command.endsWith('\\') || /^--?\w/.test(command)) return [];
  return [
    { quote: command, markdown: `Run \`${command}\`.`, role: 'command', step: null, cells: [], line, leans: false },
  ];
}

function rowIn(raw: string, line: number): readonly Statement[] {
  const cells = raw
    .trim()
    .split('|')
    .slice(1, -1)
    .map((cell) => cell.trim());
  if (cells.every((cell) => /^:?-*:?$/.test(cell)) || cells.length < 2) return [];
  const [first = '', ...others] = cells.filter((cell) => cell !== '' && cell !== '–');
  return [
    {
      quote: raw.trim(),
      markdown: `${first}: ${others.join('; ')}.`,
      role: 'row',
      step: null,
      cells,
      line,
      leans: false,
    },
  ];
}

function sentencesIn(raw: string, line: number): readonly Statement[] {
  const [, mark = '', body = ''] = /^\s*(\d+\.\s+|[-*]\s+|>\s+)?(.*)$/.exec(raw) ?? [];
  const step = /^\d+/.test(mark) ? Number.parseInt(mark, 10) : null;
  const role = roleOf(mark, step);
  return body
    .split(/(?<=[\p{L}\p{N})`*"”]{2}[.!?]\**["”)]?)\s+(?=["“*`(]*[\p{Lu}\p{N}`])/u)
    .map((quote) => quote.trim())
    .filter((quote) => quote !== '')
    .map((quote, at, all) => {
      const leans = /\?\**["”]?$/.test(all[at - 1] ?? '');
      return { quote, markdown: quote, role, step, cells: [], line, leans };
    });
}

function roleOf(mark: string, step: number | null): 'step' | 'item' | 'sentence' {
  if (step !== null) return 'step';
  return mark === '' ? 'sentence' : 'item';
}

function isTelling({ markdown, role }: Statement): boolean {
  if (role === 'command' || role === 'row') return plain(markdown).length < 400;
  const words = plain(markdown).split(' ').length;
  const isRightLength = words >= (role === 'sentence' ? 5 : 3) && words <= 40;
  const isWhole = !/[:?,]\**$/.test(markdown.trim()) && /^["“*`(]*[\p{Lu}\p{N}]/u.test(markdown.trim());
  return isRightLength && isWhole && !/ - \d+ -|Try Now|\(QLED|refer to|^See |\bsee \[|see above/.test(markdown);
}

/** Whether it can begin an answer: it does not lean on what was said before. */
export function standsAlone({ markdown, leans }: Statement): boolean {
  if (leans) return false;
  return !/^(?:It|They|This|That|These|Those|He|She|Then|Otherwise|Below|Above|Same|Still|Not|But|And|Or|So|One|Both|Nothing|No|Yes|If not|Once|Also|However|There)\b/.test(
    plain(markdown),
  );
}

const VERBS =
  'open choose click type press sign raise give say go install check close connect wait turn switch set put take pick scan try run ask tell ring send use look find hold touch plug unplug drag empty search restart quit forget join accept allow tick untick delete remove keep read write save copy move compare approve make enter fill attach swap select start stop pull push test invite dial post bring include add change follow leave lower lock unlock register import return charge show view tap navigate paste position update forward stand badge disconnect reinstall report hover highlight create scroll export enable disable visit label mark log';
const ORDER = new RegExp(`^(?:${VERBS.replaceAll(' ', '|')})(?=[\\s,.:]|$)`, 'i');

/** "Open the page": it says what to do. */
export function isOrder(markdown: string): boolean {
  return ORDER.test(plain(markdown)) && !/^\S+(?:ing|ed)\b/.test(plain(markdown));
}

/** Whether words begin with what somebody is to do. */
export function beginsWithOrder(words: string): boolean {
  return ORDER.test(words.trim());
}
