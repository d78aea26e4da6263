import { type Company, loadCompany } from '../../sandbox/company.ts';
import { add, ask, handled, hasButtons, issuesOf, named, posts, postsFrom, press, shown, ticketOf } from './threads.ts';
import { startWorkplace, wikiPath, type Workplace } from './workplace.ts';

const patienceMs = 120_000;

/** Thresholds of the test's own, so that a new fit does not change what happens: all that is found is an answer. */
const settings = { ANSWER_AT: '0.1', SUGGEST_AT: '0.1' };
const vpn = 'my vpn keeps droping';
const vpnSource = wikiPath('network/vpn-keeps-dropping.md');
/** No document has any of these words, or one like them. */
const unknown = 'zorblatt flumox quintle';
const itHelp = 'C04HLP2T9QK';
const newcomerNames = ['Noor', 'Nils', 'Nadia'];

/** The sample company, with a guest, and with newcomers who are in no channel: until they ask, nobody looks them up. */
function companyWithOthers(): Company {
  const company = loadCompany();
  const [first] = company.people;
  const { jiraAccountId: _, ...someone } = first!;
  const guest = { ...someone, slackId: 'U0GUEST001', name: 'Greta Guest', email: 'greta@agency.example', guest: true };
  const newcomers = newcomerNames.map((name, index) => {
    return { ...someone, slackId: `U0NEW0000${index}`, name, email: `newcomer${index}@brindlow.example` };
  });
  return { ...company, people: [...company.people, guest, ...newcomers] };
}

let place: Workplace;
beforeAll(async () => {
  place = await startWorkplace(settings, companyWithOthers());
}, patienceMs);
afterAll(() => place.close());
afterEach(() => {
  place.slack.faults.clear();
  place.slack.delivery.copies = 1;
});

describe('an answer', () => {
  test(
    'stands in the thread of the direct message, with its source and both buttons',
    async () => {
      const thread = await ask(place, { as: named(place, 'Inês'), text: vpn });
      const [answer] = await postsFrom(place, thread, 1);
      expect(shown(answer)).toContain('Install the waiting update');
      expect(shown(answer)).toContain(vpnSource);
      expect(hasButtons(answer!)).toBe(true);
      expect(answer?.thread_ts).toBe(thread.ts);
    },
    patienceMs,
  );

  test(
    'comes once for five deliveries of the same event',
    async () => {
      place.slack.delivery.copies = 5;
      const before = place.slack.deliveries.length;
      const thread = await ask(place, { as: named(place, 'Inês'), text: vpn });
      const copies = () => {
        const events = Object.values(Object.groupBy(place.slack.deliveries.slice(before), ({ id }) => id));
        return events.find((event = []) => event.length === 5);
      };
      const question = await place.until('all five are delivered', copies);
      expect(question.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200]);
      place.slack.delivery.copies = 1;
      await postsFrom(place, thread, 1);
      // Posts of a thread come in order: were there another answer, it would stand before this one.
      await add(place, thread, 'how do I connect a docking station to two monitors');
      await postsFrom(place, thread, 2);
      const [first, second] = posts(place, thread).map(shown);
      expect([first?.includes(vpnSource), second?.includes(vpnSource), posts(place, thread).length]).toEqual([
        true,
        false,
        2,
      ]);
    },
    patienceMs,
  );

  test(
    'is preceded by a status, which it clears',
    async () => {
      const statuses: string[] = [];
      const stop = place.slack.on(({ type, channel, threadTs = '' }) => {
        if (type === 'status') statuses.push(place.slack.status(channel, threadTs));
      });
      const thread = await ask(place, { as: named(place, 'Inês'), text: vpn });
      await postsFrom(place, thread, 1);
      await place.until('the status is cleared', () => statuses.at(-1) === '');
      stop();
      expect(statuses).toEqual([expect.stringContaining('searching'), '']);
    },
    patienceMs,
  );

  test(
    'comes also where a status cannot be shown',
    async () => {
      place.slack.faults.set({ match: 'assistant.threads.setStatus', kind: 'status', status: 500, times: 1 });
      const thread = await ask(place, { as: named(place, 'Inês'), text: vpn });
      await postsFrom(place, thread, 1);
      expect(posts(place, thread)).toHaveLength(1);
    },
    patienceMs,
  );
});

describe('in a channel', () => {
  const mention = `@Firstline ${vpn}`;

  test(
    'a mention gives one answer, although it arrives as message and as app_mention',
    async () => {
      const before = place.slack.deliveries.length;
      const thread = await ask(place, { as: named(place, 'Inês'), channel: itHelp, text: mention });
      await place.until('both events are in', () => place.slack.deliveries.length >= before + 2);
      await postsFrom(place, thread, 1);
      await add(place, thread, '@Firstline how do I connect a docking station to two monitors');
      await postsFrom(place, thread, 2);
      expect(posts(place, thread).map((post) => shown(post).includes(vpnSource))).toEqual([true, false]);
    },
    patienceMs,
  );

  test(
    'the asker is heard without a mention until a colleague speaks, and again when the bot is mentioned',
    async () => {
      const thread = await ask(place, { as: named(place, 'Inês'), channel: itHelp, text: mention });
      await postsFrom(place, thread, 1);
      await add(place, thread, 'how do I connect a docking station to two monitors');
      await postsFrom(place, thread, 2);
      const colleague = named(place, 'Tomasz');
      await handled(place, () => add(place, thread, 'mine had a paper jam in the printer last week', colleague));
      await handled(place, () => add(place, thread, 'how do I scan to email'));
      await add(place, thread, '@Firstline how do I share my calendar');
      await postsFrom(place, thread, 3);
      const [vpnAnswer, dock, calendar, ...more] = posts(place, thread).map(shown);
      expect(vpnAnswer).toContain(vpnSource);
      expect(dock).toContain(wikiPath('devices/docking-station.md'));
      expect(calendar).toContain('https://wiki.brindlow.example/it/calendar-sharing');
      expect(more).toEqual([]);
    },
    patienceMs,
  );

  test(
    'what is said without a mention is nothing to the bot, not even in the thread of such a message',
    async () => {
      const talk = await ask(place, { as: named(place, 'Inês'), channel: itHelp, text: vpn });
      await add(place, talk, 'really, every ten minutes', named(place, 'Tomasz'));
      const mentioned = await ask(place, { as: named(place, 'Inês'), channel: itHelp, text: mention });
      await postsFrom(place, mentioned, 1);
      expect(posts(place, talk)).toEqual([]);
    },
    patienceMs,
  );

  test(
    'who mentions the bot in a thread of others is answered there',
    async () => {
      const talk = await ask(place, { as: named(place, 'Inês'), channel: itHelp, text: 'morning all' });
      await add(place, talk, mention, named(place, 'Tomasz'));
      await postsFrom(place, talk, 1);
      expect(shown(posts(place, talk)[0])).toContain(vpnSource);
    },
    patienceMs,
  );
});

describe('a question that is changed before it is answered', () => {
  /** While Slack does not say who asks, nothing is decided. The person must not be known yet. */
  async function held(name: string, text: string) {
    place.slack.faults.set({ match: 'users.info', kind: 'status', status: 500, times: Infinity });
    const thread = await ask(place, { as: named(place, name), text });
    const asked = () =>
      place.slack.calls.some(({ method, args }) => method === 'users.info' && args['user'] === thread.person);
    await place.until('the bot is at work', asked);
    return thread;
  }

  async function acknowledged(act: () => Promise<void>): Promise<void> {
    const before = place.slack.deliveries.length;
    await act();
    await place.until('it is acknowledged', () => place.slack.deliveries[before]?.status === 200);
    place.slack.faults.clear();
  }

  test(
    'is answered as edited',
    async () => {
      const thread = await held('Noor', 'paper jam in the printer');
      const { person: as, channel, ts } = thread;
      await acknowledged(() => place.slack.edit({ as, channel, ts, text: vpn }));
      await postsFrom(place, thread, 1);
      await add(place, thread, 'how do I connect a docking station to two monitors');
      await postsFrom(place, thread, 2);
      expect(posts(place, thread).map((post) => shown(post).includes(vpnSource))).toEqual([true, false]);
    },
    patienceMs,
  );

  test(
    'is not answered when it was deleted',
    async () => {
      const thread = await held('Nils', vpn);
      const { person: as, channel, ts } = thread;
      await handled(place, () => acknowledged(() => place.slack.remove({ as, channel, ts })));
      const next = await ask(place, { as, text: vpn });
      await postsFrom(place, next, 1);
      const ofBot = place.slack.messages(channel).filter(({ bot_id }) => bot_id !== undefined);
      expect(ofBot.map(({ thread_ts }) => thread_ts)).toEqual([next.ts]);
    },
    patienceMs,
  );

  test(
    'is answered with what was said right after it, in one post',
    async () => {
      const thread = await held('Nadia', 'my vpn');
      await acknowledged(async () => void (await add(place, thread, 'it keeps droping')));
      await postsFrom(place, thread, 1);
      await add(place, thread, 'how do I connect a docking station to two monitors');
      await postsFrom(place, thread, 2);
      expect(posts(place, thread).map((post) => shown(post).includes(vpnSource))).toEqual([true, false]);
    },
    patienceMs,
  );
});

test(
  'neither its own posts nor those of other bots are answered',
  async () => {
    const { slack } = place;
    const thread = await ask(place, { as: named(place, 'Inês'), text: vpn });
    await postsFrom(place, thread, 1);
    const post = { type: 'message', channel: thread.channel, channel_type: 'im', text: vpn, thread_ts: thread.ts };
    const events = [
      { ...post, user: slack.botUserId, bot_id: slack.botId, app_id: slack.appId, ts: '1900000000.000100' },
      { ...post, user: 'U0OTHERBOT', bot_id: 'B0OTHERBOT', app_id: 'A0OTHER', ts: '1900000000.000200' },
      { ...post, subtype: 'bot_message', bot_id: 'B0OTHERBOT', ts: '1900000000.000300' },
      { ...post, user: 'USLACKBOT', ts: '1900000000.000400' },
    ];
    const ids = events.map((event) => slack.emit(event));
    const taken = () => slack.deliveries.filter(({ id, status }) => ids.includes(id) && status === 200);
    await place.until('all are acknowledged', () => taken().length === ids.length);
    await add(place, thread, 'how do I connect a docking station to two monitors');
    await postsFrom(place, thread, 2);
    expect(posts(place, thread).map((one) => shown(one).includes(vpnSource))).toEqual([true, false]);
  },
  patienceMs,
);

describe('Solved', () => {
  async function answered() {
    const thread = await ask(place, { as: named(place, 'Inês'), channel: itHelp, text: `@Firstline ${vpn}` });
    const [answer] = await postsFrom(place, thread, 1);
    return { thread, ts: answer!.ts };
  }
  const settled = (thread: Parameters<typeof posts>[1]) =>
    place.until('the buttons are gone', () => !posts(place, thread).some(hasButtons));

  test(
    'makes way for a line that says who said so, and makes no ticket',
    async () => {
      const { thread, ts } = await answered();
      expect(await press(place, thread, { ts, actionId: 'solved' })).toBe(200);
      await settled(thread);
      const [answer] = posts(place, thread);
      expect(shown(answer)).toContain('Marked as solved by Inês Carvalho');
      expect(shown(answer)).toContain(vpnSource);
      expect([posts(place, thread).length, issuesOf(place, thread)]).toEqual([1, []]);
    },
    patienceMs,
  );

  test(
    'may be typed as well',
    async () => {
      const { thread } = await answered();
      await add(place, thread, 'that fixed it, thanks!');
      await settled(thread);
      expect(shown(posts(place, thread)[0])).toContain('Marked as solved by Inês Carvalho');
      expect([posts(place, thread).length, issuesOf(place, thread)]).toEqual([1, []]);
    },
    patienceMs,
  );

  test(
    'is not for a colleague to press',
    async () => {
      const { thread, ts } = await answered();
      await handled(place, () => press(place, thread, { ts, actionId: 'solved', as: named(place, 'Tomasz') }));
      await handled(place, () => press(place, thread, { ts, actionId: 'get_human', as: named(place, 'Tomasz') }));
      expect([posts(place, thread).filter(hasButtons).length, issuesOf(place, thread)]).toEqual([1, []]);
      await press(place, thread, { ts, actionId: 'solved' });
      await settled(thread);
      expect([posts(place, thread).length, issuesOf(place, thread)]).toEqual([1, []]);
    },
    patienceMs,
  );

  test(
    'does not keep its asker from a person later on',
    async () => {
      const { thread, ts } = await answered();
      await press(place, thread, { ts, actionId: 'solved' });
      await settled(thread);
      await add(place, thread, 'can I talk to a human please');
      const issue = await ticketOf(place, thread);
      expect(issue.labels).toContain('asked-for-a-person');
    },
    patienceMs,
  );
});

describe('an article for finance only', () => {
  const question = 'how do I get month-end close access in northledger';
  const source = wikiPath('access/finance-close-access.md');
  const misspelt = 'how do I open the kingfischer windoww and the mergansr log';
  /** Words that only this article has. */
  const secrets = /kingfisher|merganser|stranded|4399|finance-close-access/i;

  test(
    'is quoted to a member of finance in a direct message',
    async () => {
      const thread = await ask(place, { as: named(place, 'Priya'), text: question });
      const [answer] = await postsFrom(place, thread, 1);
      expect(shown(answer)).toContain(source);
      expect(shown(answer)).toMatch(secrets);
    },
    patienceMs,
  );

  test(
    'is found by a member of finance who misspells its words',
    async () => {
      const thread = await ask(place, { as: named(place, 'Priya'), text: misspelt });
      const [answer] = await postsFrom(place, thread, 1);
      expect(shown(answer)).toContain('“kingfisher” for “kingfischer”');
    },
    patienceMs,
  );

  test.each([
    ['an employee in a direct message', 'Tomasz', undefined, question],
    ['an employee who misspells its words', 'Tomasz', undefined, misspelt],
    ['a member of finance in a channel', 'Priya', itHelp, `@Firstline ${question}`],
  ])(
    'leaves no trace for %s',
    async (_, name, channel, text) => {
      const thread = await ask(place, { as: named(place, name), text, ...(channel === undefined ? {} : { channel }) });
      const [reply] = await postsFrom(place, thread, 1);
      if (hasButtons(reply!)) await press(place, thread, { ts: reply!.ts, actionId: 'get_human' });
      const issue = await ticketOf(place, thread);
      const seen = [...posts(place, thread).map(shown), JSON.stringify(issue)].join('\n');
      expect(seen.match(secrets)).toBeNull();
    },
    patienceMs,
  );
});

test(
  'nothing is quoted to a guest: a person takes over',
  async () => {
    const thread = await ask(place, { as: named(place, 'Greta'), text: vpn });
    const issue = await ticketOf(place, thread);
    expect(issue.labels).toContain('nothing-found');
    expect([...posts(place, thread).map(shown), JSON.stringify(issue)].join('\n')).not.toMatch(
      /wiki\.brindlow\.example|\/wiki\/spaces\//,
    );
    expect(posts(place, thread)).toHaveLength(1);
  },
  patienceMs,
);

test(
  'a greeting is asked back, and after a second one a person takes over',
  async () => {
    const thread = await ask(place, { as: named(place, 'Inês'), text: 'hello there' });
    const [asked] = await postsFrom(place, thread, 1);
    expect(shown(asked)).toContain('What do you need help with?');
    await add(place, thread, 'hello?');
    expect((await ticketOf(place, thread)).labels).toContain('unsure');
    expect(posts(place, thread)).toHaveLength(2);
  },
  patienceMs,
);

test(
  'what no document knows becomes a ticket',
  async () => {
    const thread = await ask(place, { as: named(place, 'Inês'), text: unknown });
    expect((await ticketOf(place, thread)).labels).toContain('nothing-found');
    expect(posts(place, thread)).toHaveLength(1);
  },
  patienceMs,
);
