import { checkDraft } from '#domain/draft/check.ts';
import type { DraftSentence, ShownPassage } from '#domain/draft/draft.ts';
import { answer } from './shown.ts';

// what an honest model makes of a page in its own words, and the lies that look like it

const PAGE: ShownPassage = {
  id: 'P1',
  title: 'Boat hire on the lake',
  headings: ['Hiring a boat, and moving to another'],
  text: [
    "Press the yellow lever near the gate. If you can't see it, turn the wheel first.",
    '',
    'Change the oars: **Shed**, **Rack**, and swap *ASH* to *OAK*. Wait ten minutes.',
    '',
    '- Weight rules: you must weigh the two bags marked in blue.',
    '- The boat drifts at night.',
    '',
    '- Canoe and kayak: wear the orange vest.',
    '- Rowing boat: wear the grey vest.',
    '',
    'The lamp flashes straight after mooring. Pull the rope and wait a minute.',
    '',
    "You get a slip with a **Stamp**. If they don't stamp it, nothing opens.",
    '',
    "You need a mooring that isn't the west pier. Life vests don't come across when you swap boats.",
    '',
    'Close the hatch completely (lock the lid, not just shut the hatch) and open it again.',
    '',
    'Press Windows key + K on the till and choose **Release**.',
    '',
    'Logs you mark **Sealed** stay hidden, except from skippers to whom you have given *sealed logs*.',
  ].join('\n'),
};

const QUESTION = 'How does hiring a boat on the lake work?';

function keptOf(sentences: readonly DraftSentence[], question = QUESTION): readonly string[] {
  return checkDraft(answer(...sentences), { question, passages: [PAGE] }).kept.map(({ text }) => text);
}

function said(text: string, ...quotes: readonly string[]): DraftSentence {
  return { text, support: quotes.map((quote) => ({ passage: 'P1', quote })) };
}

const lever = "Press the yellow lever near the gate. If you can't see it, turn the wheel first.";
const oars = 'Change the oars: **Shed**, **Rack**, and swap *ASH* to *OAK*.';
const weight = 'Weight rules: you must weigh the two bags marked in blue.';
const canoe = 'Canoe and kayak: wear the orange vest.';
const lamp = 'The lamp flashes straight after mooring.';
const rope = 'Pull the rope and wait a minute.';
const stamp = "You get a slip with a **Stamp**. If they don't stamp it, nothing opens.";
const mooring = "You need a mooring that isn't the west pier.";
const vests = "Life vests don't come across when you swap boats.";
const hatch = 'Close the hatch completely (lock the lid, not just shut the hatch) and open it again.';
const keys = 'Press Windows key + K on the till and choose **Release**.';
const logs = 'Logs you mark **Sealed** stay hidden, except from skippers to whom you have given *sealed logs*.';

test.each([
  ['a denial in brackets', "Press the yellow lever near the gate (if you don't see it, turn the wheel first).", lever],
  ['what is not visible', "Press the yellow lever near the gate; turn the wheel first if it isn't visible.", lever],
  ['a step without its name', 'In Shed > Rack, swap ASH to OAK.', oars],
  ['a rule without its name', 'You must weigh the two bags marked in blue.', weight],
  ['one of two that a label names', 'In a canoe, wear the orange vest.', canoe],
  ['"right after"', 'The lamp flashes right after mooring.', lamp],
  ['"try again"', 'Pull the rope, wait a minute and try again.', rope],
  ['"or nothing"', 'You get a slip that they must stamp, or nothing opens.', stamp],
  ['"until"', 'You get a slip with a stamp; nothing opens until they stamp it.', stamp],
  ['"other than"', 'You need a mooring other than the west pier.', mooring],
  ['a verb for a phrase', "Life vests don't migrate when you swap boats.", vests],
  ['no "not just"', 'Close the hatch completely (lock the lid) and open it again.', hatch],
  ['keys by their short names', 'Press Win+K on the till and choose Release.', keys],
])('keeps another wording: %s', (_, text, quote) => {
  expect(keptOf([said(text, ...quote.split(/(?<=\.) /))])).toEqual([text]);
});

test.each([
  ['a label that is one of several', 'Wear the orange vest.', canoe],
  ['another of its sort', 'In a rowing boat, wear the orange vest.', canoe],
  ['a change turned round', 'In Shed > Rack, swap OAK to ASH.', oars],
  ['a change turned round, in other words', 'Change the oars in Shed, Rack from OAK to ASH.', oars],
  ['other keys', 'Press Win+L on the till and choose Release.', keys],
  ['what is not enough', 'Shut the hatch and open it again.', hatch],
  ['just what is not enough', 'Just shut the hatch completely and open it again.', hatch],
  ['all of those of whom some may', 'Skippers can see logs you mark Sealed.', logs],
  ['another denial', "Life vests don't mark boats when you swap them.", vests],
  ['a denial of its own', "Life vests don't expire when you swap boats.", vests],
  ['a denial dropped', 'You get a slip with a stamp; if they stamp it, nothing opens.', stamp],
])('drops what is not said: %s', (_, text, quote) => {
  expect(keptOf([said(text, ...quote.split(/(?<=\.) /))])).toEqual([]);
});

const steps = [
  said('Pull the rope and wait a minute.', rope),
  said('Press Windows key + K on the till and choose Release.', keys),
];
const texts = steps.map(({ text }) => text);

test.each([
  "Here's how hiring a boat works:",
  'To hire a boat on the lake, follow these steps.',
  "Sorry you're having trouble hiring a boat; here is what to try.",
])('a lead-in counts as nothing, neither kept nor dropped: %s', (lead) => {
  const checked = checkDraft(answer(said(lead), ...steps), { question: QUESTION, passages: [PAGE] });
  expect(checked.kept.map(({ text }) => text)).toEqual(texts);
  expect(checked).toMatchObject({ dropped: 0 });
});

test.each(['I hope this helps!', 'Let me know if you need more help.'])('nor does a closing word: %s', (end) => {
  const checked = checkDraft(answer(...steps, said(end)), { question: QUESTION, passages: [PAGE] });
  expect(checked.kept.map(({ text }) => text)).toEqual(texts);
  expect(checked).toMatchObject({ dropped: 0 });
});

test('a lead-in with a matter of its own is a sentence like any other', () => {
  const draft = answer(said('Here is how to disable the alarm:'), ...steps);
  expect(checkDraft(draft, { question: QUESTION, passages: [PAGE] })).toMatchObject({ dropped: 1 });
});

test('a heading that tells for whom it holds stays with what follows, unless that was asked', () => {
  const phones: ShownPassage = {
    id: 'P1',
    title: 'Menu',
    headings: ['Menu on Android'],
    text: 'Hold the round button for a moment.',
  };
  const draft = answer(said('**On Android:**'), said('Hold the round button for a moment.', phones.text));
  const kept = (question: string) => checkDraft(draft, { question, passages: [phones] }).kept.map(({ text }) => text);
  expect(kept('How do I open the menu?')).toEqual(['On Android: Hold the round button for a moment.']);
  expect(kept('How do I open the menu on Android?')).toEqual(['Hold the round button for a moment.']);
});

test('a heading without an answer is none', () => {
  expect(keptOf([said('Hiring a boat:')])).toEqual([]);
});

test('words of a question that nothing shown has count for nothing', () => {
  const desk: ShownPassage = {
    id: 'P1',
    title: 'Every week',
    headings: ['What people ask'],
    text: "**A purple kite hangs over my desk.** That's SkyGate, which was closed in June. Untie the string.",
  };
  const text = 'The purple kite is SkyGate, which was closed in June, so untie the string.';
  const quote = "A purple kite hangs over my desk. That's SkyGate, which was closed in June. Untie the string.";
  const checked = checkDraft(answer(said(text, quote)), {
    question: 'what is the purple kite emblem over my desk',
    passages: [desk],
  });
  expect(checked.kept).toHaveLength(1);
});

test('what a heading spares is needless', () => {
  const page: ShownPassage = {
    id: 'P1',
    title: 'Lockers',
    headings: ["I don't want a tag on my own bag"],
    text: 'That is fine. Ask for a paper label at the desk.',
  };
  const check = (text: string) =>
    checkDraft(answer(said(text, 'That is fine. Ask for a paper label at the desk.')), {
      question: 'do I have to put a tag on my bag?',
      passages: [page],
    }).kept.length;
  expect(check("You don't have to tag your own bag: ask for a paper label at the desk.")).toBe(1);
  expect(check("You don't have to ask at the desk: that is fine for a paper label.")).toBe(0);
});
