import type { Address } from '#domain/conversation.ts';
import type { ChatStage, Failure, Verb } from './chat-stage.ts';
import { asks, heard, mentions, post, reply, textOf } from './chat-stage.ts';

const failures: readonly (readonly [string, Failure, object])[] = [
  [
    'a rate limit that says how long',
    { kind: 'rate-limit', retryAfterSeconds: 4 },
    { kind: 'rate-limited', retryAfterMs: 4000 },
  ],
  [
    'a rate limit that does not',
    { kind: 'status', status: 429 },
    { kind: expect.stringMatching(/^(rate-limited|unavailable)$/), retryAfterMs: null },
  ],
  ['an outage', { kind: 'status', status: 503 }, { kind: 'unavailable', retryAfterMs: null }],
  ['a gateway’s time-out', { kind: 'status', status: 504 }, { kind: 'unavailable' }],
  ['a lost connection', { kind: 'drop' }, { kind: 'unavailable' }],
  ['a lost answer', { kind: 'drop-after' }, { kind: 'unavailable' }],
  ['credentials that are refused', { kind: 'status', status: 401 }, { kind: 'unauthorized' }],
];

/** When the vendor does not do what it is asked. */
export function outageContract(at: () => ChatStage): void {
  const verbs: readonly (readonly [Verb, (address: Address, postRef: string) => Promise<unknown>])[] = [
    ['post', (address) => post(at(), address, { turnId: '43', reply: reply('Second.') })],
    ['update', (address, postRef) => at().platform.update(address, postRef, reply('Changed.'))],
    ['remove', (address, postRef) => at().platform.remove(address, postRef)],
    [
      'begin',
      () =>
        at().platform.startIn(at().channelId('it'), { key: 'k', turnId: '44', reply: reply('A card.'), again: false }),
    ],
  ];
  const cases = verbs.flatMap(([verb, act]) =>
    failures.map(([name, failure, expected]) => ({ verb, act, name, failure, expected })),
  );

  test.each(cases)('$verb, $name: told by its kind, asked once', async ({ verb, act, failure, expected }) => {
    const { message } = await heard(at(), mentions);
    await heard(at(), { ...mentions, where: 'it', text: 'hello' });
    const postRef = await post(at(), message.address, { turnId: '42', reply: reply('First.') });
    const before = at().faults.requests(verb);
    at().faults.next(verb, failure);
    await expect(act(message.address, postRef)).rejects.toMatchObject({
      name: 'RemoteError',
      system: at().platform.name,
      ...expected,
    });
    expect(at().faults.requests(verb) - before).toBe(1);
    // it passes
    await act(message.address, postRef);
    expect(at().faults.requests(verb) - before).toBe(2);
  });

  test.each(verbs)('%s, a refusal: no matter for another try', async (verb, act) => {
    const { message } = await heard(at(), mentions);
    await heard(at(), { ...mentions, where: 'it', text: 'hello' });
    const postRef = await post(at(), message.address, { turnId: '42', reply: reply('First.') });
    at().faults.next(verb, { kind: 'status', status: 400 });
    // a channel that does not take us is for the admin
    const kind = verb === 'begin' ? expect.stringMatching(/^(rejected|unauthorized)$/) : 'rejected';
    await expect(act(message.address, postRef)).rejects.toMatchObject({
      name: 'RemoteError',
      kind,
      retryAfterMs: null,
    });
  });

  test('no failure tells what was said', async () => {
    const { message } = await heard(at(), asks);
    at().faults.next('post', { kind: 'status', status: 400 });
    const failed = post(at(), message.address, { turnId: '42', reply: reply('The password is swordfish.') });
    const error = await failed.then(
      () => null,
      (reason: unknown) => reason,
    );
    expect(error).toMatchObject({ name: 'RemoteError' });
    expect(`${String(error)} ${JSON.stringify(error)}`).not.toContain('swordfish');
  });

  describe('once more, after an answer that was lost', () => {
    /** How often it may be there then. */
    const most = () => (at().differs.findsItsPosts ? 1 : 2);

    test.each([
      ['direct messages', asks],
      ['a channel', mentions],
    ])(
      'a post in %s is found where the platform can look; it is there twice at most where it cannot',
      async (_, said) => {
        const { message } = await heard(at(), said);
        const shown = { turnId: '42', reply: reply('Hello, once.') };
        at().faults.next('post', { kind: 'drop-after' });
        await expect(post(at(), message.address, shown)).rejects.toMatchObject({ kind: 'unavailable' });
        const postRef = await at().platform.post(message.address, { ...shown, again: true });
        expect(at().seen(message.address)).toHaveLength(most());
        if (at().differs.findsItsPosts) expect(await at().platform.findPost(message.address, '42')).toBe(postRef);
        // whatever it found, it is the one that is changed from now on
        await at().platform.update(message.address, postRef, reply('Changed.'));
        expect(at().seen(message.address).at(-1)?.text).toBe('Changed.');
      },
    );

    test('a post that was never made is made', async () => {
      const { message } = await heard(at(), asks);
      at().faults.next('post', { kind: 'drop' });
      const shown = { turnId: '42', reply: reply('Hello, once.') };
      await expect(post(at(), message.address, shown)).rejects.toMatchObject({ kind: 'unavailable' });
      await at().platform.post(message.address, { ...shown, again: true });
      expect(textOf(at().seen(message.address))).toBe('Hello, once.');
    });

    test('another turn’s post is never taken for it', async () => {
      const { message } = await heard(at(), asks);
      const other = await post(at(), message.address, { turnId: '4', reply: reply('Another.') });
      const postRef = await at().platform.post(message.address, {
        turnId: '42',
        reply: reply('This one.'),
        again: true,
      });
      expect(postRef).not.toBe(other);
      expect(textOf(at().seen(message.address))).toBe('Another.\nThis one.');
    });

    test('a change whose answer was lost is made again', async () => {
      const { message } = await heard(at(), asks);
      const postRef = await post(at(), message.address, { turnId: '42', reply: reply('Hello.') });
      at().faults.next('update', { kind: 'drop-after' });
      await expect(at().platform.update(message.address, postRef, reply('Changed.'))).rejects.toMatchObject({
        kind: 'unavailable',
      });
      await at().platform.update(message.address, postRef, reply('Changed.'));
      expect(textOf(at().seen(message.address))).toBe('Changed.');
    });

    test('a thread in a channel is begun once where it can be found', async () => {
      await heard(at(), { ...mentions, where: 'it' });
      const begun = at().faults.requests('begin');
      const opening = { key: 'triage/7', turnId: '7', reply: reply('IT-42: VPN', ['take']) };
      at().faults.next('begin', { kind: 'drop-after' });
      const lost = at().platform.startIn(at().channelId('it'), { ...opening, again: false });
      await expect(lost).rejects.toMatchObject({ kind: 'unavailable' });
      await at().platform.startIn(at().channelId('it'), { ...opening, again: true });
      expect(at().faults.requests('begin') - begun).toBe(most());
    });
  });
}
