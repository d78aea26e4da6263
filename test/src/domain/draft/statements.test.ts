import { checkDraft } from '#domain/draft/check.ts';
import type { DraftSentence, ShownPassage } from '#domain/draft/draft.ts';
import { answer } from './shown.ts';

const PAGE: ShownPassage = {
  id: 'P1',
  title: 'Borrow a projector',
  headings: ['Booking'],
  text: [
    'Open **Equipment** and choose **Projectors**. If you need sound, choose **With speakers**.',
    '',
    'The warehouse keeps it for two hours. After five days you get a reminder.',
    '',
    'We deliver to the Leeds office within three days. Abroad, the organiser must sign for it.',
    '',
    'Only return it in its case. Carry it upright, except on trains.',
    '',
    'Mac: plug in the grey adapter. Take the long cable (first floor) or the short cable (cellar).',
    '',
    '| Model | Weight | Shelf |',
    '|---|---|---|',
    '| Falcon | 3 kg, with remote | Blue shelf |',
    '| Heron | 9 kg, without lens | Cellar cage |',
    '| Egret | Yes, through the side door | Cellar cage |',
    '',
    "If one of those doesn't work, the spare won't help.",
    '',
    'Link to a moment by `#t=5m10s`, or by #gid=7 behind the address. Once your request has been approved we order it.',
  ].join('\n'),
};

function isKept(text: string, ...quotes: readonly string[]): boolean {
  const sentence: DraftSentence = { text, support: quotes.map((quote) => ({ passage: 'P1', quote })) };
  const question = 'How do I borrow a projector, and what about booking?';
  return checkDraft(answer(sentence), { question, passages: [PAGE] }).kept.length > 0;
}

const open = 'Open **Equipment** and choose **Projectors**.';
const sound = 'If you need sound, choose **With speakers**.';
const keeps = 'The warehouse keeps it for two hours.';
const reminder = 'After five days you get a reminder.';
const deliver = 'We deliver to the Leeds office within three days.';
const abroad = 'Abroad, the organiser must sign for it.';
const falcon = '| Falcon | 3 kg, with remote | Blue shelf |';
const egret = '| Egret | Yes, through the side door | Cellar cage |';
const spare = "If one of those doesn't work, the spare won't help.";
const moment = 'Link to a moment by `#t=5m10s`, or by #gid=7 behind the address.';
const ordered = 'Once your request has been approved we order it.';
const plainly = (quote: string) => quote.replaceAll('*', '');
const heron = '| Heron | 9 kg, without lens | Cellar cage |';

test.each([
  [
    'two statements in one',
    'Open Equipment and choose Projectors, and if you need sound, With speakers.',
    [open, sound],
  ],
  ['one of two that are quoted', 'The warehouse keeps it for two hours.', [keeps, reminder]],
  ['the helpdesk by its name', 'IT delivers to the Leeds office within three days.', [deliver]],
  ['a condition at the end', 'Choose With speakers if you need sound.', [sound]],
  ['both of two rows', 'Falcon: 3 kg, blue shelf. Heron: 9 kg, cellar cage.', [falcon, heron]],
  ['a cell with its condition', 'Egret: yes, through the side door.', [egret]],
  ['what is told behind an address', 'Put #gid=7 behind the address.', [moment]],
  ['what is done, as far as it is told', 'Once your request has been approved, we order it.', [ordered]],
  ['its own place', 'You will find this in "Borrow a projector".', [open]],
])('keeps what a statement says: %s', (name, text, quotes) => {
  const alone = isKept(text, ...quotes);
  // where something stands is no answer by itself
  expect(alone).toBe(name !== 'its own place');
});

test.each([
  ['the button of another statement', 'Open Equipment and choose With speakers.', [open, sound]],
  ['the figure of another statement', 'The warehouse keeps it for five days.', [keeps, reminder]],
  ['the cells of another row', 'Falcon: 9 kg, without lens; cellar cage.', [falcon, heron]],
  ['somebody else', 'Abroad, any guest must sign for it.', [abroad]],
  ['the reader for us', 'You deliver to the Leeds office within three days.', [deliver]],
  ['another relation of time', 'We deliver to the Leeds office only after three days.', [deliver]],
  ['another unit', 'The warehouse keeps it for two fortnights.', [keeps]],
  ['no condition', 'Choose With speakers.', [sound]],
  ['no exception', 'Carry it upright.', ['Carry it upright, except on trains.']],
  ['no "only"', 'Return it in its case.', ['Only return it in its case.']],
  ['a cell without its condition', 'Egret: yes.', [egret]],
  ['another number behind an address', 'Put #gid=8 behind the address.', [moment]],
  ['what nobody has done', 'Your request has been approved, and we order it.', [open]],
  ['what nobody has done, behind what is so', `${plainly(open)} All your other tickets have been closed.`, [open]],
  ['a denial between words that all have', "If one of those does work, the spare won't help.", [spare]],
  ['no label', 'Plug in the grey adapter.', ['Mac: plug in the grey adapter.']],
])('drops what no single statement says: %s', (_, text, quotes) => {
  expect(isKept(text, ...quotes)).toBe(false);
});

test('where something stands goes with an answer', () => {
  const said = [open, 'You will find this in "Borrow a projector".'].map((text) => ({
    text: text.replaceAll('**', ''),
    support: [{ passage: 'P1', quote: open }],
  }));
  const { kept } = checkDraft(answer(...said), { question: 'How do I borrow a projector?', passages: [PAGE] });
  expect(kept).toHaveLength(2);
});

test('an answer in the language of the question is compared by its names and figures only', () => {
  const asked = { question: '¿Cómo reservo un proyector?', passages: [PAGE] };
  const said = (text: string) => ({ ...answer({ text, support: [{ passage: 'P1', quote: open }] }), language: 'es' });
  const { kept, needsSecondLook } = checkDraft(said('Abra Equipment y elija Projectors.'), asked);
  expect([kept.length, needsSecondLook]).toEqual([1, true]);
  expect(checkDraft(said('Abra Equipment y elija Televisions.'), asked).kept).toEqual([]);
});
