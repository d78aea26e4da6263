import { type Pass, type Place, stretches } from './redact-places.ts';

const account = '[account number]';
const phone = '[phone]';

/** Account and card numbers, then phone numbers: international (+ or 00), national with a leading 0 in groups, American in groups, and any behind "mobile" or "tel". */
export const numberPasses: readonly Pass[] = [
  (text) =>
    stretches(text, /(?<![\p{L}\p{N}])[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,3})?(?![\p{L}\p{N}])/gu, {
      by: account,
      isOne: ([number]) => isIban(number),
    }),
  (text) =>
    stretches(text, /(?<![\p{L}\p{N}.,+-])\d(?:[ -]?\d){12,18}(?![\p{L}\p{N}]|[.,]\d)/gu, {
      by: account,
      isOne: ([number]) => isCard(number),
    }),
  (text) =>
    stretches(text, /(?<![\p{L}\p{N}+./:-])(?:\+|00(?=[1-9]))\d[\d ().\u00a0/-]{5,22}\d(?!\p{L}|\d)/gu, {
      by: phone,
      isOne: ([found]) => hasDigits(found, 8, 17) && (found.startsWith('+') || /[ ()-]/.test(found)),
    }),
  (text) =>
    stretches(text, /(?<![\p{L}\p{N}+./:,-])\(?0\d{1,4}\)?[ /-]\d{2,8}(?:[ -]\d{2,4}){0,4}(?!\p{L}|\d|[.:/-]\d)/gu, {
      by: phone,
      isOne: ([found]) => hasDigits(found, 9, 12) && !isDate(found),
    }),
  (text) => stretches(text, /(?<![\p{L}\p{N}+./:-])(?:\(\d{3}\) ?|\d{3}-)\d{3}-\d{4}(?!\p{L}|\d|-)/gu, { by: phone }),
  labelledPhones,
];

function labelledPhones(text: string): readonly Place[] {
  return stretches(
    text,
    /(?<![\p{L}\p{N}])(?<lead>(?:mobile|cell|tel|telephone|phone|handy|whatsapp|mobiel|telemóvel)(?: (?:is|no|nr|number)){0,2}[.:]? {0,2})(?<number>\d[\d /-]{4,16}\d)(?!\p{L}|\d|\.\d)/giu,
    { by: phone, isOne: ({ groups: { number = '' } = {} }) => hasDigits(number, 6, 15) && !isDate(number) },
  );
}

function hasDigits(text: string, least: number, most: number): boolean {
  const count = text.replaceAll(/\D/g, '').length;
  return count >= least && count <= most;
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
