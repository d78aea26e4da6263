import { remembered } from './remembered.ts';
import { wordsOf } from './said.ts';
import { linksOf, lookOf, withoutMarks } from './plain-text.ts';

/**
 * Something that is right only letter by letter. `address`: of the web, of mail, of a host or file; `phone`; `code`: what
 * stands between backticks, flags, keys pressed together, keys of tickets, error codes.
 */
export interface Fact {
  readonly kind: 'address' | 'phone' | 'code';
  readonly text: string;
}

/** What hides personal data from a model. */
const PLACEHOLDER = /\[(?:e-mail|phone|name|secret|account number) \d{1,5}\]/g;
const SPAN = /`([^`\n]+)`/g;
const SCHEMES =
  /(?<![\p{L}\p{N}])(?:[a-z][a-z0-9+.-]{1,20}:\/\/|(?:javascript|data|mailto|tel|sms|callto|vbscript|file):(?=\S)|www\.)[^\s<>"'`|]+/giu;
const MAIL = /(?<![^\s<>"'`|,;:()[\]@])[^\s<>"'`|,;:()[\]@]+@[^\s<>"'`|,;:()[\]@]+/g;
/** Two parts and more with a dot between them; a single letter on each side is an abbreviation. */
const DOTTED = /(?<![\p{L}\p{N}@/\\._-])[\p{L}\p{N}_-]+(?:\.[\p{L}\p{N}_-]+)+(?![\p{L}\p{N}@])/gu;
const UNC = /\\\\[^\s"'`|,;]+/g;
const DRIVE = /(?<![\p{L}\p{N}])[a-z]:(?:[\\/][^\s"'`|,;]*|(?![\p{L}\p{N}/\\]))/giu;
const PATHS =
  /(?<![\p{L}\p{N}.:/\\<])(?:~?\/[\p{L}\p{N}_.~-][^\s"'`|,;)]*|\.{1,2}\/[^\s"'`|,;]+|[\p{L}\p{N}_.%-]{1,120}\\[^\s"'`|,;]+|%\w{1,120}%\S*)/gu;
const FLAGS = /(?<![\p{L}\p{N}\-=/])-{1,2}[a-z][\w-]*(?:[=:][^\s"'`,;]+)?/giu;
const KEYS =
  /(?<![\p{L}\p{N}])(?:ctrl|control|cmd|command|alt|option|shift|win|windows(?: key)?|fn|⌘|⌥|⇧|⌃)(?:\s*\+\s*(?:[\p{L}\p{N}]+|[^\s\p{L}\p{N}]))+/giu;
/** Channels, people, and `#t=5m10s` of an address. */
const HANDLES =
  /(?<![\p{L}\p{N}&/#])#\p{L}(?:[\p{L}\p{N}_-]*=[^\s"'`,;)]+|[\p{L}\p{N}_-]+)|(?<![\p{L}\p{N}.@])@[\p{L}][\p{L}\p{N}_.-]+/gu;
/** Letters and digits in one word: error codes, keys of tickets, machines. Not `2nd`, `10am`, `30-day`. */
const MIXED =
  /(?<![\p{L}\p{N}_./\\@-])(?=[\p{L}_-]*\p{N})(?=[\p{N}_-]*\p{L})[\p{L}\p{N}_]+(?:-[\p{L}\p{N}_]+)*(?![\p{L}\p{N}_@\\]|\.\p{L})/gu;
const PLAIN_MIXED =
  /^\d+(?:st|nd|rd|th|am|pm|h|min|s|x|k|kb|mb|gb|tb|dpi|mbps|fold|up)$|^\d+-[a-z]+(?:-[a-z]+)*$|^(?:usb-c|wi-fi|[a-z]+-\d)$/i;
const PHONE = /(?<![\p{L}\p{N}.,:/#-])\+?\(?\d(?:[\d ()/.\u00a0-]{5,22})\d(?![\p{L}\p{N}])/gu;

/** What in a text must be right letter by letter. */
export const factsOf = remembered(factsAnew, 300_000);

function factsAnew(text: string): readonly Fact[] {
  const look = lookOf(text);
  const spans = Array.from(look.matchAll(SPAN), ([, code = '']) => code.trim()).filter((code) => code !== '');
  const targets = linksOf(look).map(({ target }) => target);
  const plain = withoutMarks(look).replaceAll(SPAN, ' \u2022 ');
  const addresses = [SCHEMES, MAIL, DOTTED, UNC, DRIVE, PATHS].flatMap((form) => found(plain, form)).filter(isAddress);
  const codes = [FLAGS, KEYS, HANDLES, MIXED]
    .flatMap((form) => found(plain, form))
    .filter((code) => !PLAIN_MIXED.test(code));
  return [
    ...[...targets, ...addresses].map((one) => ({ kind: 'address', text: one }) as const),
    ...found(plain, PLACEHOLDER).map((one) => ({ kind: 'address', text: one }) as const),
    ...phonesOf(plain).map((one) => ({ kind: 'phone', text: one }) as const),
    ...[...spans, ...codes].map((one) => ({ kind: 'code', text: one }) as const),
  ];
}

/** Whether a text says this very thing: as a whole, not as a part of something longer. */
export function says(text: string, fact: Fact): boolean {
  const { said, forms } = searchedOf(text);
  const known = said.get(`${fact.kind} ${fact.text}`);
  if (known !== undefined) return known;
  const isSaid = isSaidIn(forms, fact);
  said.set(`${fact.kind} ${fact.text}`, isSaid);
  return isSaid;
}

/** A text in which facts are looked for, made ready once, and what was found in it. */
const searchedOf = remembered(
  (text) => ({ said: new Map<string, boolean>(), forms: formsOf(lookOf(text).replaceAll(/\\\n\s*/g, ' ')) }),
  300_000,
);

interface Forms {
  readonly plain: string;
  readonly bare: string;
  /** Spans of code and lines, and what else is a command by itself. */
  readonly wholes: ReadonlySet<string>;
  /** Without commands. */
  readonly around: string;
  readonly numbers: ReadonlySet<string>;
  readonly addresses: ReadonlySet<string>;
}

function formsOf(look: string): Forms {
  const spans = Array.from(look.matchAll(SPAN), ([, code = '']) => code);
  const lines = look.split('\n').flatMap((line) => [line, ...line.split(/\s(?:&&|;|\|)\s/)]);
  return {
    plain: compact(look),
    bare: compact(withoutMarks(look)),
    wholes: new Set([...spans, ...lines].map(compact)),
    around: compact(
      withoutMarks(
        look.replaceAll(/```[^]*?(?:```|$)/g, '\n').replaceAll(SPAN, (span) => (isCommand(span) ? '\u2022' : span)),
      ),
    ).replaceAll('`', ''),
    numbers: numbersOf(look),
    addresses: webAddresses(look),
  };
}

function isSaidIn({ plain, bare, wholes, around, numbers, addresses }: Forms, fact: Fact): boolean {
  if (fact.kind === 'phone') return numbers.has(digits(fact.text));
  const own = compact(fact.text);
  if (isWebAddress(own)) return addresses.has(webForm(own));
  if (!/\s/.test(own)) return occurs(plain, own) || occurs(bare, own);
  // a command is all of a line or span of code; other words between backticks stand somewhere in a row
  return wholes.has(own) || (occurs(around, own) && !/(?:^|\s)-{1,2}[a-z]/i.test(own));
}

/** The label of a link tells where it leads, or what the passages call that place. */
export function hasHonestLinks(text: string, raw: string): boolean {
  const links = linksOf(lookOf(text));
  const calledOf = links.length === 0 ? new Map<string, ReadonlySet<string>>() : labelsOf(raw);
  return links.every(({ label, target }) => {
    const place = webForm(target);
    if (webForm(label.trim()) === place) return true;
    if (/\/\/|www\.|@|\p{L}\.\p{L}{2,}/u.test(label)) return false;
    const words = calledOf.get(place);
    return words === undefined || wordsOf(label).some((word) => words.has(word));
  });
}

/** The words by which a text calls the places to which its links lead, by their addresses. */
const labelsOf = remembered((text): ReadonlyMap<string, ReadonlySet<string>> => {
  const labels = Map.groupBy(linksOf(lookOf(text)), ({ target }) => webForm(target));
  return new Map(
    [...labels].map(([place, links]) => [place, new Set(links.flatMap(({ label }) => wordsOf(label)))] as const),
  );
}, 300_000);

/** Whether a word mixes scripts that look alike: `pаypal` with a Cyrillic `а`. */
export function hasMixedScripts(text: string): boolean {
  return (text.normalize('NFKC').match(/[\p{L}\p{M}]+/gu) ?? []).some((word) => {
    const scripts = [
      /\p{Script=Latin}/u,
      /\p{Script=Cyrillic}/u,
      /\p{Script=Greek}/u,
      /\p{Script=Armenian}|\p{Script=Cherokee}/u,
    ];
    return scripts.filter((script) => script.test(word)).length > 1;
  });
}

function found(text: string, form: RegExp): readonly string[] {
  return Array.from(text.matchAll(form), ([all]) => withoutTail(all)).filter((one) => one.length > 1);
}

function isAddress(text: string): boolean {
  if (/^[\d.,]+$/.test(text) && text.split('.').length < 4) return !/^\d+(?:[.,]\d+)?$/.test(text);
  return (
    !/^(?:e\.g|i\.e|a\.m|p\.m|z\.b|p\.ex|d\.h|u\.a|o\.k|etc|n\.b|\p{L}\.\p{L})$/iu.test(text) &&
    !/^\/?(?:or|and)$/i.test(text)
  );
}

/** Punctuation behind it is the sentence's. A bracket is its own only where it was opened in it. */
function withoutTail(text: string): string {
  return text.replace(
    text.includes('(') ? /(?<![.,;:!?>"'*_])[.,;:!?>"'*_]+$/u : /(?<![.,;:!?>"'*_)])[.,;:!?>"'*_)]+$/u,
    '',
  );
}

function isWebAddress(text: string): boolean {
  return /^[a-z][a-z0-9+.-]*:\/\/|^www\./i.test(text);
}

function webAddresses(text: string): ReadonlySet<string> {
  const targets = linksOf(text).map(({ target }) => target);
  return new Set([...targets, ...found(text, SCHEMES), ...found(text.replaceAll(/[)\]]/g, ' '), SCHEMES)].map(webForm));
}

/** The host's case and a slash at the end do not count. */
function webForm(address: string): string {
  const [, scheme = '', host = '', rest = ''] = /^([a-z][a-z0-9+.-]*:\/\/)([^/?#]*)(.*)$/i.exec(address) ?? [];
  return scheme === '' ? address : `${scheme.toLowerCase()}${host.toLowerCase()}${rest.replace(/\/$/, '')}`;
}

/** One space at most, none around `+` between keys; keys by their short names. */
function compact(text: string): string {
  return text
    .replaceAll(/\s+/g, ' ')
    .replaceAll(/(?<=[\p{L}\p{N}]) ?\+ ?(?=[\p{L}\p{N}])/gu, '+')
    .replaceAll(/\bcontrol(?=\+)/gi, 'Ctrl')
    .replaceAll(/\bcommand(?=\+)/gi, 'Cmd')
    .replaceAll(/\b(?:windows|win)(?: key)?(?=\+)/gi, 'Win')
    .trim();
}

/** What can stand beside something whole; nothing can as well. */
const MAY_BE_BEFORE = /^$|[\s"'`()[\]|<>,;:=/+]/;
const MAY_BE_BEHIND = /^$|[\s"'`()[\]|<>,;.:!?/]/;

/** Between white space, quotes, brackets and punctuation. Upper and lower case count as little as they do to a reader, save for flags. */
function occurs(haystack: string, own: string): boolean {
  const isExact = /^-|[\\/=]/.test(own);
  // a host is one in its address, and `WPA3` in `WPA2/WPA3`
  const isPart = /^[\p{L}\p{N}._-]+$/u.test(own);
  const [all, one] = isExact ? [haystack, own] : [haystack.toLowerCase(), own.toLowerCase()];
  for (let at = all.indexOf(one); at !== -1; at = all.indexOf(one, at + 1)) {
    if (standsWhole(all, { at, end: at + one.length, isPart })) return true;
  }
  return false;
}

function standsWhole(
  all: string,
  { at, end, isPart }: { readonly at: number; readonly end: number; readonly isPart: boolean },
): boolean {
  // most often it stands within another word
  if (!MAY_BE_BEFORE.test(all.charAt(at - 1)) || !MAY_BE_BEHIND.test(all.charAt(end))) return false;
  const [before, behind] = [all.slice(Math.max(0, at - 2), at), all.slice(end, end + 2)];
  return (
    (isEdge(before, 'before') || (isPart && /[/+=]$/.test(before))) &&
    (isEdge(behind, 'behind') || (isPart && behind.startsWith('/')))
  );
}

function isEdge(beside: string, side: 'before' | 'behind'): boolean {
  if (side === 'before')
    return (
      beside === '' || /[\s"'`()[\]|<>,;]$/.test(beside) || /(?:^|\s)[:=]$/.test(beside) || /\p{L}:$/u.test(beside)
    );
  return beside === '' || /^[\s"'`()[\]|<>,;]/.test(beside) || /^[.:!?](?:$|[\s"'`*)|])/.test(beside);
}

function isCommand(span: string): boolean {
  return /\s/.test(span.trim());
}

function phonesOf(text: string): readonly string[] {
  return found(text, PHONE).filter((one) => {
    const count = digits(one).length;
    return (
      count >= 7 &&
      count <= 17 &&
      !/^\d{4}-\d\d-\d\d|^\d{1,3}(?:[.,]\d{3})+$|^\d{1,2}[./-]\d{1,2}[./-]\d{2,4}$|^\d+\.\d+\.\d+/.test(one)
    );
  });
}

function numbersOf(text: string): ReadonlySet<string> {
  return new Set(found(text, PHONE).map(digits));
}

function digits(text: string): string {
  return text.replaceAll(/\D/g, '');
}
