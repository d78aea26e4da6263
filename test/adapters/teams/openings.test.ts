import { createOpenings } from '../../../adapters/teams/openings.ts';
import type { Reply } from '#domain/reply.ts';
import { RemoteError } from '#errors.ts';
import { ana, channel, outward, personal, tenantId, unavailable } from './outward-doubles.ts';

const reply: Reply = { parts: [{ kind: 'text', text: 'About your question' }], buttons: [] };
const card: Reply = { parts: [{ kind: 'text', text: 'New request' }], buttons: ['take'] };
const direct = { key: 'private/1', reply, again: false };
const triage = { key: 'triage/1', turnId: '42', reply: card, again: false };

test('a conversation with a person begins in the chat that is known', async () => {
  const { deps, calls } = await outward();
  expect(await createOpenings(deps).startDirect(ana, direct)).toEqual({
    address: { platform: 'teams', ref: `${tenantId}/a%3Aana/1700000001001` },
    messageId: `teams/${tenantId}/a%3Aana/1700000001001`,
    postRef: 'teams/a%3Aana/1700000001001/private/1',
    chat: `${tenantId}/a%3Aana`,
  });
  expect(calls).toMatchObject([{ verb: 'send', args: [{ chat: personal, thread: null }, {}] }]);
});

test('a chat that is not known is opened, once', async () => {
  const { deps, calls } = await outward({}, [channel]);
  await deps.chats.saw(channel, { aadObjectId: 'aad-ana', userId: '29:ana' });
  const openings = createOpenings(deps);
  await openings.startDirect(ana, direct);
  await openings.startDirect(ana, { ...direct, key: 'private/2' });
  expect(calls.map(({ verb }) => verb)).toEqual(['openPersonal', 'send', 'send']);
  expect(calls[0]?.args).toEqual([channel, '29:ana']);
  expect(calls[1]?.args[0]).toEqual({ chat: personal, thread: null });
});

test('a person from whom nothing has come cannot be written to', async () => {
  const { deps, calls } = await outward();
  const unknown = createOpenings(deps).startDirect(`teams/${tenantId}/nobody`, direct);
  await expect(unknown).rejects.toMatchObject({ kind: 'rejected' });
  expect(calls).toEqual([]);
});

test('a thread in a channel begins with a card; its buttons do not know its name yet', async () => {
  const { deps, calls } = await outward();
  expect(await createOpenings(deps).startIn(channel.id, triage)).toEqual({
    address: { platform: 'teams', ref: `${tenantId}/19%3Ahelp%40thread.tacv2/1700000001001` },
    messageId: `teams/${tenantId}/19%3Ahelp%40thread.tacv2/1700000001001`,
    postRef: 'teams/19%3Ahelp%40thread.tacv2/1700000001001/42',
  });
  const actions = [{ data: { verb: 'take', turn: '42', thread: `${tenantId}/19%3Ahelp%40thread.tacv2/0` } }];
  expect(calls).toMatchObject([{ verb: 'openThread', args: [channel, { attachments: [{ content: { actions } }] }] }]);
});

test('what an earlier attempt has opened is not opened again', async () => {
  const { deps, calls } = await outward();
  const openings = createOpenings(deps);
  const opened = await openings.startIn(channel.id, triage);
  expect(await openings.startIn(channel.id, { ...triage, again: true })).toEqual(opened);
  expect(calls).toHaveLength(1);
  expect(await openings.startIn(channel.id, { ...triage, key: 'triage/2', again: true })).not.toEqual(opened);
});

test('an attempt that failed leaves no note', async () => {
  const { deps, state } = await outward();
  state.fail = () => unavailable;
  await expect(createOpenings(deps).startIn(channel.id, triage)).rejects.toBe(unavailable);
  state.fail = () => null;
  expect(await createOpenings(deps).startIn(channel.id, { ...triage, again: true })).toMatchObject({
    address: { ref: `${tenantId}/19%3Ahelp%40thread.tacv2/1700000001001` },
  });
});

test('a chat that was opened is named again when it is found', async () => {
  const { deps } = await outward();
  const openings = createOpenings(deps);
  const opened = await openings.startDirect(ana, direct);
  expect(await openings.startDirect(ana, { ...direct, again: true })).toEqual(opened);
});

test('a channel that nothing has come from is reached as its tenant is, and known from then on', async () => {
  const { deps, calls } = await outward({}, [personal]);
  const quiet = { ...channel, id: '19:quiet@thread.tacv2', teamId: null };
  const { address } = await createOpenings(deps).startIn(quiet.id, triage);
  expect(calls).toMatchObject([{ verb: 'openThread', args: [quiet, {}] }]);
  expect(address.ref).toBe(`${tenantId}/19%3Aquiet%40thread.tacv2/1700000001001`);
  expect(await deps.chats.chat(tenantId, quiet.id)).toEqual(quiet);
});

const unauthorized = {
  kind: 'unauthorized',
  message: expect.stringMatching(/TRIAGE_CHANNEL must be .*add the app to the team of TRIAGE_CHANNEL$/),
};

test('a chat that is no channel is for an admin to mend', async () => {
  const { deps, calls } = await outward();
  await expect(createOpenings(deps).startIn(personal.id, triage)).rejects.toMatchObject(unauthorized);
  expect(calls).toEqual([]);
});

test('a tenant that nothing has come from is for an admin to mend', async () => {
  const { deps, calls } = await outward({}, []);
  await expect(createOpenings(deps).startIn(channel.id, triage)).rejects.toMatchObject(unauthorized);
  expect(calls).toEqual([]);
});

test('a channel that refuses us is for an admin to mend too, and is not known by it', async () => {
  const { deps } = await outward({ openThread: async () => null }, [personal]);
  await expect(createOpenings(deps).startIn(channel.id, triage)).rejects.toMatchObject(unauthorized);
  expect(await deps.chats.chat(tenantId, channel.id)).toBeNull();
});

test('a card that is refused is no matter of the channel', async () => {
  const { deps, state } = await outward();
  const refused = new RemoteError('teams', 'rejected', { message: 'open a thread: HTTP status 400' });
  state.fail = () => refused;
  await expect(createOpenings(deps).startIn(channel.id, triage)).rejects.toBe(refused);
});
