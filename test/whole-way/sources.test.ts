import { articleId as confluencePage } from '../../sandbox/confluence/index.ts';
import { articleId as notionPage } from '../../sandbox/notion/index.ts';
import { ask, named, postsFrom, shown } from './threads.ts';
import { startWorkplace, wikiPath, type Workplace } from './workplace.ts';

const patienceMs = 120_000;
const vpn = confluencePage('network/vpn-keeps-dropping.md');
const rooms = notionPage('rooms/room-booking.md');

let place: Workplace;

beforeAll(async () => {
  // so that a sync comes round while somebody waits for it
  place = await startWorkplace({ KNOWLEDGE_SYNC_MINUTES: '0.1' });
}, patienceMs);
afterAll(() => place.close());

async function firstAnswer(text: string, who = 'Rui'): Promise<string> {
  const thread = await ask(place, { as: named(place, who), text });
  return shown((await postsFrom(place, thread, 1))[0]);
}

describe('a fresh workplace answers from each of its four sources, with the right link', () => {
  test.each([
    ['Notion', 'how do I book a meeting room', () => `<${place.notion.page(rooms)?.url}|`],
    ['Confluence', 'my vpn keeps droping', () => wikiPath('network/vpn-keeps-dropping.md')],
    ['the Markdown folder', 'how do I set an out of office', () => '<https://wiki.brindlow.example/it/out-of-office|'],
    ['a solved ticket', 'webinar for 400 people', () => `<${place.jira.url}/browse/IT-49|`],
  ])(
    '%s',
    async (_, question, link) => {
      expect(await firstAnswer(question)).toContain(link());
    },
    patienceMs,
  );
});

test(
  'a page that was edited a moment ago is answered from as it is now',
  async () => {
    const before = place.notion.page(rooms)?.markdown ?? '';
    place.notion.updatePage(rooms, {
      markdown: before.replace('In Outlook: new event', 'In the Kestrel app: new event'),
    });
    expect(await firstAnswer('how do I book a meeting room', 'Zeynep')).toContain('In the Kestrel app');
    place.notion.updatePage(rooms, { markdown: before });
  },
  patienceMs,
);

test(
  'a page that was trashed a moment ago is quoted to nobody, and its restored copy is again',
  async () => {
    place.confluence.trash(vpn);
    expect(await firstAnswer('my vpn keeps dropping', 'Duarte')).not.toContain('Brindlow Connect completely');
    const synced = () => place.lines.filter(({ msg, source }) => msg === 'sync ended' && source === 'confluence');
    const seen = synced().length;
    place.confluence.restore(vpn);
    await place.until('Confluence is read again', () =>
      synced()
        .slice(seen)
        .some(({ added }) => added === 1),
    );
    expect(await firstAnswer('my vpn keeps dropping', 'Margaret')).toContain('Brindlow Connect completely');
  },
  patienceMs,
);

test(
  'a page that was restricted a moment ago answers only those who may still read it',
  async () => {
    place.confluence.restrict(vpn, { groups: ['it-staff'] });
    expect(await firstAnswer('my vpn keeps dropping', 'Chiamaka')).not.toContain('Brindlow Connect completely');
    expect(await firstAnswer('my vpn keeps dropping', 'Hannah')).toContain('Brindlow Connect completely');
    place.confluence.restrict(vpn, null);
  },
  patienceMs,
);

test(
  'a token that is revoked takes nothing with it, and an admin is told once',
  async () => {
    const { notion, slack } = place;
    const admin = named(place, 'Hannah');
    const told = () =>
      slack.messages(slack.dm(admin)).filter(({ bot_id, text }) => bot_id === slack.botId && /“notion”/.test(text));
    const refusals = () =>
      place.lines.filter(({ msg, source }) => msg === 'sync broken off' && source === 'notion').length;
    notion.faults.set({ match: '/v1/', kind: 'status', status: 401, times: Number.POSITIVE_INFINITY });
    await place.until('Notion refused three syncs', () => refusals() >= 3);
    expect(told().map(({ text }) => /NOTION_TOKEN/.test(text))).toEqual([true]);
    expect(await firstAnswer('how do I book a meeting room', 'Tomasz')).toContain('In Outlook: new event');
    notion.faults.clear();
    const synced = () =>
      place.lines.some(({ msg, source, kept }) => msg === 'sync ended' && source === 'notion' && kept);
    await place.until('Notion is read again', synced);
    expect(told()).toHaveLength(1);
  },
  patienceMs,
);

test('nothing of it is in the log', () => {
  expect(JSON.stringify(place.lines)).not.toMatch(/meeting room|vpn keeps|Kestrel/i);
});
