import { percent } from './words.js';

const share = (value) => percent(value);
const plain = (value) => value.toFixed(2);

/**
 * The signals of a search in plain words. `most` is where the bar is full; `show` writes the value.
 * Those come first that say most to somebody who sees them for the first time.
 */
const ofSearch = [
  {
    name: 'coverage',
    label: 'Words found',
    sentence: 'How much of the question the best passage holds; rare words count for more.',
    most: 1,
    show: share,
  },
  {
    name: 'titleCoverage',
    label: 'In the title',
    sentence: 'How much of the question the title and the headings hold.',
    most: 1,
    show: share,
  },
  {
    name: 'pairs',
    label: 'Side by side',
    sentence: 'How many words that are neighbours in the question are neighbours in the passage too.',
    most: 1,
    show: share,
  },
  {
    name: 'scoreOfIdeal',
    label: 'Fit',
    sentence: 'The score of the best passage against that of a perfect one; about 0 to 2.',
    most: 2,
    show: plain,
  },
  {
    name: 'lead',
    label: 'Lead',
    sentence: 'How far the best passage is ahead of the best one of another article; about 0 to 2.',
    most: 2,
    show: plain,
  },
  {
    name: 'gap',
    label: 'Gap',
    sentence: 'The same lead as a share of the best score: 100 % is no rival at all.',
    most: 1,
    show: share,
  },
  {
    name: 'agreement',
    label: 'One article',
    sentence: 'How many of the five best passages are of one article: then it is about this, not one line of it.',
    most: 1,
    show: share,
  },
  {
    name: 'logIdeal',
    label: 'Weight',
    sentence: 'How much the question says: long questions with rare words weigh more.',
    most: 5,
    show: plain,
  },
  {
    name: 'heaviestMissing',
    label: 'Missing word',
    sentence: 'The weight of the most telling word that the passage lacks: it may be what the question is about.',
    most: 1,
    show: share,
  },
  {
    name: 'unknownMass',
    label: 'Unknown words',
    sentence: 'How much of the question is in words that no article has.',
    most: 1,
    show: share,
  },
  {
    name: 'similarity',
    label: 'Meaning',
    sentence: 'How near the best passage is to the question in meaning; 0 % where no meanings were compared.',
    most: 1,
    show: share,
  },
  {
    name: 'similarityGap',
    label: 'Lead in meaning',
    sentence: 'How much nearer the best passage is than the nearest one of another article.',
    most: 1,
    show: plain,
  },
  {
    name: 'terms',
    label: 'Words asked',
    sentence: 'How many words of the question were searched for.',
    most: 12,
    show: String,
  },
];

/**
 * The signals to be shown, of a search or of another kind that is `known`: each with its words, its value as text, and
 * how full its bar is (0 to 1).
 */
export function describedSignals(signals, known = ofSearch) {
  const values = new Map(signals.map(({ name, value }) => [name, value]));
  const described = known.filter(({ name }) => values.has(name));
  const others = signals.filter(({ name }) => !known.some((one) => one.name === name));
  return [
    ...described.map(({ name, label, sentence, most, show }) => ({
      label,
      sentence,
      shown: show(values.get(name)),
      fill: Math.min(1, Math.max(0, values.get(name) / most)),
    })),
    ...others.map(({ name, value }) => ({ label: name, sentence: '', shown: plain(value), fill: 0 })),
  ];
}
