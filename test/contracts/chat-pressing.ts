import type { Action, Address } from '#domain/conversation.ts';
import type { Form } from '#domain/form.ts';
import type { Reply } from '#domain/reply.ts';
import { nothingPressed } from './chat-inbox.ts';
import type { ChatStage } from './chat-stage.ts';
import { asks, buttonsOf, heard, mentions, post, reply, source, textOf, until } from './chat-stage.ts';

/** What stands on each button, alike on all platforms. */
const titles: readonly (readonly [Action, string])[] = [
  ['solved', 'Solved'],
  ['not-yet', 'Not yet'],
  ['get-human', 'Get a human'],
  ['answer-privately', 'Send it to me privately'],
  ['follow', 'Follow it'],
  ['rate-1', '1 poor'],
  ['rate-2', '2'],
  ['rate-3', '3'],
  ['rate-4', '4'],
  ['rate-5', '5 great'],
  ['take', 'Take'],
  ['mute', 'Mute'],
  ['approve', 'Approve'],
  ['discard', 'Discard'],
];

const form: Form = {
  action: 'details',
  title: 'Your request',
  intro: 'A person in IT has it.',
  fields: [
    { kind: 'line', name: 'summary', label: 'Summary', hint: '', optional: false, value: 'It is dead', most: 200 },
    { kind: 'text', name: 'tried', label: 'Tried', hint: 'Anything', optional: true, value: '', most: 3000 },
    {
      kind: 'choice',
      name: 'urgency',
      label: 'How urgent is it?',
      hint: '',
      optional: true,
      value: 'high',
      options: [
        { value: 'high', label: 'I cannot work' },
        { value: 'low', label: 'It can wait' },
      ],
    },
  ],
  submit: 'Add to the ticket',
  skip: 'Leave as it is',
};

const handedOver = { ...reply('A person in IT has it.'), form: 'get-human' as const };

/** Buttons and forms. */
export function pressingContract(at: () => ChatStage): void {
  /** A question with a post below it that has these buttons. */
  async function offered(buttons: readonly Action[], said = mentions): Promise<Address> {
    const { message } = await heard(at(), said);
    await post(at(), message.address, { turnId: '42', reply: reply('This may help.', buttons) });
    return message.address;
  }

  /** Ana gets a human, and the form about it is open. */
  async function opened(address: Address): Promise<void> {
    const { inbox, differs } = at();
    inbox.pressed = { form, reply: handedOver, refusal: null };
    inbox.offered = form;
    await at().press({ as: 'ana', address, title: 'Get a human' });
    if (differs.formButton !== null) await at().press({ as: 'ana', address, title: differs.formButton });
    await until(() => at().form('ana'), 'the form is open');
    inbox.pressed = nothingPressed;
  }

  describe('buttons', () => {
    test.each(titles)('%s: “%s” is pressed, and told once', async (action, title) => {
      const address = await offered([action]);
      const before = Date.now();
      expect(buttonsOf(at().seen(address))).toEqual([title]);
      expect(await at().press({ as: 'ana', address, title })).toBe(true);
      const [click, ...others] = at().inbox.clicks;
      expect(others).toEqual([]);
      expect(click).toMatchObject({ turnId: '42', action, address, personRef: at().refOf('ana'), values: null });
      expect(Math.abs((click?.at.getTime() ?? 0) - before)).toBeLessThan(60_000);
    });

    test.each<[string, readonly Action[]]>([
      ['an employee’s', ['solved', 'get-human', 'answer-privately']],
      ['a rating’s', ['rate-1', 'rate-2', 'rate-3', 'rate-4', 'rate-5']],
      ['IT staff’s', ['take', 'answer-here', 'mute']],
      ['a lesson’s', ['approve', 'edit', 'discard']],
    ])('all of %s stand in their order, each with words of its own', async (_, buttons) => {
      const shown = buttonsOf(at().seen(await offered(buttons)));
      expect(new Set(shown).size).toBe(buttons.length);
      expect(shown.every((title) => title.trim() !== '')).toBe(true);
    });

    test('a press in direct messages is told as one in a channel', async () => {
      const address = await offered(['solved'], asks);
      await at().press({ as: 'ana', address, title: 'Solved' });
      expect(at().inbox.clicks).toMatchObject([{ turnId: '42', action: 'solved', address }]);
    });

    test('the buttons of an answer with its sources are of its turn, also after a change', async () => {
      const { message } = await heard(at(), mentions);
      const { address } = message;
      const parts: Reply['parts'] = [
        { kind: 'text', text: 'This is what the guide says:' },
        { kind: 'sources', label: 'Source:', citations: [source('VPN', 'https://wiki.example.com/vpn')] },
      ];
      const postRef = await post(at(), address, { turnId: '42', reply: { parts, buttons: ['solved', 'get-human'] } });
      await at().press({ as: 'ana', address, title: 'Solved' });
      await at().platform.update(address, postRef, { parts, buttons: ['get-human'] });
      await at().press({ as: 'ana', address, title: 'Get a human' });
      expect(at().inbox.clicks).toMatchObject([
        { turnId: '42', action: 'solved', address },
        { turnId: '42', action: 'get-human', address },
      ]);
    });

    test('what has become of it is there for all once the post is changed, for who pressed perhaps before', async () => {
      const { message } = await heard(at(), mentions);
      const { address } = message;
      const postRef = await post(at(), address, { turnId: '42', reply: reply('This may help.', ['solved']) });
      const solved = reply('This may help. Marked as solved.');
      at().inbox.pressed = { ...nothingPressed, reply: solved };
      await at().press({ as: 'ana', address, title: 'Solved' });
      expect(buttonsOf(at().seen(address, 'ana'))).toEqual(at().differs.answersPresses ? [] : ['Solved']);
      expect(buttonsOf(at().seen(address, 'ben'))).toEqual(['Solved']);
      await at().platform.update(address, postRef, solved);
      for (const as of ['ana', 'ben'] as const) {
        expect(textOf(at().seen(address, as))).toBe('This may help. Marked as solved.');
        expect(buttonsOf(at().seen(address, as))).toEqual([]);
      }
    });

    test('a press that is delivered again is the same press, also while the first is in hand', async () => {
      const address = await offered(['solved']);
      await at().press({ as: 'ana', address, title: 'Solved' });
      const knock = at().lastAct();
      expect(await Promise.all([at().door.replay(knock), at().door.replay(knock)])).toEqual([200, 200]);
      expect([at().inbox.handed.clicks.length, at().inbox.clicks.length]).toEqual([3, 1]);
    });

    test('two presses of two people are two, each told with who it was', async () => {
      const address = await offered(['get-human']);
      await at().press({ as: 'ana', address, title: 'Get a human' });
      await at().press({ as: 'ben', address, title: 'Get a human' });
      expect(at().inbox.clicks.map(({ personRef }) => personRef)).toEqual([at().refOf('ana'), at().refOf('ben')]);
    });

    test('why a press counts for nothing is told to who pressed, and to nobody else', async () => {
      const address = await offered(['solved']);
      const refusal = 'Only Ana Silva can close this.';
      at().inbox.pressed = { ...nothingPressed, refusal };
      await at().press({ as: 'ben', address, title: 'Solved' });
      await until(() => at().told(address, 'ben').length > 0, 'Ben is told');
      expect(at().told(address, 'ben').join(' ')).toContain(refusal);
      expect(at().told(address, 'ana')).toEqual([]);
      expect(textOf(at().seen(address))).not.toContain(refusal);
      expect(buttonsOf(at().seen(address, 'ana'))).toEqual(['Solved']);
    });

    test('a press that is not stored is not acknowledged, and can be made again', async () => {
      const address = await offered(['solved'], asks);
      at().inbox.failOnce();
      expect(await at().press({ as: 'ana', address, title: 'Solved' })).toBe(false);
      expect(at().inbox.clicks).toEqual([]);
      expect(await at().press({ as: 'ana', address, title: 'Solved' })).toBe(true);
      expect(at().inbox.clicks).toHaveLength(1);
    });

    test('a press whose content is altered stores nothing, and ours still works', async () => {
      const address = await offered(['solved']);
      await at().press({ as: 'ana', address, title: 'Solved' });
      const attempts = at().alterations(at().lastAct());
      expect(attempts).not.toEqual([]);
      for (const { name, send } of attempts) {
        expect([name, (await send()) < 500]).toEqual([name, true]);
        expect([name, at().inbox.handed.clicks.length]).toEqual([name, 1]);
      }
    });
  });

  describe('the form', () => {
    test.each([
      ['a channel', mentions],
      ['direct messages', asks],
    ])('in %s it opens with what is known already', async (_, said) => {
      await opened(await offered(['get-human'], said));
      const { title, holds } = at().form('ana')!;
      expect([title, holds]).toEqual(['Your request', { summary: 'It is dead', tried: '', urgency: 'high' }]);
      expect(at().form('ben')).toBeNull();
    });

    test.each([
      ['answer-here', 'Answer from here'],
      ['edit', 'Edit'],
    ] as const)('what opens with “%s” is sent as what the form is of', async (action, title) => {
      const address = await offered([action]);
      const own: Form = { ...form, action };
      at().inbox.pressed = { ...nothingPressed, form: own };
      at().inbox.offered = own;
      await at().press({ as: 'ben', address, title });
      await until(() => at().form('ben'), 'the form is open');
      at().inbox.pressed = nothingPressed;
      expect(await at().send('ben', { summary: 'Restart it.' })).toBe(true);
      const sent = at().inbox.clicks.filter(({ values }) => values !== null);
      expect(sent).toMatchObject([{ action, turnId: '42', address, personRef: at().refOf('ben') }]);
      expect(sent[0]?.values).toMatchObject({ summary: 'Restart it.' });
    });

    test('the press counts before the form is sent', async () => {
      const address = await offered(['get-human']);
      await opened(address);
      expect(at().inbox.clicks).toMatchObject([{ action: 'get-human', values: null, address }]);
    });

    test('what is entered comes as a click of the same turn, and the form closes', async () => {
      const address = await offered(['get-human']);
      await opened(address);
      const entered = { summary: 'It does <not> wake & is "hot"', urgency: 'low' };
      expect(await at().send('ana', entered)).toBe(true);
      expect(at().form('ana')).toBeNull();
      const [, sent, ...others] = at().inbox.clicks;
      expect(others).toEqual([]);
      expect(sent).toMatchObject({
        turnId: '42',
        address,
        personRef: at().refOf('ana'),
        action: 'details',
        values: { ...entered, tried: '' },
      });
    });

    test('a form that is delivered twice is one', async () => {
      await opened(await offered(['get-human']));
      await at().send('ana', {});
      expect(await at().door.replay(at().lastAct())).toBe(200);
      expect(at().inbox.handed.clicks).toHaveLength(3);
      expect(at().inbox.clicks).toHaveLength(2);
    });

    test('a form that is not stored stays open, and can be sent once more', async () => {
      await opened(await offered(['get-human'], asks));
      at().inbox.failOnce();
      expect(await at().send('ana', {})).toBe(false);
      expect(at().form('ana')).not.toBeNull();
      expect(await at().send('ana', {})).toBe(true);
      expect(at().inbox.clicks.map(({ action }) => action)).toEqual(['get-human', 'details']);
    });

    test('a form whose content is altered stores nothing', async () => {
      await opened(await offered(['get-human']));
      await at().send('ana', {});
      const attempts = at().alterations(at().lastAct());
      expect(attempts).not.toEqual([]);
      for (const { name, send } of attempts) {
        expect([name, (await send()) < 500]).toEqual([name, true]);
        expect([name, at().inbox.handed.clicks.length]).toEqual([name, 2]);
      }
    });

    test('a press that calls for no form opens none', async () => {
      const address = await offered(['solved']);
      await at().press({ as: 'ana', address, title: 'Solved' });
      await heard(at(), { ...mentions, text: 'and now?' });
      expect(at().form('ana')).toBeNull();
    });
  });
}
