import type { SlackSandbox } from '../../../sandbox/slack/index.ts';
import { ana, bob, clientOf, connectBolt, elsewhere, help, startAcme, type Connected } from './acme.ts';
import { until } from './until.ts';

let slack: SlackSandbox;
let connected: Connected | null = null;
afterEach(async () => {
  await connected?.close();
  connected = null;
  await slack.close();
});

function reactionsOf(ts: string): unknown {
  return slack.messages(help).find((message) => message.ts === ts)?.reactions;
}

test('people and the app react in the order of the first ones, and take it back', async () => {
  slack = await startAcme();
  const ts = await slack.say({ as: ana, channel: help, text: 'lunch?' });
  const react = (as: string, name: string, on = true) => slack.react({ as, channel: help, ts, name, on });
  await react(bob, 'eyes');
  await react(ana, 'tada');
  await react(ana, 'eyes');
  await react(ana, 'eyes');
  await clientOf(slack).reactions.add({ channel: help, timestamp: ts, name: 'eyes' });
  expect(reactionsOf(ts)).toEqual([
    { name: 'eyes', users: [bob, ana, slack.botUserId], count: 3 },
    { name: 'tada', users: [ana], count: 1 },
  ]);
  await react(bob, 'eyes', false);
  await react(ana, 'tada', false);
  await react(bob, 'tada', false);
  expect(reactionsOf(ts)).toEqual([{ name: 'eyes', users: [ana, slack.botUserId], count: 2 }]);
  await react(ana, 'eyes', false);
  await clientOf(slack).reactions.remove({ channel: help, timestamp: ts, name: 'eyes' });
  expect(reactionsOf(ts)).toBeUndefined();
});

test('a reaction is refused where the person is not, on what is not there, and under no emoji’s name', async () => {
  slack = await startAcme();
  const ts = await slack.say({ as: ana, channel: help, text: 'lunch?' });
  const wish = { as: ana, channel: help, ts, name: 'eyes', on: true };
  await expect(slack.react({ ...wish, channel: 'C0HIDDEN' })).rejects.toThrow('is not in');
  await expect(slack.react({ ...wish, ts: '1.000001' })).rejects.toThrow('has no message');
  await expect(slack.react({ ...wish, name: '<script>' })).rejects.toThrow('no emoji');
});

test('the app hears of reactions where it is, in order, when it has subscribed', async () => {
  slack = await startAcme();
  connected = await connectBolt(slack);
  const heard: unknown[] = [];
  connected.app.event('reaction_added', async ({ event }) => void heard.push(event));
  connected.app.event('reaction_removed', async ({ event }) => void heard.push(event));
  const ts = await slack.say({ as: ana, channel: help, text: 'lunch?' });
  const far = await slack.say({ as: ana, channel: elsewhere, text: 'not here' });
  await slack.react({ as: bob, channel: elsewhere, ts: far, name: 'eyes', on: true });
  await slack.react({ as: bob, channel: help, ts, name: 'eyes', on: true });
  await slack.react({ as: bob, channel: help, ts, name: 'eyes', on: false });
  await until(() => heard.length === 2);
  const both = { user: bob, reaction: 'eyes', item: { type: 'message', channel: help, ts }, item_user: ana };
  expect(heard).toMatchObject([
    { type: 'reaction_added', ...both },
    { type: 'reaction_removed', ...both },
  ]);
});

test('an app that has not subscribed hears nothing of reactions', async () => {
  slack = await startAcme({ subscriptions: ['message.channels'] });
  const sent: string[] = [];
  connected = await connectBolt(slack);
  connected.app.use(async ({ body, next }) => {
    sent.push(String((body as { event?: { type?: string } }).event?.type));
    await next();
  });
  const ts = await slack.say({ as: ana, channel: help, text: 'lunch?' });
  await slack.react({ as: bob, channel: help, ts, name: 'eyes', on: true });
  await slack.say({ as: ana, channel: help, text: 'anybody?' });
  await until(() => sent.length === 2);
  expect(sent).toEqual(['message', 'message']);
});
