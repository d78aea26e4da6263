import { type App, type Receiver, type ReceiverEvent, SocketModeReceiver } from '@slack/bolt';
import { SetupError } from '#errors.ts';
import type { Log } from '#ports.ts';
import { withProcessing } from './bolt.ts';
import { clientOptions } from './outbound.ts';
import { toRemoteError } from './remote-error.ts';
import { createSdkLog } from './sdk-log.ts';

const longestPauseMs = 30_000;

/**
 * Bolt's Socket Mode receiver, with two things mended.
 *
 * It acknowledges an event before the listeners run (only the HTTP receiver keeps the acknowledgement back), so an event
 * that cannot be stored would be lost: here it is acknowledged when the listeners are through, and not at all when they
 * fail.
 *
 * It connects again by itself, but lets the process die when Slack cannot be reached at that moment: here the
 * connection is made again from outside, for as long as it takes.
 */
export function createSocketReceiver(config: { appToken: string; apiUrl: string; log: Log }): Receiver {
  const { appToken, apiUrl, log } = config;
  const logger = createSdkLog(log);
  const receiver = new SocketModeReceiver({
    appToken,
    logger,
    autoReconnectEnabled: false,
    installerOptions: { clientOptions: clientOptions(apiUrl, logger) },
    // the intake has logged it; false: do not acknowledge
    processEventErrorHandler: async () => false,
  });
  const connection = keepConnected(receiver, log);
  const inHand = new Set<Promise<void>>();
  return {
    init: (app) => receiver.init(acknowledgeAfterwards(app, inHand)),
    start: () => connection.start().catch(refuseAppToken),
    async stop() {
      await Promise.allSettled(inHand);
      await connection.stop();
    },
  };
}

/** @param inHand what is being processed, until it is acknowledged or has failed. */
function acknowledgeAfterwards(app: App, inHand: Set<Promise<void>>): App {
  async function process(event: ReceiverEvent): Promise<void> {
    const answers: unknown[] = [];
    await app.processEvent({
      ...event,
      ack: async (answer) => {
        answers.push(answer);
      },
    });
    if (answers.length > 0) await event.ack(answers[0]);
  }
  return withProcessing(app, (event) => {
    const processing = process(event);
    inHand.add(processing);
    return processing.finally(() => inHand.delete(processing));
  });
}

/** @returns `start` for the first connection, which may fail; every later one is made by itself until `stop`. */
function keepConnected(receiver: SocketModeReceiver, log: Log): { start(): Promise<void>; stop(): Promise<void> } {
  let wanted = false;
  let connected = false;
  let failures = 0;
  let pause: NodeJS.Timeout | null = null;

  receiver.client.on('connected', () => {
    connected = true;
    failures = 0;
  });
  receiver.client.on('disconnected', () => {
    if (!connected) return;
    connected = false;
    connectSoon();
  });

  function connectSoon(): void {
    if (!wanted || pause !== null) return;
    const pauseMs = failures === 0 ? 0 : Math.min(longestPauseMs, 250 * 2 ** failures);
    pause = setTimeout(() => {
      pause = null;
      connect().catch((error: unknown) => {
        failures += 1;
        log.warn('slack: no connection, trying again', {
          failures,
          error: toRemoteError('apps.connections.open', error),
        });
        connectSoon();
      });
    }, pauseMs);
  }

  async function connect(): Promise<void> {
    await receiver.start();
    // stopped while the connection was being made
    if (!wanted) await receiver.client.disconnect();
  }

  return {
    async start() {
      wanted = true;
      await connect();
    },
    async stop() {
      wanted = false;
      if (pause !== null) clearTimeout(pause);
      pause = null;
      await receiver.client.disconnect();
    },
  };
}

function refuseAppToken(error: unknown): never {
  const failure = toRemoteError('apps.connections.open', error);
  if (failure.kind !== 'unauthorized') throw failure;
  throw new SetupError(
    `Slack refuses SLACK_APP_TOKEN (${failure.message}). It must be an app-level token ("xapp-") with connections:write.`,
  );
}
