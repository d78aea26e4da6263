import { percent } from './words.js';

const shares = [
  ['borneOut', 'Borne out', 'How much of what its sentences say stands in the lines they rest on.'],
  ['kept', 'Kept', 'How many of its sentences passed the checks.'],
  ['covered', 'Covered', 'How much of what was asked its sentences are about.'],
  [
    'secondLook',
    'Second look',
    'Whether a second look found each sentence right and the question answered; 50 % where there was none.',
  ],
  ['sure', 'Its own word', 'How sure the model says that it is.'],
  ['retrieval', 'Search', 'How sure the search was that the best passage answers.'],
  ['rank', 'Rank', 'Where the best passage that it cites stood in the search: 100 % is first, 50 % second.'],
  ['cited', 'Cited', 'How many passages it cites; three are 100 %.'],
];

/** The signals of a written answer in plain words, as those of a search are told. */
export const draftSignals = shares.map(([name, label, sentence]) => {
  return { name, label, sentence, most: 1, show: (value) => percent(value) };
});
