import { type Pass, type Place, stretches } from './redact-places.ts';

const placeholder = '[name]';

/** Display names, made ready to be found. */
export interface NameIndex {
  /** Names of two words and more, folded, words separated by a blank. */
  readonly whole: ReadonlySet<string>;
  /** Words of names that stand for the person: three letters and more, with a capital. */
  readonly parts: ReadonlySet<string>;
  /** Names in a script without words or capitals, as they are. */
  readonly caseless: readonly string[];
  readonly longest: number;
}

const nameWord = /[\p{L}\p{M}]+(?:['’][\p{L}\p{M}]+)*/gu;

/** Accounts of an office, as "IT Support", are left out. */
export function nameIndex(names: readonly string[]): NameIndex {
  const whole = new Set<string>();
  const parts = new Set<string>();
  const caseless: string[] = [];
  let longest = 1;
  for (const name of names) {
    const words = name.match(nameWord) ?? [];
    const folded = words.map(fold);
    // "IT Support" is an account, and nobody's name
    if (folded.some((word) => offices.has(word))) continue;
    if (/\p{Lo}/u.test(name) && name.trim().length >= 2) caseless.push(name.trim());
    if (words.length > 1) whole.add(folded.join(' '));
    longest = Math.min(8, Math.max(longest, words.length));
    for (const word of words) if (/^\p{Lu}[^]{2}/u.test(word)) parts.add(fold(word));
  }
  return { whole, parts, caseless, longest };
}

/** Accents, and letters that are written without them abroad, do not count. */
function fold(word: string): string {
  return word
    .normalize('NFD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll('’', "'")
    .replace(/'s$/, '')
    .replaceAll(/[ıłøđß]/g, (letter) => foreign[letter] ?? letter);
}

const foreign: Readonly<Record<string, string>> = { ı: 'i', ł: 'l', ø: 'o', đ: 'd', ß: 'ss' };
const offices = wordsOf(
  'it support helpdesk desk service servicedesk admin administrator bot automation system team slack office facilities reception someone anonymous account mailbox shared',
);
/** Names that are words as well: taken for a name in full names and behind a greeting only. */
const alsoWords = wordsOf(
  'will mark may april june august art bill rose grace hope faith joy page young long white black green brown gray grey king price small stone wood woods field fields jack chase cable port porter banks bank case key keys power link ring cloud day days best good rich sunny summer winter dawn holly ivy jade pearl ruby amber crystal drew pat rob sue carol frank ernest guy chip dean duke earl major minor miles norm pierce ray rusty sky sterling victor ward wade cook baker carpenter mason miller smith taylor walker hunter fisher potter turner bishop pope knight west north east south hill lake rivers brook church park parks street house home land bush reed lane bridge marsh moore law lock may love mann english french german scott spring bell book booth box boss fox wolf bird swan cross field frost snow rain storm gale hardy hand head foot love low main mild noble paige parish plant pool post proper ready reader root rose rush sage sale sales sharp short silver sim singer sparks speed spring stack stark strong sweet table test thorn tower trip trust van wall waters wells wise',
);
const greetings = wordsOf(
  'hi hello hey dear thanks thx cheers ta regards morning dia ola hallo hoi beste liebe lieber bonjour merci obrigado obrigada danke ask cc',
);
const greeted =
  /(?<lead>(?:^|[\n>*.!?][ \t]{0,3})(?:hi|hello|hey|dear|bom dia|hallo) )(\p{Lu}\p{Ll}{2,20})(?=[ ]?[,.!\n-]|$)/giu;
const everybody = wordsOf(
  'all team there everyone everybody folks guys colleagues again world support helpdesk sir madam',
);

function wordsOf(list: string): ReadonlySet<string> {
  return new Set(list.split(' '));
}

/** Finds whole names in any case, capitalised parts of them, and whoever is greeted; names side by side become one. */
export function namePasses(known: NameIndex): readonly Pass[] {
  return [
    ...known.caseless.map((name) => (text: string) => occurrences(text, name)),
    (text) => knownNames(text, known),
    (text) =>
      stretches(text, greeted, {
        by: placeholder,
        isOne: ([, , name = '']) => /^\p{Lu}/u.test(name) && !everybody.has(name.toLowerCase()),
      }),
    (text) => stretches(text, /\[name\](?:[ \u00a0]\[name\])+/g, { by: placeholder }),
  ];
}

function occurrences(text: string, name: string): readonly Place[] {
  const found: Place[] = [];
  for (let from = text.indexOf(name); from !== -1; from = text.indexOf(name, from + name.length)) {
    found.push({ from, to: from + name.length, by: placeholder });
  }
  return found;
}

function knownNames(text: string, known: NameIndex): readonly Place[] {
  const words = Array.from(text.matchAll(nameWord), ({ 0: word, index }) => ({ word, folded: fold(word), index }));
  const found: Place[] = [];
  for (let at = 0; at < words.length; at += 1) {
    const count = wholeNameAt(words, at, known) || (isPart(words, at, known) ? 1 : 0);
    const [first, last] = [words[at], words[at + count - 1]];
    if (first === undefined || last === undefined || count === 0) continue;
    const to = last.index + last.word.replace(/['’]s$/, '').length;
    found.push({ from: first.index, to, by: placeholder });
    at += count - 1;
  }
  return found;
}

type Word = { readonly word: string; readonly folded: string; readonly index: number };

/** Of how many words the longest whole name is that begins here; 0: of none. */
function wholeNameAt(words: readonly Word[], at: number, { whole, longest }: NameIndex): number {
  let [joined, count] = ['', 0];
  for (let length = 1; length <= longest && at + length <= words.length; length += 1) {
    const word = words[at + length - 1];
    const before = words[at + length - 2];
    if (word === undefined) break;
    // the words of a name stand side by side
    if (length > 1 && before !== undefined && word.index - before.index - before.word.length > 2) break;
    joined = length === 1 ? word.folded : `${joined} ${word.folded}`;
    if (length > 1 && whole.has(joined)) count = length;
  }
  return count;
}

function isPart(words: readonly Word[], at: number, { parts }: NameIndex): boolean {
  const one = words[at];
  if (one === undefined || !parts.has(one.folded)) return false;
  if (/^\p{Lu}/u.test(one.word) && !alsoWords.has(one.folded)) return true;
  const [before, earlier] = [words[at - 1]?.folded ?? '', words[at - 2]?.folded];
  return greetings.has(before) || (before === 'you' && earlier === 'thank');
}
