import { pick, type Random } from './random.ts';

const letters = 'abcdefghijklmnopqrstuvwxyz'.split('');

/**
 * The text with one random edit (a letter left out, put in, replaced, or swapped with the next) in one random word
 * of at least four letters that `isContent` holds for. Unchanged when there is no such word.
 */
export function withTypo(text: string, random: Random, isContent: (word: string) => boolean): string {
  const words = [...text.matchAll(/(?<![\p{L}\p{N}])\p{L}{4,}(?![\p{L}\p{N}])/gu)].filter(([word]) => isContent(word));
  const chosen = pick(random, words);
  if (chosen === undefined) return text;
  const [word] = chosen;
  let changed = word;
  while (changed === word) changed = edit(word, random);
  return text.slice(0, chosen.index) + changed + text.slice(chosen.index + word.length);
}

function edit(word: string, random: Random): string {
  const at = Math.floor(random() * word.length);
  const letter = pick(random, letters) ?? '';
  switch (Math.floor(random() * 4)) {
    case 0:
      return word.slice(0, at) + word.slice(at + 1);
    case 1:
      return word.slice(0, at) + letter + word.slice(at);
    case 2:
      return word.slice(0, at) + letter + word.slice(at + 1);
    default:
      return word.slice(0, at) + word.slice(at + 1, at + 2) + word.charAt(at) + word.slice(at + 2);
  }
}
