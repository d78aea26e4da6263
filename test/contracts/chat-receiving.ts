import type { SharedFile } from '#domain/conversation.ts';
import type { ChatStage, Where } from './chat-stage.ts';
import { asks, heard, mentions, post, reply, textOf, until } from './chat-stage.ts';

/** What people say, and what becomes of it. */
export function receivingContract(at: () => ChatStage): void {
  describe('what is said to us', () => {
    test('a direct message is addressed, and comes as it was typed', async () => {
      const stage = at();
      const before = Date.now();
      const { message } = await heard(stage, { ...asks, text: 'is 3 < 4 & "five" > 2?' });
      expect(message).toMatchObject({
        place: 'direct',
        address: { platform: stage.platform.name },
        authorRef: stage.refOf('ana'),
        addressed: true,
        files: [],
      });
      expect(Math.abs(message.sentAt.getTime() - before)).toBeLessThan(60_000);
    });

    test('a mention in a channel is addressed, and our own name is left out of it', async () => {
      const { message } = await heard(at(), mentions);
      expect(message).toMatchObject({ text: 'my VPN drops', place: 'channel', addressed: true });
      expect(message.authorRef).toBe(at().refOf('ana'));
    });

    test('a mention opens a thread; replies in it have its address, and are addressed only by a mention', async () => {
      const { message, spoken } = await heard(at(), mentions);
      const follow = { ...mentions, replyTo: spoken };
      const bare = await heard(at(), { as: 'ana', where: 'help', text: 'since Monday', replyTo: spoken });
      const colleague = await heard(at(), { ...follow, as: 'ben', text: 'mine as well' });
      expect(bare.message).toMatchObject({ address: message.address, addressed: false });
      expect(colleague.message).toMatchObject({
        address: message.address,
        addressed: true,
        authorRef: at().refOf('ben'),
      });
    });

    test('two mentions are two threads, and a post lands in the one it is for', async () => {
      const stage = at();
      const one = await heard(stage, mentions);
      const other = await heard(stage, { ...mentions, as: 'ben', text: 'the printer is out of paper' });
      expect(other.message.address).not.toEqual(one.message.address);
      await post(stage, one.message.address, { turnId: '1', reply: reply('About your VPN.') });
      expect(textOf(stage.seen(one.message.address))).toContain('About your VPN.');
      expect(stage.seen(other.message.address)).toEqual([]);
    });

    test('what is said on in direct messages belongs to the same place', async () => {
      const { message, spoken } = await heard(at(), asks);
      const { message: next } = await heard(at(), { ...asks, text: 'it beeps', replyTo: spoken });
      expect(next).toMatchObject({ addressed: true, place: 'direct' });
      if (at().platform.hasNoThreads(message.address)) {
        expect(next.chat).toEqual({
          id: message.chat?.id,
          quotes: { messageId: message.id, postRefStart: expect.any(String) },
        });
      } else expect([next.address, next.chat]).toEqual([message.address, undefined]);
    });

    test('two people’s direct messages are two places', async () => {
      const ana = await heard(at(), asks);
      const ben = await heard(at(), { ...asks, as: 'ben', where: 'dm ben' });
      expect(ben.message.address).not.toEqual(ana.message.address);
      await post(at(), ana.message.address, { turnId: '1', reply: reply('For Ana.') });
      expect(at().seen(ben.message.address)).toEqual([]);
    });

    test('in a group chat a mention is addressed, and the post is there for all', async () => {
      const { message } = await heard(at(), { ...mentions, where: 'group' });
      expect(message).toMatchObject({ addressed: true, place: 'channel', text: 'my VPN drops' });
      await post(at(), message.address, { turnId: '1', reply: reply('About your VPN.') });
      expect(textOf(at().seen(message.address, 'ben'))).toContain('About your VPN.');
    });

    const bytes = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x00, 0xff, 0xfe, 0x80, 0x0d, 0x0a]);
    const contentOf = async (file: SharedFile) => {
      const opened = await at().platform.openFile(file);
      return Buffer.from(await new Response(opened?.stream).arrayBuffer());
    };

    test('a document comes with its name, and its content byte for byte', async () => {
      const files = [{ name: 'the error.pdf', mimeType: 'application/pdf', bytes }];
      const { message } = await heard(at(), { ...asks, text: 'see this', files });
      expect(message.files).toMatchObject([{ name: 'the error.pdf', ref: expect.any(String) }]);
      expect(await contentOf(message.files[0]!)).toEqual(bytes);
    });

    test.each([
      ['direct messages', asks],
      ['a channel', mentions],
    ])('a picture in %s comes with its content byte for byte', async (_, said) => {
      const files = [{ name: 'the error.png', mimeType: 'image/png', bytes }];
      const { message } = await heard(at(), { ...said, text: 'see this', files });
      const name = at().differs.namesPictures ? 'the error.png' : expect.stringMatching(/.+\.png$/);
      expect(message.files).toMatchObject([{ name, ref: expect.any(String) }]);
      expect(await contentOf(message.files[0]!)).toEqual(bytes);
    });

    test('a file without a word is a message', async () => {
      const files = [{ name: 'log.txt', mimeType: 'text/plain', bytes: Buffer.from('it failed') }];
      const { message } = await heard(at(), { ...asks, text: '', files });
      expect(message).toMatchObject({ addressed: true, text: '', files: [{ name: 'log.txt' }] });
    });
  });

  describe('what is not said to us', () => {
    test.each<Where>(['help', 'group'])(
      'talk among people (%s) is never addressed, and nothing is posted',
      async (where) => {
        const stage = at();
        const talk = await stage.say({ as: 'ana', where, text: 'lunch?' });
        await stage.say({ as: 'ben', where, text: 'at noon', replyTo: talk });
        await stage.say({ as: 'ben', where, text: 'Firstline is slow today' });
        // what was said before it is through
        const { message } = await heard(stage, { ...mentions, where });
        expect(stage.inbox.messages.filter(({ addressed }) => addressed)).toEqual([message]);
        expect(stage.faults.requests('post') + stage.faults.requests('begin')).toBe(0);
      },
    );

    test('our own posts are none of our business', async () => {
      for (const said of [asks, mentions]) {
        const { message, spoken } = await heard(at(), said);
        await post(at(), message.address, { turnId: '1', reply: reply('Hello.', ['solved']) });
        await heard(at(), { ...said, text: `thanks for ${said.text}`, replyTo: spoken });
      }
      const { messages, changes } = at().inbox;
      expect(messages.map(({ text }) => text)).not.toContain('Hello.');
      expect([messages.length, changes]).toEqual([4, []]);
    });

    test('a change of a post of ours is none of our business', async () => {
      const { message } = await heard(at(), mentions);
      const postRef = await post(at(), message.address, { turnId: '1', reply: reply('Hello.') });
      await at().platform.update(message.address, postRef, reply('Hello again.'));
      await at().platform.remove(message.address, postRef);
      await heard(at(), { ...mentions, text: 'and now?' });
      expect(at().inbox.changes).toEqual([]);
    });

    test('what other apps say is none of our business', async () => {
      await at().otherAppSays('help', 'The build is broken.');
      await heard(at(), mentions);
      expect(at().inbox.messages).toHaveLength(1);
    });
  });

  describe('what is delivered more than once', () => {
    test.each([
      ['a direct message', asks],
      ['a mention', mentions],
    ])('%s has the same ids, however often and however close it comes', async (_, said) => {
      const { message } = await heard(at(), said);
      const knock = at().door.knockWith(said.text);
      const both = await Promise.all([at().door.replay(knock), at().door.replay(knock)]);
      const later = await at().door.replay(knock);
      expect([...both, later]).toEqual([200, 200, 200]);
      const { messages } = at().inbox.handed;
      expect(new Set(messages.map(({ id }) => id))).toEqual(new Set([message.id]));
      // a vendor may tell of one message by two events: each has an id of its own, and keeps it
      const times = Map.groupBy(messages, ({ eventId }) => eventId);
      expect(Math.max(...Array.from(times.values(), ({ length }) => length))).toBe(4);
    });

    test('while the first is still being stored, the second is none of its own', async () => {
      const { promise, resolve } = Promise.withResolvers<void>();
      at().inbox.hold = promise;
      await at().say(asks);
      await until(() => at().inbox.begun === 1, 'it is in hand');
      const again = at().door.replay(at().door.knockWith(asks.text));
      await until(() => at().inbox.begun === 2, 'it is in hand twice');
      resolve();
      expect(await again).toBe(200);
      await until(() => at().inbox.handed.messages.length === 2, 'both are stored');
      expect(at().inbox.messages).toHaveLength(1);
    });
  });

  describe('what is said differently afterwards', () => {
    test.each([
      ['a direct message', asks],
      ['a mention', mentions],
    ])('%s that is edited tells its new words, and one that is deleted none', async (_, said) => {
      const { message, spoken } = await heard(at(), said);
      for (const [index, words] of ['my laptop does not wake up', 'my laptop beeps'].entries()) {
        await at().edit(spoken, said.mention === undefined ? words : `@Firstline ${words}`);
        await until(() => changesFrom(at(), index + 1), 'it is edited');
      }
      await at().remove(spoken);
      const told = await until(() => changesFrom(at(), 3), 'it is deleted');
      expect(told.map(({ text }) => text)).toEqual(['my laptop does not wake up', 'my laptop beeps', null]);
      expect(new Set(told.map(({ messageId }) => messageId))).toEqual(new Set([message.id]));
      const orders = told.map(({ order }) => order);
      expect(orders).toEqual(orders.toSorted((a, b) => a - b));
      expect(new Set(orders).size).toBe(3);
      expect(orders.every(Number.isInteger)).toBe(true);
    });

    test('an edit brings the whole message along, as it would have come in', async () => {
      const { message, spoken } = await heard(at(), asks);
      await at().edit(spoken, 'my laptop beeps');
      const [change] = await until(() => changesFrom(at(), 1), 'it is edited');
      const { id, address, authorRef, place, addressed } = message;
      expect(change?.message).toMatchObject({ id, address, authorRef, place, addressed, text: 'my laptop beeps' });
    });

    test('an edit that is delivered twice has the same id', async () => {
      const { spoken } = await heard(at(), asks);
      await at().edit(spoken, 'my laptop beeps');
      await until(() => changesFrom(at(), 1), 'it is edited');
      expect(await at().door.replay(at().door.knockWith('my laptop beeps'))).toBe(200);
      expect([at().inbox.handed.changes.length, at().inbox.changes.length]).toEqual([2, 1]);
    });

    test('the first message of a thread that goes on below it is taken back all the same', async () => {
      const { message, spoken } = await heard(at(), mentions);
      await heard(at(), { as: 'ana', where: 'help', text: 'since Monday', replyTo: spoken });
      await at().remove(spoken);
      const [change] = await until(() => changesFrom(at(), 1), 'it is deleted');
      expect(change).toMatchObject({ messageId: message.id, text: null });
    });
  });
}

const changesFrom = ({ inbox }: ChatStage, count: number) => (inbox.changes.length >= count ? inbox.changes : null);
