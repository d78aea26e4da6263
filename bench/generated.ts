import { pick, type Random, seeded } from './random.ts';

export interface GeneratedDocument {
  readonly title: string;
  readonly chunks: readonly string[];
}

const vocabularySize = 200_000;
const topics = 2_000;
const wordsPerTopic = 150;
export const chunksPerDocument = 10;
const wordsPerChunk = 110;

/**
 * Texts of a company that does not exist: a vocabulary with the frequencies of language (Zipf's law as Mandelbrot
 * corrected it), topics whose words keep company, stop words between, and now and then an error code of its own.
 */
export function generatedCompany(seed: number) {
  const random = seeded(seed);
  const vocabulary = distinctWords(random);
  const everywhere = zipf(vocabularySize, 20);
  const withinTopic = zipf(wordsPerTopic, 3);
  const wordsOfTopic = Array.from({ length: topics }, () =>
    Array.from({ length: wordsPerTopic }, () => vocabulary[everywhere(random)] ?? ''),
  );
  const word = (topic: readonly string[]) => {
    const kind = random();
    if (kind < 0.38) return pick(random, stopWords) ?? '';
    if (kind < 0.66) return topic[withinTopic(random)] ?? '';
    return kind < 0.995 ? (vocabulary[everywhere(random)] ?? '') : code(random);
  };
  const text = (topic: readonly string[], words: number) => Array.from({ length: words }, () => word(topic)).join(' ');

  function document(): GeneratedDocument {
    const topic = pick(random, wordsOfTopic) ?? [];
    const chunks = Array.from({ length: chunksPerDocument }, () =>
      text(topic, wordsPerChunk / 2 + random() * wordsPerChunk),
    );
    return { title: text(topic, 6), chunks };
  }

  /** Three to nine content words, most of one topic; a tenth has common words only, a tenth names an error code. */
  function question(): string {
    const topic = pick(random, wordsOfTopic) ?? [];
    const kind = random();
    const content = Array.from({ length: 3 + Math.floor(random() * 7) }, () => {
      if (kind < 0.1) return vocabulary[Math.floor(random() * 300)] ?? '';
      return random() < 0.6 ? (topic[withinTopic(random)] ?? '') : (vocabulary[everywhere(random)] ?? '');
    });
    return ['how do i', ...content, ...(kind > 0.9 ? [code(random)] : [])].join(' ');
  }
  return { document, question, vocabulary };
}

const stopWords =
  'the of and to in a is that for it as was with be by on not he this are or his from at which but have an'.split(' ');

function code(random: Random): string {
  return `ERR-${Math.floor(random() * 50_000)}`;
}

/** Ranks with a probability of 1 / (rank + flat), by a table of cumulated shares and a search in it. */
function zipf(size: number, flat: number): (random: Random) => number {
  const cumulated = new Float64Array(size);
  let sum = 0;
  for (let rank = 0; rank < size; rank++) cumulated[rank] = sum += 1 / (rank + 1 + flat);
  return (random) => {
    const wanted = random() * sum;
    let [low, high] = [0, size - 1];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((cumulated[middle] ?? 0) < wanted) low = middle + 1;
      else high = middle;
    }
    return low;
  };
}

const onsets = 'b c d f g h j k l m n p r s t v w z br cl cr dr fl gr pl pr st tr sh th'.split(' ');
const vowels = 'a e i o u ai ea io ou'.split(' ');
const codas = ['', '', '', 'n', 'r', 's', 't', 'l', 'm', 'x', 'nd', 'st', 'ck'];

function distinctWords(random: Random): readonly string[] {
  const words = new Set<string>();
  const syllable = () => `${pick(random, onsets)}${pick(random, vowels)}${pick(random, codas)}`;
  while (words.size < vocabularySize) {
    words.add(Array.from({ length: 2 + Math.floor(random() * 3) }, syllable).join(''));
  }
  return [...words];
}
