import { createHash } from 'node:crypto';
import { meaningOf } from './model/synonyms.ts';
import { stemOf } from './model/stem.ts';
import { tellingStems, wordsOf } from './model/words.ts';

/** What a feature of a text counts: what a word means most, its letters least. */
const weights = { meaning: 1, stem: 0.5, pair: 0.3, letters: 0.12, word: 0.05 };

/**
 * A vector of length 1, whose closeness to another is likeness of words and their meanings: stems, groups of words that
 * mean the same, and runs of three letters, each in places of its own.
 */
export function embed(text: string, dimensions: number): Float32Array {
  const vector = new Float32Array(dimensions);
  for (const [feature, weight] of featuresOf(text)) add(vector, feature, weight);
  const length = Math.hypot(...vector);
  // a text without any letter has to be somewhere
  if (length === 0) add(vector, 'nothing', 1);
  const norm = length === 0 ? Math.hypot(...vector) : length;
  return vector.map((value) => value / norm);
}

function featuresOf(text: string): Map<string, number> {
  const features = new Map<string, number>();
  const count = (feature: string, weight: number) => features.set(feature, (features.get(feature) ?? 0) + weight);
  const stems = tellingStems(text);
  const meanings = stems.map(meaningOf);
  for (const stem of stems) count(`stem ${stem}`, weights.stem);
  for (const meaning of new Set(meanings)) count(`meaning ${meaning}`, weights.meaning);
  for (const [index, meaning] of meanings.slice(1).entries())
    count(`pair ${meanings[index] ?? ''} ${meaning}`, weights.pair);
  for (const stem of stems) {
    const run = ` ${stem} `;
    for (let at = 0; at + 3 <= run.length; at += 1) count(`letters ${run.slice(at, at + 3)}`, weights.letters);
  }
  for (const word of new Set(wordsOf(text))) count(`word ${stemOf(word)}`, weights.word);
  // a word that comes twenty times does not mean twenty times as much
  return new Map([...features].map(([feature, weight]) => [feature, Math.sqrt(weight)]));
}

/** Into two places, with signs, so that what does not belong together cancels out. */
function add(vector: Float32Array, feature: string, weight: number): void {
  const hash = createHash('sha256').update(feature).digest();
  for (const at of [0, 8]) {
    const place = hash.readUInt32BE(at) % vector.length;
    const sign = (hash[at + 4] ?? 0) % 2 === 0 ? 1 : -1;
    vector[place] = (vector[place] ?? 0) + sign * weight;
  }
}
