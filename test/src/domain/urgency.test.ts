import { chosenUrgency, isUrgencyLevel, levelWord, URGENCY_LEVELS, type Urgency, urgencyOf } from '#domain/urgency.ts';

const recognised = (...texts: readonly string[]) => {
  const urgency = urgencyOf(texts);
  return urgency === null ? null : `${urgency.level} ${urgency.kind}`;
};

test.each([
  'I clicked on a link in a phishing mail',
  'i clikced a link in a phising email, what now',
  'clicked bad link',
  'I think I clicked something in a fishing mail',
  'what should I do I clicked on a phishing link',
  'not sure if I clicked on a dodgy link',
  'Hi team, I opened an attachment that looks suspicious. Should I worry?',
  'i enterd my pasword on a fake page',
  'I clicked a link and typed my password - please help',
  'I clicked and it asked my password and I typed it',
  'gave my password to a strange caller',
  "I approved a sign in prompt that I didn't start",
  'someone logged into my account from russia',
  'there is a suspicious login on my account',
  "I keep getting MFA prompts I didn't request",
  'login from brazil that was not me',
  'I think my account has been hacked',
  'my password was leaked',
  'I accidentally posted our api key in the channel',
  'i sent my password to someone who called from "microsoft"',
  'my laptop was stolen from my car',
  'Laptop stolen!!',
  'lost my lptop on the trian',
  'I lost my work phone in a taxi',
  'my company iphone got nicked last night',
  'who do I call, my laptop was stolen',
  'how do I block my phone, I lost my phone yesterday',
  'someone stole my macbook',
  'I left my laptop in the train',
  "can't find my laptop anywhere",
  'not urgent, but my laptop was stolen yesterday',
  'VIRUS on warehouse pc',
  'a big warning says my computer is infected and I should call a number',
  'virus popup keps apearing',
  'I think we have ransomware',
  'our files are all encrypted and they want bitcoin',
  'I paid the invoice to the new account and now they say it was a scam',
])('"%s" is a security incident', (text) => {
  expect(recognised(text)).toBe('critical security');
});

test.each([
  ['critical outage', 'no internet in all Lisbon office'],
  ['critical outage', 'the whole office is offline'],
  ['critical outage', 'Nobody has internet on the 3rd floor'],
  ['critical outage', 'nobody can log in'],
  ['critical outage', 'why is the network down for everyone?'],
  ['critical outage', 'vpn is down for evrybody'],
  ['critical outage', 'The entire site has no wifi since 9'],
  ['critical outage', 'email not working for the whole company'],
  ['high outage', 'production database is down'],
  ['high outage', 'the file server is not reachable'],
  ['high outage', 'our phones are completely down'],
  ['high outage', 'the label tool is down for everyone'],
  ['high outage', 'we have a vpn outage'],
  ['high many-people', "my whole team can't open salesforce"],
  ['high many-people', '20 people cannot print'],
  ['high many-people', 'error 500 in the shop tool for all of us'],
  ['high many-people', 'several colleagues have the same problem'],
  ['high many-people', 'twelve users are locked out'],
  ['high many-people', 'Teams keeps crashing. It happens to everyone in my department'],
  ['high many-people', "it's not only me, same problem for the entire team"],
  ['high many-people', 'nobody can print'],
  ['high stopped', "I can't work"],
  ['high stopped', 'i cant work at all!!'],
  ['high stopped', 'laptop dead and I cannot work'],
  ['high stopped', 'this is stopping me from working'],
  ['high stopped', 'My screen is black, I have a presentation in 10 minutes'],
  ['high stopped', 'visitor cannot show his screen, meeting is NOW'],
  ['high stopped', 'demo starts in half an hour and the projector is dead'],
  ['high stopped', 'payroll run is blocked'],
  ['high stopped', 'the payment run fails with error 4'],
  ['high stopped', 'cut-off is today at 4'],
  ['high stopped', '4 trucks waiting at the terminal'],
  ['high stopped', 'I need a certificate for a customer who is ON THE LINE'],
])('%s: "%s"', (expected, text) => {
  expect(recognised(text)).toBe(expected);
});

test.each([
  'how do I report phishing',
  'fishing mail how to report',
  'is phishing training mandatory',
  'was that phishing mail a test from IT',
  'I got a suspicious email, what do I do with it',
  'how can I tell whether a mail is fake',
  "I didn't click on the phishing link",
  'I have not opened the suspicious attachment',
  'what should I do if my laptop is stolen',
  'what happens when a phone gets lost',
  'is a stolen laptop covered by insurance',
  'someone found my lost laptop and returned it, what now',
  'I lost my laptop yesterday. Found it, sorry!',
  'lost my laptop charger',
  'my laptop lost the wifi connection',
  'my laptop is missing a driver',
  'stolen bicycle',
  'lost my umbrella in the canteen',
  'I lost my security key',
  'I lost my phone number when I changed provider',
  'virus scanner makes my laptop slow',
  'is there a virus scanner on my mac',
  'IT sent me my password, thanks',
  'who may share passwords',
  'sign in blocked because I am in a different country',
  'I clicked on the welcome link and it asked for a password',
  'not urgent',
  'URGENT please',
  'is slack down for everyone or just me',
  'does the whole office have wifi',
  'how do I invite the whole team to a channel',
  'webinar licence for 500 people',
  'need licences for 20 people',
  'nobody hears me in teams calls',
  'nobody can hear me',
  'can everyone in the company see my calendar',
  'not the whole team is affected, just me',
  "I can't work out how to add a printer",
  "I can't work from home without the vpn",
  'I can work, it is only annoying',
  'how do I set up a meeting in the room calendar',
  'do I need vpn for work',
  'windows wants to restart in the middle of my presentation, can I postpone it',
  'my vpn keeps dropping',
  'printer is broken',
  'how long is payroll open',
  '',
  'asdf',
  '🔥🔥🔥',
])('"%s" is nothing urgent', (text) => {
  expect(recognised(text)).toBe(null);
});

test('the most urgent of what is said counts, and quotes the words', () => {
  expect(
    urgencyOf(['My whole team is stuck, error 5', 'ok so  my laptop was stolen\nthis morning. Please hurry']),
  ).toEqual({
    level: 'critical',
    kind: 'security',
    because: 'A device is lost or stolen: “ok so my laptop was stolen”.',
  });
});

test('of a clause without end only the telling words are quoted', () => {
  const because = urgencyOf([
    `${'so then it went on '.repeat(20)} my laptop was stolen ${'and on '.repeat(50)}`,
  ])?.because;
  expect(because).toBe('A device is lost or stolen: “my laptop was stolen”.');
});

test.each([
  ['a log', 'ERROR lost connection to my server at line 12 '.repeat(3000)],
  ['one word', 'clicked'.repeat(20_000)],
  ['words that almost fit', 'i clicked the whole team cannot nobody can my laptop was '.repeat(2000)],
])('%s of 100 kB is read within reason', (_, text) => {
  expect(() => urgencyOf([text])).not.toThrow();
});

const stolen: Urgency = { level: 'critical', kind: 'security', because: 'A device is lost or stolen: “x”.' };
const stuck: Urgency = { level: 'high', kind: 'stopped', because: 'Work is at a standstill: “x”.' };

test.each([
  ['normal is nothing to tell', 'normal', null, null],
  ['left as recognised', 'high', stuck, stuck],
  ['security is not lowered', 'low', stolen, stolen],
  ['chosen', 'high', null, { level: 'high', kind: 'chosen', because: 'The employee chose “High”.' }],
  [
    'chosen lower than recognised',
    'normal',
    stuck,
    {
      level: 'normal',
      kind: 'chosen',
      because: 'The employee chose “Normal”. Recognised before: Work is at a standstill: “x”.',
    },
  ],
] as const)('what is chosen in the form: %s', (_, chosen, before, expected) => {
  expect(chosenUrgency(chosen, before)).toEqual(expected);
});

test('the levels of the form are those that count', () => {
  expect(URGENCY_LEVELS.map(({ value }) => levelWord(value))).toEqual(['Critical', 'High', 'Normal', 'Low']);
  expect(['critical', 'urgent', ''].map(isUrgencyLevel)).toEqual([true, false, false]);
});
