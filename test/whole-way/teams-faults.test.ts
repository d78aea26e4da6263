import type { TeamsMessage } from '../../sandbox/teams/contract.ts';
import type { Fault } from '../../sandbox/http.ts';
import { named } from './threads.ts';
import { startWorkplace, type Workplace } from './workplace.ts';

// Teams that fails, delays and repeats itself: nothing lost, nothing doubled but what nobody could know.

const patienceMs = 120_000;
const vpn = 'VPN keeps dropping';

let place: Workplace;
beforeAll(async () => {
  place = await startWorkplace();
}, patienceMs);
afterAll(() => place.close());
afterEach(() => {
  place.teams.faults.clear();
  Object.assign(place.teams.delivery, { copies: 1, delayMs: 0, paused: false });
});

const isCard = ({ attachments }: TeamsMessage) => attachments.length > 0;
const shown = ({ text, attachments }: TeamsMessage) => `${text} ${JSON.stringify(attachments)}`;

/** What the bot has posted in the chat after this message. */
function postsAfter(chat: string, id: string): readonly TeamsMessage[] {
  return place.teams.messages(chat).filter((one) => one.from === null && one.id > id);
}

/** Asks, and waits until text and card of the answer are there. */
async function answered(name: string) {
  const as = named(place, name);
  const chat = place.teams.personal(as);
  const id = await place.teams.say({ as, chat, text: 'my vpn keeps droping' });
  await place.until('the answer is there', () => postsAfter(chat, id).some((one) => shown(one).includes(vpn)), 60_000);
  await place.until('all jobs are done', isCalm, 60_000);
  // a first word to the chat is greeted as well
  const answers = postsAfter(chat, id).filter((one) => shown(one).includes(vpn));
  return { texts: answers.filter((one) => !isCard(one)), cards: answers.filter(isCard) };
}

/** What began is done, and some time has passed in which nothing else has begun. */
function isCalm(): boolean {
  const jobs = place.lines.filter(({ job }) => job === 'answer' || job === 'deliver');
  const ended = jobs.filter(({ msg }) => msg !== 'job begins').length;
  return jobs.length === 2 * ended;
}

let asked = 0;
test.each<[string, Fault]>([
  ['asks to wait', { match: '/activities', kind: 'rate-limit', retryAfterSeconds: 1, times: 2 }],
  ['asks to wait and does not say how long', { match: '/activities', kind: 'status', status: 429, times: 2 }],
  ['has a conflict', { match: '/activities', kind: 'status', status: 412, times: 1 }],
  ['is overloaded', { match: '/activities', kind: 'status', status: 503, times: 2 }],
  ['has no gateway', { match: '/activities', kind: 'status', status: 502, times: 2 }],
  ['breaks the connection before anything is done', { match: '/activities', kind: 'drop', times: 2 }],
  ['gives no token', { match: '/oauth2/', kind: 'status', status: 503, times: 2 }],
])(
  'when Teams %s, the answer comes once',
  async (_, fault) => {
    place.teams.faults.set(fault);
    const people = ['Inês', 'Tomasz', 'Priya', 'Joost', 'Siobhán', 'Duarte', 'Femke'];
    const { texts, cards } = await answered(people[asked++] ?? 'Gareth');
    expect([texts.length, cards.length]).toEqual([1, 1]);
  },
  patienceMs,
);

test(
  'what is delivered five times is answered once',
  async () => {
    place.teams.delivery.copies = 5;
    const { texts, cards } = await answered('Chiamaka');
    expect([texts.length, cards.length]).toEqual([1, 1]);
  },
  patienceMs,
);

test(
  'what is said while the program cannot be reached is answered when it is',
  async () => {
    place.teams.connectApp(null);
    const as = named(place, 'Zeynep');
    const chat = place.teams.personal(as);
    const id = await place.teams.say({ as, chat, text: 'my vpn keeps droping' });
    expect(postsAfter(chat, id)).toEqual([]);
    place.teams.connectApp(`${place.botUrl}/api/messages`);
    await place.until('the answer is there', () => postsAfter(chat, id).some(isCard));
  },
  patienceMs,
);
