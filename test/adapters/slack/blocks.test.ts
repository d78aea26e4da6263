import { renderReply } from '../../../adapters/slack/blocks.ts';
import { findProblems } from '../../../sandbox/slack/block-kit/index.ts';
import { actionIds } from '../../../adapters/slack/usage.ts';
import { cutMrkdwn, escapeMrkdwn, linkMrkdwn, safeUrl } from '../../../adapters/slack/mrkdwn.ts';
import type { Action } from '#domain/conversation.ts';
import type { Citation } from '#domain/decision.ts';
import type { Reply, ReplyPart } from '#domain/reply.ts';

const vpn: Citation = {
  chunkId: 'c1',
  documentId: 'd1',
  title: 'VPN keeps dropping',
  url: 'https://kb.example.com/vpn',
};
const mrkdwn = (text: string) => ({ type: 'mrkdwn', text, verbatim: true });
const blocksOf = (parts: readonly ReplyPart[], buttons: Reply['buttons'] = []) =>
  renderReply({ parts, buttons }, '42').blocks;

test('an answer: our words, the quote, its source, the buttons', () => {
  const reply: Reply = {
    parts: [
      { kind: 'text', text: 'This is what the guide says:' },
      { kind: 'quote', markdown: '## Steps\n\n1. Update the client.' },
      { kind: 'sources', label: 'Source', citations: [vpn] },
      { kind: 'note', text: 'Searched for “drops” instead of “dorps”.' },
    ],
    buttons: ['solved', 'get-human'],
  };
  expect(renderReply(reply, '42')).toEqual({
    text: 'This is what the guide says: Steps',
    blocks: [
      { type: 'section', text: mrkdwn('This is what the guide says:') },
      { type: 'markdown', text: '## Steps\n\n1. Update the client.' },
      { type: 'section', text: mrkdwn('Source <https://kb.example.com/vpn|VPN keeps dropping>') },
      { type: 'context', elements: [mrkdwn('Searched for “drops” instead of “dorps”.')] },
      {
        type: 'actions',
        block_id: 'turn/42/solved+get_human',
        elements: [
          {
            type: 'button',
            action_id: 'solved',
            text: { type: 'plain_text', text: 'Solved' },
            value: '42',
            accessibility_label: 'Mark this as solved',
            style: 'primary',
          },
          {
            type: 'button',
            action_id: 'get_human',
            text: { type: 'plain_text', text: 'Get a human' },
            value: '42',
            accessibility_label: 'Hand this over to a person in IT',
          },
        ],
      },
    ],
  });
});

test('only the row of buttons has a name: what else stands there may change', () => {
  const parts: ReplyPart[] = [
    { kind: 'text', text: 'a' },
    { kind: 'note', text: 'Marked as solved.' },
  ];
  expect(blocksOf(parts, ['solved']).map(({ block_id: id }) => id)).toEqual([undefined, undefined, 'turn/42/solved']);
  expect(blocksOf(parts).map(({ block_id: id }) => id)).toEqual([undefined, undefined]);
});

test('an offer of a private answer has its button first', () => {
  const blocks = blocksOf([{ kind: 'text', text: 'Here.' }], ['answer-privately', 'get-human']);
  expect(blocks.at(-1)).toMatchObject({
    block_id: 'turn/42/answer_privately+get_human',
    elements: [
      { action_id: 'answer_privately', text: { text: 'Send it to me privately' }, value: '42', style: 'primary' },
      { action_id: 'get_human', value: '42' },
    ],
  });
});

test('a link stands between our words', () => {
  const part: ReplyPart = {
    kind: 'link',
    before: 'About ',
    text: 'it <now>',
    url: 'https://x.example/?a&b',
    after: ': “<!here>”',
  };
  expect(renderReply({ parts: [part], buttons: [] }, '42')).toMatchObject({
    text: 'About it &lt;now&gt;: “&lt;!here&gt;”',
    blocks: [{ text: { text: 'About <https://x.example/?a&amp;b|it &lt;now&gt;>: “&lt;!here&gt;”' } }],
  });
});

test('a ticket is a link between our words', () => {
  const ticket: ReplyPart = {
    kind: 'ticket',
    before: 'I opened ',
    key: 'IT-4211',
    url: 'https://jira.example.com/browse/IT-4211?a=1&b=2',
    after: '. Replies appear here.',
  };
  expect(renderReply({ parts: [ticket], buttons: [] }, '42')).toMatchObject({
    text: 'I opened IT-4211. Replies appear here.',
    blocks: [
      {
        text: mrkdwn('I opened <https://jira.example.com/browse/IT-4211?a=1&amp;b=2|IT-4211>. Replies appear here.'),
      },
    ],
  });
});

test.each([
  ['a mention of everybody', '<!channel> & <@U1>', '&lt;!channel&gt; &amp; &lt;@U1&gt;'],
  ['a fake link', '<https://evil.example|Reset password>', '&lt;https://evil.example|Reset password&gt;'],
  ['invisible characters', 'a\u200Bb\u202Ec', 'abc'],
  ['right-to-left text', 'لا يعمل', 'لا يعمل'],
])('our own words hold %s as plain text', (_, text, expected) => {
  expect(renderReply({ parts: [{ kind: 'text', text }], buttons: [] }, '42')).toEqual({
    text: expected,
    blocks: [{ type: 'section', text: mrkdwn(expected) }],
  });
  expect(blocksOf([{ kind: 'note', text }])).toMatchObject([{ elements: [mrkdwn(expected)] }]);
});

test.each([
  ['a usual one', vpn.url, vpn.title, '<https://kb.example.com/vpn|VPN keeps dropping>'],
  ['a title in Slack’s markup', vpn.url, '<!here> | a > b', '<https://kb.example.com/vpn|&lt;!here&gt; ¦ a &gt; b>'],
  [
    'a title over two lines',
    vpn.url,
    'VPN\n<https://evil.example|x>',
    '<https://kb.example.com/vpn|VPN &lt;https://evil.example¦x&gt;>',
  ],
  ['no title', vpn.url, ' \u200B', '<https://kb.example.com/vpn|https://kb.example.com/vpn>'],
  ['an address that ends the link', 'https://x.example/a|b>c<d', 'T', '<https://x.example/a%7Cb%3Ec%3Cd|T>'],
  ['an address with a query', 'https://x.example/?a=1&b=2', 'T', '<https://x.example/?a=1&amp;b=2|T>'],
  ['an address that runs', 'javascript:alert(1)', 'T', 'T'],
  ['no address', '', 'T', 'T'],
  ['a path', '/vpn.md', 'T', 'T'],
])('a source with %s', (...[, url, title, expected]) => {
  expect(linkMrkdwn(url, title)).toBe(expected);
});

test.each([
  ['https://x.example/a b', 'https://x.example/a%20b'],
  ['HTTPS://X.EXAMPLE', 'https://x.example/'],
  ['mailto:it@x.example', 'mailto:it@x.example'],
  ['http://x.example/`*[]', 'http://x.example/%60%2A%5B%5D'],
  ['https://user:secret@x.example/', null],
  ['data:text/html,x', null],
  ['slack://open', null],
  [`https://x.example/${'a'.repeat(3000)}`, null],
])('the address %s becomes %s', (url, expected) => {
  expect(safeUrl(url)).toBe(expected);
});

test('escaping touches nothing but the three characters', () => {
  expect(escapeMrkdwn(`a & b < c > d "e" 'f' *g* |`)).toBe(`a &amp; b &lt; c &gt; d "e" 'f' *g* |`);
});

test.each([
  ['abc', 3, 'abc'],
  ['abcd', 3, 'ab…'],
  ['&&&&', 11, '&amp;&amp;…'],
  ['a😀bc', 3, 'a…'],
])('%s cut at %d characters is %s', (text, limit, expected) => {
  expect(cutMrkdwn(text, limit)).toBe(expected);
});

/** All text of a message, as much as Slack could count. */
function charactersOf(value: unknown): number {
  if (typeof value === 'string') return value.length;
  return Object.values(Object(value) as object).reduce((sum: number, each) => sum + charactersOf(each), 0);
}

describe('limits', () => {
  const manySources: ReplyPart = {
    kind: 'sources',
    label: 'Sources',
    citations: Array.from({ length: 60 }, () => ({ ...vpn, title: 'T'.repeat(400) })),
  };

  test.each<[string, readonly ReplyPart[]]>([
    ['a quote of 40,000 characters', [{ kind: 'quote', markdown: 'word '.repeat(8000) }]],
    ['a quote of 40,000 characters to escape', [{ kind: 'quote', markdown: '<x'.repeat(20_000) }]],
    ['two long quotes', [1, 2].map(() => ({ kind: 'quote', markdown: 'A line.\n\n'.repeat(4000) }))],
    ['our words, 40,000 characters to escape', [{ kind: 'text', text: '<&'.repeat(20_000) }]],
    ['a hundred parts', Array.from({ length: 100 }, () => ({ kind: 'note', text: 'a'.repeat(100) }))],
    ['ten long texts', Array.from({ length: 10 }, () => ({ kind: 'text', text: 'a'.repeat(4000) }))],
    ['sixty sources', [{ kind: 'quote', markdown: 'A line.\n\n'.repeat(4000) }, manySources]],
    [
      'a ticket with very long words',
      [{ kind: 'ticket', before: '<'.repeat(5000), key: 'IT-1', url: 'https://x.example/', after: '>'.repeat(5000) }],
    ],
  ])('%s stays within Slack’s limits and keeps its buttons', (_, parts) => {
    const { text, blocks } = renderReply({ parts, buttons: ['solved', 'get-human'] }, '42');
    expect(charactersOf([text, blocks])).toBeLessThanOrEqual(8200);
    expect(text.length).toBeLessThanOrEqual(300);
    expect(text.length).toBeGreaterThan(0);
    expect(blocks.length).toBeGreaterThan(1);
    expect(blocks.length).toBeLessThanOrEqual(50);
    expect(blocks.at(-1)?.type).toBe('actions');
    for (const block of blocks) {
      if (block.type === 'section') expect(block.text?.text.length).toBeLessThanOrEqual(3000);
      if (block.type === 'markdown') expect(block.text.length).toBeGreaterThan(200);
    }
  });

  test('a quote that is cut says where to read on', () => {
    const markdown = `${'A paragraph of the guide.\n\n'.repeat(500)}The end.`;
    const [quote] = blocksOf([
      { kind: 'quote', markdown },
      { kind: 'sources', label: 'Source', citations: [vpn] },
    ]);
    expect(quote).toMatchObject({
      text: expect.stringMatching(/guide\.\n\n… \[Continue reading\]\(https:\/\/kb\.example\.com\/vpn\)$/),
    });
  });

  test('a quote that is whole does not', () => {
    expect(
      blocksOf([
        { kind: 'quote', markdown: 'All of it.' },
        { kind: 'sources', label: 'S', citations: [vpn] },
      ])[0],
    ).toEqual({
      type: 'markdown',
      text: 'All of it.',
    });
  });

  test('a block is named within 255 characters', () => {
    const { blocks } = renderReply({ parts: [], buttons: ['solved'] }, 'x'.repeat(400));
    expect(blocks[0]?.block_id).toHaveLength(255);
  });

  test('all that people say is cut, and says where to read on', () => {
    const said: ReplyPart = { kind: 'said', who: 'Rui Costa', markdown: 'A line <b>of</b> many.\n\n'.repeat(4000) };
    const ticket: ReplyPart = {
      kind: 'ticket',
      before: '',
      key: 'IT-1',
      url: 'https://jira.example.com/IT-1',
      after: '',
    };
    const { text, blocks } = renderReply({ parts: [said, said, ticket], buttons: ['solved', 'not-yet'] }, '42');
    expect(charactersOf([text, blocks])).toBeLessThanOrEqual(8200);
    expect(blocks.map(({ type }) => type)).toEqual([
      'section',
      'markdown',
      'section',
      'markdown',
      'section',
      'actions',
    ]);
    expect(blocks[1]).toMatchObject({
      text: expect.stringMatching(/many\.\n\n… \[Continue reading\]\(https:\/\/jira\.example\.com\/IT-1\)$/),
    });
  });
});

test.each<[string, readonly ReplyPart[], string]>([
  ['nothing', [], '…'],
  [
    'empty parts',
    [
      { kind: 'text', text: ' ' },
      { kind: 'quote', markdown: '\n' },
    ],
    '…',
  ],
  [
    'a quote that begins with a list',
    [{ kind: 'quote', markdown: '\n- **Open** [AnyGate](https://x.example)\n- b' }],
    'Open AnyGate',
  ],
  ['sources', [{ kind: 'sources', label: 'These may help:', citations: [vpn] }], 'These may help: VPN keeps dropping'],
  ['only the first line', [{ kind: 'text', text: 'One.\nTwo.' }], 'One.'],
  ['a mention', [{ kind: 'quote', markdown: '<!channel> hi' }], '&lt;!channel&gt; hi'],
])('the summary for a notification of %s', (_, parts, text) => {
  expect(renderReply({ parts, buttons: [] }, '42').text).toBe(text);
});

describe('what a person in IT says', () => {
  const said = (markdown: string, who = 'Rui Costa') =>
    renderReply({ parts: [{ kind: 'said', who, markdown }], buttons: [] }, '42');

  test('is their words below their name', () => {
    expect(said('Please **restart** it.\n\n- now')).toEqual({
      text: 'Rui Costa: Please restart it.',
      blocks: [
        { type: 'section', text: mrkdwn('*Rui Costa* from IT:') },
        { type: 'markdown', text: 'Please **restart** it.\n\n- now' },
      ],
    });
  });

  test("is told from the requester's own on the ticket", () => {
    const own = { kind: 'said', who: 'Rita Poe', markdown: 'Building B.', side: 'requester' } as const;
    expect(renderReply({ parts: [own], buttons: [] }, '42').blocks[0]).toEqual({
      type: 'section',
      text: mrkdwn('*Rita Poe* on the ticket:'),
    });
  });

  test("is told from the requester's own in another chat", () => {
    const own = { kind: 'said', who: 'Rita Poe', markdown: 'Still.', side: 'elsewhere' } as const;
    expect(renderReply({ parts: [own], buttons: [] }, '42').blocks[0]).toEqual({
      type: 'section',
      text: mrkdwn('*Rita Poe* from another chat:'),
    });
  });

  test('that is too long says that the rest is on the ticket', () => {
    const [, words] = said('words '.repeat(4000)).blocks;
    expect(JSON.stringify(words)).toMatch(/… \(the rest is on the ticket\)"\}$/);
  });

  test.each([
    ['a mention of a person', 'Ask <@U0ANA0001>.', 'Ask &lt;@U0ANA0001>.'],
    [
      'a mention of a channel',
      '<!channel> <!here|here> <!subteam^S1>',
      '&lt;!channel> &lt;!here|here> &lt;!subteam^S1>',
    ],
    ['a mention in code', '`<!channel>`', '`< !channel>`'],
    ['a mention of everyone', '@everyone @channel @here', '@everyone @channel @here'],
    ['a link', 'See [the guide](https://kb.example.com/a)', 'See [the guide](https://kb.example.com/a)'],
    ['a link that runs', 'See [this](javascript:alert(1)) [or](slack://open)', 'See this or'],
    ['a link to an address', '[IT](mailto:it@example.com)', '[IT](mailto:it@example.com)'],
    ['a picture', '![the dialog](https://x.example/a.png)', '[the dialog](https://x.example/a.png)'],
    ['a picture without an address', '![the dialog](attachment:a.png)', 'the dialog'],
    ['a fake link', '<https://evil.example|Reset password>', '&lt;https://evil.example|Reset password>'],
    ['HTML', '<script>x</script><b>bold</b>', 'bold'],
  ])('mentions and runs nothing: %s', (_, markdown, text) => {
    expect(said(markdown).blocks[1]).toEqual({ type: 'markdown', text });
  });

  test.each([
    ['with mentions and markup', '<!channel> *Rui* _C_ `x` ~y~', '*&lt;!channel&gt; Rui C x y* from IT:'],
    ['over several lines', 'Rui\nCosta', '*Rui Costa* from IT:'],
    ['that nobody sees', ' \u200B', '*A person* from IT:'],
  ])('stands below a name %s', (_, who, text) => {
    expect(said('Hello.', who).blocks[0]).toEqual({ type: 'section', text: mrkdwn(text) });
  });

  test('is named in the notification, without mentioning anybody', () => {
    expect(said('<!channel> hi', '<@U1>').text).toBe('&lt;@U1&gt;: &lt;!channel&gt; hi');
  });
});

describe('lists', () => {
  test('questions that one can ask are read, without markup', () => {
    const prompts = ['How do I reset\nmy password?', 'Ask <!channel> & me'];
    const reply = { parts: [{ kind: 'text', text: 'Hello.' }, { kind: 'prompts', prompts } as const], buttons: [] };
    expect(renderReply(reply as Reply, '42')).toEqual({
      text: 'Hello.',
      blocks: [
        { type: 'section', text: mrkdwn('Hello.') },
        {
          type: 'section',
          text: mrkdwn('You can ask:\n• How do I reset my password?\n• Ask &lt;!channel&gt; &amp; me'),
        },
      ],
    });
    expect(blocksOf([{ kind: 'prompts', prompts: [] }])).toEqual([]);
  });

  const request = {
    key: 'IT-4',
    url: 'https://jira.example/browse/IT-4',
    summary: 'VPN <drops> & dies',
    standing: 'IT is working on it',
  };

  test('requests come with a link, what they are about and how they stand', () => {
    const unlinked = { ...request, key: 'IT-5', url: 'javascript:alert(1)', summary: '' };
    expect(renderReply({ parts: [{ kind: 'requests', requests: [request, unlinked] }], buttons: [] }, '42')).toEqual({
      text: 'IT-4: IT is working on it IT-5: IT is working on it',
      blocks: [
        {
          type: 'section',
          text: mrkdwn('• <https://jira.example/browse/IT-4|IT-4>: VPN &lt;drops&gt; &amp; dies\nIT is working on it'),
        },
        { type: 'section', text: mrkdwn('• IT-5: IT is working on it') },
      ],
    });
  });

  test('lists that are too long are cut', () => {
    const long = { ...request, summary: '&'.repeat(5000), standing: 'x'.repeat(5000) };
    const parts: readonly ReplyPart[] = [
      { kind: 'requests', requests: Array.from({ length: 80 }, () => long) },
      { kind: 'prompts', prompts: Array.from({ length: 80 }, () => '<'.repeat(5000)) },
    ];
    const { text, blocks } = renderReply({ parts, buttons: ['solved'] }, '42');
    expect(text.length).toBeLessThanOrEqual(300);
    expect(JSON.stringify(blocks).length).toBeLessThan(11_000);
    expect(blocks.at(-1)?.type).toBe('actions');
    for (const block of blocks) if (block.type === 'section') expect(block.text!.text.length).toBeLessThan(3000);
  });
});

describe('buttons', () => {
  const facesOf = (buttons: Reply['buttons']) => {
    const row = blocksOf([{ kind: 'text', text: 'a' }], buttons).at(-1);
    if (row?.type !== 'actions') return null;
    return row.elements.map((element) =>
      element.type === 'button' ? [element.action_id, element.text.text, element.style ?? '', element.value] : null,
    );
  };

  test.each<[Reply['buttons'], string[][]]>([
    [
      ['solved', 'not-yet'],
      [
        ['solved', 'Solved', 'primary', '42'],
        ['not_yet', 'Not yet', '', '42'],
      ],
    ],
    [
      ['follow', 'get-human'],
      [
        ['follow', 'Follow it', '', '42'],
        ['get_human', 'Get a human', '', '42'],
      ],
    ],
    [['continue', 'helpful', 'not-helpful', 'details'], [['continue', 'Continue there', 'primary', '42']]],
    [
      ['rate-1', 'rate-2', 'rate-3', 'rate-4', 'rate-5'],
      ['1 poor', '2', '3', '4', '5 great'].map((rate) => [`rate_${rate.charAt(0)}`, rate, '', '42']),
    ],
    [
      ['take', 'answer-here', 'mute'],
      [
        ['take', 'Take', '', '42'],
        ['answer_here', 'Answer from here', '', '42'],
        ['mute', 'Mute', '', '42'],
      ],
    ],
    [
      ['approve', 'edit', 'discard'],
      [
        ['approve', 'Approve', 'primary', '42'],
        ['edit', 'Edit', '', '42'],
        ['discard', 'Discard', 'danger', '42'],
      ],
    ],
  ])('%j', (buttons, expected) => {
    expect(facesOf(buttons)).toEqual(expected);
  });

  test('a rating says aloud what it means', () => {
    const row = blocksOf([], ['rate-1', 'rate-5']).at(-1);
    expect(row).toMatchObject({
      elements: [
        { accessibility_label: '1 poor: the lowest of 5' },
        { accessibility_label: '5 great: the highest of 5' },
      ],
    });
  });

  test('what only a form can be has none', () => {
    expect(facesOf(['details', 'comment-rating'])).toBeNull();
    expect(facesOf(['details', 'solved'])).toEqual([['solved', 'Solved', 'primary', '42']]);
  });

  test('all of them are within Slack’s limits', () => {
    const blocks = blocksOf([{ kind: 'text', text: 'a' }], Object.keys(actionIds) as Action[]);
    expect(findProblems('blocks', blocks)).toEqual([]);
  });
});
