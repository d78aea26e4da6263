import { renderCardFor, renderReply, weigh } from '../../../adapters/teams/cards.ts';
import type { Action } from '#domain/conversation.ts';
import type { Citation } from '#domain/decision.ts';
import type { Reply, ReplyPart } from '#domain/reply.ts';

const vpn: Citation = {
  chunkId: 'c1',
  documentId: 'd1',
  title: 'VPN keeps dropping',
  url: 'https://kb.example.com/vpn',
};
const ref = 't1/19%3Ahelp%40thread.tacv2/1767225600000';
const origin = { turnId: '42', address: { platform: 'teams', ref } } as const;
const data = (verb: string) => ({ verb, turn: '42', thread: ref });
const block = (text: string, more: object = {}) => ({ type: 'TextBlock', text, wrap: true, ...more });
const render = (parts: readonly ReplyPart[], rest: Partial<Reply> = {}) =>
  renderReply({ parts, buttons: [], ...rest }, origin);
const cardOf = (reply: Reply) => renderCardFor(reply, origin) as { body: { text: string }[]; actions?: object[] };

const answer: Reply = {
  parts: [
    { kind: 'quote', markdown: '## Steps\n\n1. Update the client.' },
    { kind: 'sources', label: 'From', citations: [{ ...vpn, section: 'Steps' }] },
    { kind: 'note', text: 'Searched “drops” for “dorps”.' },
  ],
  buttons: ['solved', 'get-human'],
};

test.each(['{{DATE(2020-01-01T00:00:00Z,LONG)}}', '{{TIME(2020-01-01T00:00:00Z)}}', '`{{ Date(x)}}`'])(
  'a card fills in nothing that people write: %s',
  (said) => {
    for (const part of [{ kind: 'text', text: said } as const, { kind: 'quote', markdown: said } as const]) {
      const [text = ''] = cardOf({ parts: [part], buttons: ['solved'] }).body.map((each) => each.text);
      expect(text).toContain(String.raw`{\{`);
      expect(text).not.toContain('{{');
    }
  },
);

test('an answer is its text with label and citation, and a card with source, note and buttons', () => {
  expect(renderReply(answer, origin)).toEqual([
    {
      type: 'message',
      textFormat: 'markdown',
      text: '**Steps**\n\n1. Update the client. [1]',
      entities: [
        {
          type: 'https://schema.org/Message',
          '@type': 'Message',
          '@context': 'https://schema.org',
          '@id': '',
          additionalType: ['AIGeneratedContent'],
          citation: [
            {
              '@type': 'Claim',
              position: 1,
              appearance: {
                '@type': 'DigitalDocument',
                name: 'VPN keeps dropping',
                abstract: 'Steps',
                url: 'https://kb.example.com/vpn',
              },
            },
          ],
        },
      ],
      channelData: { feedbackLoop: { type: 'default' } },
    },
    {
      type: 'message',
      summary: 'From VPN keeps dropping Searched “drops” for “dorps”.',
      attachments: [
        {
          contentType: 'application/vnd.microsoft.card.adaptive',
          content: {
            type: 'AdaptiveCard',
            $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
            version: '1.5',
            fallbackText: 'From VPN keeps dropping Searched “drops” for “dorps”.',
            body: [
              block('From [VPN keeps dropping](https://kb.example.com/vpn), section “Steps”'),
              block('Searched “drops” for “dorps”.', { isSubtle: true, size: 'Small' }),
            ],
            actions: [
              {
                type: 'Action.Execute',
                title: 'Solved',
                tooltip: 'Mark this as solved',
                verb: 'solved',
                data: data('solved'),
                style: 'positive',
                fallback: { type: 'Action.Submit', title: 'Solved', data: data('solved') },
              },
              {
                type: 'Action.Execute',
                title: 'Get a human',
                tooltip: 'Hand this over to a person in IT',
                verb: 'get-human',
                data: data('get-human'),
                fallback: { type: 'Action.Submit', title: 'Get a human', data: data('get-human') },
              },
            ],
          },
        },
      ],
    },
  ]);
});

test('a suggestion cites what its card lists', () => {
  const citations = [vpn, { ...vpn, title: 'Wi-Fi', url: 'ftp://x' }];
  const parts: ReplyPart[] = [
    { kind: 'text', text: 'These may help:' },
    { kind: 'sources', label: '', citations },
  ];
  const [text, card] = render(parts, { buttons: ['solved'] });
  expect(text).toMatchObject({ text: 'These may help: [1] [2]' });
  expect(card).toMatchObject({
    attachments: [{ content: { body: [block('1. [VPN keeps dropping](https://kb.example.com/vpn)\n2. Wi-Fi')] } }],
  });
});

test('an answer that is settled keeps its two activities, and what is pressed is only the lower one', () => {
  const settled: Reply = { parts: [...answer.parts, { kind: 'note', text: 'Marked as solved by Ana' }], buttons: [] };
  const [text, card, more] = renderReply(settled, origin, 'two');
  expect([text?.['text'], more]).toEqual(['**Steps**\n\n1. Update the client. [1]', undefined]);
  const shown = cardOf(settled);
  expect(shown.body.map((each) => each.text)).toEqual([
    'From [VPN keeps dropping](https://kb.example.com/vpn), section “Steps”',
    'Searched “drops” for “dorps”.',
    'Marked as solved by Ana',
  ]);
  expect(shown.actions).toBeUndefined();
  expect(card).toMatchObject({ attachments: [{ content: shown }] });
  expect(renderReply(answer, origin, 'one')).toHaveLength(1);
  expect(renderReply({ parts: [{ kind: 'text', text: 'Gone.' }], buttons: [] }, origin, 'two')).toEqual([
    { type: 'message', textFormat: 'markdown', text: 'Gone.' },
  ]);
});

test('without anything to press a reply is a text; a card says the same when it answers a press', () => {
  const parts: ReplyPart[] = [
    { kind: 'ticket', before: 'I opened ', key: 'IT-1', url: 'https://jira.example.com/browse/IT-1', after: '. Wait.' },
    { kind: 'link', before: 'About ', text: 'your question', url: 'https://teams.example/l', after: ': “<at>x</at>”' },
    { kind: 'note', text: 'Small *print*' },
  ];
  const lines = [
    'I opened [IT-1](https://jira.example.com/browse/IT-1). Wait.',
    'About [your question](https://teams.example/l): “&lt;at>x&lt;/at>”',
    String.raw`Small \*print\*`,
  ];
  expect(render(parts)).toEqual([{ type: 'message', textFormat: 'markdown', text: lines.join('\n\n') }]);
  expect(cardOf({ parts, buttons: [] }).body.map(({ text }) => text)).toEqual(lines);
});

test.each([
  [undefined, '**Hannah \\[IT\\]** from IT:\n\nTry *this* Ana'],
  ['requester', '**Hannah \\[IT\\]** on the ticket:\n\nTry *this* Ana'],
  ['elsewhere', '**Hannah \\[IT\\]** from another chat:\n\nTry *this* Ana'],
] as const)('what a person says (%s) names them', (side, text) => {
  const said = { kind: 'said', who: 'Hannah* [IT]', markdown: 'Try *this* <at>Ana</at>' } as const;
  expect(render([side === undefined ? said : { ...said, side }])).toMatchObject([{ text }]);
});

test('requests are a list, and prompts what the reader would say', () => {
  const requests = [
    { key: 'IT-1', url: 'https://jira.example.com/IT-1', summary: '# VPN', standing: 'IT is working on it' },
    { key: 'IT-2', url: '', summary: 'Laptop', standing: 'Solved' },
  ];
  const text =
    String.raw`- [IT-1](https://jira.example.com/IT-1) \# VPN – IT is working on it` + '\n- IT-2 Laptop – Solved';
  expect(render([{ kind: 'requests', requests }])).toMatchObject([{ text }]);
  const [hello] = render([
    { kind: 'text', text: 'Hello!' },
    { kind: 'prompts', prompts: ['My VPN drops', 'Who are you?'] },
  ]);
  expect(hello).toMatchObject({
    summary: 'Hello!',
    attachments: [
      {
        content: {
          body: [block('Hello!')],
          actions: [
            {
              type: 'Action.Submit',
              title: 'My VPN drops',
              data: { msteams: { type: 'imBack', value: 'My VPN drops' } },
            },
            {
              type: 'Action.Submit',
              title: 'Who are you?',
              data: { msteams: { type: 'imBack', value: 'Who are you?' } },
            },
          ],
        },
      },
    ],
  });
});

test.each<[Action, string]>([
  ['get-human', 'Add details'],
  ['not-yet', 'Say what is wrong'],
  ['rate-2', 'Add a comment'],
])('the form of %s can be opened later: %s', (form, title) => {
  expect(cardOf({ parts: [{ kind: 'note', text: 'Noted.' }], buttons: [], form }).actions).toEqual([
    { type: 'Action.Submit', title, data: { ...data(form), msteams: { type: 'task/fetch' } } },
  ]);
});

test('every button has a face, and those whose press only opens a form open one', () => {
  const all: Action[] = ['take', 'answer-here', 'mute', 'approve', 'edit', 'discard'];
  expect(cardOf({ parts: [], buttons: all }).actions).toMatchObject([
    { type: 'Action.Execute', title: 'Take' },
    {
      type: 'Action.Submit',
      title: 'Answer from here',
      data: { ...data('answer-here'), msteams: { type: 'task/fetch' } },
    },
    { type: 'Action.Execute', title: 'Mute' },
    { type: 'Action.Execute', title: 'Approve', style: 'positive' },
    { type: 'Action.Submit', title: 'Edit' },
    { type: 'Action.Execute', title: 'Discard', style: 'destructive' },
  ]);
  const others: Action[] = [
    'continue',
    'follow',
    'not-yet',
    'answer-privately',
    'details',
    'comment-rating',
    'helpful',
  ];
  expect(cardOf({ parts: [], buttons: others }).actions?.map((each) => Object(each).title)).toEqual([
    'Continue there',
    'Follow it',
    'Not yet',
    'Send it to me privately',
  ]);
  expect(render([{ kind: 'text', text: 'a' }], { buttons: ['details', 'not-helpful'] })).toMatchObject([{ text: 'a' }]);
  expect(cardOf({ parts: [{ kind: 'prompts', prompts: ['a', 'b', 'c'] }], buttons: all }).actions).toHaveLength(6);
});

test('what ends with code has its citation below', () => {
  const parts: ReplyPart[] = [{ kind: 'quote', markdown: '```\nipconfig\n```' }, ...answer.parts.slice(1)];
  expect(renderReply({ ...answer, parts }, origin)[0]).toMatchObject({ text: '```\nipconfig\n```\n\n[1]' });
});

describe('limits', () => {
  const quotes: [string, string][] = [
    ['words', 'word word word.\n\n'.repeat(30_000)],
    ['one line', 'a'.repeat(500_000)],
    ['Chinese', '网络连接不上。\n'.repeat(60_000)],
    ['quotation marks', '"\\\n'.repeat(160_000)],
    ['emoji', '😀'.repeat(100_000)],
    ['mentions', '<at>x</at> '.repeat(50_000)],
    ['code', `\`\`\`\n${'ls <a>\n'.repeat(70_000)}`],
  ];

  test.each(quotes)('an answer of 500 kB of %s is cut, and says where it goes on', (_, markdown) => {
    const [text, card] = renderReply(
      { ...answer, parts: [{ kind: 'quote', markdown }, ...answer.parts.slice(1)] },
      origin,
    );
    expect(weigh(text)).toBeLessThan(100_000);
    expect(weigh(card)).toBeLessThan(100_000);
    expect(text?.['text']).toMatch(/\n\n… \[Continue reading\]\(https:\/\/kb\.example\.com\/vpn\) \[1\]$/);
  });

  test.each(quotes)('a card with a quote of 500 kB of %s keeps its buttons within 28 kB', (_, markdown) => {
    const said = Array.from({ length: 3 }, () => ({ kind: 'said', who: 'Ana', markdown }) as const);
    const card = cardOf({
      parts: [{ kind: 'text', text: 'Question:' }, { kind: 'quote', markdown }, ...said],
      buttons: ['approve'],
    });
    expect(Buffer.byteLength(JSON.stringify(card), 'utf16le')).toBeLessThan(28_672);
    expect(Buffer.byteLength(JSON.stringify(card))).toBeLessThan(28_672);
    expect(card.actions).toHaveLength(1);
    expect(card.body[0]?.text).toBe('Question:');
    expect(card.body.length).toBeGreaterThan(1);
  });

  test('parts of our own that are too many are left out from the end', () => {
    const parts = Array.from(
      { length: 200 },
      (_, index): ReplyPart => ({ kind: 'text', text: `${index} ${'x'.repeat(5000)}` }),
    );
    const card = cardOf({ parts, buttons: ['solved'] });
    expect(weigh(card)).toBeLessThan(28_672);
    expect(card.body[0]?.text).toMatch(/^0 x+…$/);
    expect(weigh(render(parts)[0])).toBeLessThan(100_000);
  });

  test('an answer with many long citations has ten, each within its limits', () => {
    const long = {
      ...vpn,
      title: 't'.repeat(9000),
      section: 's'.repeat(9000),
      url: `https://x.example/${'u'.repeat(1500)}`,
    };
    const citations = Array.from({ length: 40 }, () => long);
    const [text, card] = render(
      [
        { kind: 'quote', markdown: 'q'.repeat(500_000) },
        { kind: 'sources', label: 'From', citations },
      ],
      {
        buttons: ['solved'],
      },
    );
    const [entity] = (text?.['entities'] ?? []) as { citation: { appearance: Record<string, string> }[] }[];
    expect(entity?.citation).toHaveLength(10);
    for (const { appearance } of entity?.citation ?? []) {
      expect([appearance['name']?.length, appearance['abstract']?.length, appearance['url']]).toEqual([
        80,
        160,
        undefined,
      ]);
    }
    expect(text?.['text']).toMatch(/\[9\] \[10\]$/);
    expect(Math.max(weigh(text), weigh(card))).toBeLessThan(100_000);
  });
});
