import { baseForm } from './irregular-forms.ts';

/** Letters, digits and their marks, joined by one character of those that hold a name together. */
const token = /[\p{L}\p{N}\p{M}]+(?:['’_.\-\u2010\u2011][\p{L}\p{N}\p{M}]+)*/gu;
const joints = /['’_.\-\u2010\u2011]/u;
const apostrophe = /['’]/u;
/** Soft hyphen, zero-width characters, directional marks, word joiner: in the text, but not for the eye. */
const invisible = /[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/gu;
const linkTarget = /\]\([^()\s]*\)/gu;

/** Postgres has lexemes up to 2 046 bytes; what is longer than this is a hash or a key, and its beginning is enough. */
const longestWord = 64;
/** A run with more parts is a path or a sentence without spaces, not a name. */
const mostParts = 6;

/** Letters and digits that a text writes in one piece: its words, and all of them joined when a hyphen or the like did. */
export interface Run {
  readonly parts: readonly string[];
  readonly joined: string | null;
}

/**
 * The words of a text in order, lower case: letters and digits only, so that Postgres's parser sees one word in each.
 * Its own rules make one token of `and/or` and of `example.The`, and differ between locales.
 *
 * What a hyphen, dot or underscore joins comes in parts and once more in one piece (`Wi-Fi`: wi, fi, wifi;
 * `IT-4211`: it, 4211, it4211), so that it is found however it is spelt. Targets of Markdown links are left out.
 */
export function wordsOf(text: string, language: string): readonly string[] {
  return runsOf(text, language).flatMap(({ parts, joined }) => (joined === null ? parts : [...parts, joined]));
}

/** The same as {@link wordsOf}, with what belongs together kept together. */
export function runsOf(text: string, language: string): readonly Run[] {
  const visible = text.normalize('NFKC').replace(invisible, '').replace(linkTarget, '] ').toLowerCase();
  return Array.from(visible.matchAll(token), ([run]) => {
    const parts = run.split(joints).map((part) => part.slice(0, longestWord));
    const isName = parts.length > 1 && parts.length <= mostParts && !apostrophe.test(run);
    return {
      parts: parts.map((part) => baseForm(part, language)),
      joined: isName ? parts.join('').slice(0, longestWord) : null,
    };
  });
}
