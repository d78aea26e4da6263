import {
  citationsOf,
  decide,
  type Found,
  groundsOf,
  offerMark,
  type Policy,
  settledUnsearched,
} from '#domain/decide.ts';
import type { Citation } from '#domain/decision.ts';
import type { Passage } from '#domain/knowledge.ts';
import type { Situation } from '#domain/situation.ts';

const policy: Policy = { answerAt: 0.9, suggestAt: 0.4, writtenAt: 0.8, excludedTopics: ['salary'] };

function citation(chunkId: string, documentId = chunkId): Citation {
  return { chunkId, source: 'markdown', documentId, title: `About ${documentId}`, url: `https://wiki/${documentId}` };
}

const candidates = [
  citation('c1', 'vpn'),
  citation('c2', 'vpn'),
  citation('c3', 'wifi'),
  citation('c4', 'mail'),
  citation('c5', 'fax'),
];

function found(value: number, other: Partial<Found> = {}): Found {
  return { confidence: { value, signals: {} }, candidates, quote: '1. Click **Sign in**.', ...other };
}

function asked(text: string, other: Partial<Situation> = {}): Situation {
  return {
    place: 'direct',
    ticket: null,
    click: null,
    said: [text],
    requesterSaid: [text],
    isAskedWhetherSolved: false,
    isColleagueAsking: false,
    isRated: false,
    notForUs: null,
    askerRef: 'slack/T1/U1',
    earlier: [],
    lastSpoken: null,
    lastAsked: null,
    answeredWith: [],
    writtenBefore: [],
    pictures: [],
    isAskedInPicture: false,
    shown: [],
    offered: [],
    offeredIncident: null,
    offeredRequest: null,
    goesOnIn: null,
    ...other,
  };
}

const silence = (situation: Partial<Situation>) => asked('', { said: [], requesterSaid: [], ...situation });
const escalate = (reason: string) => ({ kind: 'escalate', reason });
const silent = (reason: string) => ({ kind: 'silent', reason });
const forward = { kind: 'forward' };
const ask = { kind: 'ask', about: 'nothing-asked' };
const answer = { kind: 'answer', quote: '1. Click **Sign in**.', citations: [candidates[0]] };
const suggest = { kind: 'suggest', citations: [candidates[0], candidates[2], candidates[3]] };

test.each<[string, Situation, Found | null, object]>([
  ['sure', asked('my vpn drops'), found(0.9), answer],
  ['sure, in a channel', asked('my vpn drops', { place: 'channel' }), found(0.97), answer],
  ['not sure, but close', asked('my vpn drops'), found(0.89), suggest],
  ['just close enough', asked('my vpn drops'), found(0.4), suggest],
  ['not close', asked('my vpn drops'), found(0.39), escalate('unsure')],
  ['no term found', asked('my vpn drops'), found(1, { confidence: null }), escalate('nothing-found')],
  ['no passage', asked('my vpn drops'), found(1, { candidates: [] }), escalate('nothing-found')],
  ['sure, but nothing to quote', asked('my vpn drops'), found(1, { quote: '' }), suggest],
  ['not searched', asked('my vpn drops'), null, escalate('nothing-found')],
  ['sure, but outsiders read along', asked('my vpn drops', { place: 'shared' }), found(1), escalate('nothing-found')],
])('a question is decided on what was found: %s', (...[, situation, finds, expected]) => {
  expect(decide({ situation, found: finds, policy })).toEqual(expected);
});

const sentence = { text: 'Restart the VPN client.', cites: [0] };
const written = (confidence: number): Found['proposal'] => ({
  kind: 'written',
  written: { sentences: [sentence] },
  citations: [citation('c2', 'vpn')],
  quote: 'Restart the client',
  confidence,
});
const says = {
  kind: 'answer',
  quote: 'Restart the client',
  citations: [candidates[1]],
  written: { sentences: [sentence] },
};
const drops = asked('my vpn drops');
const question = 'Which system do you mean?';
const picture = { name: 'error.png', ref: 'F1', mimeType: 'image/png', bytes: 10 };

test.each<[string, Situation, number, Found['proposal'], object]>([
  ['a written answer that is sure', drops, 0.5, written(0.8), says],
  ['surer than the quote, which is sure too', drops, 0.95, written(0.9), says],
  ['not sure: the quote counts', drops, 0.95, written(0.79), answer],
  ['not sure: links', drops, 0.5, written(0.79), suggest],
  ['the same words again', asked('still drops', { writtenBefore: [sentence.text] }), 0.95, written(0.9), answer],
  ['asks back', drops, 0.5, { kind: 'ask-back', question }, { kind: 'ask', about: 'more', question }],
  [
    'asks back twice in a row',
    asked('mine', { lastSpoken: 'ask', lastAsked: 'more' }),
    0.5,
    { kind: 'ask-back', question },
    suggest,
  ],
  ['asks back where the documents are sure', drops, 0.95, { kind: 'ask-back', question }, answer],
  ['needs a person', drops, 0.5, { kind: 'needs-person' }, escalate('needs-a-person')],
  ['needs a person where the documents are sure', drops, 0.95, { kind: 'needs-person' }, answer],
  ['does not answer where the documents are sure', drops, 0.95, { kind: 'not-answerable' }, answer],
  ['does not answer', drops, 0.5, { kind: 'not-answerable' }, suggest],
  ['outsiders read along', asked('my vpn drops', { place: 'shared' }), 0.95, written(0.9), escalate('nothing-found')],
])('a model adds an answer, and never takes one away: %s', (...[, situation, value, proposal, expected]) => {
  expect(decide({ situation, found: found(value, { proposal: proposal ?? null }), policy })).toEqual(expected);
});

test('nothing is found: what a model proposes is not looked at', () => {
  const finds = found(1, { confidence: null, proposal: written(1) ?? null });
  expect(decide({ situation: drops, found: finds, policy })).toEqual(escalate('nothing-found'));
});

test.each<[string, Situation, object]>([
  ['a picture without a word', asked('', { pictures: [picture] }), { kind: 'ask', about: 'only-pictures' }],
  [
    'a second one after that',
    asked('', { pictures: [picture], lastSpoken: 'ask', lastAsked: 'nothing-asked' }),
    escalate('unsure'),
  ],
  [
    'a screenshot after Stop',
    asked('', { pictures: [picture], lastSpoken: 'ask' }),
    { kind: 'ask', about: 'only-pictures' },
  ],
  ['thanks for our question', asked('thanks!', { lastSpoken: 'ask', lastAsked: 'more' }), silent('solved')],
  ['never mind', asked('oh never mind, figured it out', { lastSpoken: 'ask', lastAsked: 'more' }), silent('solved')],
  ['"it works" may be the answer', asked('that works', { lastSpoken: 'ask', lastAsked: 'more' }), answer],
  ['a "yes" to our question', asked('yes', { lastSpoken: 'ask', lastAsked: 'more' }), answer],
  ['Stop, while something waits', asked('my vpn drops', { click: 'stop' }), { kind: 'ask', about: 'stopped' }],
  ['Stop, when all is said', silence({ click: 'stop' }), silent('not-addressed')],
])('%s', (...[, situation, expected]) => {
  expect(decide({ situation, found: found(0.95), policy })).toEqual(expected);
});

const helped = { lastSpoken: 'answer', answeredWith: ['c1'], shown: ['markdown/vpn'] } as const;

test.each<[string, Situation, Found | null, object]>([
  ['the same passage again', asked('still drops', helped), found(0.95), escalate('unsure')],
  [
    'another passage of the same document',
    asked('and on linux?', { ...helped, answeredWith: ['c9'] }),
    found(0.95),
    answer,
  ],
  ['the same document, less sure', asked('still drops', helped), found(0.5), escalate('unsure')],
  ['surer of what was only offered', asked('it says error 809', { ...helped, answeredWith: [] }), found(0.95), answer],
  [
    'something new',
    asked('how do I print', { ...helped, answeredWith: ['c8'], shown: ['markdown/print'] }),
    found(0.95),
    answer,
  ],
])('who comes back is not given the same twice: %s', (...[, situation, finds, expected]) => {
  expect(decide({ situation, found: finds, policy })).toEqual(expected);
});

const own = citation('c7', 'payroll');
const channel = { place: 'channel' } as const;
const foundAlone = (value: number, other: Partial<Found> = {}) => found(value, { candidates: [own], ...other });
const offer = { kind: 'offer-private', document: offerMark(own) };

test.each<[string, Partial<Situation>, Found | null, Found | null, object]>([
  ['nothing fits that all may read', channel, found(1, { candidates: [] }), foundAlone(0.9), offer],
  ['what all may read is not sure enough', channel, found(0.5), foundAlone(0.9), offer],
  ['outsiders read along', { place: 'shared' }, found(1, { candidates: [] }), foundAlone(0.9), offer],
  ['what all may read answers', channel, found(0.9), foundAlone(1), answer],
  ['it would not be an answer', channel, found(0.2), foundAlone(0.89), escalate('unsure')],
  ['it was not searched for', channel, found(0.2), null, escalate('unsure')],
  ['nobody reads along', {}, found(0.2), foundAlone(1), escalate('unsure')],
  ['it was offered before', { ...channel, offered: [offer.document] }, found(0.5), foundAlone(1), suggest],
  ['something else was', { ...channel, offered: [offerMark(citation('c7', 'vpn'))] }, found(0.5), foundAlone(1), offer],
  ['all may read it, and are less sure', channel, found(0.5), found(0.95), suggest],
  [
    'a document of another source has its id',
    channel,
    found(0.5),
    foundAlone(1, { candidates: [{ ...candidates[0]!, source: 'x' }] }),
    {
      kind: 'offer-private',
      document: offerMark({ ...candidates[0]!, source: 'x' }),
    },
  ],
])('a private answer is offered or not: %s', (...[, situation, here, alone, expected]) => {
  const input = { situation: asked('my vpn drops', situation), found: here, foundPrivately: alone, policy };
  expect(decide(input)).toEqual(expected);
});

test('an offer names nothing of what was found', () => {
  expect(JSON.stringify(offer)).not.toMatch(/payroll|About|wiki|c7/);
});

test.each<[string, Situation, object]>([
  ['a click for a person', silence({ click: 'get-human' }), escalate('asked-for-a-person')],
  ['a click for a person, with words', asked('my vpn drops', { click: 'get-human' }), escalate('asked-for-a-person')],
  ['a click for a person, with a ticket', silence({ click: 'get-human', ticket: 'open' }), silent('handed-over')],
  ['a click and words, with a ticket', asked('hurry', { click: 'get-human', ticket: 'open' }), forward],
  ['a click on solved', silence({ click: 'solved' }), silent('solved')],
  ['a click on solved, with a ticket', silence({ click: 'solved', ticket: 'open' }), silent('solved')],
  ['all taken back', silence({ notForUs: 'withdrawn' }), silent('withdrawn')],
  ['a colleague speaks', silence({ notForUs: 'not-addressed' }), silent('not-addressed')],
  [
    'a colleague speaks, with a ticket',
    silence({ notForUs: 'not-addressed', ticket: 'open' }),
    silent('not-addressed'),
  ],
  ['the requester answers a colleague', silence({ notForUs: 'colleagues-talking' }), silent('colleagues-talking')],
  ['words with a ticket', asked('it is the Lisbon office', { ticket: 'open' }), forward],
  ['thanks with a ticket', asked('thanks', { ticket: 'open' }), forward],
  ['a wish for a person', asked('talk to a human'), escalate('asked-for-a-person')],
  [
    'a wish for a person about an excluded topic',
    asked('talk to a human about my salary'),
    escalate('asked-for-a-person'),
  ],
  ['an excluded topic', asked('why are salaries late'), escalate('excluded-topic')],
  ['a greeting', asked('hi'), ask],
  ['a bare mention', asked(''), ask],
  ['an emoji', asked('🙏'), ask],
  ['thanks before anything', asked('thanks'), ask],
  ['a bare mention after an answer', asked('', helped), ask],
  ['a call for help after an answer', asked('hello?', helped), ask],
  ['a greeting after we asked', asked('hello?', { lastSpoken: 'ask', lastAsked: 'nothing-asked' }), escalate('unsure')],
  ['a bare mention after we asked', asked('', { lastSpoken: 'ask', lastAsked: 'nothing-asked' }), escalate('unsure')],
  ['an "ok" after we asked', asked('ok', { lastSpoken: 'ask', lastAsked: 'nothing-asked' }), silent('acknowledged')],
  ['a thumb after an answer', asked('👍', helped), silent('acknowledged')],
  ['"ok, will try" after links', asked('ok, will try', { lastSpoken: 'suggest' }), silent('acknowledged')],
  ['thanks after an answer', asked('thanks, that worked', helped), silent('solved')],
  ['a click for a private answer', silence({ click: 'answer-privately' }), silent('sent-privately')],
  [
    'a click for a private answer, with a ticket',
    silence({ click: 'answer-privately', ticket: 'open' }),
    silent('sent-privately'),
  ],
])('is settled without a search: %s', (_, situation, expected) => {
  expect(settledUnsearched(situation, policy)).toEqual(expected);
  // What the documents say makes no difference.
  for (const finds of [null, found(1), found(0)]) expect(decide({ situation, found: finds, policy })).toEqual(expected);
});

const incident = { conversationId: '7', key: 'IT-42', url: 'https://jira.example/browse/IT-42', people: 4 };
const offered = { offeredIncident: incident } as const;
const [reopen, close, follow] = [{ kind: 'reopen' }, { kind: 'close' }, { kind: 'follow', incident }];
const open = { ticket: 'open' } as const;
const resolved = { ticket: 'resolved' } as const;
const closed = { ticket: 'closed' } as const;
const byColleague = { requesterSaid: [] } as const;
const answersUs = { ...resolved, isAskedWhetherSolved: true } as const;

test.each<[string, Situation, object]>([
  ['solved, and the requester agrees by a click', silence({ ...resolved, click: 'solved' }), close],
  ['solved, and the requester says so', asked('thanks, that worked', resolved), close],
  ['solved, and the requester is just thankful', asked('thank you!', resolved), close],
  ['solved, and the requester only takes note', asked('ok', resolved), forward],
  ['asked whether it is solved: yes', asked('Yes it is', answersUs), close],
  ['asked whether it is solved: it is', asked('It is!', answersUs), close],
  ['asked whether it is solved: yes, no more', asked('yes', answersUs), close],
  ['asked whether it is solved: yep', asked('yep', answersUs), close],
  ['asked whether it is solved: yes, with thanks', asked('yes thanks', answersUs), close],
  ['asked whether it is solved: no', asked('no', answersUs), reopen],
  ['asked whether it is solved: not really', asked('not really', answersUs), reopen],
  ['asked whether it is solved: nope', asked('nope', answersUs), reopen],
  ['asked whether it is solved: it will be tried', asked('ok, will try', answersUs), forward],
  ['solved, and yes is said to somebody else', asked('yes it is', resolved), forward],
  ['closed, and yes is said', asked('yes it is', closed), forward],
  ['solved, by a click with a word', asked('ok', { ...resolved, click: 'solved' }), close],
  ['solved, by a click with thanks', asked('thanks!', { ...resolved, click: 'solved' }), close],
  ['solved, by a click with a yes', asked('yes it is', { ...resolved, click: 'solved' }), close],
  ['solved, by a click, but it is not', asked('it still drops', { ...resolved, click: 'solved' }), reopen],
  [
    'solved, by a click, while a colleague speaks',
    asked('mine drops too', { ...resolved, ...byColleague, click: 'solved' }),
    close,
  ],
  [
    'solved, says the requester while a colleague speaks',
    asked('thanks, that worked', { ...resolved, said: ['mine drops too', 'thanks, that worked'] }),
    close,
  ],
  [
    'solved once more, and rated before',
    silence({ ...resolved, click: 'solved', isRated: true }),
    { kind: 'close', rated: true },
  ],
  ['solved, and it did not help, by a click', silence({ ...resolved, click: 'not-yet' }), reopen],
  ['solved, and it did not help, with words', asked('no better', { ...resolved, click: 'not-yet' }), reopen],
  ['solved, and it did not help, in words', asked('it still drops', resolved), reopen],
  ['solved, and the requester asks something', asked('which cable do I need?', resolved), reopen],
  ['solved, and the requester wants a person', silence({ ...resolved, click: 'get-human' }), reopen],
  ['solved, and a colleague says something', asked('mine drops too', { ...resolved, ...byColleague }), forward],
  ['solved, and a colleague is thankful', asked('thanks, that worked', { ...resolved, ...byColleague }), forward],
  ['closed, and a click says it again', silence({ ...closed, click: 'solved' }), silent('solved')],
  ['closed, and the requester is thankful', asked('thanks, that worked', closed), forward],
  ['closed, and the requester only takes note', asked('👍', closed), forward],
  ['closed, and the problem is back', asked('it drops again', closed), reopen],
  ['closed, and it did not help after all', silence({ ...closed, click: 'not-yet' }), reopen],
  ['closed, and the requester wants a person', silence({ ...closed, click: 'get-human' }), reopen],
  ['closed, and a colleague says something', asked('mine drops too', { ...closed, ...byColleague }), forward],
  [
    'open again, and an old button says that it is not solved',
    silence({ ...open, click: 'not-yet' }),
    silent('handed-over'),
  ],
  ['open again, with words', asked('no better', { ...open, click: 'not-yet' }), forward],
  ['a rating', silence({ ...closed, click: 'rate-4' }), silent('noted')],
  ['the form after a rating', silence({ ...closed, click: 'comment-rating' }), silent('noted')],
  ['a rating, and the problem is back', asked('it drops again', { ...closed, click: 'rate-1' }), reopen],
  ['the form about the request', silence({ ...open, click: 'details' }), silent('noted')],
  ['the form about the request, and words', asked('it is a Mac', { ...open, click: 'details' }), forward],
  ['a follower', silence({ ...offered, click: 'follow' }), follow],
  ['a follower who has a ticket by now', silence({ ...offered, ...open, click: 'follow' }), silent('noted')],
  ['a click to follow what was never offered', silence({ click: 'follow' }), silent('noted')],
  [
    'whoever was offered to follow and wants a person',
    silence({ ...offered, click: 'get-human' }),
    escalate('asked-for-a-person'),
  ],
])('a ticket is what it is about, and nothing is searched: %s', (_, situation, expected) => {
  expect(settledUnsearched(situation, policy)).toEqual(expected);
  const input = { situation, found: found(1), foundPrivately: found(1), incident, policy };
  expect(decide(input)).toEqual(expected);
});

test.each<[string, Partial<Situation>, Found | null, object]>([
  ['nothing is found', {}, null, { kind: 'offer-follow', incident }],
  ['only links are found', {}, found(0.5), { kind: 'offer-follow', incident }],
  ['in a channel', { place: 'channel' }, found(0.1), { kind: 'offer-follow', incident }],
  ['the documents answer it', {}, found(0.95), answer],
  ['it was offered before', offered, found(0.5), suggest],
  ['it was offered before, and nothing is found', offered, null, escalate('nothing-found')],
  ['people of other companies read along', { place: 'shared' }, null, escalate('nothing-found')],
])('several people ask the same, and the ticket of the first is offered or not: %s', (_, where, finds, expected) => {
  expect(decide({ situation: asked('my vpn drops', where), found: finds, incident, policy })).toEqual(expected);
});

const asksInClosed = { ...closed, ...byColleague, isColleagueAsking: true, lastSpoken: 'close' } as const;

test.each<[string, string, Found | null, object]>([
  ['which the documents answer', 'how do I print?', found(0.95), answer],
  ['to which links are found', 'how do I print?', found(0.5), suggest],
  ['to which nothing is found', 'how do I print?', null, reopen],
  ['which is for a person', 'what is my salary?', null, reopen],
  ['for a person', 'get me a human', null, reopen],
  ['without anything asked', 'hi', null, ask],
  ['that is only thanks', 'thanks', null, silent('acknowledged')],
])('a colleague calls us where the ticket is closed, with a question %s', (_, text, finds, expected) => {
  const situation = asked(text, asksInClosed);
  expect(decide({ situation, found: finds, incident, policy })).toEqual(expected);
});

test('to follow a ticket of others goes before a private answer, which those who ask next would not get', () => {
  const situation = asked('my vpn drops', channel);
  const input = { situation, found: found(0.2), foundPrivately: foundAlone(1), policy };
  expect(decide({ ...input, incident })).toEqual({ kind: 'offer-follow', incident });
  expect(decide({ ...input, incident: null })).toEqual(offer);
});

test.each([
  ['a question', asked('my vpn drops')],
  ['a new question after an answer', asked('how do I print', helped)],
  ['thanks with a question', asked('thanks, and how do I print?', helped)],
  ['what was said after a click on solved', asked('how do I print', { click: 'solved' })],
  ['a question after we asked', asked('vpn', { lastSpoken: 'ask', lastAsked: 'nothing-asked' })],
  ['a question that outsiders read along', asked('my vpn drops', { place: 'shared' })],
  ['words after a click for a private answer', asked('and my printer', { click: 'answer-privately' })],
])('has to be searched: %s', (_, situation) => {
  expect(settledUnsearched(situation, policy)).toBeNull();
});

test('an answer always has a quote and a citation, and is sure enough; an offer has one to three documents', () => {
  const places = ['direct', 'channel', 'shared'] as const;
  const clicks = [null, 'solved', 'get-human', 'not-yet', 'follow', 'rate-3', 'details'] as const;
  const tickets = [null, 'open', 'resolved', 'closed'] as const;
  const texts = ['my vpn drops', 'hi', 'talk to a human', 'salary', 'thanks'];
  const finds = [
    null,
    ...[0, 0.3, 0.4, 0.8, 0.9, 1].flatMap((value) => [
      found(value),
      found(value, { quote: '' }),
      found(value, { candidates: [] }),
    ]),
  ];
  for (const [place, click, text, ticket] of places.flatMap((place) =>
    clicks.flatMap((click) => texts.flatMap((text) => tickets.map((ticket) => [place, click, text, ticket] as const))),
  )) {
    for (const finding of finds) {
      const verdict = decide({ situation: asked(text, { place, click, ticket }), found: finding, policy });
      if (verdict.kind === 'answer') {
        expect(verdict.citations.length).toBe(1);
        expect(verdict.quote).not.toBe('');
        expect(finding?.confidence?.value).toBeGreaterThanOrEqual(policy.answerAt);
      }
      if (verdict.kind === 'suggest')
        expect([1, 2, 3]).toContain(new Set(verdict.citations.map((one) => one.documentId)).size);
      if (place === 'shared' || ticket !== null) expect(['answer', 'suggest']).not.toContain(verdict.kind);
    }
  }
});

const passages = candidates.concat(citation('c6')).map(
  (one, index): Passage => ({
    ...one,
    source: one.source ?? '',
    headings: [],
    text: 'text',
    updatedAt: null,
    restricted: false,
    score: 6 - index,
    matches: {},
  }),
);

test('citations and grounds come from the passages, best first; grounds keep the first five', () => {
  const result = { terms: [], corrections: [{ from: 'droping', to: 'dropping' }], passages };
  expect(citationsOf(result.passages).slice(0, 2)).toEqual([candidates[0], candidates[1]]);
  const grounds = groundsOf('my vpn droping', result, { value: 0.5, signals: { lead: 1 } });
  expect(grounds).toMatchObject({
    question: 'my vpn droping',
    corrections: result.corrections,
    confidence: { value: 0.5 },
  });
  expect(grounds.found.map(({ chunkId, score }) => [chunkId, score])).toEqual([
    ['c1', 6],
    ['c2', 5],
    ['c3', 4],
    ['c4', 3],
    ['c5', 2],
  ]);
});

describe('a request of their own that is open', () => {
  const request = { conversationId: '7', key: 'IT-42', url: 'https://jira/IT-42', thread: 'https://slack/t' };
  const vpn = asked('my vpn drops again');

  test('is offered where nothing answers', () => {
    expect(decide({ situation: vpn, found: found(0.1), openRequest: request, policy })).toEqual({
      kind: 'offer-continue',
      request,
    });
  });

  test('comes before what others have asked, and after an answer', () => {
    const incident = { conversationId: '8', key: 'IT-1', url: 'https://jira/IT-1', people: 4 };
    const both = { incident, openRequest: request, policy };
    expect(decide({ situation: vpn, found: found(0.1), ...both }).kind).toBe('offer-continue');
    expect(decide({ situation: vpn, found: found(1), ...both }).kind).toBe('answer');
  });

  test.each([
    ['once', { offeredRequest: request }],
    ['not where another company reads along', { place: 'shared' }],
  ] as const)('is offered %s', (_, other) => {
    const situation = asked('my vpn drops again', other);
    expect(decide({ situation, found: found(0.1), openRequest: request, policy }).kind).toBe('escalate');
  });

  test('comes after an answer that they alone may read', () => {
    const situation = asked('my vpn drops again', { place: 'channel' });
    const verdict = decide({
      situation,
      found: found(0.1, { candidates: [] }),
      foundPrivately: found(1),
      openRequest: request,
      policy,
    });
    expect(verdict.kind).toBe('offer-private');
  });

  test('taken up, what was said and what follows goes there', () => {
    const pressed = asked('my vpn drops again', { click: 'continue', offeredRequest: request });
    expect(decide({ situation: pressed, found: null, policy })).toEqual({ kind: 'continue', request });
    const more = asked('since this morning', { lastSpoken: 'continue', goesOnIn: request });
    expect(decide({ situation: more, found: null, policy })).toEqual({ kind: 'continue', request, again: true });
    const person = asked('I want to talk to a person', { lastSpoken: 'continue', goesOnIn: request });
    expect(decide({ situation: person, found: null, policy }).kind).toBe('escalate');
  });
});

describe('a command', () => {
  test.each([
    ['help', 'direct', { kind: 'help' }],
    ['my requests', 'direct', { kind: 'status', requests: [] }],
    // others need not know
    ['my requests', 'channel', { kind: 'status', requests: null }],
    ['new', 'direct', { kind: 'ask', about: 'nothing-asked' }],
  ] as const)('%s, %s', (text, place, verdict) => {
    expect(decide({ situation: asked(text, { place }), found: null, policy })).toEqual(verdict);
  });

  test('is one where a ticket is open as well, but for “new”, which may answer IT', () => {
    const verdict = (text: string) => decide({ situation: asked(text, { ticket: 'open' }), found: null, policy });
    expect(verdict('status')).toEqual({ kind: 'status', requests: [] });
    expect(verdict('help')).toEqual({ kind: 'help' });
    expect(verdict('new')).toEqual({ kind: 'forward' });
  });
});
