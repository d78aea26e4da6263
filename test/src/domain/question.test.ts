import type { QuestionTerm } from '#domain/knowledge.ts';
import {
  agrees,
  contentTerms,
  excludedTopicIn,
  isAcknowledgement,
  nothingAsked,
  questionText,
  saysSolved,
  wantsPerson,
} from '#domain/question.ts';

function term(word: string): QuestionTerm {
  return { lexeme: word, word, idf: 1, count: 1, position: 1, chunks: 1 };
}

test('the content terms are those that say what the question is about', () => {
  const terms = ['hi', 'please', 'help', 'didn', 'vpn', 'i\u2019m', 'drops', "can't"].map(term);
  expect(contentTerms(terms).map(({ word }) => word)).toEqual(['vpn', 'drops']);
});

test.each([
  'talk to a human',
  'Can I talk to a human please?',
  'I want to speak to someone',
  'could I speak with a real person about my laptop',
  'speak to an agent',
  'get me someone from IT',
  'Please connect me to the helpdesk.',
  'human please',
  'HUMAN!!!',
  'agent',
  "this doesn't help, get me a human",
  'I need a person',
  'i need someone from the it team',
  'open a ticket',
  'please open a ticket for me',
  'can you create a ticket for my broken screen?',
  'raise an IT ticket',
  'log a ticket with IT please',
  'please escalate',
  'escalate this to someone in IT',
  'can someone from IT call me back?',
  'My screen is black. Get me a technician please',
  'I\u2019d like to chat with a human',
])('"%s" asks for a person', (text) => {
  expect(wantsPerson(text)).toBe(true);
});

test.each([
  'how do I open a ticket in Jira?',
  'how do I open a ticket?',
  'where can I open a ticket for facilities',
  'human resources portal',
  'I need a human resources contact',
  'I need an agent for Outlook search',
  'user agent blocked by the website',
  'the IT agent is not installed on my laptop',
  'how do I talk to a colleague in Slack with video',
  "I can't speak to anyone in Zoom, my microphone is off",
  'who is the contact person for Salesforce',
  'open a port',
  'ticket printer is out of paper',
  'get me access to Jira',
  'I need a new laptop for a person starting on Monday',
  'my ticket IT-12 is not visible',
  'how do I escalate privileges on my Mac',
  'can you call the API with curl',
  'a person in the meeting cannot hear me',
  'vpn keeps dropping',
  '',
])('"%s" does not ask for a person', (text) => {
  expect(wantsPerson(text)).toBe(false);
});

test.each([
  ['', 'a bare mention'],
  ['   \n', 'white space'],
  ['?!…', 'punctuation'],
  ['🙏🙏', 'emoji'],
  [':wave: :+1::skin-tone-2:', 'emoji by name'],
  ['1️⃣', 'a digit dressed up as an emoji'],
  ['\u200b\u200d\ufeff', 'zero-width characters'],
  ['Hi', 'a greeting'],
  ['hello there :wave:', 'a greeting with an emoji'],
  ['Good morning everyone!', 'a longer greeting'],
  ['can you help me please?', 'a call for help'],
  ['I have a question', 'an announcement'],
  ['thanks', 'thanks'],
  ['ok great', 'an acknowledgement'],
])('nothing is asked by "%s": %s', (text) => {
  expect(nothingAsked(text)).toBe(true);
});

test.each(['vpn', 'hi, my vpn drops', 'ERR-VPN-812', '809', 'пароль', 'パスワード', 'كلمة المرور', 'wi-fi?', '100'])(
  'something is asked by "%s"',
  (text) => {
    expect(nothingAsked(text)).toBe(false);
  },
);

test.each([
  ['what is my salary', ['salaries'], 'salaries'],
  ['SALARIES overview', ['salary'], 'salary'],
  ['I want a pay rise', ['bonus', 'pay rise'], 'pay rise'],
  ['about the bonuses', ['bonus'], 'bonus'],
  ['contact the Betriebsräte', ['betriebsrate'], 'betriebsrate'],
  ['my résumé', ['Resume'], 'Resume'],
  ['pay\u200b rise', ['pay rise'], 'pay rise'],
] as const)('"%s" mentions an excluded topic of %j', (text, topics, found) => {
  expect(excludedTopicIn(text, topics)).toBe(found);
});

test.each([
  ['how do I raise the screen', ['pay rise']],
  ['pay for the rise', ['pay rise']],
  ['salaryman is a film', ['salary']],
  ['the bus is late', ['busy']],
  ['anything', []],
  ['anything at all', ['', '!!']],
] as const)('"%s" mentions none of %j', (text, topics) => {
  expect(excludedTopicIn(text, topics)).toBeNull();
});

test.each([
  'thanks!',
  'Thank you so much :pray:',
  'Thanks, that worked.',
  'that worked',
  'solved',
  'it works now, thank you!',
  'great, it is working again',
  'never mind, figured it out',
  'my vpn is working now',
  'All good now, thanks a lot',
])('"%s" says that it is solved', (text) => {
  expect(saysSolved(text)).toBe(true);
});

test.each([
  'Yes it is',
  'It is!',
  'yes',
  'Yep',
  'yes thanks',
  'yes, it is now. Thank you!',
  'yeah it does, great',
  'yes it works now',
  'absolutely',
])('"%s" agrees', (text) => {
  expect(agrees(text)).toBe(true);
});

test.each([
  'no',
  'not really',
  'nope',
  'yes?',
  'is it',
  'yes but it is slow',
  'yes it is back',
  'it is not',
  'ok',
  'thanks',
  'great',
  'yes, will try',
  '',
])('"%s" does not agree', (text) => {
  expect(agrees(text)).toBe(false);
});

test.each([
  'it never worked',
  'it has never been fixed',
  'thanks but it still does not work',
  'thanks, and how do I print?',
  'that did not help',
  'did that work?',
  'is it working',
  'it stopped working again',
  'is outlook working again',
  'it only works now with a cable',
  'ok',
  '👍',
  'no',
  '',
])('"%s" does not say that it is solved', (text) => {
  expect(saysSolved(text)).toBe(false);
});

test.each(['ok', 'OK, will try that', '👍', ':thumbsup:', 'great thanks', 'yes', 'got it'])(
  '"%s" acknowledges',
  (text) => {
    expect(isAcknowledgement(text)).toBe(true);
  },
);

test.each(['', ' ', '?', 'ok?', 'hello', 'help', 'ok but how', 'I will try a new laptop', '...'])(
  '"%s" does not acknowledge',
  (text) => {
    expect(isAcknowledgement(text)).toBe(false);
  },
);

test.each([
  ['and on linux?', ['how do I set up the vpn'], 'how do I set up the vpn\nand on linux?'],
  ['what about a Mac', ['how do I set up the vpn', 'and on linux?'], 'how do I set up the vpn\nwhat about a Mac'],
  ['linux', ['how do I set up the vpn'], 'how do I set up the vpn\nlinux'],
  ['still drops', ['my vpn drops'], 'my vpn drops\nstill drops'],
  ['it is the Lisbon office', ['hi', 'wifi is slow'], 'wifi is slow\nit is the Lisbon office'],
  ['how do I add a printer', ['my vpn drops'], 'how do I add a printer'],
  ['how do I print', ['my vpn drops'], 'how do I print'],
  ['printer on the third floor makes streaks', ['my vpn drops'], 'printer on the third floor makes streaks'],
  ['and on linux?', [], 'and on linux?'],
  ['vpn', ['hi', 'hello?'], 'vpn'],
] as const)('"%s" after %j is searched as it is meant', (text, earlier, expected) => {
  expect(questionText({ said: [text], earlier })).toBe(expected);
});

test('messages sent one after the other are one question, without the greetings among them', () => {
  expect(questionText({ said: ['hi', 'my vpn drops', 'since monday'], earlier: [] })).toBe(
    'my vpn drops\nsince monday',
  );
});

test.each([
  ['words', 'my vpn drops '.repeat(4000)],
  ['one run of letters', 'x'.repeat(40_000)],
])('a message of 40,000 characters is cut: %s', (_, text) => {
  const searched = questionText({ said: [text], earlier: [] });
  expect(searched.length).toBeGreaterThan(1900);
  expect(searched.length).toBeLessThanOrEqual(2000);
  expect(text.startsWith(searched)).toBe(true);
});
