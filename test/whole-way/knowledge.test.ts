import { mkdirSync, mkdtempSync, renameSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { ask, named, posts, postsFrom, shown, ticketOf } from './threads.ts';
import { startWorkplace, type Workplace } from './workplace.ts';

const patienceMs = 120_000;

let place: Workplace;
let folder: string;

beforeAll(async () => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'firstline-knowledge-'));
  mkdirSync(path.join(folder, 'rooms'));
  write('groups.yml', 'finance:\n  - priya.raghunathan@brindlow.example\n');
  write('badge.md', article('Badge readers', 'Hold the badge against the reader until it turns **green**.'));
  write('rooms/kettle.md', article('Kettles', 'Descale the kettle with two spoons of vinegar.'));
  write('rooms/beamer.md', article('Beamers', 'Press the purple knob of the beamer.'));
  write('ledger.md', article('Ledgers', 'Close the ledger with the brass stamp.'));
  place = await startWorkplace({
    KNOWLEDGE_FOLDER: folder,
    KNOWLEDGE_SYNC_MINUTES: '0.1', // the least there is
    ANSWER_AT: '0.001',
    SUGGEST_AT: '0.001',
  });
}, patienceMs);
afterAll(async () => {
  await place.close();
  rmSync(folder, { recursive: true, force: true });
});

function write(file: string, content: string | Uint8Array): void {
  writeFileSync(path.join(folder, file), content);
}

function article(title: string, text: string, audience = 'everyone'): string {
  return `---\ntitle: ${title}\nurl: https://wiki.example/${title.replaceAll(' ', '-')}\naudience: [${audience}]\n---\n\n${text}\n`;
}

/** Asks, and returns what the bot answers. */
async function answerTo(text: string, name = 'Inês'): Promise<string> {
  const thread = await ask(place, { as: named(place, name), text });
  const [answer] = await postsFrom(place, thread, 1);
  return shown(answer);
}

/** Asks what no document may answer, and returns the labels of the ticket. */
async function labelsFor(text: string): Promise<readonly string[]> {
  const thread = await ask(place, { as: named(place, 'Inês'), text });
  const { labels, description } = await ticketOf(place, thread);
  expect(JSON.stringify([description, posts(place, thread)])).not.toContain('wiki.example');
  return labels;
}

/** Changes the folder, and waits until syncs have done as much in all. */
async function synced(
  change: () => void,
  expected: Readonly<Record<'added' | 'changed' | 'removed', number>>,
): Promise<void> {
  const from = place.lines.length;
  change();
  const done = (figure: string) =>
    place.lines
      .slice(from)
      .filter(({ msg }) => msg === 'sync ended')
      .reduce((sum, line) => sum + Number(line[figure]), 0);
  await place.until('the folder is synced', () =>
    Object.entries(expected).every(([name, count]) => done(name) >= count),
  );
}

test(
  'what changes in the folder changes what is answered, while the program runs',
  async () => {
    expect(await answerTo('what about the badge reader')).toContain('green');
    expect(await answerTo('how do I descale the kettle')).toContain('vinegar');
    expect(await answerTo('how do I close the ledger')).toContain('brass stamp');

    await synced(
      () => {
        write('badge.md', article('Badge readers', 'Hold the badge against the reader until it turns **orange**.'));
        rmSync(path.join(folder, 'rooms/kettle.md'));
        renameSync(path.join(folder, 'rooms/beamer.md'), path.join(folder, 'beamer.md'));
        write('ledger.md', article('Ledgers', 'Close the ledger with the brass stamp.', 'finance'));
        write('toaster.md', article('Toasters', 'Empty the crumb tray of the toaster.'));
      },
      { added: 2, changed: 2, removed: 2 },
    );

    const badge = await answerTo('what about the badge reader');
    expect([badge.includes('orange'), badge.includes('green')]).toEqual([true, false]);
    expect(await answerTo('where is the crumb tray of the toaster')).toContain('crumb tray');
    expect(await answerTo('which knob of the beamer')).toContain('purple knob');
    expect(await labelsFor('how do I descale the kettle')).toContain('nothing-found');
    expect(await labelsFor('how do I close the ledger')).toContain('nothing-found');
    expect(await answerTo('how do I close the ledger', 'Priya')).toContain('brass stamp');
  },
  patienceMs,
);

test(
  'a file that cannot be read is reported by its name at every sync, and the rest is synced',
  async () => {
    await synced(
      () => {
        write('latin.md', Buffer.from('---\ntitle: Caf\u00e9\n---\n\nTwo caf\u00e9s.\n', 'latin1'));
        write('untitled.md', 'Only a line of text.\n');
        write('huge.md', article('Huge', 'x'));
        truncateSync(path.join(folder, 'huge.md'), 50_000_000);
        write('lamp.md', article('Lamps', 'Clap three times for the lamp.'));
      },
      { added: 1, changed: 0, removed: 0 },
    );
    const reported = () =>
      new Set(place.lines.filter(({ msg }) => msg === 'document not synced').map(({ documentId }) => documentId));
    await place.until('all three are reported', () => reported().size === 3);
    expect(reported()).toEqual(new Set(['latin.md', 'untitled.md', 'huge.md']));
    const reasons = place.lines.filter(({ msg }) => msg === 'document not synced').map(({ reason = '' }) => reason);
    expect(reasons.filter((reason) => reason === '' || /caf|Only a line/i.test(reason))).toEqual([]);
    expect(await answerTo('how do I switch on the lamp')).toContain('Clap three times');

    await synced(() => write('untitled.md', article('Titled', 'Only a line about umbrellas.')), {
      added: 1,
      changed: 0,
      removed: 0,
    });
    expect(await answerTo('where are the umbrellas')).toContain('umbrellas');
  },
  patienceMs,
);

test(
  'what was read is still known after a restart, and is not read again',
  async () => {
    const from = place.lines.length;
    place.bot.restart();
    const first = await place.until('it has synced again', () =>
      place.lines.slice(from).find(({ msg }) => msg === 'sync ended'),
    );
    expect(first).toMatchObject({ added: 0, changed: 0, removed: 0 });
    await place.until('it is up', () => place.bot.state() === 'up');
    expect(await answerTo('what about the badge reader')).toContain('orange');
  },
  patienceMs,
);
