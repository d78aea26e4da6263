import { isForm, isMixed, isPlace, isSecretLike, isStated } from './redact-forms.ts';
import { type Pass, type Place, stretches } from './redact-places.ts';
import { codes, isPlaceholder, keys, passwords, pins, secret } from './redact-words.ts';

const saidCode = new RegExp(
  `(?<![\\p{L}\\p{N}])(?<lead>(?:${pins}|${codes})(?: (?:is|was|now|ist|and)){0,2} {0,2})(?:\\d{3,4}[ -]\\d{3,4}|\\d{4,12}|[A-Z0-9]{4,8}(?:-[A-Z0-9]{4,8})+)(?![\\p{L}\\p{N}])`,
  'giu',
);
/** "Summer26 is my password" */
const saidBefore = new RegExp(
  `(?<!\\S)(?<value>\\S{4,64})(?<tail>[ \\t]{1,3}(?:is|was) (?:my|the|his|her|our|your) (?:\\p{L}{1,12} ){0,2}(?:${passwords}))`,
  'giu',
);

/** Keys, passwords and codes that are named as such, or that show by their form what they are. */
export const secretPasses: readonly Pass[] = [
  (text) =>
    stretches(text, /-----BEGIN [A-Z ]{0,40}PRIVATE KEY-----[^]*?(?:-----END [A-Z ]{0,40}PRIVATE KEY-----|$)/g, {
      by: secret,
    }),
  credentials,
  labelled,
  saidPasswords,
  (text) => stretches(text, saidCode, { by: secret }),
  (text) => stretches(text, saidBefore, { by: secret, isOne: ({ groups: { value = '' } = {} }) => isStated(value) }),
  // forms in which issuers write their keys
  ...[
    /(?<![\w-])eyJ[\w-]{8,}\.[\w-]{4,}(?:\.[\w-]*)?/g,
    /(?<![A-Za-z0-9])(?:AKIA|ASIA)[0-9A-Z]{16}(?![A-Za-z0-9])/g,
    /(?<![\w-])(?:gh[opsur]_|github_pat_|glpat-|xox[abeprs]-|xapp-|sk-|ATATT|AIza|npm_|hf_|ntn_|secret_)[\w=-]{16,}/g,
    /(?<![\d-])\d{6}(?:-\d{6}){7}(?![\d-])/g,
    /(?<![\w-])[A-Z0-9]{5}(?:-[A-Z0-9]{5}){4}(?![\w-])/g,
  ].map((form) => (text: string) => stretches(text, form, { by: secret })),
  (text) =>
    stretches(text, /(?<![\p{L}\p{N}])(?<lead>(?:bearer|basic) )(?<value>[\w.~+/-]{16,}=*)/giu, {
      by: secret,
      isOne: ({ groups: { value = '' } = {} }) => isStated(value),
    }),
  // not in links: without its long name a link leads nowhere
  (text) =>
    stretches(text, /https?:\/\/[^\s<>"'`]+|(?<![\w+=-])[\w+=-]{24,}/gi, {
      by: secret,
      isOne: ([found]) => isRandom(found),
    }),
];

/** Signs that a local part may have besides `.`, letters and digits; in front of it they are marks of the text. */
const sign = String.raw`.!#$%&'*+/=?^_{|}~\\\x60-`;
const address = new RegExp(
  `(?<![\\p{L}\\p{N}${sign}])(?<local>[\\p{L}\\p{N}${sign}]+)@[\\p{L}\\p{N}-]+(?:\\.[\\p{L}\\p{N}-]+)*\\.\\p{L}{2,}`,
  'gu',
);

/** E-mail addresses. */
export const addressPasses: readonly Pass[] = [
  (text) =>
    Array.from(text.matchAll(address)).flatMap(({ 0: all, groups: { local = '' } = {}, index }) => {
      const own = localPart(local);
      // git@github.com is how a repository is addressed
      if (own === '' || own === 'git') return [];
      return [{ from: index + local.length - own.length, to: index + all.length, by: '[e-mail]' }];
    }),
];

/** Without what stands before it in an address of the web, as `//host/path?mail=`, and without marks. */
function localPart(text: string): string {
  const isWeb = text.startsWith('//') || /^[\w-]*[?&][\w-]+=/.test(text);
  const begin = isWeb ? Math.max(...Array.from('/?&=#', (end) => text.lastIndexOf(end))) + 1 : 0;
  return text
    .slice(begin)
    .replace(/^[^\p{L}\p{N}]+/u, '')
    .replace(/^(?:mail|e-mail|email|user|login|to|cc)=/i, '');
}

const label = new RegExp(
  `(?<![\\p{L}\\p{N}_])((?:[A-Z0-9]+_)*(?:${passwords}|${pins}|${keys}|${codes})[*_\`"']{0,3} {0,2}(?:[:=]|[=-]>)[*_\`"']{0,3}\\s{0,3}["'\`]?)(\\S+)`,
  'giu',
);
const endsInKey = new RegExp(`${keys}[^\\p{L}]*$`, 'iu');
const endsInPassword = new RegExp(`(?:${passwords})[^\\p{L}]*$`, 'iu');

/** `key=value`, `Password: value`. */
function labelled(text: string): readonly Place[] {
  return Array.from(text.matchAll(label)).flatMap(({ 0: all, 1: name = '', 2: rest = '', index }) => {
    const value = withoutTail(upToQuote(name, rest));
    const end = index + all.length;
    const standsAlone = /^[ \t]*(?:\n|$)/.test(text.slice(end, end + 8)) && !name.includes('\n');
    const from = index + name.length;
    return isLabelled(name, value, standsAlone) ? [{ from, to: from + value.length, by: secret }] : [];
  });
}

/** What was begun with a quote goes to the next that ends a word; that there are others in between is no end. */
function upToQuote(name: string, rest: string): string {
  const quote = name.at(-1) ?? '';
  if (!/["'`]/.test(quote)) return rest;
  for (let at = rest.indexOf(quote); at !== -1; at = rest.indexOf(quote, at + 1)) {
    if (!/[\p{L}\p{N}]/u.test(rest.charAt(at + 1))) return rest.slice(0, at);
  }
  return rest;
}

/** Without punctuation at the end. Not by a pattern: one that has no beginning tries each place. */
function withoutTail(value: string): string {
  let end = value.length;
  while (end > 0 && tail.has(value.charAt(end - 1))) end -= 1;
  return value.slice(0, end);
}

const tail = new Set('.,;:!?)*_"\'`>|]}');

/** Whether what stands behind "Password:" is one, and not the beginning of a sentence about it. */
function isLabelled(name: string, value: string, standsAlone: boolean): boolean {
  if (value === '' || isPlaceholder(value) || plainAnswers.has(value.toLowerCase())) return false;
  return endsInKey.test(name) ? isLongKey(value) : isShortSecret(name, value, standsAlone);
}

function isLongKey(value: string): boolean {
  return value.length >= 12 && isStated(value) && !/^(?:ctrl|alt|shift|win|cmd|fn|HK(?:EY|LM|CU|CR))/i.test(value);
}

function isShortSecret(name: string, value: string, standsAlone: boolean): boolean {
  if (!/\p{L}/u.test(value)) return value.replaceAll(/\D/g, '').length >= 4;
  if (isStated(value)) return true;
  if (/=["'`*_]{0,4}$/.test(name)) return value.length >= 3 && !isForm(value) && !isPlace(value);
  return standsAlone && /^\p{L}{4,}$/u.test(value) && endsInPassword.test(name);
}

const plainAnswers = new Set(
  'expired forgotten reset incorrect wrong required unknown none blank empty changed locked same see invalid missing yes no n/a optional hidden case-sensitive done'.split(
    ' ',
  ),
);

/** How far behind the word "password" one is looked for. */
const reach = 120;
const password = new RegExp(`(?<![\\p{L}\\p{N}])(?:${passwords})(?![\\p{L}\\p{N}])`, 'giu');
const saidToken =
  /(\s(?:(?:is|was|its|it[’']s|ist|to|as)\s(?:(?:now|still|just|currently)\s)?)?["'`*_(]{0,3})(\S{4,64})/gi;

/** "the password is X", "I typed my password 15 times, its X", "password X does not work". */
function saidPasswords(text: string): readonly Place[] {
  const found: Place[] = [];
  for (const said of text.matchAll(password)) {
    const begin = said.index + said[0].length;
    const window = text.slice(begin, begin + reach);
    for (const { 0: all, 1: lead = '', 2: word = '', index } of window.matchAll(saidToken)) {
      const value = withoutTail(word);
      if (isPlaceholder(value)) continue;
      if (!isSaidPassword(word, value, { isNear: index === 0, isSaid: /\p{L}/u.test(lead) })) continue;
      const from = begin + index + all.length - word.length;
      found.push({ from, to: from + value.length, by: secret });
    }
  }
  return found;
}

function isSaidPassword(
  word: string,
  value: string,
  { isNear, isSaid }: { isNear: boolean; isSaid: boolean },
): boolean {
  if (isNear && isSaid) return isStated(value) || /^\d{4,}$/.test(value);
  if (!isMixed(value) || isForm(value)) return false;
  if (isSaid || (isNear && value.length >= 8)) return isStated(value);
  return isSecretLike(value) && hasRareSign(word, value);
}

/** One that words seldom have: at the end of a word too, or only within it. */
function hasRareSign(word: string, value: string): boolean {
  return /[!$#%&*^~]/.test(word) || /[@+=?{}[\]|;"`]./.test(value);
}

function credentials(text: string): readonly Place[] {
  return Array.from(text.matchAll(/https?:\/\/[^\s<>"'`]+/gi)).flatMap(({ 0: url, index }) => {
    const user = stretches(url, /^(?<lead>https?:\/\/)[^/?#]*(?<tail>@)/gi, { by: secret });
    const query = stretches(
      url,
      /(?<lead>[?&#][\w-]*(?:token|secret|password|passwd|pwd|sig|signature|key|auth|code|otp)=)[^&#]{8,}/gi,
      { by: secret },
    );
    return [...user, ...query].map(({ from, to, by }) => ({ from: from + index, to: to + index, by }));
  });
}

/** Upper and lower case and digits that change as often as chance has it; words joined to one do not. */
function isRandom(text: string): boolean {
  if (/^https?:/i.test(text)) return false;
  const kinds = Array.from(text.slice(0, 400), kindOf);
  if (!['A', 'a', '0'].every((kind) => kinds.filter((one) => one === kind).length >= 3)) return false;
  const changes = kinds.filter((kind, index) => index > 0 && kind !== kinds[index - 1]).length;
  return changes / kinds.length >= 0.42;
}

function kindOf(character: string): string {
  if (/\d/.test(character)) return '0';
  if (/[A-Z]/.test(character)) return 'A';
  return /[a-z]/.test(character) ? 'a' : '-';
}
