import type { Reply, ReplyPart } from '#domain/reply.ts';
import type { ChatStage } from './chat-stage.ts';
import { asks, buttonsOf, heard, linksOf, mentions, post, reply, source, textOf, until } from './chat-stage.ts';

const guide = 'https://wiki.example.com/vpn';
const answer: Reply = {
  parts: [
    { kind: 'text', text: 'This is what the guide says:' },
    { kind: 'quote', markdown: '1. Open **Account**.\n2. Choose *New password*.' },
    { kind: 'sources', label: 'Source:', citations: [source('VPN on macOS', guide)] },
  ],
  buttons: ['solved', 'get-human'],
};

const written: ReplyPart = {
  kind: 'written',
  written: {
    sentences: [
      { text: 'Update the client to 5.2.', cites: [0] },
      { text: 'Then run `vpn --reset *all*` as described at https://vpn.example.com/reset.', cites: [0, 1] },
      { text: 'It *reconnects* by itself.', cites: [] },
    ],
  },
  citations: [source('VPN on macOS', guide), source('Hotels', 'https://wiki.example.com/hotels')],
};
const writtenAnswer: Reply = {
  parts: [written, { kind: 'sources', label: 'From', citations: written.citations }],
  buttons: ['solved', 'get-human'],
};

/** What we show, and how it is changed. */
export function postingContract(at: () => ChatStage): void {
  describe('what is posted', () => {
    test.each([
      ['direct messages', asks],
      ['a channel', mentions],
    ])('an answer in %s: the words, the quote, the source, the buttons', async (_, said) => {
      const { message } = await heard(at(), said);
      await post(at(), message.address, { turnId: '42', reply: answer });
      const seen = at().seen(message.address);
      for (const words of ['This is what the guide says:', 'Open Account', 'New password', 'VPN on macOS']) {
        expect(textOf(seen)).toContain(words);
      }
      expect(linksOf(seen)).toContain(guide);
      expect(buttonsOf(seen)).toEqual(['Solved', 'Get a human']);
    });

    test.each([
      ['direct messages', asks],
      ['a channel', mentions],
    ])('an answer of a model in %s: its steps, their marks and the sources, and no other link', async (_, said) => {
      const { message } = await heard(at(), said);
      const postRef = await post(at(), message.address, { turnId: '42', reply: writtenAnswer });
      await at().platform.update(message.address, postRef, writtenAnswer);
      const seen = at().seen(message.address);
      const steps =
        /to 5\.2\. \[1\].*run vpn --reset \*all\* as described at https:\/\/vpn\.example\.com\/reset\. \[1\] \[2\].*It \*reconnects\* by itself\./s;
      expect(textOf(seen)).toMatch(steps);
      expect(new Set(linksOf(seen))).toEqual(new Set([guide, 'https://wiki.example.com/hotels']));
      expect(buttonsOf(seen)).toEqual(['Solved', 'Get a human']);
    });

    test('each part of a reply is there, in order', async () => {
      const { message } = await heard(at(), asks);
      const parts: readonly ReplyPart[] = [
        { kind: 'text', text: 'One.' },
        { kind: 'ticket', before: 'Two: ', key: 'IT-42', url: 'https://jira.example.com/browse/IT-42', after: '.' },
        { kind: 'link', before: 'Three: ', text: 'the thread', url: 'https://chat.example.com/t', after: '.' },
        { kind: 'said', who: 'Rui Costa', markdown: 'Four is **done**.' },
        { kind: 'note', text: 'Five.' },
      ];
      await post(at(), message.address, { turnId: '42', reply: { parts, buttons: [] } });
      const seen = at().seen(message.address);
      expect(textOf(seen)).toMatch(/One\..*Two: .*IT-42.*Three: .*the thread.*Rui Costa.*Four is done.*Five\./s);
      expect(linksOf(seen)).toEqual(
        expect.arrayContaining(['https://jira.example.com/browse/IT-42', 'https://chat.example.com/t']),
      );
    });

    test('a reply of words alone is one post', async () => {
      const { message } = await heard(at(), mentions);
      await post(at(), message.address, { turnId: '42', reply: reply('Which app is it?') });
      expect(at().seen(message.address)).toMatchObject([{ text: 'Which app is it?', links: [], buttons: [] }]);
    });

    test('posts stand in the order in which they were made', async () => {
      const { message } = await heard(at(), asks);
      for (const words of ['first', 'second', 'third']) {
        await post(at(), message.address, { turnId: words, reply: reply(words) });
      }
      expect(textOf(at().seen(message.address))).toMatch(/first.*second.*third/s);
    });

    test('that we are at work is shown, and when it cannot be, nothing happens', async () => {
      const { message } = await heard(at(), asks);
      expect(at().isWorking(message.address)).toBe(false);
      at().faults.next('show-working', { kind: 'status', status: 503 });
      await at().platform.showWorking(message.address, 'searching');
      expect(at().isWorking(message.address)).toBe(false);
      await at().platform.showWorking({ ...message.address, ref: 'nowhere' }, 'searching');
      await at().platform.showWorking(message.address, 'searching');
      expect(at().isWorking(message.address)).toBe(true);
      await post(at(), message.address, { turnId: '42', reply: reply('Here it is.') });
      expect(at().isWorking(message.address)).toBe(false);
    });
  });

  describe('how far an answer is', () => {
    test.each([
      ['direct messages', asks],
      ['a channel', mentions],
    ])('in %s: nothing of the answer is seen before all of it is, and it is seen once', async (_, said) => {
      const { message } = await heard(at(), said);
      for (const stage of ['searching', 'reading', 'reading', 'checking'] as const) {
        await at().platform.showWorking(message.address, stage);
        expect(at().isWorking(message.address)).toBe(true);
        expect(at().seen(message.address)).toEqual([]);
      }
      await post(at(), message.address, { turnId: '42', reply: writtenAnswer });
      expect(at().isWorking(message.address)).toBe(false);
      const seen = at().seen(message.address);
      expect(textOf(seen).split('Update the client')).toHaveLength(2);
      expect(buttonsOf(seen)).toEqual(['Solved', 'Get a human']);
      await post(at(), message.address, { turnId: '43', reply: reply('Something else.') });
      expect(at().seen(message.address)).toHaveLength(seen.length + 1);
    });

    test('what is posted instead of an answer ends it as well', async () => {
      const { message } = await heard(at(), asks);
      await at().platform.showWorking(message.address, 'reading');
      await post(at(), message.address, { turnId: '42', reply: reply('Which app is it?', ['get-human']) });
      expect(at().isWorking(message.address)).toBe(false);
      const seen = at().seen(message.address);
      expect([textOf(seen).trim(), buttonsOf(seen)]).toEqual(['Which app is it?', ['Get a human']]);
    });

    test('another process ends what one has begun', async () => {
      const { message } = await heard(at(), asks);
      await at().platform.showWorking(message.address, 'reading');
      await at().restart();
      await post(at(), message.address, { turnId: '42', reply: reply('Here it is.') });
      expect(at().isWorking(message.address)).toBe(false);
      expect(at().seen(message.address)).toMatchObject([{ text: 'Here it is.' }]);
    });

    test('an answer whose answer was lost is there once, where it was shown how far it is', async () => {
      const { message } = await heard(at(), asks);
      await at().platform.showWorking(message.address, 'reading');
      at().faults.next('post', { kind: 'drop-after' });
      const lost = { turnId: '42', reply: reply('Here it is.') };
      await expect(post(at(), message.address, lost)).rejects.toMatchObject({ kind: 'unavailable' });
      const postRef = await at().platform.post(message.address, { ...lost, again: true });
      expect(at().seen(message.address)).toMatchObject([{ text: 'Here it is.' }]);
      await at().platform.update(message.address, postRef, reply('Here it is, changed.'));
      expect(at().seen(message.address)).toMatchObject([{ text: 'Here it is, changed.' }]);
    });

    test('Stop is handed over, once, by who pressed; nothing more is shown of it', async () => {
      const { message } = await heard(at(), asks);
      await at().platform.showWorking(message.address, 'reading');
      at().stop(message.address, 'ana');
      // where the platform tells of it by refusing us
      await at().platform.showWorking(message.address, 'checking');
      const stop = await until(() => at().inbox.stops[0], 'the stop is handed over');
      expect(stop).toEqual({
        eventId: expect.stringMatching(/./),
        address: message.address,
        personRef: at().refOf('ana'),
        at: expect.any(Date),
      });
      await post(at(), message.address, { turnId: '43', reply: reply('Stopped.') });
      await until(() => !at().isWorking(message.address), 'nothing is shown any more');
      expect(at().seen(message.address)).toMatchObject([{ text: 'Stopped.' }]);
      expect(at().inbox.stops).toHaveLength(1);
    });

    test('a Stop that cannot be stored is delivered again, or told again', async () => {
      const { message } = await heard(at(), asks);
      await at().platform.showWorking(message.address, 'reading');
      at().inbox.failOnce();
      at().stop(message.address, 'ana');
      const late = { turnId: '42', reply: writtenAnswer };
      if (!at().differs.tellsOfStops) {
        await expect(post(at(), message.address, late)).rejects.toMatchObject({ kind: 'unavailable' });
        await at().platform.post(message.address, { ...late, again: true });
        // who has stopped an answer does not get it
        expect(at().seen(message.address)).toEqual([]);
      }
      expect(await until(() => at().inbox.stops[0], 'the stop is handed over')).toMatchObject({
        address: message.address,
      });
    });
  });

  describe('what is changed', () => {
    test('the buttons give way to the outcome; the same change twice is the same', async () => {
      const { message } = await heard(at(), mentions);
      const postRef = await post(at(), message.address, { turnId: '42', reply: answer });
      await post(at(), message.address, { turnId: '43', reply: reply('Something else.') });
      const solved: Reply = { parts: [...answer.parts, { kind: 'note', text: 'Marked as solved.' }], buttons: [] };
      await at().platform.update(message.address, postRef, solved);
      const once = at().seen(message.address);
      await at().platform.update(message.address, postRef, solved);
      expect(at().seen(message.address)).toEqual(once);
      expect(buttonsOf(once)).toEqual([]);
      expect(textOf(once)).toMatch(/Open Account.*Marked as solved\..*Something else\./s);
      expect(linksOf(once)).toContain(guide);
    });

    test('the words of a post are changed in its place', async () => {
      const { message } = await heard(at(), mentions);
      const postRef = await post(at(), message.address, { turnId: '42', reply: reply('The ticket is IT-1.') });
      await at().platform.update(message.address, postRef, reply('The ticket is IT-42.'));
      expect(
        at()
          .seen(message.address)
          .map(({ text }) => text),
      ).toEqual(['The ticket is IT-42.']);
    });

    test('a post is taken away with all that belongs to it, and taking it away again is fine', async () => {
      const { message } = await heard(at(), asks);
      const postRef = await post(at(), message.address, { turnId: '42', reply: answer });
      expect(at().seen(message.address)).not.toEqual([]);
      await at().platform.remove(message.address, postRef);
      await at().platform.remove(message.address, postRef);
      expect(at().seen(message.address)).toEqual([]);
    });

    test('nobody misses the change of a post that is gone', async () => {
      const { message } = await heard(at(), asks);
      const postRef = await post(at(), message.address, { turnId: '42', reply: answer });
      await at().platform.remove(message.address, postRef);
      await at().platform.update(message.address, postRef, reply('Too late.'));
      expect(at().seen(message.address)).toEqual([]);
    });
  });

  describe('what does not fit', () => {
    const many = Array.from({ length: 60 }, (_, index) => source('T'.repeat(300), `${guide}/${index}`));
    const sources: ReplyPart = { kind: 'sources', label: 'Sources', citations: many };
    const words = 'Renew the certificate. '.repeat(22_000);
    test.each<[string, readonly ReplyPart[]]>([
      [
        'a quote of 500 kB',
        [
          { kind: 'quote', markdown: words },
          { ...sources, citations: many.slice(0, 1) },
        ],
      ],
      [
        'three hundred sentences of a model',
        [
          {
            kind: 'written',
            written: { sentences: Array.from({ length: 300 }, () => ({ text: words.slice(0, 2000), cites: [0, 50] })) },
            citations: many,
          },
          sources,
        ],
      ],
      [
        'one sentence of 500 kB of a model',
        [{ kind: 'written', written: { sentences: [{ text: words, cites: [0] }] }, citations: many }, sources],
      ],
      ['a quote of one word', [{ kind: 'quote', markdown: 'x'.repeat(500_000) }, sources]],
      ['sixty sources with titles of 300 characters', [{ kind: 'text', text: 'These may help:' }, sources]],
      ['all of it', [{ kind: 'text', text: words }, { kind: 'quote', markdown: `- ${words}\n`.repeat(3) }, sources]],
      ['what a person says', [{ kind: 'said', who: 'R'.repeat(5000), markdown: words }, sources]],
      ['a hundred notes', [sources, ...Array.from({ length: 100 }, () => ({ kind: 'note', text: words }) as const)]],
    ])('%s: cut, never refused, and the source can still be opened', async (_, parts) => {
      const { message } = await heard(at(), asks);
      const postRef = await post(at(), message.address, {
        turnId: '42',
        reply: { parts, buttons: ['solved', 'get-human'] },
      });
      await at().platform.update(message.address, postRef, { parts, buttons: ['get-human'] });
      const seen = at().seen(message.address);
      expect(linksOf(seen)).toContain(`${guide}/0`);
      expect(buttonsOf(seen)).toEqual(['Get a human']);
      expect(textOf(seen).length).toBeLessThan(100_000);
    });
  });

  describe('what is hostile', () => {
    const hostile = [
      'READ @everyone @channel @here',
      '<!channel> <!here> <@U0BEN0001> <!subteam^S1|it> #help',
      '<at>Ben Okafor</at> <at id="0">everyone</at>',
      '[press](javascript:alert(1)) [data](data:text/html,x) [user](https://bank.example@evil.example/)',
      '<javascript:alert(1)|press> <img src=x onerror=alert(1)> </script><script>alert(1)</script>',
      '![beacon](http://evil.example/x.png) THIS',
    ];
    const spoilt = hostile.join('\n\n');
    test.each<[string, ReplyPart]>([
      ['our own words', { kind: 'text', text: spoilt }],
      ['a quote', { kind: 'quote', markdown: spoilt }],
      ['a quote of code', { kind: 'quote', markdown: `\`\`\`\n${spoilt}\n\`\`\`` }],
      [
        'what a model wrote',
        {
          kind: 'written',
          written: { sentences: hostile.map((text) => ({ text, cites: [0, 1, 7, -1] })) },
          citations: [source(spoilt, 'javascript:alert(1)'), source('THIS', guide)],
        },
      ],
      [
        'what a model wrote in one sentence, and as code',
        {
          kind: 'written',
          written: {
            sentences: [
              { text: spoilt, cites: [0] },
              { text: `\`${spoilt}\``, cites: [1] },
            ],
          },
          citations: [source(spoilt, 'https://bank.example@evil.example/'), source('THIS', guide)],
        },
      ],
      ['what a person says', { kind: 'said', who: 'Rui <!channel> <at>Ben</at>', markdown: spoilt }],
      ['a note', { kind: 'note', text: spoilt }],
      [
        'a title',
        {
          kind: 'sources',
          label: spoilt,
          citations: [source(`READ ${spoilt}`, 'javascript:alert(1)'), source('THIS', guide)],
        },
      ],
      ['a link', { kind: 'link', before: spoilt, text: spoilt, url: 'javascript:alert(1)', after: spoilt }],
    ])('in %s: nobody is mentioned, no such link is live, and it can be read', async (_, part) => {
      const { message } = await heard(at(), mentions);
      await post(at(), message.address, { turnId: '42', reply: { parts: [part], buttons: [] } });
      const seen = at().seen(message.address);
      expect(seen.flatMap((each) => each.mentions)).toEqual([]);
      expect(linksOf(seen).filter((link) => !isHarmless(link))).toEqual([]);
      expect(textOf(seen)).toMatch(/READ.*THIS/s);
    });

    test('what a model wrote is no markup but for code', async () => {
      const { message } = await heard(at(), mentions);
      const words =
        '# [press](https://evil.example/) **b** _i_ ~~s~~ &amp; <b>bold</b> [2] | ![x](y) :) > 1. \\* `a*b`';
      const sentences = [{ text: words, cites: [0] }];
      const part = { kind: 'written', written: { sentences }, citations: [source('VPN', guide)] } as const;
      await post(at(), message.address, { turnId: '42', reply: { parts: [part], buttons: [] } });
      const seen = at().seen(message.address);
      expect(textOf(seen).trim()).toBe(`${words.replaceAll('`', '')} [1]`);
      expect(linksOf(seen).filter((link) => link !== guide)).toEqual([]);
    });

    test('our own words are no markup', async () => {
      const { message } = await heard(at(), mentions);
      const words = '[press](https://evil.example/) # 1. &amp; <b>bold</b> [1]';
      await post(at(), message.address, { turnId: '42', reply: reply(words) });
      const seen = at().seen(message.address);
      expect([textOf(seen), linksOf(seen)]).toEqual([words, []]);
    });
  });

  describe('files of ours', () => {
    const file = { name: 'fix.txt', ref: '10001', mimeType: 'text/plain', bytes: 5 };
    const share = (stage: ChatStage, address: { platform: 'slack' | 'teams'; ref: string }) => {
      const content = { stream: new Blob(['fixed']).stream(), mimeType: 'text/plain', bytes: 5 };
      return stage.platform.shareFile(address, { file, content, again: false, known: [] });
    };

    test('a file is to be seen in the thread by its name, and taken away again', async () => {
      const { message } = await heard(at(), asks);
      const fileId = await share(at(), message.address);
      expect(textOf(at().seen(message.address))).toContain('fix.txt');
      const found = await at().platform.findFile(message.address, { file, known: [] });
      expect(found).toBe(at().differs.findsItsPosts ? fileId : null);
      await at().platform.removeFile(fileId);
      await at().platform.removeFile(fileId);
      expect(textOf(at().seen(message.address))).not.toContain('fix.txt');
      expect(await at().platform.findFile(message.address, { file, known: [] })).toBeNull();
    });
  });
}

/** On the web or by mail, without a user name that makes one host look like another. */
function isHarmless(link: string): boolean {
  const url = URL.parse(link);
  if (url === null) return false;
  return ['https:', 'http:', 'mailto:'].includes(url.protocol) && url.username === '';
}
