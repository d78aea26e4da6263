import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createAi, openAiSettingsFor, startsWithAi } from '../../../sandbox/ai.ts';
import { type Bot, startBot } from '../../../sandbox/bot.ts';
import { type OpenAiSandbox, startOpenAi } from '../../../sandbox/openai/index.ts';
import { get } from './client.ts';

/** A program that tells which model it was set up with, and does what the sandbox asks of one. */
const telling = `
import { createServer } from 'node:http';
if (process.env.BROKEN) { console.error('no such model'); process.exit(1); }
console.log('model ' + (process.env.OPENAI_MODEL ?? 'none'));
const server = createServer((request, response) => response.end('ready'));
server.listen(0, '127.0.0.1', () => process.send({ listening: 'http://127.0.0.1:' + server.address().port }));
process.on('disconnect', () => process.exit(0));
`;

let folder: string;
let server: OpenAiSandbox;
let bot: Bot | null = null;
beforeEach(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'firstline-ai-'));
  server = await startOpenAi();
});
afterEach(async () => {
  await bot?.stop();
  bot = null;
  await server.close();
  rmSync(folder, { recursive: true, force: true });
});

function start(own: Record<string, string>, more: Record<string, string> = {}) {
  const program = path.join(folder, 'program.mjs');
  writeFileSync(program, telling);
  const lines: string[] = [];
  const settingsWith = (isOn: boolean) => (isOn ? { ...openAiSettingsFor(server, own), ...more } : {});
  const started = startBot({
    program,
    settings: settingsWith(startsWithAi(own)),
    logFile: path.join(folder, 'bot.log'),
    onUp: () => {},
    onLine: (line) => void lines.push(line),
  });
  bot = started;
  return { bot: started, lines, ai: createAi(own, { bot: started, settingsWith }) };
}

test('it is off at first, and the bot is started anew with a model, and without', async () => {
  const { bot: running, lines, ai } = start({});
  await running.up();
  expect(ai.isOn()).toBe(false);
  await ai.turn(true);
  expect([ai.isOn(), running.state(), running.kills()]).toEqual([true, 'up', 0]);
  await ai.turn(true);
  await ai.turn(false);
  expect(ai.isOn()).toBe(false);
  expect(lines).toEqual(['model none', `model ${server.models.vision}`, 'model none']);
});

test('turned on before the bot was ever up', async () => {
  const { ai, lines } = start({});
  await ai.turn(true);
  expect(lines).toEqual(['model none', `model ${server.models.vision}`]);
});

test('a bot that does not come up with it is as it was before, and says why', async () => {
  const { bot: running, ai, lines } = start({}, { BROKEN: 'yes' });
  await expect(ai.turn(true)).rejects.toThrow('The bot could not start: no such model');
  expect([ai.isOn(), running.state(), lines]).toEqual([false, 'up', ['model none', 'model none']]);
});

test('second thoughts', async () => {
  const { bot: running, ai, lines } = start({});
  await running.up();
  const turns = [ai.turn(true), ai.turn(false), ai.turn(true)];
  expect(ai.isOn()).toBe(true);
  await Promise.all(turns);
  expect([ai.isOn(), lines.at(-1)]).toEqual([true, `model ${server.models.vision}`]);
});

test('on from the start, when the settings say so', async () => {
  const { bot: running, lines, ai } = start({ SANDBOX_AI: 'on' });
  await running.up();
  expect([ai.isOn(), ai.isOwn, lines]).toEqual([true, false, [`model ${server.models.vision}`]]);
});

test.each(['OPENAI_API_KEY', 'OPENAI_BASE_URL'])('who sets %s gets nothing of ours', async (name) => {
  const own = { [name]: 'http://127.0.0.1:1', SANDBOX_AI: 'on' };
  expect(openAiSettingsFor(server, own)).toEqual({});
  const { bot: running, lines, ai } = start(own);
  await running.up();
  await ai.turn(false);
  expect([ai.isOn(), ai.isOwn, lines]).toEqual([true, true, ['model none']]);
});

test('the settings lead to the server, and have a price for each model', async () => {
  const settings = openAiSettingsFor(server);
  expect(settings).toMatchObject({ OPENAI_VISION: 'yes', OPENAI_EMBEDDING_MODEL: server.models.embedding });
  const { body } = await get({ ...server, url: settings['OPENAI_BASE_URL'] ?? '' }, '/models', {
    authorization: `Bearer ${settings['OPENAI_API_KEY'] ?? ''}`,
  });
  const prices = new Map(settings['MODEL_PRICES']?.split('; ').map((price) => price.split(': ') as [string, string]));
  expect([...prices.keys()].toSorted()).toEqual(body.data.map(({ id }: { id: string }) => id).toSorted());
  for (const price of prices.values()) expect(price).toMatch(/^[\d.]+ \/ [\d.]+ \/ [\d.]+$/);
});
