import { checkDraft } from '#domain/draft/check.ts';
import { createDisguise } from '#domain/draft/disguise.ts';
import { answer, QUESTION, said, SCANNER } from './shown.ts';

test('the same value has the same placeholder in all texts of a call', () => {
  const { hide } = createDisguise(['Ines Carvalho']);
  expect(hide('I am Ines Carvalho, ines@acme.example, +351 912 345 678.', 'asked')).toBe(
    'I am [name 1], [e-mail 1], [phone 1].',
  );
  expect(hide('Ask INES@acme.example or scans@acme.example, +351 912345678.', 'document')).toBe(
    'Ask [e-mail 1] or [e-mail 2], [phone 1].',
  );
});

test('what a document tells is put back, as it has it', () => {
  const { hide, restore } = createDisguise(['Bram Kuijpers']);
  hide('scans@ACME.example does not answer', 'asked');
  hide('Bram Kuijpers looks after it: scans@acme.example, +44 113 496 0123.', 'document');
  expect(restore('Ask [name 1] at [e-mail 1] or [phone 1].')).toBe(
    'Ask Bram Kuijpers at scans@acme.example or +44 113 496 0123.',
  );
});

test.each([
  ['what only the asker said', 'Write to [e-mail 1].'],
  ['a secret, of a document as well', 'The password is [secret 1].'],
  ['a number that was never given', 'Write to [e-mail 7].'],
  ['one that is misspelt', 'Write to [E-mail 2].'],
  ['one without its number', 'Write to [email].'],
])('a sentence with %s cannot be said', (_, text) => {
  const { hide, restore } = createDisguise([]);
  hide('me@acme.example', 'asked');
  expect(hide('The password is Sommer!26 and scans@acme.example helps.', 'document')).toBe(
    'The password is [secret 1] and [e-mail 2] helps.',
  );
  expect(restore('Write to [e-mail 2].')).toBe('Write to scans@acme.example.');
  expect(restore(text)).toBeNull();
});

test('a placeholder that somebody typed stands for nothing', () => {
  const { hide, restore } = createDisguise([]);
  expect(hide('what is [e-mail 1]?', 'asked')).toBe('what is (e-mail 1)?');
  expect(restore('It is (e-mail 1).')).toBe('It is (e-mail 1).');
});

test('text without anything personal stays as it is', () => {
  const { hide, restore } = createDisguise(['Ines Carvalho']);
  expect(hide(SCANNER.title, 'document')).toBe(SCANNER.title);
  expect(restore('Press Start [now].')).toBe('Press Start [now].');
});

test('an address of a document comes through model and checks; another one does not', () => {
  const { hide, restore } = createDisguise([]);
  const hidden = { ...SCANNER, text: hide(SCANNER.text, 'document') };
  const shown = { question: hide(`${QUESTION} I am me@acme.example`, 'asked'), passages: [hidden] };
  const quote =
    'Missing your department? Raise a ticket at https://help.acme.example with the folder, or write to [e-mail 1] or call [phone 1]';
  const text = 'For a missing department folder you can write to [e-mail 1] or call [phone 1].';
  const [kept] = checkDraft(answer(said(text, quote)), shown).kept;
  expect(restore(kept?.text ?? '')).toBe(
    'For a missing department folder you can write to scans@acme.example or call +44 113 496 0123.',
  );
  expect(checkDraft(answer(said(text.replace('[e-mail 1]', '[e-mail 2]'), quote)), shown).kept).toEqual([]);
});
