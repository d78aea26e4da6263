import type { Chance } from '../model/chance.ts';
import type { Draft, DraftSentence } from '../model/draft.ts';
import { phrase } from '../model/phrase.ts';
import { changingOne, saying, type Scene, unsaid } from './scene.ts';

/** What can be made another of its kind without being noticed. */
const details: readonly (readonly [what: RegExp, other: (found: string, chance: Chance) => string])[] = [
  // a flag of a command
  [/(?<=`[^`]*\s)--?[a-zA-Z][\w-]*/u, otherFlag],
  // a host
  [
    /\b[a-z0-9-]+(?:\.[a-z0-9-]+)+\.(?:example|com|org|net)\b/iu,
    (host, chance) => host.replace(/^[^.]+/u, (label) => otherLabel(label, chance)),
  ],
  // a path
  [
    /(?:[A-Z]:\\|\/)[\w.~-]+(?:[\\/][\w.~-]+)+/u,
    (path, chance) => path.replace(/[\w.~-]+$/u, (name) => otherLabel(name, chance)),
  ],
  // a code, a version, a number
  [/\d+(?=[^\d]*$)|\d+/u, (digits, chance) => otherNumber(digits, chance)],
  // the command itself
  [/(?<=`)[a-z][\w-]{2,}/u, (name, chance) => otherLabel(name, chance)],
  // the name of what is to be pressed or opened
  [/(?<=\s)\p{Lu}\p{Ll}{2,}(?:\s\p{Lu}\p{Ll}+)*/u, otherName],
];

function otherFlag(flag: string, chance: Chance): string {
  return chance.pick(['-9', '--force', '-r', '--all', '--no-verify', '-x'].filter((other) => other !== flag));
}

function otherLabel(label: string, chance: Chance): string {
  return chance.pick([
    `${label}2`,
    `new-${label}`,
    `${label}-old`,
    label.length > 4 ? label.slice(0, -1) : `my${label}`,
  ]);
}

function otherNumber(digits: string, chance: Chance): string {
  const at = chance.below(digits.length);
  const digit = (Number(digits[at]) + 1 + chance.below(8)) % 10;
  // never a leading zero: some would read it as the same number
  return `${digits.slice(0, at)}${at === 0 && digit === 0 ? 9 - (Number(digits[at]) === 9 ? 1 : 0) : digit}${digits.slice(at + 1)}`;
}

function otherName(name: string, chance: Chance): string {
  const names = [
    'Thunderbird',
    'Control Panel',
    'Advanced',
    'Developer',
    'Netscape',
    'Diagnostics',
    'Remove',
    'Keychain',
    'Registry',
  ];
  return chance.pick(names.filter((other) => other !== name));
}

/** One command, address, path, number or name of a true sentence is another; the quote is still the true one. */
export function altersCommands(scene: Scene): Draft {
  const { honest, chance, seed } = scene;
  const own = alterable(honest.sentences);
  // where nothing of the answer can be altered, a sentence more that can
  const more = own.length > 0 ? [] : phrase(unsaid(scene).slice(0, 40), seed);
  const candidates = own.length > 0 ? own : alterable(more);
  if (candidates.length === 0) {
    const worse = (sentence: DraftSentence) => ({
      ...sentence,
      text: sentence.text.replace(/\.?$/u, ' with `--force`.'),
    });
    return saying(scene, changingOne(honest.sentences, chance, worse));
  }
  const { sentence, what, other } = chance.pick(candidates);
  const altered = { ...sentence, text: sentence.text.replace(what, (found) => other(found, chance)) };
  const isOwn = honest.sentences.includes(sentence);
  const kept = honest.sentences.map((one) => (one === sentence ? altered : one));
  return saying(scene, isOwn ? kept : [...kept, altered]);
}

/** Each sentence with each kind of detail that it has. */
function alterable(sentences: readonly DraftSentence[]) {
  return sentences.flatMap((sentence) =>
    details.filter(([what]) => what.test(sentence.text)).map(([what, other]) => ({ sentence, what, other })),
  );
}

/** What is undone of a sentence to say its contrary, the first that fits. */
const denials: readonly (readonly [from: RegExp, to: string])[] = [
  [/\b(?:do not|don't|don’t)\s+(\p{L})/iu, '$1'],
  [/\b(can|could|must|should|will|does|did|is|are|was|has|have)(?:\s+not|n't|n’t)\b/iu, '$1'],
  [/\bcannot\b|\bcan't\b/iu, 'can'],
  [/\bwon't\b/iu, 'will'],
  [/\bnever\b/iu, 'always'],
  [/\bwithout\b/iu, 'with'],
  [/\brather than\b/iu, 'and not without'],
  [/\bnot\s+/iu, ''],
];
const assertions: readonly (readonly [from: RegExp, to: string])[] = [
  [/\b(can|must|should|will)\b/u, '$1 not'],
  [/\b(is|are|was)\b/u, '$1 not'],
  [/^(?:First, |Finally, )?(\p{L})/u, 'Do not $1'],
];

/** Says the contrary of one sentence; its quote still says it rightly. */
export function swappedNegation(scene: Scene): Draft {
  const { honest, chance } = scene;
  const contrary = (sentence: DraftSentence) => ({ ...sentence, text: contraryOf(sentence.text) });
  const denied = honest.sentences.filter(({ text }) => denials.some(([from]) => from.test(text)));
  // to forbid what is right is as bad as to allow what is not
  if (denied.length === 0 || chance.below(3) === 0)
    return saying(scene, changingOne(honest.sentences, chance, contrary));
  const one = chance.pick(denied);
  return saying(
    scene,
    honest.sentences.map((sentence) => (sentence === one ? contrary(sentence) : sentence)),
  );
}

function contraryOf(text: string): string {
  const [from, to] = [...denials, ...assertions].find(([pattern]) => pattern.test(text)) ?? [
    /^/u,
    'It is not true that ',
  ];
  const other = text.replace(from, to);
  const lowered = other.replace(/^Do not (\p{L})/u, (_, letter: string) => `Do not ${letter.toLowerCase()}`);
  return `${lowered.slice(0, 1).toUpperCase()}${lowered.slice(1)}`;
}
