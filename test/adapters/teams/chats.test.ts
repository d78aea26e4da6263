import { createChats, type SeenChat } from '../../../adapters/teams/chats.ts';
import { createMemoryNotes } from '../../contracts/chat-notes.ts';

const seen: SeenChat = {
  id: '19:help@thread.tacv2',
  tenantId: 'tenant-1',
  serviceUrl: 'https://smba.trafficmanager.net/emea/',
  botId: '28:app-1',
  scope: 'channel',
  teamId: '19:team@thread.tacv2',
  isShared: true,
};
const personal: SeenChat = { ...seen, id: 'a:1', scope: 'personal', teamId: null, isShared: false };
const ana = { aadObjectId: 'aad-ana', userId: '29:ana' };
const ref = 'teams/tenant-1/aad-ana';

function counted() {
  const notes = createMemoryNotes();
  const saved: string[] = [];
  return {
    saved,
    notes: {
      ...notes,
      save(key: string, value: unknown) {
        saved.push(key);
        return notes.save(key, value);
      },
    },
  };
}

test('what an activity does not tell is taken from what was known', async () => {
  const chats = createChats(createMemoryNotes());
  expect(await chats.saw({ ...seen, isShared: null }, null)).toMatchObject({ isShared: false });
  await chats.saw(seen, null);
  expect(await chats.saw({ ...seen, teamId: null, isShared: null }, null)).toEqual(seen);
});

test('an address that has changed counts from then on, also after a restart', async () => {
  const notes = createMemoryNotes();
  const chats = createChats(notes);
  await chats.saw(seen, null);
  await chats.saw({ ...seen, serviceUrl: 'https://smba.trafficmanager.net/amer/' }, null);
  for (const each of [chats, createChats(notes)]) {
    expect(await each.chat('tenant-1', seen.id)).toMatchObject({ serviceUrl: 'https://smba.trafficmanager.net/amer/' });
  }
});

test('only what has changed is written', async () => {
  const { notes, saved } = counted();
  const chats = createChats(notes);
  await chats.saw(personal, ana);
  await chats.saw({ ...personal }, { ...ana });
  expect(saved).toEqual(['chat/tenant-1/a:1', 'last/tenant-1', 'person/tenant-1/aad-ana']);
});

test('a person’s own chat stays known when they write elsewhere', async () => {
  const chats = createChats(createMemoryNotes());
  await chats.saw(personal, ana);
  await chats.saw(seen, ana);
  expect(await chats.person(ref)).toEqual({ ...ana, tenantId: 'tenant-1', chat: seen.id, personalChat: 'a:1' });
});

test('a chat that was opened is kept with its person', async () => {
  const chats = createChats(createMemoryNotes());
  await chats.keepPersonal(ref, { ...personal, isShared: false }, '29:ana');
  expect(await chats.person(ref)).toMatchObject({ userId: '29:ana', personalChat: 'a:1' });
  expect(await chats.chat('tenant-1', 'a:1')).toMatchObject({ scope: 'personal' });
});

test('where we were taken out is not known until something comes from there', async () => {
  const notes = createMemoryNotes();
  const chats = createChats(notes);
  await chats.saw(seen, null);
  await chats.left('tenant-1', seen.id);
  expect(await chats.chat('tenant-1', seen.id)).toBeNull();
  expect(await createChats(notes).chat('tenant-1', seen.id)).toBeNull();
  await chats.saw(seen, null);
  expect(await chats.chat('tenant-1', seen.id)).toEqual(seen);
});

test('how a tenant is reached is known from any chat of it', async () => {
  const notes = createMemoryNotes();
  const chats = createChats(notes);
  expect(await chats.service('tenant-1')).toBeNull();
  await chats.saw(personal, null);
  await chats.saw({ ...seen, tenantId: 'tenant-2', serviceUrl: 'https://smba.trafficmanager.net/amer/' }, null);
  await chats.left('tenant-1', personal.id);
  const { serviceUrl, botId } = personal;
  for (const each of [chats, createChats(notes)]) expect(await each.service('tenant-1')).toEqual({ serviceUrl, botId });
});

test('notes of another shape are as good as none', async () => {
  const notes = createMemoryNotes();
  await notes.save(`chat/tenant-1/${seen.id}`, { id: 7 });
  expect(await createChats(notes).chat('tenant-1', seen.id)).toBeNull();
});
