import type { AdfNode, Issue } from '../../sandbox/jira/index.ts';
import {
  add,
  ask,
  hasButtons,
  issuesOf,
  named,
  posts,
  postsFrom,
  press,
  shown,
  type Thread,
  ticketOf,
} from './threads.ts';
import { startWorkplace, wikiPath, type Workplace } from './workplace.ts';

const patienceMs = 120_000;
const settings = { ANSWER_AT: '0.1', SUGGEST_AT: '0.1', EXCLUDED_TOPICS: 'wage garnishment, vpn contract' };
const vpn = 'my vpn keeps droping';
const vpnSource = wikiPath('network/vpn-keeps-dropping.md');
/** No document has any of these words, or one like them. */
const unknown = 'zorblatt flumox quintle';
const createIssue = '/rest/api/3/issue';
const creation = { match: '', only: `POST ${createIssue}` } as const;

let place: Workplace;
beforeAll(async () => {
  place = await startWorkplace(settings);
}, patienceMs);
afterAll(() => place.close());
afterEach(() => {
  place.slack.faults.clear();
  place.jira.faults.clear();
});

/** The words of a description, a line for each block. */
function textOf({ description }: Issue): string {
  const words = (node: AdfNode): string =>
    node.text ?? (node.type === 'hardBreak' ? '\n' : (node.content ?? []).map(words).join(''));
  return (description?.content ?? []).map(words).join('\n');
}

function linksOf({ description }: Issue): readonly unknown[] {
  const links = ({ marks = [], content = [] }: AdfNode): readonly unknown[] => [
    ...marks.filter(({ type }) => type === 'link').map(({ attrs }) => attrs?.['href']),
    ...content.flatMap(links),
  ];
  return description === null ? [] : links(description);
}

async function answered(name: string): Promise<{ thread: Thread; ts: string }> {
  const thread = await ask(place, { as: named(place, name), text: vpn });
  const [answer] = await postsFrom(place, thread, 1);
  return { thread, ts: answer!.ts };
}

function creations() {
  return place.jira.calls.filter(({ method, path }) => method === 'POST' && path === createIssue);
}

describe('Get a human', () => {
  test(
    'makes a ticket that holds all there is to know, and tells its key with a link',
    async () => {
      const { thread, ts } = await answered('Inês');
      expect(await press(place, thread, { ts, actionId: 'get_human' })).toBe(200);
      const issue = await ticketOf(place, thread);
      const text = textOf(issue);
      expect(issue.summary).toBe(vpn);
      expect(text).toMatch(/^Question\nmy vpn keeps droping\n/);
      expect(text).toContain('Inês Carvalho (ines.carvalho@brindlow.example)');
      expect(text).toContain('The employee asked for a person.');
      expect(text).toMatch(/What was found\nVPN keeps dropping or won't reconnect \(shown to the employee\)/);
      const transcript = text.slice(text.indexOf('\nConversation\n'));
      expect(transcript).toMatch(
        /Inês Carvalho · .* UTC\nmy vpn keeps droping\nFirstline · .* UTC\n[^]*\nVPN keeps dropping or won't reconnect: https?:.*\nInês Carvalho · .* UTC\n\(pressed Get a human\)$/,
      );
      const permalink = expect.stringContaining(`/archives/${thread.channel}/p${thread.ts.replace('.', '')}`);
      expect(linksOf(issue)).toEqual(expect.arrayContaining([permalink, expect.stringContaining(vpnSource)]));
      expect(issue.remoteLinks.map(({ object }) => object.url)).toEqual([permalink]);
      expect(issue.labels).toEqual(['asked-for-a-person', 'firstline', expect.stringMatching(/^firstline-[\w-]+$/)]);
      expect(issue.reporter?.displayName).toBe('Inês Carvalho');
      const told = posts(place, thread).map(shown).at(-1);
      expect(told).toContain(`<${place.jira.url}/browse/${issue.key}|${issue.key}>`);
    },
    patienceMs,
  );

  test(
    'replaces the buttons by what has become of the question',
    async () => {
      const { thread, ts } = await answered('Inês');
      await press(place, thread, { ts, actionId: 'get_human' });
      await ticketOf(place, thread);
      await place.until('the buttons are gone', () => !posts(place, thread).some(hasButtons));
      const [answer] = posts(place, thread).map(shown);
      expect(answer).toContain('Handed over to the IT team for Inês Carvalho');
      expect(answer).toContain(vpnSource);
    },
    patienceMs,
  );

  test(
    'names somebody without a Jira account in the text, and sets no reporter for them',
    async () => {
      const { thread, ts } = await answered('Femke');
      await press(place, thread, { ts, actionId: 'get_human' });
      const issue = await ticketOf(place, thread);
      expect(textOf(issue)).toContain('Femke Hoekstra (femke.hoekstra@brindlow.example)');
      expect(issue.reporter?.displayName).toBe('Firstline');
    },
    patienceMs,
  );

  test(
    'pressed twice makes one ticket',
    async () => {
      const { thread, ts } = await answered('Inês');
      const before = creations().length;
      const click = () => press(place, thread, { ts, actionId: 'get_human' });
      expect(await Promise.all([click(), click()])).toEqual([200, 200]);
      await ticketOf(place, thread);
      // Jobs of a conversation run in order: a second ticket would be there before this comment.
      await add(place, thread, 'it is the Lisbon office');
      await place.until('the comment is there', () => issuesOf(place, thread)[0]?.comments.length === 1);
      expect([creations().length - before, issuesOf(place, thread).length, posts(place, thread).length]).toEqual([
        1, 1, 2,
      ]);
    },
    patienceMs,
  );
});

test.each([
  ['what no document knows', unknown, 'nothing-found', 'Nothing in the documents'],
  ['who asks for a person in words', 'can I talk to a human please', 'asked-for-a-person', 'asked for a person'],
  [
    'an excluded topic, though an article is near',
    'my VPN contracts: vpn keeps dropping',
    'excluded-topic',
    'always handed over',
  ],
])(
  '%s becomes a ticket at once, with the reason',
  async (_, text, reason, words) => {
    const thread = await ask(place, { as: named(place, 'Inês'), text });
    const issue = await ticketOf(place, thread);
    expect(issue.labels).toContain(reason);
    expect(textOf(issue)).toContain(words);
    expect(posts(place, thread).map(shown)).toEqual([expect.stringContaining(issue.key)]);
  },
  patienceMs,
);

test(
  'what is added after the ticket becomes comments, in order and with its author',
  async () => {
    const { thread, ts } = await answered('Inês');
    await press(place, thread, { ts, actionId: 'get_human' });
    await ticketOf(place, thread);
    const added = ['it is the Lisbon office', 'since Monday', 'now the printer too', 'and it is urgent'];
    for (const text of added) await add(place, thread, text);
    const { channel } = thread;
    const files = [{ name: 'heron.log', mimetype: 'text/plain', size: 10 }];
    await place.slack.say({ as: thread.person, channel, threadTs: thread.ts, text: 'the log', files });
    const comments = () => issuesOf(place, thread)[0]?.comments ?? [];
    await place.until('all are on the ticket', () => comments().length === 5);
    const bodies = comments().map(({ body }) => textOf({ description: body } as Issue));
    expect(bodies).toEqual([
      ...added.map((text) => `Inês Carvalho\n${text}`),
      'Inês Carvalho\nthe log\n(files: heron.log)',
    ]);
    expect(posts(place, thread)).toHaveLength(2);
  },
  patienceMs,
);

describe('when Jira', () => {
  test(
    'is down, the employee is told once that the request is taken, and has one issue with all that was said afterwards',
    async () => {
      place.jira.faults.set({ match: '', kind: 'status', status: 503, times: Infinity });
      const before = place.jira.calls.length;
      const thread = await ask(place, { as: named(place, 'Inês'), text: unknown });
      await postsFrom(place, thread, 1);
      await add(place, thread, 'it is the Lisbon office');
      await place.until('it was tried twice', () => place.jira.calls.length >= before + 2);
      place.jira.faults.clear();
      const issue = await ticketOf(place, thread);
      await place.until('the comment is there', () => place.jira.issue(issue.key)?.comments.length === 1);
      expect(posts(place, thread).map(shown)).toEqual([
        expect.stringContaining('Your request is taken'),
        expect.stringContaining(issue.key),
      ]);
      expect(issuesOf(place, thread)).toHaveLength(1);
    },
    patienceMs,
  );

  test.each(['drop', 'drop-after'] as const)(
    'breaks the connection (%s) while the issue is made, there is one issue',
    async (kind) => {
      place.jira.faults.set({ ...creation, kind, times: 1 });
      const thread = await ask(place, { as: named(place, 'Inês'), text: unknown });
      const issue = await ticketOf(place, thread);
      expect(issuesOf(place, thread).map(({ key }) => key)).toEqual([issue.key]);
      expect(posts(place, thread).map(shown)).toEqual([
        expect.stringContaining('Your request is taken'),
        expect.stringContaining(issue.key),
      ]);
    },
    patienceMs,
  );

  test(
    'does not find at once what it has just made, there is one issue all the same',
    async () => {
      place.jira.searchLagMs = 1500;
      place.jira.faults.set({ ...creation, kind: 'drop-after', times: 1 });
      const thread = await ask(place, { as: named(place, 'Inês'), text: unknown });
      await ticketOf(place, thread);
      place.jira.searchLagMs = 0;
      expect(issuesOf(place, thread)).toHaveLength(1);
    },
    patienceMs,
  );

  test(
    'asks to wait, no issue is made meanwhile',
    async () => {
      const before = creations().length;
      place.jira.faults.set({ ...creation, kind: 'rate-limit', retryAfterSeconds: 3, times: 1 });
      const thread = await ask(place, { as: named(place, 'Inês'), text: unknown });
      await place.until('it is asked to wait', () => creations().length > before);
      const another = await ask(place, { as: named(place, 'Tomasz'), text: unknown });
      await ticketOf(place, thread);
      await ticketOf(place, another);
      const [refused, ...later] = creations().slice(before);
      expect([refused?.status, later.length]).toEqual([429, 2]);
      const wait = Math.min(...later.map(({ at }) => Date.parse(at))) - Date.parse(refused!.at);
      expect(wait).toBeGreaterThanOrEqual(3000);
    },
    patienceMs,
  );

  test.each([
    ['link', '/remotelink'],
    ['comment', '/comment'],
  ])(
    'breaks the connection after it has made the %s, there is one',
    async (_, match) => {
      place.jira.faults.set({ match, kind: 'drop-after', times: 1 });
      const thread = await ask(place, { as: named(place, 'Inês'), text: unknown });
      const { key } = await ticketOf(place, thread);
      await add(place, thread, 'it is the Lisbon office');
      await add(place, thread, 'since Monday');
      await place.until('both comments are there', () => (place.jira.issue(key)?.comments.length ?? 0) >= 2);
      await place.until('the link is there', () => place.jira.issue(key)?.remoteLinks.length === 1);
      const { comments, remoteLinks } = place.jira.issue(key)!;
      expect([comments.length, remoteLinks.length]).toEqual([2, 1]);
    },
    patienceMs,
  );

  test(
    'refuses the issue, the employee is told that it is taken, and has it when Jira takes it',
    async () => {
      place.jira.faults.set({ ...creation, kind: 'status', status: 400, times: Infinity });
      const thread = await ask(place, { as: named(place, 'Inês'), text: unknown });
      await postsFrom(place, thread, 1);
      place.jira.faults.clear();
      const issue = await ticketOf(place, thread);
      expect(posts(place, thread).map(shown)).toEqual([
        expect.stringContaining('Your request is taken'),
        expect.stringContaining(issue.key),
      ]);
    },
    patienceMs,
  );

  test(
    'demands a field that nobody has set, it is filled in, and the admins are told once which one',
    async () => {
      const admin = place.slack.dm(named(place, 'Hannah'));
      const told = () =>
        place.slack
          .messages(admin)
          .map(shown)
          .filter((text) => /due ?date/i.test(text));
      place.jira.requiredFields.push('duedate');
      for (const name of ['Inês', 'Tomasz']) {
        await ticketOf(place, await ask(place, { as: named(place, name), text: unknown }));
      }
      place.jira.requiredFields.length = 0;
      expect(await place.until('the admin is told', () => told().length > 0 && told())).toHaveLength(1);
    },
    patienceMs,
  );
});

describe('when Slack', () => {
  test.each([
    ['asks to wait', { kind: 'rate-limit', retryAfterSeconds: 1 }],
    ['fails', { kind: 'status', status: 500 }],
    ['hangs up before it has posted', { kind: 'drop' }],
    ['hangs up after it has posted', { kind: 'drop-after' }],
  ] as const)(
    '%s, the answer is posted once',
    async (_, fault) => {
      place.slack.faults.set({ match: 'chat.postMessage', times: 1, ...fault });
      const { thread, ts } = await answered('Inês');
      // Posts of a thread come in order: were there another answer, it would stand before the key.
      await press(place, thread, { ts, actionId: 'get_human' });
      await ticketOf(place, thread);
      expect(posts(place, thread).map((post) => shown(post).includes(vpnSource))).toEqual([true, false]);
    },
    patienceMs,
  );

  test(
    'cannot replace the buttons, they are replaced later',
    async () => {
      const { thread, ts } = await answered('Inês');
      place.slack.faults.set({ match: 'chat.update', kind: 'status', status: 500, times: 1 });
      await press(place, thread, { ts, actionId: 'solved' });
      await place.until('the buttons are gone', () => !posts(place, thread).some(hasButtons));
      expect(shown(posts(place, thread)[0])).toContain('Marked as solved by Inês Carvalho');
    },
    patienceMs,
  );

  test(
    'cannot say who asks, they are answered when it can',
    async () => {
      place.slack.faults.set({ match: 'users.info', kind: 'status', status: 500, times: 2 });
      const { thread } = await answered('Zeynep');
      expect(posts(place, thread)).toHaveLength(1);
    },
    patienceMs,
  );
});
