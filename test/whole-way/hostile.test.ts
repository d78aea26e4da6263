import { signatureHeaders } from '../../sandbox/slack/signing.ts';
import { add, ask, issuesOf, named, posts, postsFrom, press, shown, type Thread, ticketOf } from './threads.ts';
import { startWorkplace, wikiPath, type Workplace } from './workplace.ts';

const patienceMs = 120_000;
const settings = { ANSWER_AT: '0.1', SUGGEST_AT: '0.1' };
const vpn = 'my vpn keeps droping';
const vpnSource = wikiPath('network/vpn-keeps-dropping.md');
const unknown = 'zorblatt flumox quintle';
const itHelp = 'C04HLP2T9QK';

let place: Workplace;
const states: string[] = [];
beforeAll(async () => {
  place = await startWorkplace(settings);
  place.bot.on((state) => states.push(state));
}, patienceMs);
afterAll(() => place.close());
afterEach(async () => {
  expect((await fetch(`${place.botUrl}/readyz`)).status).toBe(200);
  expect(states).toEqual([]); // the process is still the one that was started
});

/** What wakes people up or leads them elsewhere, in Slack's encoding: from the bot it may only be text. */
const alarming = /<!(?:channel|here|everyone|subteam)|<@U|<#C|evil\.example[^>]*\|/;

/** Everything that the bot has sent in the thread, as Slack was asked to show it. */
function sent(thread: Thread): string {
  return posts(place, thread).map(shown).join('\n');
}

describe('a message of', () => {
  const long = `${vpn} `.repeat(1910).slice(0, 40_000);
  test.each([
    ['40,000 characters is answered', long, vpnSource],
    ['40,000 characters without a space becomes a ticket', 'x'.repeat(40_000), 'IT-'],
    ['only emoji is asked back', ':wave: :wave: 😀', 'What do you need help with?'],
    ['one thumb is asked back', ':+1:', 'What do you need help with?'],
    ['only punctuation is asked back', '?!…', 'What do you need help with?'],
    ['only invisible characters is asked back', '\u200b\u200d\u2060\ufeff\u00ad', 'What do you need help with?'],
    ['words with invisible characters in them is answered', 'my v\u200bp\u200dn ke\u2060eps dro\ufeffping', vpnSource],
    ['words with a NUL in them is answered', 'my vpn\u0000 keeps dropping', vpnSource],
    ['half of a surrogate pair after the words is answered', 'my vpn keeps dropping \ud83d', vpnSource],
    ['right-to-left text becomes a ticket', 'شبكة الطابعة لا تعمل في المكتب', 'IT-'],
    ['words with direction marks around them is answered', '\u202emy vpn keeps dropping\u202c', vpnSource],
    ['many combining marks is answered', `my vpn${'\u0301'.repeat(500)} keeps dropping`, vpnSource],
    ['nothing but markup signs is asked back', '*_~`>&lt;&gt;&amp;', 'What do you need help with?'],
    ['what looks like SQL becomes a ticket', "'); zorblatt flumox -- %_ \\", 'IT-'],
    ['what looks like a search query is answered', 'vpn & !(keeps | dropping:*) <-> "', vpnSource],
  ])(
    '%s',
    async (_, text, outcome) => {
      const thread = await ask(place, { as: named(place, 'Inês'), text, raw: true });
      await postsFrom(place, thread, 1);
      expect(sent(thread)).toContain(outcome);
    },
    patienceMs,
  );

  test(
    'nothing but a mention is asked back',
    async () => {
      const thread = await ask(place, { as: named(place, 'Inês'), channel: itHelp, text: '@Firstline' });
      await postsFrom(place, thread, 1);
      expect(sent(thread)).toContain('What do you need help with?');
    },
    patienceMs,
  );

  test(
    'nothing but a screenshot is asked back, and its name is on the ticket that follows',
    async () => {
      const as = named(place, 'Inês');
      const channel = place.slack.dm(as);
      const files = [{ name: '<!channel> error.png', mimetype: 'image/png', size: 1000 }];
      const thread = { person: as, channel, ts: await place.slack.say({ as, channel, text: '', files }) };
      await postsFrom(place, thread, 1);
      await add(place, thread, unknown);
      expect(JSON.stringify((await ticketOf(place, thread)).description)).toContain('error.png');
      expect(sent(thread)).not.toMatch(alarming);
    },
    patienceMs,
  );
});

describe('pings and false links', () => {
  const hostile = [
    '<!channel> <!here|look> <!everyone> <!subteam^S1|@all> <@U0C4T8WZ1LD> <#C04BRGEN7A1|general>',
    '<https://evil.example/login|https://wiki.brindlow.example/it/vpn>',
    '&lt;!channel&gt; &lt;https://evil.example|wiki&gt; @channel javascript:alert(1)',
  ].join(' ');

  test.each([
    ['after a question', `${vpn} ${hostile}`],
    ['after what nobody knows', `${unknown} ${hostile}`],
    ['before misspelt words', `${hostile} pritner jma`],
  ])(
    '%s come back neither in the thread nor as a link in the ticket',
    async (_, text) => {
      const thread = await ask(place, { as: named(place, 'Inês'), text, raw: true });
      const [reply] = await postsFrom(place, thread, 1);
      const isAnswer = shown(reply).includes('get_human');
      if (isAnswer) await press(place, thread, { ts: reply!.ts, actionId: 'get_human' });
      const { description, summary, remoteLinks } = await ticketOf(place, thread);
      expect(sent(thread)).not.toMatch(alarming);
      const hrefs = Array.from(JSON.stringify(description).matchAll(/"href":"([^"]*)"/g), ([, href = '']) => href);
      expect(hrefs.filter((href) => href.includes('evil.example'))).toEqual([]);
      expect(JSON.stringify([description, summary])).not.toContain('"type":"mention"');
      expect(remoteLinks).toHaveLength(1);
    },
    patienceMs,
  );

  test(
    'in a message after the ticket are plain text in its comment',
    async () => {
      const thread = await ask(place, { as: named(place, 'Inês'), text: unknown });
      const { key } = await ticketOf(place, thread);
      const { channel, person: as, ts: threadTs } = thread;
      await place.slack.sayRaw({ as, channel, threadTs, text: `${hostile} ${'y'.repeat(30_000)}` });
      const [comment] = await place.until('it is a comment', () => {
        const { comments = [] } = place.jira.issue(key) ?? {};
        return comments.length > 0 && comments;
      });
      expect(JSON.stringify(comment?.body)).toContain('evil.example');
      expect(JSON.stringify(comment?.body)).not.toMatch(/"href"|"type":"mention"/);
    },
    patienceMs,
  );
});

/** A request as anybody on the network could make it. */
function request(body: string, headers: Record<string, string>, type = 'application/json'): Promise<Response> {
  const init = { method: 'POST', body, headers: { 'content-type': type, ...headers } };
  return fetch(`${place.botUrl}/slack/events`, init);
}

const now = () => Math.floor(Date.now() / 1000);

function signed(body: string, atSeconds = now()): Record<string, string> {
  return signatureHeaders(place.slack.signingSecret, atSeconds, body);
}

/** The event of a mention, in the thread of a message that is there and is nothing to the bot. */
async function mentionEvent(eventId: string): Promise<{ thread: Thread; body: string }> {
  const { slack } = place;
  const as = named(place, 'Inês');
  const thread = await ask(place, { as, channel: itHelp, text: 'morning all' });
  const text = `<@${slack.botUserId}> ${vpn}`;
  const event = { type: 'app_mention', channel: itHelp, user: as, text, ts: thread.ts, event_ts: thread.ts };
  const authorizations = [{ team_id: slack.teamId, user_id: slack.botUserId, is_bot: true }];
  const { teamId: team_id, appId: api_app_id } = slack;
  const envelope = {
    type: 'event_callback',
    team_id,
    api_app_id,
    event_id: eventId,
    event_time: now(),
    authorizations,
  };
  return { thread, body: JSON.stringify({ ...envelope, event }) };
}

describe('a request that is not from Slack', () => {
  const minutes = 60;
  test.each([
    ['without a signature', () => ({})],
    ['with a made-up signature', () => ({ 'x-slack-request-timestamp': String(now()), 'x-slack-signature': 'v0=00' })],
    ['signed with another secret', (body: string) => signatureHeaders('another secret', now(), body)],
    ['signed for another body', () => signed('{}')],
    ['that is ten minutes old', (body: string) => signed(body, now() - 10 * minutes)],
    ['that has no time', (body: string) => ({ ...signed(body), 'x-slack-request-timestamp': 'soon' })],
  ])(
    '%s is refused, and nothing of it is stored',
    async (name, headersFor) => {
      const { thread, body } = await mentionEvent(`Ev${name.replaceAll(' ', '')}`);
      expect((await request(body, headersFor(body))).status).toBe(401);
      // Stored under its id it would now be taken for a redelivery.
      expect((await request(body, signed(body))).status).toBe(200);
      await postsFrom(place, thread, 1);
      expect(sent(thread)).toContain(vpnSource);
      expect(posts(place, thread)).toHaveLength(1);
    },
    patienceMs,
  );
});

describe('a shape that is not known', () => {
  const event = (fields: unknown) =>
    JSON.stringify({ type: 'event_callback', team_id: 'T1', event_id: 'Ev1', event: fields });
  const form = (payload: string) => new URLSearchParams({ payload }).toString();
  const formType = 'application/x-www-form-urlencoded';
  test.each([
    ['an empty body', ''],
    ['no JSON', '{"type":'],
    ['null', 'null'],
    ['a number', '7'],
    ['a list', '[1,2]'],
    ['an empty object', '{}'],
    ['an unknown type', '{"type":"party"}'],
    ['an event without an event', '{"type":"event_callback"}'],
    ['an event that is text', event('hello')],
    ['an event that is null', event(null)],
    ['an unknown event', event({ type: 'moon_phase_changed', channel: 'C1' })],
    ['a message of the wrong types', event({ type: 'message', channel: 7, user: {}, text: [], ts: true })],
    ['a message without a channel', event({ type: 'message', user: 'U1', text: 'hi', ts: '1.1' })],
    ['a change without a message', event({ type: 'message', subtype: 'message_changed', channel: 'D1' })],
    ['a mention of a prototype', '{"type":"event_callback","__proto__":{"x":1},"event":{"type":"constructor"}}'],
    ['deeply nested JSON', `${'['.repeat(50_000)}${']'.repeat(50_000)}`],
    ['a form without a payload', 'a=b', formType],
    ['a form with no JSON', form('{'), formType],
    ['a form with null', form('null'), formType],
    ['an unknown interaction', form('{"type":"party"}'), formType],
    ['actions without anything', form('{"type":"block_actions"}'), formType],
    ['actions of the wrong types', form('{"type":"block_actions","user":7,"actions":{"a":1}}'), formType],
    ['a command that nobody registered', 'command=%2Fparty&text=x&user_id=U1', formType],
    ['a body in an unknown encoding', '\u0000\u0001', 'application/x-unknown; charset=klingon'],
  ])(
    '%s is answered with 200 or 400, and the program goes on',
    async (_, body, type = 'application/json') => {
      const { status } = await request(body, signed(body), type);
      expect([200, 400, 404]).toContain(status);
    },
    patienceMs,
  );

  test(
    'a click on a button whose value is not ours is nothing',
    async () => {
      const thread = await ask(place, { as: named(place, 'Inês'), text: vpn });
      const [answer] = await postsFrom(place, thread, 1);
      for (const value of ['999999999999', '-1', "1' or 1=1", '１', '', '9'.repeat(400)]) {
        const action = { type: 'button', action_id: 'get_human', block_id: 'b', value, action_ts: `${now()}.000100` };
        const { teamId } = place.slack;
        const container = { type: 'message', message_ts: answer!.ts, channel_id: thread.channel };
        const user = { id: thread.person, team_id: teamId };
        const body = form(
          JSON.stringify({ type: 'block_actions', user, team: { id: teamId }, container, actions: [action] }),
        );
        expect((await request(body, signed(body), formType)).status).toBe(200);
      }
      await add(place, thread, 'how do I connect a docking station to two monitors');
      await postsFrom(place, thread, 2);
      expect(issuesOf(place, thread)).toEqual([]);
    },
    patienceMs,
  );

  test.each(['//', '/\\', 'http://[', '/%', '/slack/events/../../etc/passwd'])(
    'the address %s is not found, and the program goes on',
    async (address) => {
      const { default: http } = await import('node:http');
      const status = await new Promise((resolve, reject) => {
        const { hostname, port } = new URL(place.botUrl);
        const asked = http.request({ hostname, port, path: address }, (response) => {
          response.resume();
          resolve(response.statusCode);
        });
        asked.on('error', reject);
        asked.end();
      });
      expect(status).toBe(404);
    },
    patienceMs,
  );
});

test('no line of the log holds any message text or secret', () => {
  const log = JSON.stringify(place.lines);
  expect(log.length).toBeGreaterThan(10_000);
  const { botToken, signingSecret, appToken } = place.slack;
  const texts = [vpn, unknown, 'evil.example', 'flumox', 'الطابعة', 'Install the waiting update', 'error.png'];
  const secrets = [botToken, signingSecret, appToken, place.jira.apiToken];
  expect([...texts, ...secrets].filter((text) => log.includes(text))).toEqual([]);
});
