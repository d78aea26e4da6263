import { faultOpening, privateAnswerOpening } from '#domain/openings.ts';

const url = 'https://slack.example/p1';

test('a private answer begins with the question and the way back to it', () => {
  expect(privateAnswerOpening({ question: 'how do I\nclose the month?', url })).toEqual({
    parts: [{ kind: 'link', before: 'About ', text: 'your question', url, after: ': “how do I close the month?”' }],
    buttons: [],
  });
});

test.each([
  ['at a word', 'word '.repeat(100), `: “${'word '.repeat(59)}word…”`],
  ['within a word that fills all', 'x'.repeat(400), `: “${'x'.repeat(300)}…”`],
  ['not within a character', `${'x'.repeat(299)}😀`.repeat(2), `: “${'x'.repeat(299)}…”`],
])('a long question is cut %s', (_, question, after) => {
  expect(privateAnswerOpening({ question, url }).parts).toMatchObject([{ after }]);
});

test.each([
  'Notion: it refuses the token: make a new one and set NOTION_TOKEN',
  'notion: it refuses the token: make a new one and set NOTION_TOKEN. ',
  'it refuses the token: make a new one and set NOTION_TOKEN.',
])('an admin reads what to mend, and that nothing is lost: "%s"', (fault) => {
  const text =
    'I cannot read the source “notion”: it refuses the token: make a new one and set NOTION_TOKEN. What was read before stays in use.';
  expect(faultOpening({ source: 'notion', fault })).toEqual({ parts: [{ kind: 'text', text }], buttons: [] });
});

test('what is spent on models is told as it is', () => {
  const fault = '50 % of the budget is spent.';
  const told = faultOpening({ source: 'model-budget/day 50', fault });
  expect(told).toEqual({ parts: [{ kind: 'text', text: fault }], buttons: [] });
  expect(faultOpening({ source: 'model-budgets', fault }).parts).toMatchObject([
    { text: expect.stringMatching(/^I cannot read/) },
  ]);
});
