import type { Conversation, Turn } from '#domain/conversation.ts';
import { type Citation, type Decision, NOTHING_SEARCHED } from '#domain/decision.ts';
import { lessonFrom } from '#domain/lesson.ts';
import { bareTurn } from './bare-turn.ts';

type Said = readonly [author: 'employee' | 'it' | 'colleague', text: string] | Partial<Turn>;

function turn(id: number, changed: Partial<Turn>): Turn {
  const at = new Date('2026-03-01T09:00:00Z');
  return { ...bareTurn, id: String(id), author: 'requester', personRef: 'slack/T1/U1', text: '', at, ...changed };
}

function conversation(...said: readonly Said[]): Conversation {
  const turns = said.map((one, index) => {
    if (!Array.isArray(one)) return turn(index, one as Partial<Turn>);
    const [author, text] = one as readonly [string, string];
    if (author === 'it') return turn(index, { author: 'agent', authorName: 'Hannah Aldersley', personRef: null, text });
    return turn(index, { author: author === 'colleague' ? 'colleague' : 'requester', text });
  });
  return {
    id: '1',
    name: 'c0ffee',
    address: { platform: 'slack', ref: 'T1/D1/1' },
    place: 'direct',
    requesterRef: 'slack/T1/U1',
    handledThrough: '0',
    version: 0,
    ticket: null,
    turns,
  };
}

const question = 'label printer on line 2 prints half a label';
const fix = 'The roll sensor was set wrong. Hold Pause and Cancel for two seconds so that it measures the new roll.';
const asked: Said = ['employee', question];
const fixed: Said = ['it', fix];

const table: readonly (readonly [string, readonly Said[], string | null])[] = [
  ['what IT said', [asked, fixed], fix],
  ['not that it is being looked at', [asked, ['it', "I'll have a look at it this afternoon."], fixed], fix],
  ['not that somebody is on the way', [asked, ['it', 'On my way down, Gareth.'], fixed, ['employee', 'thanks']], fix],
  ['not a question back', [asked, ['it', 'Which printer is it, and since when does it do that?'], fixed], fix],
  [
    'not what was said before the last reply',
    [
      asked,
      ['it', 'It could be the cable behind the printer, replace it.'],
      ['employee', 'cable is fine, tried two of them'],
      fixed,
    ],
    fix,
  ],
  [
    'not what did not help',
    [
      asked,
      ['it', 'Turn the printer off and on with the switch at the back.'],
      { action: 'not-yet' },
      fixed,
      ['employee', 'great, works now'],
    ],
    fix,
  ],
  [
    'several in a row',
    [asked, ['it', 'All six licences are out, two have been idle since yesterday.'], fixed],
    `All six licences are out, two have been idle since yesterday.\n\n${fix}`,
  ],
  [
    'whatever is said after it',
    [asked, fixed, ['it', 'Thanks for the feedback!'], ['employee', 'sound. will tell nights']],
    fix,
  ],
  ['without greeting and farewell', [asked, ['it', `Hi Gareth,\n\n${fix}\n\nKind regards,\nHannah`]], fix],
  ['without an offer to ask again', [asked, ['it', `${fix} Let me know if it happens again.`]], fix],
  [
    'all that led to it',
    [
      asked,
      fixed,
      ['employee', 'There was a scrap. Prints now.'],
      ['it', 'I asked reception to store the paper on the first floor.'],
    ],
    `${fix}\n\nI asked reception to store the paper on the first floor.`,
  ],
  ['although colleagues talk in between', [asked, fixed, ['colleague', 'same for me yesterday, it helped']], fix],
  ['no answer', [asked], null],
  ['only talk', [asked, ['it', 'Hi! Looking into it.'], ['it', 'Done.']], null],
  ['nothing that helped', [asked, fixed, { action: 'not-yet' }], null],
  ['nothing that helped, in words', [asked, fixed, ['employee', 'it still does not work']], null],
  ['no question', [['employee', 'hi'], fixed], null],
  ['what was taken back', [asked, { author: 'agent', text: fix, withdrawn: true }], null],
  ['what is said in the triage channel', [asked, { author: 'agent', text: fix, stage: 'triage' }], null],
  ['nothing of our own', [asked, { author: 'bot', text: fix }], null],
  ['nothing at all', [], null],
];

test.each(table)('to be learnt: %s', (_, said, answer) => {
  expect(lessonFrom(conversation(...said))).toEqual(answer === null ? null : { question, answer });
});

test.each<[string, readonly Said[], string | undefined]>([
  [
    'what made it precise before IT answered',
    [asked, ['employee', 'only since the new roll'], fixed],
    `${question} only since the new roll`,
  ],
  ['not the wish for a person', [asked, ['employee', 'get me a human please'], fixed], question],
  ['not the greeting', [['employee', `Hello team, ${question}`], fixed], question],
  [
    'not what was said to IT',
    [asked, ['it', 'Which one is it?'], ['employee', 'the one at the door'], fixed],
    question,
  ],
  [
    'what the form says when nothing was asked',
    [['employee', 'hello'], { action: 'details', values: { summary: question } }, fixed],
    question,
  ],
  [
    'a greeting without an end stays',
    [['employee', 'Hello printer broken today'], fixed],
    'Hello printer broken today',
  ],
  ['in one line', [['employee', 'label printer\n\nprints half'], fixed], 'label printer prints half'],
])('the question: %s', (_, said, expected) => {
  expect(lessonFrom(conversation(...said))?.question).toBe(expected);
});

test('names, addresses, numbers and secrets are taken out of both', () => {
  const lesson = lessonFrom(
    conversation(
      ['employee', 'the mail of Inês Carvalho to ana@acme.example bounces'],
      [
        'it',
        'Hannah here: call +351 21 345 6789 or write to it@acme.example. The password is Roundhay-Biscuit-71\\! for Inês Carvalho.',
      ],
    ),
    ['Inês Carvalho'],
  );
  expect(lesson).toEqual({
    question: 'the mail of [name] to [e-mail] bounces',
    answer: expect.stringMatching(/^\[name\] here: call \[phone\] or write to \[e-mail\]\. The password is \[secret\]/),
  });
  expect(JSON.stringify(lesson)).not.toMatch(/Biscuit|Inês|Hannah|acme|345/);
});

test('marks that Markdown needs stay', () => {
  const markdown =
    '1. Open `cmd`.\n2. Type `net use S: \\\\files\\share` and press **Enter**.\n3. The drive is there again \\*at once\\*.';
  expect(lessonFrom(conversation(asked, ['it', markdown]))?.answer).toBe(markdown);
});

test('a long answer is cut, and its block of code ends', () => {
  const long = `Run this script on the printer server and wait:\n\n\`\`\`\n${'echo measure the roll again\n'.repeat(400)}`;
  const answer = lessonFrom(conversation(asked, ['it', long]))?.answer ?? '';
  expect(answer.length).toBeLessThanOrEqual(3000);
  expect(answer.endsWith('…\n```')).toBe(true);
  expect(
    lessonFrom(conversation(['employee', `printer ${'broken '.repeat(200)}`], fixed))?.question.length,
  ).toBeLessThanOrEqual(300);
});

const secret: Citation = {
  chunkId: '1',
  documentId: 'kingfisher',
  title: 'Kingfisher window',
  url: 'https://wiki.example/kingfisher',
  restricted: true,
};
const grounds = { ...NOTHING_SEARCHED, found: [{ ...secret, score: 1 }] };
const answered: Decision = {
  kind: 'answer',
  quote: 'Open the close window with role 4399 first.',
  citations: [secret],
  grounds,
};

test.each([
  ['its link', 'See https://wiki.example/kingfisher for how the printer is measured again.', null],
  ['its title', 'That is described in Kingfisher Window, chapter two, measured rolls.', null],
  ['its lines', 'Easy: open the close window with role 4399 first, then print again.', null],
  ['nothing of it', fix, fix],
])('where a restricted document was shown and IT repeats %s', (_, text, expected) => {
  const said = conversation(asked, { author: 'bot', personRef: null, decision: answered, text: answered.quote }, [
    'it',
    text,
  ]);
  expect(lessonFrom(said)?.answer ?? null).toBe(expected);
});

test('what the requester writes on the ticket is no part of it, and not the solution', () => {
  const written = { personRef: null, authorName: 'Gareth Pugh', comment: { id: 'c1', revision: 0 } };
  const before = { ...written, text: 'The spooler was set up by the vendor in March this year.' };
  const after = { ...written, text: 'Hold the paper tray down with a stone until the lamp is green again.' };
  const lesson = lessonFrom(conversation(asked, before, fixed, after));
  expect(lesson).toEqual({ question, answer: fix });
});
