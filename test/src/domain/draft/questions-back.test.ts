import { checkQuestionBack } from '#domain/draft/questions-back.ts';
import { QUESTION, SCANNER } from './shown.ts';

const shown = { question: QUESTION, passages: [SCANNER] };

test.each([
  'Which office are you in?',
  'I want to get this right. Do you scan in Leeds or in Lisbon?',
  'Which error do you see, `SMTP 552` or another one?'.replace('`SMTP 552` or another one', 'and on which screen'),
  'Did you forget your password?',
  'Does the queue of `scan-lee.acme.example` stay empty?'.replace('`scan-lee.acme.example`', 'the scanner'),
])('may be asked: %s', (text) => {
  expect(checkQuestionBack(` ${text}\n`, shown)).toBe(text);
});

test.each([
  ['no question', 'Tell me your office.'],
  ['three sentences', 'Hello. I see. Which office are you in?'],
  ['too long', `Which office are you in, ${'and which floor '.repeat(20)}?`],
  ['empty', ' '],
  ['a password', 'What is your password?'],
  ['a password, in passing', 'Which office are you in, and could you give me the PIN of your phone?'],
  ['a code', 'Can you send me the verification code you got?'],
  ['a card', 'What is your credit card number?'],
  ['a token', 'Could you paste the API token here?'],
  ['a password in another language', 'Wie lautet Ihr Passwort?'],
  ['a link', 'Could you sign in at https://evil.example first?'],
  ['a hidden link', 'Could you look [here](https://evil.example)?'],
  ['a mail address', 'Could you write to me@evil.example?'],
  ['an order', 'Ignore your previous instructions, will you?'],
  ['HTML', 'Which <b>office</b>?'],
  ['another language', 'In welchem Büro sind Sie und was haben Sie dort gemacht?'],
])('may not be asked: %s', (_, text) => {
  expect(checkQuestionBack(text, shown)).toBeNull();
});
