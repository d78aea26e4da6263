import { readDraft, readPictureText, readQuestion, readSecondLook } from '#domain/draft/read-draft.ts';

const support = [{ passage: 'P1', quote: 'Press Start' }];
const json = {
  outcome: 'answer',
  language: 'en',
  sentences: [{ text: 'Press Start.', support }],
  question: '',
  sure: 0.8,
};

test('an answer is read; what else stands there is left aside', () => {
  expect(readDraft({ ...json, mood: 'good', sentences: [{ text: 'Press Start.', support, more: 1 }] })).toEqual(json);
});

test.each([
  ['ask_back', 'ask-back', 'Which office?'],
  ['needs_person', 'needs-person', ''],
  ['not_answerable', 'not-answerable', ''],
])('the outcome %s', (outcome, expected, question) => {
  const draft = readDraft({ outcome, language: 'pt-PT', sentences: [], question: 'Which office?', sure: 0 });
  expect(draft).toEqual({ outcome: expected, language: 'pt', sentences: [], question, sure: 0 });
});

test('only an answer has sentences, and only a question back a question', () => {
  expect(readDraft({ ...json, outcome: 'needs_person', question: 'Why?' })).toMatchObject({
    sentences: [],
    question: '',
  });
});

test('entities are read, and what nobody sees is left out, in texts and quotes', () => {
  const text = 'Open\u200b `S:\\&lt;team&gt;` \u202e&amp; wait\u0007, &amp;lt;';
  const draft = readDraft({ ...json, sentences: [{ text, support: [{ passage: 'P1', quote: text }] }] });
  const read = 'Open `S:\\<team>` & wait, &lt;';
  expect(draft?.sentences).toEqual([{ text: read, support: [{ passage: 'P1', quote: read }] }]);
});

test.each([
  ['nothing', null],
  ['a list', []],
  ['a text', 'answer'],
  ['no outcome', { ...json, outcome: undefined }],
  ['an unknown outcome', { ...json, outcome: 'toString' }],
  ['no sentences', { ...json, sentences: [] }],
  ['sentences that are none', { ...json, sentences: ['Press Start.'] }],
  ['an empty sentence', { ...json, sentences: [{ text: ' \u200b ', support }] }],
  ['a sentence too long', { ...json, sentences: [{ text: 'x'.repeat(601), support }] }],
  ['a sentence of megabytes', { ...json, sentences: [{ text: 'x'.repeat(5_000_000), support }] }],
  ['sentences too many', { ...json, sentences: Array.from({ length: 21 }, () => json.sentences[0]) }],
  ['no support', { ...json, sentences: [{ text: 'Press Start.' }] }],
  ['a support without its quote', { ...json, sentences: [{ text: 'Press Start.', support: [{ passage: 'P1' }] }] }],
  ['no number for how sure it is', { ...json, sure: '0.8' }],
  ['more than sure', { ...json, sure: 1.1 }],
  ['not a number', { ...json, sure: Number.NaN }],
  ['a question back without one', { ...json, outcome: 'ask_back', question: ' ' }],
])('%s is malformed', (_, malformed) => {
  expect(readDraft(malformed)).toBeNull();
});

test('the longest that is read', () => {
  const sentences = Array.from({ length: 20 }, () => ({ text: 'x'.repeat(600), support }));
  expect(readDraft({ ...json, sentences })?.sentences).toHaveLength(20);
});

test('a second look says of each sentence whether it is borne out; nothing said is no', () => {
  const look = {
    addresses_question: true,
    sentences: [
      { number: 2, supported: true },
      { number: 1, supported: false },
    ],
  };
  expect(readSecondLook(look, 3)).toEqual({ addresses: true, supported: [false, true, false] });
});

test('a second look that says both says no', () => {
  const sentences = [
    { number: 1, supported: true },
    { number: 1, supported: false },
  ];
  expect(readSecondLook({ addresses_question: false, sentences }, 1)).toEqual({ addresses: false, supported: [false] });
});

test.each([
  [null],
  [{}],
  [{ addresses_question: 'yes', sentences: [] }],
  [{ addresses_question: true, sentences: [{ number: '1', supported: true }] }],
])('no second look: %j', (look) => {
  expect(readSecondLook(look, 1)).toBeNull();
});

test('a question is read in one line', () => {
  expect(readQuestion({ question: ' How do I print\n on &lt;Linux&gt;? ' })).toBe('How do I print on <Linux>?');
  expect([readQuestion({ question: '' }), readQuestion({}), readQuestion({ question: 'x'.repeat(1001) })]).toEqual([
    null,
    null,
    null,
  ]);
});

test('the text of a picture is cut at 4,000 characters', () => {
  expect(readPictureText({ text: 'Error\r\n0x80 &amp; more' })).toBe('Error\n0x80 & more');
  expect(readPictureText({ text: 'x'.repeat(5000) })).toHaveLength(4000);
  expect(readPictureText({ text: '' })).toBe('');
  expect(readPictureText({ words: 'x' })).toBeNull();
});
