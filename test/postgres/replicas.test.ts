import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Bot, startBot } from '../../sandbox/bot.ts';
import { settingsFor } from '../../sandbox/index.ts';
import { freePort } from '../whole-way/free-ports.ts';
import { startWorkplace, type Workplace } from '../whole-way/workplace.ts';
import { temporaryDatabase } from './temporary-database.ts';

const patienceMs = 120_000;
const database = temporaryDatabase();
const folder = mkdtempSync(path.join(os.tmpdir(), 'firstline-replica-'));
let place: Workplace;
let replica: Bot;

beforeAll(async () => {
  await database.create();
  place = await startWorkplace({ DATABASE_URL: database.url });
  replica = startBot({
    program: fileURLToPath(new URL('../../src/main.ts', import.meta.url)),
    logFile: path.join(folder, 'replica.log'),
    settings: {
      ...settingsFor(place),
      DATABASE_URL: database.url,
      KNOWLEDGE_FOLDER: 'sandbox/company/knowledge',
      PORT: String(await freePort()),
    },
    onUp: () => {},
  });
  await replica.up();
}, patienceMs);
afterAll(async () => {
  await Promise.all([replica.stop(), place.close()]);
  rmSync(folder, { recursive: true, force: true });
  await database.drop();
});

test(
  'two replicas on one server answer each question once, though events come three times and one of them is killed',
  async () => {
    const { slack } = place;
    slack.delivery.copies = 3;
    const people = slack.people().map(({ slackId }) => slackId);
    const asked: { channel: string; ts: string }[] = [];
    for (const person of [...people, ...people]) {
      const channel = slack.dm(person);
      asked.push({ channel, ts: await slack.say({ as: person, channel, text: 'my vpn keeps droping' }) });
      if (asked.length === people.length) replica.kill(); // with jobs in hand, most likely; it comes back by itself
    }
    const answersTo = ({ channel, ts }: { channel: string; ts: string }) =>
      slack.thread(channel, ts).filter((message) => message.bot_id !== undefined).length;
    await place.until('everybody has an answer', () => asked.every((question) => answersTo(question) > 0));
    await place.until('the replica is back', () => replica.state() === 'up');
    expect(asked.map(answersTo)).toEqual(asked.map(() => 1));
  },
  patienceMs,
);
