import type { ChatStage } from './chat-stage.ts';
import { asks, buttonsOf, heard, mentions, people, post, reply, textOf } from './chat-stage.ts';

/** Threads of our own, stored addresses, links, and who is there. */
export function placesContract(at: () => ChatStage, open: (wish: { crowd: number }) => Promise<ChatStage>): void {
  describe('threads that we begin', () => {
    test('in direct messages with a person: they answer, and it is the same place', async () => {
      const { message } = await heard(at(), { ...mentions, as: 'ben' });
      const opening = { key: 'private/1', reply: reply('About your question.', ['solved']), again: false };
      const { address, messageId, postRef } = await at().platform.startDirect(message.authorRef, opening);
      expect(messageId).not.toBe('');
      expect(textOf(at().seen(address, 'ben'))).toContain('About your question.');
      await post(at(), address, { turnId: '9', reply: reply('And one more thing.') });
      await at().platform.update(address, postRef, reply('About your question: solved.'));
      expect(
        at()
          .seen(address, 'ben')
          .map(({ text }) => text),
      ).toEqual(['About your question: solved.', 'And one more thing.']);
      const { message: next } = await heard(at(), { ...asks, as: 'ben', where: 'dm ben', text: 'thanks' });
      const isThere = at().platform.hasNoThreads(address) ? address.ref.startsWith(`${next.chat?.id}/`) : true;
      expect([next.place, isThere]).toEqual(['direct', true]);
    });

    test('begun again, it is the one that is there, where the platform can look', async () => {
      const { message } = await heard(at(), asks);
      const opening = { key: 'private/1', reply: reply('About your question.') };
      const first = await at().platform.startDirect(message.authorRef, { ...opening, again: false });
      const second = await at().platform.startDirect(message.authorRef, { ...opening, again: true });
      const shown = at()
        .seen(first.address)
        .filter(({ text }) => text === 'About your question.');
      if (at().differs.findsItsPosts) expect(second).toEqual(first);
      else expect(shown.length).toBeLessThanOrEqual(2);
    });

    test('in a channel of IT staff: a card whose buttons are of the thread below it', async () => {
      await heard(at(), { ...mentions, where: 'it', text: 'hello' });
      const opening = { key: 'triage/7', turnId: '7', reply: reply('IT-42: VPN', ['take', 'mute']), again: false };
      const { address, postRef } = await at().platform.startIn(at().channelId('it'), opening);
      expect(at().platform.channelOf(address)).toBe(at().channelId('it'));
      await at().press({ as: 'ben', address, title: 'Take' });
      expect(at().inbox.clicks).toMatchObject([{ address, turnId: '7', action: 'take', personRef: at().refOf('ben') }]);
      await at().platform.update(address, postRef, reply('IT-42: VPN, taken by Ben', ['mute']));
      await post(at(), address, { turnId: '8', reply: reply('The employee says more.') });
      expect(textOf(at().seen(address))).toBe('IT-42: VPN, taken by Ben\nThe employee says more.');
      expect(buttonsOf(at().seen(address))).toEqual(['Mute']);
    });

    test('an answer of IT staff below the card has its address', async () => {
      await heard(at(), { ...mentions, where: 'it', text: 'hello' });
      const opening = { key: 'triage/7', turnId: '7', reply: reply('IT-42: VPN'), again: false };
      const { address, messageId } = await at().platform.startIn(at().channelId('it'), opening);
      const card = await at().platform.permalink(address);
      expect((await at().platform.messageOf(card))?.messageId).toBe(messageId);
      await at().replyBelow(address, { as: 'ben', text: 'I look into it' });
      const { message } = await heard(at(), { ...mentions, where: 'it', text: 'done?' });
      const below = at().inbox.messages.find(({ text }) => text === 'I look into it');
      expect(below).toMatchObject({ address, addressed: false, authorRef: at().refOf('ben') });
      expect(message.address).not.toEqual(address);
    });

    test('a channel that we are not in is a matter for the admin', async () => {
      const opening = { key: 'k', turnId: '7', reply: reply('IT-42'), again: false };
      const starting = at().platform.startIn('C0NOWHERE', opening);
      await expect(starting).rejects.toMatchObject({
        name: 'RemoteError',
        kind: expect.stringMatching(/^(unauthorized|rejected)$/),
      });
    });
  });

  describe('after a restart', () => {
    test.each([
      ['direct messages', asks],
      ['a channel', mentions],
      ['a group chat', { ...mentions, where: 'group' } as const],
    ])('a stored address in %s still works: posts, changes, removals', async (_, said) => {
      const { message } = await heard(at(), said);
      const postRef = await post(at(), message.address, { turnId: '1', reply: reply('Before.', ['solved']) });
      await at().restart();
      await at().platform.update(message.address, postRef, reply('Before, changed.', ['solved']));
      const gone = await post(at(), message.address, { turnId: '2', reply: reply('Not for long.') });
      await post(at(), message.address, { turnId: '3', reply: reply('After.') });
      await at().platform.remove(message.address, gone);
      expect(textOf(at().seen(message.address))).toBe('Before, changed.\nAfter.');
      await at().press({ as: 'ana', address: message.address, title: 'Solved' });
      expect(at().inbox.clicks).toMatchObject([{ turnId: '1', address: message.address }]);
    });

    test('a person who has been met is written to first', async () => {
      const { message } = await heard(at(), asks);
      await at().restart();
      const opening = { key: 'private/1', reply: reply('Your ticket is solved.'), again: false };
      const { address } = await at().platform.startDirect(message.authorRef, opening);
      expect(textOf(at().seen(address))).toContain('Your ticket is solved.');
    });
  });

  describe('links', () => {
    test.each([
      ['direct messages', asks],
      ['a channel', mentions],
    ])('the link to a thread in %s leads back to it', async (_, said) => {
      const { message } = await heard(at(), said);
      const link = await at().platform.permalink(message.address);
      expect(URL.canParse(link)).toBe(true);
      expect(await at().platform.messageOf(link)).toMatchObject({ address: message.address, messageId: message.id });
    });

    test('the link to a message within a thread leads back to it, and that to a post of ours', async () => {
      const { message, spoken } = await heard(at(), mentions);
      const { message: next } = await heard(at(), { ...mentions, text: 'since Monday', replyTo: spoken });
      const postRef = await post(at(), message.address, { turnId: '1', reply: reply('Hello.') });
      const like = await at().platform.permalink(message.address);
      const { address } = message;
      const toNext = at().platform.linkOf({ address, messageId: next.id, postRef: null }, like);
      const toPost = at().platform.linkOf({ address, messageId: null, postRef }, like);
      expect(await at().platform.messageOf(toNext ?? '')).toMatchObject({ address, messageId: next.id });
      const ours = await at().platform.messageOf(toPost ?? '');
      expect(ours?.address).toEqual(address);
      expect(postRef.startsWith(ours?.postRefStart ?? 'nothing')).toBe(true);
    });

    test.each(['https://example.com/x', 'not a link', '', 'javascript:alert(1)', 'https://'])(
      '“%s” is none of a message',
      async (link) => {
        expect(await at().platform.messageOf(link)).toBeNull();
      },
    );
  });

  describe('people', () => {
    test('a colleague: name, address, ours', async () => {
      const { message } = await heard(at(), asks);
      expect(await at().platform.person(message.authorRef)).toEqual({
        ref: at().refOf('ana'),
        ...people.ana,
        outsider: false,
        bot: false,
      });
    });

    test('a guest is an outsider', async () => {
      const { message } = await heard(at(), { ...mentions, as: 'gus' });
      expect(await at().platform.person(message.authorRef)).toMatchObject({
        name: 'Gus Guest',
        outsider: true,
        bot: false,
      });
    });

    test('somebody who is not known is an outsider without an address', async () => {
      const { message } = await heard(at(), asks);
      const nobody = message.authorRef.replace(/[^/]+$/, 'U0NOBODY1');
      expect(await at().platform.person(nobody)).toMatchObject({ ref: nobody, email: null, outsider: true });
    });

    test('people are found by their address, whatever its letters’ case', async () => {
      if (!at().differs.findsStrangers) {
        const { message } = await heard(at(), asks);
        await at().platform.person(message.authorRef);
      }
      expect(await at().platform.personByEmail('Ana@Example.com')).toMatchObject({
        ref: at().refOf('ana'),
        ...people.ana,
      });
      expect(await at().platform.personByEmail('nobody@example.com')).toBeNull();
    });

    test('who reads along in a channel: all but ourselves', async () => {
      const { message } = await heard(at(), mentions);
      const members = await at().platform.members(message.address);
      expect(members?.toSorted()).toEqual([at().refOf('ana'), at().refOf('ben'), at().refOf('gus')].toSorted());
    });

    test('more than a hundred are not counted', async () => {
      const crowded = await open({ crowd: 101 });
      try {
        const { message } = await heard(crowded, mentions);
        expect(await crowded.platform.members(message.address)).toBeNull();
      } finally {
        await crowded.close();
      }
    });
  });
}
