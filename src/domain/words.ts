/** Emoji as Slack spells them (`:wave:`, `:+1::skin-tone-2:`), standing by themselves. */
const EMOJI_NAME = /(?<![^\s:])(?::[a-z0-9_+'-]+:)+(?![^\s\p{P}])/giu;

/** A digit dressed up as an emoji: the digit is no text. */
const KEYCAP = /[0-9#*]\uFE0F?\u20E3/gu;

/** Characters without width and marks of direction: nobody sees them, and they would split or hide words. */
const UNSEEN = /[\u00AD\u200B-\u200F\u202A-\u202E\u2060-\u2064\u2066-\u2069\uFEFF]/gu;

/**
 * The words of a text, for comparing: lower case, without accents and apostrophes, in order.
 * Letters and digits of any script; emoji count as nothing.
 */
export function wordsOf(text: string): readonly string[] {
  return plain(text).match(/[\p{L}\p{N}]+/gu) ?? [];
}

/** The clauses of a text, each as its words with one space between; those without a word are left out. */
export function clausesOf(text: string): readonly string[] {
  return plain(text)
    .split(/[.!?;,:\n()]+|\s[-–—]+\s/u)
    .map((clause) => wordsOf(clause).join(' '))
    .filter((clause) => clause !== '');
}

/**
 * How many places the words of a text take in the index: what a hyphen, dot or underscore joins stands there in parts
 * and once more in one piece.
 */
export function indexedLength(text: string): number {
  const runs = text.match(/[\p{L}\p{N}\p{M}]+(?:['’_.\-\u2010\u2011][\p{L}\p{N}\p{M}]+)*/gu) ?? [];
  return runs.reduce((sum, run) => sum + placesOf(run), 0);
}

function placesOf(run: string): number {
  const parts = run.split(/['’_.\-\u2010\u2011]/u).length;
  return parts === 1 || parts > 6 || /['’]/u.test(run) ? parts : parts + 1;
}

function plain(text: string): string {
  return text
    .replace(EMOJI_NAME, ' ')
    .replace(KEYCAP, ' ')
    .replace(UNSEEN, '')
    .replace(/['’‘`´]/gu, '')
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase();
}
