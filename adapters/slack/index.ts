import { type Receiver, webApi } from '@slack/bolt';
import { SetupError } from '#errors.ts';
import type { ChatPlatform, Inbox, Webhook } from '#chat-ports.ts';
import type { Clock, Log } from '#ports.ts';
import { connectBolt } from './bolt.ts';
import { fromAddress } from './events.ts';
import { createAnswerCommand, longestAnswerMs } from './commands.ts';
import { createFiles } from './files.ts';
import { createOpenForm } from './forms.ts';
import { createIdentityCard } from './identity.ts';
import { createIntake } from './intake.ts';
import { linkOf, readLink } from './links.ts';
import { createOpenings } from './openings.ts';
import { clientOptions, createOutbound } from './outbound.ts';
import { createPeople } from './people.ts';
import { createSdkLog } from './sdk-log.ts';
import { createSocketReceiver } from './socket.ts';
import { createStatus } from './status.ts';
import { createHttpReceiver } from './webhook.ts';
import { createWhisper } from './whisper.ts';

export interface SlackSettings {
  readonly botToken: string;
  /** Verifies what comes by HTTP. Not needed with an `appToken`. */
  readonly signingSecret: string | null;
  /** Set: events come over a connection of our own (Socket Mode) instead of by HTTP. */
  readonly appToken: string | null;
  /** Base of the Web API, with its slash at the end, e.g. `https://slack.com/api/`. */
  readonly apiUrl: string;
  /** Where Slack's requests arrive; `/slack/events` when left out. */
  readonly path?: string;
}

/**
 * Slack as a chat platform, on Bolt. A delivery is acknowledged when `inbox` has stored it, by HTTP and by Socket Mode.
 *
 * @throws SetupError when there is neither a signing secret nor an app-level token.
 */
export function createSlack(
  config: SlackSettings,
  deps: { readonly inbox: Inbox; readonly log: Log; readonly clock: Clock },
): ChatPlatform {
  const { inbox, log, clock } = deps;
  const client = new webApi.WebClient(config.botToken, clientOptions(config.apiUrl, createSdkLog(log)));
  const { identify, identity } = createIdentityCard(client, log);
  const people = createPeople(client, { identify, log });
  const status = createStatus(client, { log, clock });
  const intake = createIntake({
    inbox,
    log,
    clock,
    openForm: createOpenForm(client, log),
    clearStatus: (address) => status.clear(address),
    whisper: createWhisper({ apiUrl: config.apiUrl, log }),
    answerCommand: createAnswerCommand({ inbox, log, person: people.person, limitMs: longestAnswerMs }),
    ownUserId: () => identity()?.userId ?? null,
  });
  const { receiver, webhook } = createReceiver(config, log);
  connectBolt(receiver, { intake, log });
  let connected = false;

  return {
    name: 'slack',
    webhook,
    ...createOutbound(client, { identify, status }),
    ...createOpenings(client, { identify }),
    ...createFiles(client, { ...config, identify }),
    ...people,
    // the prompts of the agent view greet: manifest.yml
    greet: async () => {},
    hasNoThreads: () => false,
    messageOf: async (link) => readLink(link, (await identify()).teamId),
    channelOf: (address) => fromAddress(address).channel,
    linkOf,
    async start() {
      await identify();
      intake.open();
      if (webhook !== null || connected) return;
      await receiver.start();
      connected = true;
    },
    async stop() {
      // first: the connection is still needed to acknowledge what is in hand
      await intake.close();
      if (connected) await receiver.stop();
      connected = false;
    },
  };
}

function createReceiver(config: SlackSettings, log: Log): { receiver: Receiver; webhook: Webhook | null } {
  const { signingSecret, appToken, apiUrl, path = '/slack/events' } = config;
  if (appToken !== null) return { receiver: createSocketReceiver({ appToken, apiUrl, log }), webhook: null };
  if (signingSecret !== null) return createHttpReceiver({ signingSecret, path, log });
  throw new SetupError('Slack needs SLACK_SIGNING_SECRET (events by HTTP) or SLACK_APP_TOKEN (Socket Mode).');
}
