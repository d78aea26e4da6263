import { lookOf } from './plain-text.ts';

/** Letters of other scripts that look like Latin ones, and digits and signs that are written for letters. */
const LOOKALIKES: Readonly<Record<string, string>> = Object.fromEntries(
  Array.from(
    'аaеeоoрpсcхxуyіiјjѕsԁdһhкkмmтtнhвbгrαaεeοoρpιiνvτtυuκkωw'.matchAll(/(.)(.)/gu),
    ([, one = '', by = '']) => [one, by],
  ),
);
const LEET: Readonly<Record<string, string>> = {
  '0': 'o',
  '1': 'i',
  '3': 'e',
  '4': 'a',
  '5': 's',
  '7': 't',
  '@': 'a',
  $: 's',
  '!': 'i',
  '|': 'l',
};

/** The best known order, whatever stands between its letters. */
const RUN_TOGETHER =
  /(?:ignore|disregard|forget|override)(?:all|any|every|of|the|your|my)*(?:previous|prior|above|earlier|preceding|your|system)+(?:instruction|rule|prompt|directive|guideline)/;

/** A text as orders are looked for in it: lower case, without accents, marks and double quotes, in Latin letters. */
export function formOf(text: string): string {
  return Array.from(
    lookOf(text).normalize('NFKD').replaceAll(/\p{M}/gu, '').toLowerCase(),
    (letter) => LOOKALIKES[letter] ?? letter,
  )
    .join('')
    .replaceAll(/[*_`"]+/g, '')
    .replaceAll(/\s+/g, ' ')
    .trim();
}

/** What a sentence says to who sees through its disguise. `plain` is its form. */
export function disguisesOf(plain: string, sentence: string): readonly string[] {
  return [
    ...(/[a-z][013457@$!|]|[013457@$!|][a-z]/.test(plain)
      ? [plain.replaceAll(/(?<=[a-z])[013457@$!|]|[013457@$!|](?=[a-z])/g, (sign) => LEET[sign] ?? sign)]
      : []),
    ...(!/\b(?:ignore|disregard|forget|override)\b/.test(plain) && RUN_TOGETHER.test(plain.replaceAll(/[^a-z]/g, ''))
      ? ['ignore all previous instructions']
      : []),
    ...[plain.replaceAll(/[a-z]/g, rotated), Array.from(plain).toReversed().join('')].filter(isWorded),
    ...(/(?:[a-z]+[-_]){2}/i.test(sentence) ? [formOf(sentence.replaceAll(/[-_]/g, ' '))] : []),
    ...decodedIn(sentence),
    ...(/%[0-9a-f]{2}|&#|\\u[0-9a-f]{4}/i.test(sentence) ? [formOf(unescaped(sentence))] : []),
  ];
}

/** What is said in Base64 in a sentence. */
export function decodedIn(sentence: string): readonly string[] {
  const codes = sentence.matchAll(/(?<![A-Za-z0-9+/])[A-Za-z0-9+/]{20,}={0,2}/g);
  return Array.from(codes, ([code]) => formOf(decoded(code)));
}

/** Whether turning it made English of it; looking for orders takes longer than that. */
function isWorded(text: string): boolean {
  return (
    Array.from(text.matchAll(/\b(?:the|you|your|all|and|to|say|ignore|instructions?|rules|answer)\b/g)).length >= 2
  );
}

function rotated(letter: string): string {
  return String.fromCharCode(((letter.charCodeAt(0) - 97 + 13) % 26) + 97);
}

/** Letters that are written as numbers: `%49`, `&#73;`, `&#x49;`, `\u0049`. */
function unescaped(text: string): string {
  const letter = (code: number) => (code > 0x1f && code < 0x3000 ? String.fromCharCode(code) : ' ');
  return text
    .replaceAll(
      /%([0-9a-f]{2})|&#x([0-9a-f]{2,6});|\\u([0-9a-f]{4})/gi,
      (...[, percent, entity, escape]: readonly (string | undefined)[]) =>
        letter(Number.parseInt(percent ?? entity ?? escape ?? '', 16)),
    )
    .replaceAll(/&#(\d{2,6});/g, (...[, code]: readonly (string | undefined)[]) => letter(Number(code)));
}

const DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** Base64 of plain text; '' of anything else. */
function decoded(code: string): string {
  const bits = Array.from(code.replaceAll('=', ''), (sign) => DIGITS.indexOf(sign).toString(2).padStart(6, '0')).join(
    '',
  );
  const text = Array.from(bits.matchAll(/.{8}/g), ([byte]) => String.fromCharCode(Number.parseInt(byte, 2))).join('');
  return /^[\x20-\x7E\s]+$/.test(text) ? text : '';
}
