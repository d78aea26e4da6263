import { type OpenAiSandbox, startOpenAi } from '../../../sandbox/openai/index.ts';
import {
  ask,
  badge,
  chatRequest,
  dataOf,
  imagePart,
  mailbox,
  type Passage,
  pngSaying,
  post,
  printer,
} from './client.ts';

let server: OpenAiSandbox;
beforeAll(async () => {
  server = await startOpenAi();
});
afterAll(() => server.close());

const decoded = (text: string) => text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
const answer = (question: string, passages: readonly Passage[] = [printer, badge, mailbox]) =>
  ask(server, 'firstline_answer', dataOf(question, passages));

describe('firstline_answer', () => {
  test('the whole list of steps, each with a verbatim quote', async () => {
    const draft = await answer('The printer has a paper jam, how do I clear it?');
    expect(draft).toMatchObject({ outcome: 'answer', language: 'en', question: '' });
    expect(draft.sentences.map(({ text }) => text)).toEqual([
      expect.stringMatching(/open Tray 2 and pull the paper out slowly\.$/i),
      expect.stringMatching(/^(?:Don't|Do not) use force: the roller costs 140 euros\.$/),
      expect.stringMatching(/close the tray and press Resume\.$/i),
    ]);
    for (const { support } of draft.sentences) {
      expect(support.map(({ passage }) => passage)).toEqual(['P1']);
      for (const { quote } of support) expect(printer.text).toContain(decoded(quote));
    }
    expect(draft.sure).toBeGreaterThan(0.7);
    expect(draft.sure).toBeLessThanOrEqual(1);
  });

  test('only the sentences that tell, where there are no steps', async () => {
    const draft = await answer('What does a lost badge cost?');
    expect(draft.sentences.map(({ text }) => text)).toContain('A lost badge costs nothing the first time.');
    expect(draft.sentences.every(({ support }) => support.every(({ passage }) => passage === 'P2'))).toBe(true);
  });

  test('what is escaped comes back in its entities in quotes, and as itself in what is said', async () => {
    const draft = await answer('How do I search Outlook for large mail to delete?');
    const step = draft.sentences.find(({ text }) => text.includes('`size:>10MB`'));
    expect(step?.support[0]?.quote).toContain('`size:&gt;10MB`');
  });

  test.each([
    ['Can I bring my dog to the office?', 'not_answerable'],
    ["it doesn't work", 'ask_back'],
    ['printer', 'ask_back'],
    ['I want to talk to a real person', 'needs_person'],
  ])('%s: %s', async (question, outcome) => {
    const draft = await answer(question);
    expect(draft).toMatchObject({ outcome, sentences: [] });
    expect(draft.question !== '').toBe(outcome === 'ask_back');
  });

  const repairs: Passage = {
    title: 'Broken screens',
    text: 'Bring it to the IT desk with your badge. We lend you another laptop while the cracked screen is replaced.',
  };
  test('what IT does needs a person, unless somebody asks how', async () => {
    expect(await answer('my laptop screen is cracked', [repairs])).toMatchObject({ outcome: 'needs_person' });
    expect(await answer('How do I get a cracked laptop screen replaced?', [repairs])).toMatchObject({
      outcome: 'answer',
    });
  });

  test('without passages nothing can be answered', async () => {
    expect(await answer('How do I clear a paper jam?', [])).toMatchObject({ outcome: 'not_answerable' });
  });

  test.each([
    ['How do I clear a paper jam in the printer?', 'en'],
    ['Wie kann ich den Papierstau im Drucker beheben?', 'de'],
    ['Comment est-ce que je peux retirer le papier de mon imprimante ?', 'fr'],
    ['¿Cómo puedo quitar el papel de la impresora?', 'es'],
    ['Como posso tirar o papel da minha impressora? não sai', 'pt'],
    ['Hoe kan ik het papier uit mijn printer halen?', 'nl'],
  ])('%s is %s', async (question, language) => {
    expect((await answer(question)).language).toBe(language);
  });
});

describe('firstline_check', () => {
  const check = (question: string, draft: readonly string[]) =>
    ask<{ addresses_question: boolean; sentences: { number: number; supported: boolean }[] }>(
      server,
      'firstline_check',
      dataOf(question, [printer, badge], { draft }),
    );

  test.each([
    ['Open Tray 2 and pull the paper out slowly.', true],
    ['First, open Tray 2.', true],
    ['Do not use force: the roller costs 140 euros.', true],
    ['Use force: the roller costs 140 euros.', false],
    ["Don't use force: the roller costs 240 euros.", false],
    ['Hold the power button for thirty seconds.', false],
    ['Close the tray and press Cancel.', false],
    ['See https://printers.example.net for the tray.', false],
  ])('"%s" is supported: %s', async (sentence, supported) => {
    const { sentences } = await check('How do I clear a paper jam?', [sentence]);
    expect(sentences).toEqual([{ number: 1, supported }]);
  });

  test('whether it is about the question', async () => {
    const tray = ['Open Tray 2 and pull the paper out slowly.'];
    expect((await check('How do I clear a paper jam?', tray)).addresses_question).toBe(true);
    expect((await check('Where is the canteen?', tray)).addresses_question).toBe(false);
  });
});

describe('firstline_question', () => {
  test.each([
    [['How do I set up the VPN on my Mac?'], 'and on Linux?', 'How do I set up the VPN on Linux?'],
    [['My VPN keeps dropping.'], 'it still drops', 'My VPN keeps dropping: it still drops'],
    [['My VPN keeps dropping.'], 'How do I order a new work laptop?', 'How do I order a new work laptop?'],
    [[], 'and on Linux?', 'and on Linux?'],
  ])('after %j, "%s" is "%s"', async (earlier, question, whole) => {
    expect(await ask(server, 'firstline_question', dataOf(question, [], { earlier }))).toEqual({ question: whole });
  });
});

describe('firstline_picture', () => {
  const read = async (bytes: Buffer) => {
    const asked = chatRequest(server, 'firstline_picture', [{ type: 'text', text: 'Read it.' }, imagePart(bytes)]);
    const { body } = await post(server, '/chat/completions', asked);
    return JSON.parse(body.choices[0].message.content) as unknown;
  };

  test.each([
    [
      'what it says',
      pngSaying('Fehler 0x80070005: Zugriff verweigert – é'),
      'Fehler 0x80070005: Zugriff verweigert – é',
    ],
    ['nothing, without a text of that name', pngSaying('x', 'Author'), ''],
    ['nothing of what is no PNG', Buffer.from('GIF89a'), ''],
    ['nothing of a torn one', pngSaying('x').subarray(0, 50), ''],
  ])('%s', async (_, bytes, text) => {
    expect(await read(bytes)).toEqual({ text });
  });
});
