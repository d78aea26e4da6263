import { checkDraft } from '#domain/draft/check.ts';
import type { DraftSentence, ShownPassage } from '#domain/draft/draft.ts';
import { answer } from './shown.ts';

const PAGE: ShownPassage = {
  id: 'P1',
  title: 'Lockers',
  headings: ['Using a locker'],
  text: [
    'If it jams, pull the handle twice. Push the door gently (badge holders only).',
    '',
    'Lockers open within ten minutes. Leave bags in the rack rather than in the corridor.',
    '',
    'The host empties a locker when a guest host leaves. We return keys by post.',
    '',
    'Wipe the shelf with a cloth. Visitors from Utrecht ask the landlord.',
    '',
    '| Kind | What to do |',
    '|---|---|',
    '| Tall | Turn the dial |',
    '| Small | Slide the bolt |',
  ].join('\n'),
};

const UMBRELLAS: ShownPassage = {
  id: 'P2',
  title: 'Umbrellas',
  headings: [],
  text: 'Shake the umbrella before using it. A locker is no place for it.',
};

const jams = 'If it jams, pull the handle twice.';
const gently = 'Push the door gently (badge holders only).';
const minutes = 'Lockers open within ten minutes.';
const bags = 'Leave bags in the rack rather than in the corridor.';
const host = 'The host empties a locker when a guest host leaves.';
const keys = 'We return keys by post.';
const shelf = 'Wipe the shelf with a cloth.';
const tall = '| Tall | Turn the dial |';
const small = '| Small | Slide the bolt |';

function said(text: string, ...quotes: readonly string[]): DraftSentence {
  return { text, support: quotes.map((quote) => ({ passage: 'P1', quote })) };
}

function keptOf(...sentences: readonly DraftSentence[]): readonly string[] {
  const question = 'How does using a locker work?';
  const draft = answer(...sentences);
  return checkDraft(draft, { question, passages: [PAGE, UMBRELLAS] }).kept.map(({ text }) => text);
}

test.each([
  ['a condition of small words', 'When it jams, pull the handle twice.', [jams]],
  ['what holds for some', 'Push the door gently if you are a badge holder, as it is for them only.', [gently]],
  ['a row with its name', 'Tall: turn the dial.', [tall]],
  ['a preference', 'Leave bags in the rack instead of in the corridor.', [bags]],
  ['who does it, told from the other side', 'You will be sent keys back by post.', [keys]],
])('keeps what restricts: %s', (_, text, quotes) => {
  const kept = keptOf(said(text, ...quotes));
  expect(kept).toEqual([text]);
});

test.each([
  ['without the condition', 'Pull the handle twice.', [jams]],
  ['without the bracket', 'Push the door gently.', [gently]],
  ['without the row it stands in', 'Turn the dial.', [tall]],
  ['of another row', 'Tall: slide the bolt.', [tall, small]],
  ['with another time', 'Lockers open overnight.', [minutes]],
  ['the other way round', 'Leave bags in the corridor rather than in the rack.', [bags]],
  ['with somebody else who is named as well', 'The guest empties a locker when a guest host leaves.', [host]],
  ['as if it spared something', 'Wipe the shelf with a cloth so that you need not push the door.', [shelf, gently]],
])('drops what is said %s', (_, text, quotes) => {
  expect(keptOf(said(text, ...quotes))).toEqual([]);
});

test('a neighbour that is dropped itself carries no condition', () => {
  const sound = [minutes, bags, keys, shelf, gently].map((quote) => said(quote, quote));
  const [carrying, carried] = [said('If it jams, tell the landlord.', jams), said('Pull the handle twice.', jams)];
  const kept = keptOf(...sound, carrying, carried);
  expect(kept).toEqual(sound.map(({ text }) => text));
});

test('what is cited under a title that is not asked about is no answer', () => {
  const [text, quote] = ['Shake the umbrella before using it.', 'Shake the umbrella before using it.'];
  expect(keptOf({ text, support: [{ passage: 'P2', quote }] })).toEqual([]);
});
