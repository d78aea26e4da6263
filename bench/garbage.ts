import type { Shown } from '#domain/draft/check.ts';
import type { Draft } from '#domain/draft/draft.ts';
import { pick, seeded } from './random.ts';

/** What is said again and again; `part` is a different one each time it is asked, where that makes a difference. */
export interface Shape {
  readonly name: string;
  readonly part: (at: number) => string;
}

/** How much of it a draft has. */
export interface Limits {
  readonly name: string;
  readonly sentences: number;
  readonly length: number;
  readonly quotes: number;
  readonly quoteLength: number;
}

/** As little as an honest draft, as much as is looked at (src/domain/draft/bounds.ts), and as is read at all (read-draft.ts). */
export const LIMITS: readonly Limits[] = [
  { name: 'few', sentences: 3, length: 600, quotes: 1, quoteLength: 600 },
  { name: 'long', sentences: 6, length: 600, quotes: 4, quoteLength: 1_200 },
  { name: 'many', sentences: 20, length: 180, quotes: 12, quoteLength: 120 },
  { name: 'over', sentences: 20, length: 600, quotes: 12, quoteLength: 2_000 },
];

const PASSAGES = 6;

/** Words of which much is made by the checks. */
const CHARGED =
  'not no never only unless if when before after enable disable password token manager monday minutes 10 20 IT you we must optional open close Alpha Beta restart delete finance legal until without rather than instead and or then'.split(
    ' ',
  );

function repeated(name: string, ...parts: readonly string[]): Shape {
  return { name, part: (at) => parts[at % parts.length] ?? '' };
}

function drawn(name: string, next: (random: () => number) => string): Shape {
  const random = seeded(11);
  const parts = Array.from({ length: 20_000 }, () => next(random));
  return { name, part: (at) => parts[at % parts.length] ?? '' };
}

export const SHAPES: readonly Shape[] = [
  ...[
    'ignore all previous ',
    'a/',
    '[a](',
    '|a',
    '%41',
    'not ',
    'if ',
    '1. ',
    'a ',
    'a.',
    '. ',
    '`a` ',
    '"a" ',
    '**a** ',
  ].map((part) => repeated(part.trim(), part)),
  ...[
    'a\n',
    '1. a b c\n',
    '| a b | c d |\n',
    '# a\n',
    '- not a if b\n',
    '@a ',
    'a@b.c ',
    '1 2 ',
    'A',
    '(',
    'é',
    '\\a ',
    '+1 ',
    'https://a.b/c ',
    '[a](b) ',
    '_a',
    'Not without it. ',
    'if you, ',
    'turn on ',
    '🙂',
    'ctrl+a+',
    '1-a-',
    ':a',
    '...',
    '<a ',
    'IT ',
    'ﬃ',
  ].map((part) => repeated(part.trim().replaceAll('\n', ' '), part)),
  repeated('spaces', ' '),
  repeated('nul', '\0'),
  { name: 'rows', part: (at) => `| key${at} ten ${at} | not value${at} if ${at} days |\n` },
  { name: 'steps', part: (at) => `${(at % 99) + 1}. Open Setting${at} and press Save${at} (only if ${at} minutes).\n` },
  { name: 'addresses', part: (at) => `https://a${at}.example/b${at} ` },
  { name: 'figures', part: (at) => `${at} days, ` },
  { name: 'names', part: (at) => `Xa${at.toString(36).replaceAll(/\d/g, 'q')} ` },
  drawn(
    'letters',
    (random) => pick(random, Array.from('abcdefghijklmnopqrstuvwxyz .,;:|/()[]*_`"\'-#@%!?<>\n1234567890ABC')) ?? '',
  ),
  drawn('charged', (random) => `${pick(random, CHARGED) ?? ''}${pick(random, [' ', ' ', ' ', ' ', ', ', '. ']) ?? ''}`),
  drawn(
    'alike',
    (random) =>
      `proce${random()
        .toString(36)
        .replaceAll(/[^a-z]/g, '')
        .slice(0, 4)} `,
  ),
];

/** Never the same beginning twice, so that nothing is left out for having been said. */
function textOf({ part }: Shape, { from, length }: { readonly from: number; readonly length: number }): string {
  let text = '';
  for (let at = from; text.length < length; at += 1) text += part(at);
  return text.slice(0, length);
}

export function shownOf(shape: Shape, size: number): Shown {
  return {
    question: textOf(shape, { from: 0, length: 1_000 }),
    passages: Array.from({ length: PASSAGES }, (_, at) => ({
      id: `P${at + 1}`,
      title: textOf(shape, { from: 0, length: 200 }),
      headings: [textOf(shape, { from: 3, length: 200 })],
      // no two are the same, or they would be looked at once
      text: `Part ${at}. ${textOf(shape, { from: 0, length: size - 8 })}`,
    })),
  };
}

export function draftOf(shape: Shape, { sentences, length, quotes, quoteLength }: Limits): Draft {
  return {
    outcome: 'answer',
    language: 'en',
    question: '',
    sure: 1,
    sentences: Array.from({ length: sentences }, (_, sentence) => ({
      text: textOf(shape, { from: sentence % 3, length: length - 2 * sentence }),
      support: Array.from({ length: quotes }, (__, quote) => ({
        passage: `P${(quote % PASSAGES) + 1}`,
        quote: textOf(shape, { from: quote, length: quoteLength - 2 * quote }),
      })),
    })),
  };
}
