import { App, type Receiver } from '@slack/bolt';
import type { Log } from '#ports.ts';
import { Interaction } from './clicks.ts';
import { type Intake, idsOf } from './intake.ts';
import { Envelope } from './schema.ts';
import { createSdkLog } from './sdk-log.ts';
import { commandNames, eventTypes } from './usage.ts';

/**
 * Puts the Bolt app behind the receiver. Its listeners do nothing but hand over to `intake`: what they throw, Bolt
 * throws on, and the receiver tells Slack.
 */
export function connectBolt(receiver: Receiver, deps: { intake: Intake; log: Log }): void {
  const { intake, log } = deps;
  const app = new App({
    receiver: behindGate(receiver, log),
    logger: createSdkLog(log),
    // the listeners call nothing, so they need no token; with one, Bolt asks Slack who we are, and keeps a failure
    authorize: async () => ({}),
    // our own posts are sorted out in events.ts: Bolt would let their edits and deletions pass
    ignoreSelf: false,
    // Bolt's default keeps a note of every channel in memory
    convoStore: false,
  });
  for (const type of eventTypes) {
    app.event(type, async ({ body, context }) => intake.event(body, context.retryNum));
  }
  app.action({ type: 'block_actions' }, async ({ ack, body }) => {
    // the receivers keep the acknowledgement back until the click is stored
    await ack();
    await intake.clicks(body);
  });
  app.view({ type: 'view_submission' }, async ({ ack, body }) => {
    // without content: the form closes
    await ack();
    await intake.submission(body);
  });
  for (const name of commandNames) {
    app.command(name, async ({ ack, body }) => ack(await intake.command(body)));
  }
  app.error(async (error) => {
    throw error;
  });
}

/**
 * Lets through what the app has listeners for. Anything else is logged and acknowledged: Bolt would leave it without
 * an answer for three seconds, or stumble over its shape, and Slack would deliver it again for nothing.
 */
function behindGate(receiver: Receiver, log: Log): Receiver {
  return {
    init(app) {
      receiver.init(
        withProcessing(app, async (event) => {
          const envelope = Envelope.safeParse(event.body);
          const listenedTo = envelope.success && eventTypes.some((type) => type === envelope.data.event.type);
          if (listenedTo || Interaction.safeParse(event.body).success) return app.processEvent(event);
          if (envelope.success) log.info('slack: event without a listener', idsOf(event.body));
          else log.warn('slack: delivery of an unknown shape', idsOf(event.body));
          await event.ack();
        }),
      );
    },
    start: () => receiver.start(),
    stop: () => receiver.stop(),
  };
}

/** The same app to a receiver, except for how it processes what comes in. */
export function withProcessing(app: App, processEvent: App['processEvent']): App {
  return Object.assign(Object.create(app) as App, { processEvent });
}
