import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type Bot, type BotState, startBot } from '../../sandbox/bot.ts';
import { until } from './slack/until.ts';

/** A program that does what the sandbox asks of one: it says where it listens, and that it is ready. */
const obedient = `
import { createServer } from 'node:http';
const server = createServer((request, response) => response.end('ready'));
server.listen(0, '127.0.0.1', () => process.send({ listening: 'http://127.0.0.1:' + server.address().port }));
process.on('disconnect', () => process.exit(0));
`;

let folder: string;
let bot: Bot | null = null;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'firstline-bot-'));
});
afterEach(async () => {
  await bot?.stop();
  bot = null;
  rmSync(folder, { recursive: true, force: true });
});

function start(source: string): { bot: Bot; urls: string[]; states: BotState[] } {
  const program = path.join(folder, 'program.mjs');
  writeFileSync(program, source);
  const urls: string[] = [];
  const states: BotState[] = [];
  const started = startBot({
    program,
    settings: {},
    logFile: path.join(folder, 'bot.log'),
    onUp: (url) => void urls.push(url),
  });
  started.on((state) => void states.push(state));
  bot = started;
  return { bot: started, urls, states };
}

test('a killed bot comes back by itself, and is counted', async () => {
  const { bot: running, urls, states } = start(obedient);
  await running.up();
  running.kill();
  await until(() => urls.length === 2);
  expect(running.kills()).toBe(1);
  expect(states).toEqual(['up', 'down', 'starting', 'up']);
});

test('a restart is no kill', async () => {
  const { bot: running, urls } = start(obedient);
  await running.up();
  running.restart();
  await until(() => urls.length === 2);
  expect([running.kills(), running.state()]).toEqual([0, 'up']);
});

test('a bot that is gone cannot be killed once more', async () => {
  const { bot: running } = start(obedient);
  await running.up();
  running.kill();
  await until(() => running.state() === 'down');
  running.kill();
  expect(running.kills()).toBe(1);
});

test('one that never comes up says why, and is not tried again', async () => {
  const { bot: failing, states } = start("console.error('no room left'); process.exit(1);");
  await expect(failing.up()).rejects.toThrow('The bot could not start: no room left');
  expect(states).toEqual(['down']);
});
