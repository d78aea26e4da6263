import { cut, nameIndex, withoutNames } from './redact-names.ts';

/**
 * Takes personal data and secrets out of a text before it is kept: names, e-mail addresses, phone and account numbers,
 * passwords, keys and codes become `[name]`, `[e-mail]`, `[phone]`, `[account number]`, `[secret]`.
 *
 * What says something about IT stays, because answers are made of it: error codes, versions, dates, ports, hosts, IP
 * addresses, ticket keys, GUIDs and checksums, and internal extensions of up to five digits. Patterns cannot know
 * everything: a name of somebody who is not named in `names`, or a password of plain words in the middle of a sentence,
 * stays. Takes time linear in the length of the text: each pattern begins only where a run of what it reads begins, or
 * is bounded.
 */
export function redact(text: string, { names }: { names: readonly string[] }): string {
  return createRedaction(names)(text);
}

/** {@link redact} for many texts with the same names: display names, as "Ines Carvalho"; case and accents do not count. */
export function createRedaction(names: readonly string[]): (text: string) => string {
  const known = nameIndex(names);
  return (text) =>
    withoutNames(
      passes.reduce((read, pass) => pass(read), text),
      known,
    );
}

const secret = '[secret]';

const passwords =
  'pass(?:words?|codes?|phrases?|wort|wd)?|pwd?|kennwort|wachtwoord|palavra[ -]passe|senha|contrase[ñn]a|mot de passe|hasło';
const pins = '(?:pin|puk|tan|otp)(?:[ -]?(?:code|number|nr))?';
const keys =
  '(?:(?:api|access|secret|client|license|licence|product|private|encryption|storage|account|subscription|shared|auth|session)[_ -]?)?(?:keys?|secrets?|tokens?)';
const codes =
  '(?:one[ -]time|verification|security|login|sign-in|sms|mfa|2fa|access|door|gate|alarm|safe|unlock|activation|recovery|backup|temporary)[ -](?:pass)?(?:codes?|pins?)';

const passes: readonly ((text: string) => string)[] = [
  (text) =>
    text.replaceAll(/-----BEGIN [A-Z ]{0,40}PRIVATE KEY-----[^]*?(?:-----END [A-Z ]{0,40}PRIVATE KEY-----|$)/g, secret),
  (text) => text.replaceAll(/https?:\/\/[^\s<>"'`]+/gi, withoutCredentials),
  labelled,
  saidPasswords,
  (text) =>
    text.replaceAll(
      new RegExp(
        `(?<![\\p{L}\\p{N}])((?:${pins}|${codes})(?: (?:is|was|now|ist|and)){0,2} {0,2})(\\d{3,4}[ -]\\d{3,4}|\\d{4,12}|[A-Z0-9]{4,8}(?:-[A-Z0-9]{4,8})+)(?![\\p{L}\\p{N}])`,
        'giu',
      ),
      `$1${secret}`,
    ),
  // "Summer26 is my password"
  (text) =>
    text.replaceAll(
      new RegExp(
        `(?<!\\S)(\\S{4,64})([ \\t]{1,3}(?:is|was) (?:my|the|his|her|our|your) (?:\\p{L}{1,12} ){0,2}(?:${passwords}))`,
        'giu',
      ),
      (all: string, value: string, rest: string) => (isSecretLike(value) ? secret + rest : all),
    ),
  knownKeys,
  (text) =>
    text.replaceAll(
      /(?<![\p{L}\p{N}])(bearer|basic) ([\w.~+/-]{16,}=*)/giu,
      (all: string, kind: string, value: string) => (isSecretLike(value) ? `${kind} ${secret}` : all),
    ),
  // git@github.com is how a repository is addressed
  (text) =>
    text.replaceAll(
      /(?<![\p{L}\p{N}.%+'\\_-])(?!git@)[\p{L}\p{N}.%+'\\_-]+@[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)*\.\p{L}{2,}/gu,
      '[e-mail]',
    ),
  (text) =>
    text.replaceAll(
      /(?<![\p{L}\p{N}])[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,3})?(?![\p{L}\p{N}])/gu,
      (number) => (isIban(number) ? '[account number]' : number),
    ),
  (text) =>
    text.replaceAll(/(?<![\p{L}\p{N}.,+-])\d(?:[ -]?\d){12,18}(?![\p{L}\p{N}]|[.,]\d)/gu, (number) =>
      isCard(number) ? '[account number]' : number,
    ),
  phones,
  // not in links: without its long name a link leads nowhere
  (text) =>
    text.replaceAll(/https?:\/\/[^\s<>"'`]+|(?<![\w+=-])[\w+=-]{24,}/gi, (found) => (isRandom(found) ? secret : found)),
];

const label = new RegExp(
  `(?<![\\p{L}\\p{N}_])((?:[A-Z0-9]+_)*(?:${passwords}|${pins}|${keys}|${codes})[*_\`"']{0,3} {0,2}(?:[:=]|[=-]>)[*_\`"']{0,3}\\s{0,3}["'\`]?)([^\\s"'\`<>|]+)`,
  'giu',
);
const endsInKey = new RegExp(`${keys}[^\\p{L}]*$`, 'iu');
const endsInPassword = new RegExp(`(?:${passwords})[^\\p{L}]*$`, 'iu');

/** `key=value`, `Password: value`. */
function labelled(text: string): string {
  const found = Array.from(text.matchAll(label), ({ 0: all, 1: name = '', 2: value = '', index }) => {
    const bare = withoutTail(value);
    const end = index + all.length;
    const standsAlone = /^[ \t]*(?:\n|$)/.test(text.slice(end, end + 8)) && !name.includes('\n');
    const isOne = isLabelled(name, bare, standsAlone);
    return { from: index + name.length, to: index + name.length + (isOne ? bare.length : 0) };
  });
  return cut(
    text,
    found.filter(({ from, to }) => to > from),
    secret,
  );
}

/** Without punctuation at the end. Not by a pattern: one that has no beginning tries each place. */
function withoutTail(value: string): string {
  let end = value.length;
  while (end > 0 && '.,;:!?)*_'.includes(value.charAt(end - 1))) end -= 1;
  return value.slice(0, end);
}

/** Whether what stands behind "Password:" is one, and not the beginning of a sentence about it. */
function isLabelled(name: string, value: string, standsAlone: boolean): boolean {
  if (value === '' || value.startsWith('[') || plainAnswers.has(value.toLowerCase())) return false;
  return endsInKey.test(name) ? isLongKey(value) : isShortSecret(name, value, standsAlone);
}

function isLongKey(value: string): boolean {
  return value.length >= 12 && isSecretLike(value) && !/^(?:ctrl|alt|shift|win|cmd|fn)/i.test(value);
}

function isShortSecret(name: string, value: string, standsAlone: boolean): boolean {
  if (/^\d+$/.test(value)) return value.length >= 4;
  if (isSecretLike(value)) return true;
  if (/=["'`*_]{0,4}$/.test(name)) return value.length >= 3 && !isKnownForm(value);
  return standsAlone && /^\p{L}{4,}$/u.test(value) && endsInPassword.test(name);
}

const plainAnswers = new Set(
  'expired forgotten reset incorrect wrong required unknown none blank empty changed locked same see invalid missing yes no n/a optional hidden case-sensitive done'.split(
    ' ',
  ),
);

/** How far behind the word "password" one is looked for. */
const reach = 120;

/** "the password is X", "I typed my password 15 times, its X", "password X does not work". */
function saidPasswords(text: string): string {
  const found: { from: number; to: number }[] = [];
  for (const label of text.matchAll(new RegExp(`(?<![\\p{L}\\p{N}])(?:${passwords})(?![\\p{L}\\p{N}])`, 'giu'))) {
    const begin = label.index + label[0].length;
    const window = text.slice(begin, begin + reach);
    for (const { 0: all, 1: lead = '', 2: word = '', index } of window.matchAll(saidToken)) {
      const value = word.replace(/[.,;:!?)*_"'`]+$/, '');
      const isNear = index === 0;
      const isSaid = /\p{L}/u.test(lead);
      if (!isSaidPassword(word, value, { isNear, isSaid })) continue;
      const from = begin + index + all.length - word.length;
      found.push({ from, to: from + value.length });
    }
  }
  return cut(text, found, secret);
}

const saidToken =
  /(\s(?:(?:is|was|its|it[’']s|ist|to|as)\s(?:(?:now|still|just|currently)\s)?)?["'`*_(]{0,3})([^\s"'`]{4,64})/gi;

function isSaidPassword(
  word: string,
  value: string,
  { isNear, isSaid }: { isNear: boolean; isSaid: boolean },
): boolean {
  if (isKnownForm(value) || value.startsWith('[')) return false;
  if (isNear && isSaid) return isSecretLike(value) || /^\d{4,}$/.test(value);
  if (!isMixed(value)) return false;
  return isSaid || (isNear && value.length >= 8) || /[!$#%&*^~]/.test(word);
}

function isMixed(value: string): boolean {
  return value.length >= 6 && [/\p{Lu}/u, /\p{Ll}/u, /\d/].every((kind) => kind.test(value));
}

/** Letters with digits or signs, as no word has. */
function isSecretLike(value: string): boolean {
  if (value.length < 4 || isKnownForm(value)) return false;
  return /\p{L}/u.test(value) && (/\d/.test(value) || /[!$#%&*^~@?+]./.test(value));
}

/** Products, versions, error codes, articles, dates, paths, hosts, GUIDs: they hold digits and are no secret. */
function isKnownForm(value: string): boolean {
  return [
    /^(?:KB|AADSTS|CVE-|ERR|0x|v?\d+\.\d|[A-Z]{2,10}-\d+$|WPA\d|IT-)/,
    /^(?:windows|office|microsoft|exchange|server|outlook|iphone|ipad|android|macos|ios|1password|sha|tls|utf|m365|o365)[\w.-]*$/i,
    /password|^[\w-]+(?:\.[a-z][\w-]*)+$|[/\\]|:\/\//i,
    /^[\da-f]{8}-(?:[\da-f]{4}-){3}[\da-f]{12}$/i,
    /^\d+(?:st|nd|rd|th|x|h|min|s|am|pm|gb|mb|times|days?|hours?|minutes?|-?characters?|-?digits?|-?[a-z]+)$/i,
  ].some((form) => form.test(value));
}

/** Forms in which issuers write their keys. */
function knownKeys(text: string): string {
  return text
    .replaceAll(/(?<![\w-])eyJ[\w-]{8,}\.[\w-]{4,}(?:\.[\w-]*)?/g, secret)
    .replaceAll(/(?<![A-Za-z0-9])(?:AKIA|ASIA)[0-9A-Z]{16}(?![A-Za-z0-9])/g, secret)
    .replaceAll(
      /(?<![\w-])(?:gh[opsur]_|github_pat_|glpat-|xox[abeprs]-|xapp-|sk-|ATATT|AIza|npm_|hf_|ntn_|secret_)[\w=-]{16,}/g,
      secret,
    )
    .replaceAll(/(?<![\d-])\d{6}(?:-\d{6}){7}(?![\d-])/g, secret)
    .replaceAll(/(?<![\w-])[A-Z0-9]{5}(?:-[A-Z0-9]{5}){4}(?![\w-])/g, secret);
}

/** International (+ or 00), national with a leading 0 in groups, American in groups, and any behind "mobile" or "tel". */
function phones(text: string): string {
  return text
    .replaceAll(/(?<![\p{L}\p{N}+./:-])(?:\+|00(?=[1-9]))\d[\d ().\u00a0/-]{5,22}\d(?!\p{L}|\d)/gu, (found) =>
      digits(found) >= 8 && digits(found) <= 17 && (found.startsWith('+') || /[ ()-]/.test(found)) ? '[phone]' : found,
    )
    .replaceAll(
      /(?<![\p{L}\p{N}+./:,-])\(?0\d{1,4}\)?[ /-]\d{2,8}(?:[ -]\d{2,4}){0,4}(?!\p{L}|\d|[.:/-]\d)/gu,
      (found) => (digits(found) >= 9 && digits(found) <= 12 && !isDate(found) ? '[phone]' : found),
    )
    .replaceAll(/(?<![\p{L}\p{N}+./:-])(?:\(\d{3}\) ?|\d{3}-)\d{3}-\d{4}(?!\p{L}|\d|-)/gu, '[phone]')
    .replaceAll(
      /(?<![\p{L}\p{N}])((?:mobile|cell|tel|telephone|phone|handy|whatsapp|mobiel|telemóvel)(?: (?:is|no|nr|number)){0,2}[.:]? {0,2})(\d[\d /-]{4,16}\d)(?!\p{L}|\d|\.\d)/giu,
      (all: string, label: string, number: string) =>
        digits(number) >= 6 && digits(number) <= 15 && !isDate(number) ? `${label}[phone]` : all,
    );
}

function digits(text: string): number {
  return text.replaceAll(/\D/g, '').length;
}

function isDate(text: string): boolean {
  return (
    /^\d{1,2}[-/ ]\d{1,2}[-/ ](?:19|20)?\d\d(?!\d)/.test(text) || /^(?:19|20)\d\d[-/ ]\d{1,2}[-/ ]\d{1,2}/.test(text)
  );
}

/** ISO 13616: the letters as numbers, the first four characters last, modulo 97. */
function isIban(text: string): boolean {
  const bare = text.replaceAll(' ', '');
  if (bare.length < 15 || bare.length > 34) return false;
  const numbers = Array.from(bare.slice(4) + bare.slice(0, 4), (character) => Number.parseInt(character, 36)).join('');
  return Array.from(numbers).reduce((rest, digit) => (rest * 10 + Number(digit)) % 97, 0) === 1;
}

/** Lengths and beginnings of the large issuers, with the Luhn check: IMEIs and serial numbers pass that check as well. */
function isCard(text: string): boolean {
  const bare = text.replaceAll(/\D/g, '');
  if (!/^(?:4(?:\d{12}|\d{15}|\d{18})|5[1-5]\d{14}|2[2-7]\d{14}|3[47]\d{13}|6(?:011|5\d\d)\d{12})$/.test(bare))
    return false;
  const sum = Array.from(bare)
    .toReversed()
    .reduce((total, digit, index) => total + luhn(Number(digit), index), 0);
  return sum % 10 === 0;
}

function luhn(digit: number, index: number): number {
  if (index % 2 === 0) return digit;
  return digit > 4 ? digit * 2 - 9 : digit * 2;
}

function withoutCredentials(address: string): string {
  return address
    .replace(/^(https?:\/\/)[^/@]*@/i, `$1${secret}@`)
    .replaceAll(
      /([?&#][\w-]*(?:token|secret|password|passwd|pwd|sig|signature|key|auth|code|otp)=)[^&#]{8,}/gi,
      `$1${secret}`,
    );
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
