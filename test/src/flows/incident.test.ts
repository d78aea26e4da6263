import { findIncident } from '../../../src/flows/incident.ts';
import { at, openStaffDesk, type StaffDesk } from './staff-desk.ts';

let desk: StaffDesk;
beforeAll(async () => {
  desk = await openStaffDesk();
});
afterAll(() => desk.database.close());
afterEach(() => desk.database.knex('conversation').del());

const question = 'I cannot print on the badge printer in the lobby';
const settings = { atLeast: 3, windowMinutes: 60 };
const asked = { question, requesterRef: 'slack/T1/zoe' };

async function ask(...names: readonly string[]) {
  const requests = [];
  for (const name of names) requests.push(await desk.request({ text: question, authorRef: `slack/T1/${name}` }));
  return requests;
}
const find = (incidents: typeof settings | null, minutesLater = 0) =>
  findIncident(asked, { store: desk.store, incidents, clock: () => new Date(at.getTime() + minutesLater * 60_000) });

test('a problem that several others have is known by the ticket of who was first', async () => {
  const [first] = await ask('rita', 'sam', 'tim');
  expect(await find(settings)).toMatchObject({
    conversationId: first?.conversationId,
    key: first?.ticket.key,
    url: first?.ticket.url,
  });
});

test('there is none while too few have asked', async () => {
  await ask('rita');
  expect(await find(settings)).toBeNull();
});

test('there is none when none is looked for', async () => {
  await ask('rita', 'sam', 'tim');
  expect(await find(null)).toBeNull();
});

test('what was asked before the window does not count', async () => {
  await ask('rita', 'sam', 'tim');
  expect(await find(settings, 59)).not.toBeNull();
  expect(await find(settings, 61)).toBeNull();
});

test('a problem that lasts is known by its first ticket while others go on to follow it', async () => {
  const [first] = await ask('rita');
  for (const name of ['sam', 'tim', 'una']) {
    const follower = await desk.say({ text: question, authorRef: `slack/T1/${name}` });
    const followedAt = new Date(at.getTime() + 50 * 60_000);
    const followed = first?.conversationId ?? '';
    await desk.store.incidents.follow({ conversationId: follower.conversationId, followed, at: followedAt });
  }
  expect(await find(settings, 100)).toMatchObject({ conversationId: first?.conversationId });
  expect(await find(settings, 111)).toBeNull();
});

test('who has asked on two platforms is one person, and not one of the others when they ask again', async () => {
  const save = (ref: string, email: string) =>
    desk.store.people.save({ ref, name: ref, email, outsider: false, bot: false }, at);
  await save('slack/T1/rita', 'rita@acme.example');
  await save('teams/t/rita', 'Rita@acme.example');
  await desk.request({ text: question, authorRef: 'teams/t/rita' });
  await ask('rita', 'sam');
  expect(await find(settings)).toBeNull();
  await save('teams/t/zoe', 'zoe@acme.example');
  await save('slack/T1/zoe', 'zoe@acme.example');
  await desk.request({ text: question, authorRef: 'teams/t/zoe' });
  expect(await find(settings)).toBeNull();
  await ask('tim');
  expect(await find(settings)).not.toBeNull();
});
