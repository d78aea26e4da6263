import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { type Company, loadCompany } from '../../sandbox/company.ts';
import {
  add,
  ask,
  handled,
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
import { startWorkplace, type Workplace } from './workplace.ts';

const patienceMs = 120_000;
const itHelp = 'C04HLP2T9QK';
const financeTeam = 'C06FIN9P4LS';
const partners = 'C0PARTNERS';
const agency = 'C0AGENCY01';

/** What all employees may read, and what finance only; nothing else has these words. */
const quokka = { question: 'what about the quokka', answer: 'Feed it at noon' };
const zephyrium = { question: 'what about the zephyrium', answer: 'brass stamp' };
const articles = {
  'groups.yml': 'finance:\n  - priya.raghunathan@brindlow.example\n  - zeynep.yildiz@brindlow.example\n',
  'quokka.md': article('Quokka', `${quokka.answer}, says the quokka book.`, 'everyone'),
  'zephyrium.md': article('Zephyrium care', `Polish the zephyrium with the ${zephyrium.answer}.`, 'finance'),
};
/** What only the article for finance says. */
const secrets = /brass|stamp|zephyrium.care/i;
const offerWords = 'I found something that fits, but not everyone here may read it';

function article(title: string, text: string, audience: string): string {
  const url = `https://wiki.example/${title.replaceAll(' ', '-')}`;
  return `---\ntitle: ${title}\nurl: ${url}\naudience: [${audience}]\n---\n\n${text}\n`;
}

/** The sample company, with a guest in a channel of theirs, and a channel that another company reads too. */
function companyWithOutsiders(): Company {
  const company = loadCompany();
  const [first] = company.people;
  const { jiraAccountId: _, ...someone } = first!;
  const guest = { ...someone, slackId: 'U0GUEST001', name: 'Greta Guest', email: 'greta@agency.example', guest: true };
  const employees = company.people.map(({ slackId }) => slackId);
  const usual = { private: false, topic: '' };
  const channels = [
    ...company.channels,
    { ...usual, id: partners, name: 'partners', members: employees, isExtShared: true },
    { ...usual, id: agency, name: 'agency', members: [...employees, guest.slackId] },
  ];
  return { ...company, people: [...company.people, guest], channels };
}

let place: Workplace;
let folder: string;
beforeAll(async () => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'firstline-private-'));
  for (const [file, text] of Object.entries(articles)) writeFileSync(path.join(folder, file), text);
  // Thresholds of the test's own, so that a new fit does not change what happens: all that is found is an answer.
  const settings = { KNOWLEDGE_FOLDER: folder, ANSWER_AT: '0.001', SUGGEST_AT: '0.001' };
  place = await startWorkplace(settings, companyWithOutsiders());
}, patienceMs);
afterAll(async () => {
  await place.close();
  rmSync(folder, { recursive: true, force: true });
});
afterEach(() => place.slack.faults.clear());

/** Asks in a channel, and waits for the offer. */
async function offered(
  text = zephyrium.question,
  channel = itHelp,
  name = 'Priya',
): Promise<{ thread: Thread; ts: string }> {
  const thread = await ask(place, { as: named(place, name), channel, text: `@Firstline ${text}` });
  const [offer] = await postsFrom(place, thread, 1);
  expect(shown(offer)).toContain(offerWords);
  return { thread, ts: offer!.ts };
}

/** The threads that the bot has begun in the direct messages with this person, newest last. */
function begunWith(person: string): readonly Thread[] {
  const channel = place.slack.dm(person);
  const openings = place.slack.messages(channel).filter(({ bot_id: botId, ts, thread_ts: thread = ts }) => {
    return botId === place.slack.botId && thread === ts;
  });
  return openings.map(({ ts }) => ({ person, channel, ts }));
}

/** Presses "Send it to me privately", and waits for the answer in the thread that opens. */
async function sentPrivately({ thread, ts }: { thread: Thread; ts: string }): Promise<Thread> {
  const before = begunWith(thread.person).length;
  expect(await press(place, thread, { ts, actionId: 'answer_privately' })).toBe(200);
  const direct = await place.until('a thread is begun', () => begunWith(thread.person)[before]);
  await postsFrom(place, direct, 2);
  return direct;
}

describe('what not everybody in a channel may read', () => {
  test(
    'is offered privately, and named nowhere that others read',
    async () => {
      const { thread } = await offered();
      const [offer, ...others] = posts(place, thread);
      expect([hasButtons(offer!), others]).toEqual([true, []]);
      expect(JSON.stringify(place.slack.thread(thread.channel, thread.ts))).not.toMatch(secrets);
    },
    patienceMs,
  );

  test(
    'is sent to who asked, in their direct messages, with the way back and with buttons',
    async () => {
      const offer = await offered();
      const direct = await sentPrivately(offer);
      const [opening, answer] = posts(place, direct);
      expect(shown(opening)).toContain(`/archives/${offer.thread.channel}/p${offer.thread.ts.replace('.', '')}`);
      expect(shown(opening)).toContain(zephyrium.question);
      expect(shown(answer)).toContain(zephyrium.answer);
      expect(hasButtons(answer!)).toBe(true);
      await place.until('the offer is settled', () => !posts(place, offer.thread).some(hasButtons));
      expect(shown(posts(place, offer.thread)[0])).toContain('Sent privately to Priya Raghunathan');
      expect(JSON.stringify(place.slack.thread(offer.thread.channel, offer.thread.ts))).not.toMatch(secrets);
      expect(issuesOf(place, offer.thread)).toEqual([]);
    },
    patienceMs,
  );

  test(
    'goes on in direct messages as any conversation: what is said there, and a ticket that does not name it',
    async () => {
      const direct = await sentPrivately(await offered());
      await add(place, direct, quokka.question);
      await postsFrom(place, direct, 3);
      expect(shown(posts(place, direct)[2])).toContain(quokka.answer);
      await press(place, direct, { ts: posts(place, direct)[1]!.ts, actionId: 'get_human' });
      expect(JSON.stringify(await ticketOf(place, direct))).not.toMatch(secrets);
    },
    patienceMs,
  );

  test(
    'is sent once, however often the button is pressed and whatever gets lost on the way',
    async () => {
      const { thread, ts } = await offered();
      const before = begunWith(thread.person).length;
      place.slack.faults.set({ match: 'chat.postMessage', kind: 'drop-after', times: 1 });
      const click = () => press(place, thread, { ts, actionId: 'answer_privately' });
      expect(await Promise.all([click(), click()])).toEqual([200, 200]);
      const direct = await place.until('a thread is begun', () => begunWith(thread.person)[before]);
      await postsFrom(place, direct, 2);
      await place.until('the offer is settled', () => !posts(place, thread).some(hasButtons));
      // Jobs of a conversation run in order: a second answer would stand before this one.
      await add(place, direct, quokka.question);
      await postsFrom(place, direct, 3);
      const answers = posts(place, direct).map((post) => shown(post).includes(zephyrium.answer));
      expect([begunWith(thread.person).length, answers]).toEqual([before + 1, [false, true, false]]);
    },
    patienceMs,
  );

  test(
    'is not for a colleague to call up',
    async () => {
      const { thread, ts } = await offered();
      const zeynep = named(place, 'Zeynep');
      await handled(place, () => press(place, thread, { ts, actionId: 'answer_privately', as: zeynep }));
      expect([begunWith(zeynep), posts(place, thread).filter(hasButtons).length]).toEqual([[], 1]);
    },
    patienceMs,
  );

  test(
    'is offered once: asked again, a person takes over, whose ticket does not name it',
    async () => {
      const { thread } = await offered();
      await add(place, thread, zephyrium.question);
      const issue = await ticketOf(place, thread);
      expect(JSON.stringify(issue)).not.toMatch(secrets);
      expect(JSON.stringify(place.slack.thread(thread.channel, thread.ts))).not.toMatch(secrets);
    },
    patienceMs,
  );

  test(
    'becomes a ticket that does not name it when a person is asked for instead',
    async () => {
      const { thread, ts } = await offered();
      await press(place, thread, { ts, actionId: 'get_human' });
      expect(JSON.stringify(await ticketOf(place, thread))).not.toMatch(secrets);
    },
    patienceMs,
  );
});

test(
  'what all members of a private channel may read is answered there',
  async () => {
    const thread = await ask(place, {
      as: named(place, 'Priya'),
      channel: financeTeam,
      text: `@Firstline ${zephyrium.question}`,
    });
    const [answer] = await postsFrom(place, thread, 1);
    expect(shown(answer)).toContain(zephyrium.answer);
  },
  patienceMs,
);

test.each([
  ['a guest', agency],
  ['another company', partners],
])(
  'where %s reads along nothing is quoted, and an employee gets it privately',
  async (_, channel) => {
    const offer = await offered(quokka.question, channel, 'Inês');
    expect(JSON.stringify(place.slack.thread(channel, offer.thread.ts))).not.toContain(quokka.answer);
    const direct = await sentPrivately(offer);
    expect(shown(posts(place, direct)[1])).toContain(quokka.answer);
  },
  patienceMs,
);
