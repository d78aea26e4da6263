import { readFileSync } from 'node:fs';
import { missingFact } from '#domain/missing-fact.ts';

const COMPUTER = 'Which computer is it: a Windows laptop or a Mac, and what is its name or the number on its label?';
const LOGIN = 'Where do you want to log in: Windows, e-mail, or which program or website?';
const ERROR = 'What does the error say? Please copy its words or its number.';
const PRINTER = 'Which printer is it: its name on the label, or where it stands?';
const ROOM = 'Which room is it?';

test.each([
  ['my computer is slow', COMPUTER],
  ['Hi, my laptop is really slow since monday', COMPUTER],
  ['the pc wont start', COMPUTER],
  ['my laptop keeps crashing', COMPUTER],
  ["I can't log in", LOGIN],
  ['i cant login anymore', LOGIN],
  ['Hello, I cannot sign in since this morning', LOGIN],
  ['unable to log in please help', LOGIN],
  ['I get an error', ERROR],
  ['there is an error message when I save', ERROR],
  ["it doesn't work, I keep getting an error", ERROR],
  ['printer not working', PRINTER],
  ['the printer is jammed again', PRINTER],
  ["can't print", PRINTER],
  ['the screen in the meeting room is broken', ROOM],
  ['no sound in the meeting room', ROOM],
])('“%s”: %s', (text, question) => {
  expect(missingFact([text])).toBe(question);
});

test.each([
  'my macbook is slow',
  'my laptop LIS-T14-077 is slow',
  'the windows laptop wont start',
  'my laptop is slow in zoom meetings',
  'my laptop is slow when the vpn is on',
  'my computer was stolen',
  'my computer is really nice',
  'how do I speed up my slow laptop',
  'I need a new laptop, mine is slow',
  "I can't log in to Northledger",
  "can't log in to windows",
  'i cannot sign in on my phone',
  "I can't log in, the vpn says no",
  'I get an error 0x80070005',
  'I get an error: access denied',
  'I get an error “disk is full”',
  'there is an error saying license expired',
  'error handling in python',
  'printer UTR-0-COLOUR not working',
  'printer on the 2nd floor is jammed',
  "can't print at home",
  'how do I add a printer',
  'can I get a printer',
  'no sound in the meeting room Wharfe',
  'the screen in meeting room 3 is broken',
  'which meeting room has a camera',
  'my vpn keeps dropping',
  'how can I log in',
  'It works again, my laptop is not slow any more',
  '',
  '🙂',
  `my computer is slow ${'and this is what I have tried so far '.repeat(8)}`,
])('“%s” lacks nothing that is surely needed', (text) => {
  expect(missingFact([text])).toBe(null);
});

test('what was said in another message counts', () => {
  expect(missingFact(['my computer is slow', 'it is a macbook'])).toBe(null);
  expect(missingFact(['my computer is slow', 'please help'])).toBe(COMPUTER);
});

test('of a whole company’s questions few are asked back', () => {
  const lines = readFileSync(new URL('../../evals/questions.jsonl', import.meta.url), 'utf8')
    .trim()
    .split('\n');
  const back = lines.filter((line) => missingFact([JSON.parse(line).question]) !== null);
  expect(back.length).toBeLessThan(lines.length / 50);
});
