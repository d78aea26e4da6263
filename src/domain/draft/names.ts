import { remembered } from './remembered.ts';
import { wordsOf } from './said.ts';
import type { Evidence } from './evidence.ts';
import { type Language, languageOf } from './language.ts';
import { isEveryday, stemOf } from './likeness.ts';
import { lookOf, withoutMarks } from './plain-text.ts';

/** Capitals that name nothing in particular. */
const PLAIN = new Set(
  'i im ill id ive it ok okay pc pcs url faq a no yes the if note step please you usb mr mrs dr etc entree intro invio'.split(
    ' ',
  ),
);
const ALIASES: Readonly<Record<string, readonly string[]>> = {
  mac: ['macos', 'macbook', 'macs'],
  macos: ['mac', 'macs'],
  wifi: ['wi'],
  hotspot: [],
};

interface Known {
  readonly evidence: Evidence;
  readonly question: string;
  /** All shown passages, with titles and headings. */
  readonly shown: string;
  /** Of the answer, for sentences that do not tell. */
  readonly language: Language;
}

/**
 * Proper names of a sentence that are not borne out: not in what is shown, or put in the place of another one that is
 * quoted. What is printed in bold or quoted counts as one.
 */
export function strayNames(sentence: string, { evidence, question, shown, language }: Known): readonly string[] {
  const named = namesOf(sentence, languageOf(sentence) === 'unknown' ? language : languageOf(sentence));
  const [near, frame] = [wordSet(evidence.near), wordSet(`${evidence.core}\n${evidence.frame}`)];
  const whole = wordSet(evidence.whole);
  const asked = wordSet(question);
  const others = wordSet(shown);
  const own = new Set(wordsOf(sentence));
  const known = new Set([...namesOf(shown), ...namesOf(question)]);
  const [first = ''] = wordsOf(withoutMarks(lookOf(sentence)));
  // with a capital for being the first, and known as a name all the same
  const names = known.has(first) && !isStarter(first) ? [...named, first] : named;
  const isRow = evidence.units.every(({ unit }) => unit.kind === 'row');
  // of rows, and where a name that is quoted is left out, another one is likely to stand for it
  const isLeftOut = isRow || namesOf(evidence.core).some((name) => !has(own, name));
  const phrases = phrasesOf(sentence).filter(
    (phrase) => ![evidence.whole, shown, question].some((text) => isPhraseOf(phrase, text)),
  );
  return [
    ...phrases,
    ...names.filter((name) => {
      if (has(isLeftOut ? frame : near, name)) return false;
      // what the cited passage does not know cannot have been swapped there
      if (isLeftOut) return has(whole, name) || !has(asked, name);
      return ![whole, asked].some((words) => has(words, name)) && (name === first || !has(others, name));
    }),
  ];
}

/**
 * Names of a text, in lower case: with a capital within a sentence, or with capitals and digits within the word. In
 * German all nouns have capitals; in English a sentence may begin with a name.
 */
export function namesOf(text: string, language: Language = languageOf(text)): readonly string[] {
  const inLanguage = namesIn.get(language) ?? remembered((one) => namesAnew(one, language), 200_000);
  namesIn.set(language, inLanguage);
  return inLanguage(text);
}

const namesIn = new Map<Language, (text: string) => readonly string[]>();

function namesAnew(text: string, language: Language): readonly string[] {
  const look = withoutMarks(lookOf(text))
    .replaceAll(/`[^`\n]*`/g, ' \u2022 ')
    // keys pressed together are compared letter by letter
    .replaceAll(/\b(?:windows|win)(?: key)?\s*\+\s*(?=\p{L})/giu, '+ ');
  const mayBegin = language === 'en' || language === 'unknown';
  const found = Array.from(
    look.matchAll(/(?<![\p{L}\p{N}_./\\@-])\p{L}[\p{L}\p{M}\p{N}]*(?:['-]\p{L}[\p{L}\p{N}]*)*/gu),
    ({ 0: word, index }) => ({
      word,
      isFirst: isBeginning(look.slice(Math.max(0, index - 4), index), index),
      isFollowed: /^\s\p{Lu}\p{Ll}/u.test(look.slice(index + word.length)),
    }),
  );
  return found
    .filter(
      ({ word, isFirst, isFollowed }) =>
        isName(word) ||
        (/^\p{Lu}/u.test(word) && language !== 'de' && (!isFirst || (mayBegin && isFollowed && !isStarter(word)))),
    )
    .flatMap(({ word }) => wordsOf(word.replace(/['’]s$/u, '')))
    .filter((word) => !PLAIN.has(word) && word.length > 1);
}

function isBeginning(before: string, index: number): boolean {
  return index === 0 || /(?:^|[.!?:;"'(\n|>•]|\d[.)])\s*["'(*]*$/.test(before);
}

/** Verbs with which steps begin: "Open Company Portal" names a portal, not an opening. */
function isStarter(word: string): boolean {
  return (
    isEveryday(stemOf(word.toLowerCase())) ||
    /^(?:open|choose|select|click|press|tap|use|go|in|on|from|to|the|install|start|launch|sign|raise|ask|tell|add|switch|turn|enter|type|set|check|close|restart|quit|run|find|pick|put|leave|keep|move|send|your|you|if|when|for|with|at|as|an?|this|that|only|under|search|connect|update|download|log|visit|make|try|change|contact|report|remove|delete|hold|take|get|give|see|write|look|read|our|all|each|any|once|after|before|then|next|first|finally|now|and|or|but|do|does|is|are|can|never|always|by|through|via|using|give|call|ring|email|hit|push|touch|wait|save|copy|show|let|note|most|some|every|while|until|of|both|either|no|not)$/i.test(
      word,
    )
  );
}

/** `CompanyPortal`, `VPN`, `eSIM`, `S3`. */
function isName(word: string): boolean {
  return /^\p{L}+\p{Lu}/u.test(word) || /^\p{Lu}+\d|^\p{L}+\d+\p{L}*$/u.test(word);
}

function phrasesOf(text: string): readonly string[] {
  const look = lookOf(text);
  return Array.from(
    look.matchAll(/\*\*([^*\n]{2,80})\*\*|"([^"\n]{2,80})"/g),
    ([, bold, quoted]) => bold ?? quoted ?? '',
  );
}

function isPhraseOf(phrase: string, text: string): boolean {
  const words = wordsOf(phrase.replaceAll('`', ''));
  if (words.length === 0) return true;
  return rowOf(text).includes(` ${words.join(' ')} `);
}

/** The words of a text, with a space before and behind each. */
const rowOf = remembered((text) => ` ${wordsOf(text).join(' ')} `, 300_000);

function has(words: ReadonlySet<string>, name: string): boolean {
  if (words.has(name) || words.has(name.replace(/s$/, '')) || words.has(`${name}s`)) return true;
  return ALIASES[name]?.some((alias) => words.has(alias)) ?? false;
}

const wordSet = remembered((text): ReadonlySet<string> => new Set(wordsOf(text)), 300_000);
