import type { Evidence } from './evidence.ts';
import type { Language } from './language.ts';
import { isAkin, stemOf } from './likeness.ts';
import { lookOf, withoutMarks } from './plain-text.ts';
import { remembered } from './remembered.ts';
import { isUnit, numberOf, tellingStems } from './telling.ts';

/** Numbers that do not stand near what is quoted, stand there with another unit, or are put for another that is quoted. */
export function strayNumbers(sentence: string, { core, near }: Evidence): readonly string[] {
  const [own, quoted, theirs] = [sentence, core, near].map(countsOf);
  const isLeftOut = quoted?.some(({ number }) => !own?.some((count) => count.number === number)) ?? false;
  return (own ?? [])
    .filter(({ number, unit }) => {
      const same = (theirs ?? []).filter((count) => count.number === number);
      if (number === '1' && same.length === 0 && isNamed(unit, near)) return false;
      if (same.length === 0 || (isLeftOut && timesIn(own, number) > timesIn(quoted, number))) return true;
      return unit !== null && same.every((count) => count.unit !== null && count.unit !== unit);
    })
    .map(({ number, unit }) => `number ${number} ${unit ?? ''}`);
}

/**
 * Figures that are left out of what is said of them, where another stands instead: "around month end it takes three days"
 * of "three days, and five around month end".
 */
export function movedFigures(sentence: string, statements: readonly string[], language: Language): readonly string[] {
  const own = countsOf(sentence);
  const said = tellingStems(sentence, language);
  if (own.length === 0) return [];
  return statements
    .flatMap((statement) => statement.split(/[,;:.](?=\s|$)|\sand\s/))
    .flatMap((clause) => {
      const words = tellingStems(clause, language).filter((stem) => !isUnit(stem));
      const isSaid = words.length > 0 && words.every((stem) => said.some((other) => isAkin(stem, other)));
      return isSaid ? countsOf(clause).filter((count) => !own.some((other) => isSameCount(count, other))) : [];
    })
    .map(({ number, unit }) => `left out ${number} ${unit ?? ''}`);
}

const WHEN =
  /\b(?:overnight|immediately|instantly|tonight|tomorrow|hourly|daily|weekly|monthly|yearly|next (?:day|week|month))\b/i;

/** Times that are told without a figure where the statements tell one: "overnight" for "within ten minutes". */
export function untoldTimes(sentence: string, statements: readonly string[]): readonly string[] {
  const [said] = WHEN.exec(sentence) ?? [];
  const own = countsOf(sentence);
  const isLeftOut = statements.flatMap(countsOf).some((count) => {
    const isTime = /^(?:second|minut|hour|day|week|month|year)/.test(count.unit ?? '');
    return isTime && !own.some((other) => isSameCount(count, other));
  });
  return said === undefined || !isLeftOut || statements.some((statement) => WHEN.test(statement))
    ? []
    : [`time ${said}`];
}

function isSameCount(one: Count, other: Count): boolean {
  return one.number === other.number && (one.unit === null || other.unit === null || one.unit === other.unit);
}

/** "Within an hour" of "within the hour". */
function isNamed(unit: string | null, text: string): boolean {
  return unit !== null && new RegExp(`\\bthe ${unit}`, 'i').test(text);
}

function timesIn(counts: readonly Count[] | undefined, number: string): number {
  return counts?.filter((count) => count.number === number).length ?? 0;
}

interface Count {
  readonly number: string;
  /** With currency or unit, if one is said. */
  readonly unit: string | null;
}

const NUMBER =
  /(?<currency>[£$€¥]\s?)?(?<![\p{L}\p{N}.])(?<number>\d+(?:[.,:]\d+)*)(?<half>\s?[ap]\.?m\b\.?)?(?<after>\s?[£$€%]|[\s-]?\p{L}+)?/giu;

const countsOf = remembered(countsAnew, 300_000);

function countsAnew(text: string): readonly Count[] {
  const look = withoutMarks(lookOf(text)).replaceAll(
    /(?<![\p{L}\p{N}])\p{L}+(?![\p{L}\p{N}])/gu,
    (word) => numberOf(word.toLowerCase()) ?? word,
  );
  const counted = look.replaceAll(
    /\b(?:an?|one|per|each|every) (?=(?:working )?(?:minute|hour|day|week|month|year)\b)/gi,
    '1 ',
  );
  return Array.from(counted.matchAll(NUMBER), ({ groups }) => {
    const { currency = '', number = '', half = '', after = '' } = groups ?? {};
    return { number: canonical(number, half), unit: unitOf(currency, after) };
  });
}

/** `6 pm` as `18:00`, `1,000` as `1000`, `4.0` as it is. */
function canonical(number: string, half: string): string {
  const [hour = '', minute = '00'] = number.split(/[:.]/);
  if (half !== '') return `${(Number(hour) % 12) + (/p/i.test(half) ? 12 : 0)}:${minute}`;
  if (/^\d{1,2}:\d\d$/.test(number)) return `${Number(hour)}:${minute}`;
  return /^\d{1,3}(?:,\d{3})+$/.test(number) ? number.replaceAll(',', '') : number;
}

function unitOf(currency: string, after: string): string | null {
  const sign = currency.trim() || (/[£$€%]/.exec(after)?.[0] ?? '');
  if (sign !== '') return sign;
  const stem = stemOf(after.replace(/^[\s-]/, '').toLowerCase());
  return isUnit(stem) ? stem.replace(/^hr$/, 'hour').replace(/^min$/, 'minut') : null;
}
