import { createSlack } from '../../../adapters/slack/index.ts';
import { startSlack } from '../../../sandbox/slack/index.ts';
import type { SlackSandbox } from '../../../sandbox/slack/contract.ts';
import { signatureHeaders } from '../../../sandbox/slack/signing.ts';
import { type Knock, openDoor } from '../../contracts/chat-door.ts';
import { createRecordingInbox } from '../../contracts/chat-inbox.ts';
import { readMarkdown } from '../../contracts/chat-markdown.ts';
import { chatPlatformContract } from '../../contracts/chat-platform.ts';
import type { Address } from '#domain/conversation.ts';
import type { ChatPlatform } from '#chat-ports.ts';
import {
  type Attempt,
  type ChatStage,
  people,
  type SeenForm,
  type SeenPost,
  until,
  type VendorFaults,
  type Where,
  type Who,
} from '../../contracts/chat-stage.ts';
import { createRecordingLog } from './doubles.ts';

const ids: Readonly<Record<Who, string>> = { ana: 'U0ANA0001', ben: 'U0BEN0001', gus: 'U0GUS0001' };
const channels = { help: 'C0HELP001', it: 'C0TRIAGE1', group: 'C0GROUP01' } as const;
const methods = {
  post: 'chat.postMessage',
  update: 'chat.update',
  remove: 'chat.delete',
  begin: 'chat.postMessage',
  'show-working': 'assistant.threads.setStatus',
} as const;

chatPlatformContract('Slack', openStage);

async function openStage({ crowd }: { crowd: number }): Promise<ChatStage> {
  const sandbox = await startSlack(company(crowd));
  const inbox = createRecordingInbox();
  const withToken = (botToken: string): ChatPlatform => {
    const { apiUrl, signingSecret } = sandbox;
    const settings = { botToken, signingSecret, appToken: null, apiUrl };
    return createSlack(settings, { inbox, log: createRecordingLog(), clock: () => new Date() });
  };
  let platform = withToken(sandbox.botToken);
  const door = await openDoor((request, response) => platform.webhook?.handle(request, response));
  await platform.start();
  sandbox.connectApp(`${door.url}/slack/events`);

  const acting = createActing(sandbox);
  return {
    differs: {
      findsItsPosts: true,
      formButton: null,
      findsStrangers: true,
      namesPictures: true,
      answersPresses: false,
      tellsOfStops: true,
    },
    get platform() {
      return platform;
    },
    inbox,
    door,
    faults: createVendorFaults(sandbox),
    wronglySetUp: () => withToken('xoxb-wrong'),
    async restart() {
      await platform.stop();
      platform = withToken(sandbox.botToken);
      await platform.start();
    },
    async close() {
      await sandbox.close();
      await platform.stop();
      await door.close();
    },
    refOf: (who) => `slack/${sandbox.teamId}/${ids[who]}`,
    ...acting,
    async otherAppSays(where, text) {
      const ts = `${Math.floor(Date.now() / 1000)}.000100`;
      const app = { bot_id: 'B0OTHER01', app_id: 'A0OTHER01', user: 'U0OTHER01' };
      const said = { type: 'message', text: `<@${sandbox.botUserId}> ${text}`, ts, event_ts: ts };
      sandbox.emit({ ...said, ...app, channel: acting.channelId(where), channel_type: 'channel' });
      await until(
        () => door.knocks.some(({ body, status }) => body.includes(text) && status === 200),
        'it is delivered',
      );
    },
    lastAct: () => door.knockWith('payload='),
    forgeries: (genuine) => forgeries(genuine, door.replay),
    alterations: (genuine) => alterations(genuine, { sandbox, replay: door.replay }),
  };
}

function company(crowd: number): Parameters<typeof startSlack>[0] {
  const more = Array.from({ length: crowd }, (_, index) => ({
    slackId: `U0CROWD${index}`,
    name: `Number ${index}`,
    email: `number${index}@example.com`,
  }));
  const { ana, ben, gus } = people;
  return {
    people: [
      { slackId: ids.ana, ...ana },
      { slackId: ids.ben, ...ben },
      { slackId: ids.gus, ...gus, guest: true },
      ...more,
    ],
    channels: [
      { id: channels.help, name: 'help-it' },
      { id: channels.it, name: 'it-triage', private: true, members: [ids.ana, ids.ben] },
      { id: channels.group, name: 'group', private: true, members: Object.values(ids) },
    ],
    company: 'Northwind',
    retrySchedule: [0, 0, 0],
  };
}

type Acting = Pick<
  ChatStage,
  | 'channelId'
  | 'say'
  | 'replyBelow'
  | 'edit'
  | 'remove'
  | 'seen'
  | 'isWorking'
  | 'stop'
  | 'told'
  | 'press'
  | 'form'
  | 'send'
>;

/** What people do in Slack, and what they see there. */
function createActing(sandbox: SlackSandbox): Acting {
  const channelId = (where: Where): string => {
    if (where === 'help' || where === 'it' || where === 'group') return channels[where];
    return sandbox.dm(ids[where.slice('dm '.length) as Who]);
  };
  const ours = (address: Address) => {
    const { channel, thread } = placeOf(address);
    return sandbox.thread(channel, thread).filter((message) => message.bot_id === sandbox.botId);
  };
  return {
    channelId,
    async say({ as, where, text, mention, replyTo, files = [] }) {
      const channel = channelId(where);
      const uploads = files.map(({ mimeType, ...file }) =>
        sandbox.upload({ as: ids[as], ...file, mimetype: mimeType }),
      );
      const ts = await sandbox.say({
        as: ids[as],
        channel,
        text: mention === undefined ? text : `@Firstline ${text}`,
        files: uploads.map(({ id }) => id),
        ...(replyTo === undefined ? {} : { threadTs: replyTo.thread }),
      });
      return { as, chat: channel, id: ts, thread: replyTo?.thread ?? ts };
    },
    async replyBelow(address, { as, text }) {
      const { channel, thread } = placeOf(address);
      await sandbox.say({ as: ids[as], channel, threadTs: thread, text });
    },
    edit: ({ as, chat, id }, text) => sandbox.edit({ as: ids[as], channel: chat, ts: id, text }),
    remove: ({ as, chat, id }) => sandbox.remove({ as: ids[as], channel: chat, ts: id }),
    seen: (address) => ours(address).map(({ blocks, files }) => readBlocks(blocks ?? [], files ?? [])),
    isWorking(address) {
      const { channel, thread } = placeOf(address);
      return sandbox.status(channel, thread) !== '';
    },
    stop(address, as) {
      const { channel, thread } = placeOf(address);
      expect(sandbox.canStop(channel, thread)).toBe(true);
      sandbox.stopSession({ as: ids[as], channel, threadTs: thread });
    },
    told: (address, as) => sandbox.whispers(placeOf(address).channel, ids[as]).map(({ text }) => text),
    async press({ as, address, title }) {
      const { channel } = placeOf(address);
      for (const { ts, blocks = [] } of ours(address).toReversed()) {
        const found = blocks.flatMap(elementsOf).find(({ text }) => text?.text === title);
        if (found === undefined) continue;
        return (await sandbox.click({ as: ids[as], channel, ts, actionId: found.action_id })) === 200;
      }
      throw new Error(`there is no button “${title}”`);
    },
    form: (as) => readModal(sandbox.modal(ids[as])),
    async send(as, values) {
      const entered = Object.fromEntries(Object.entries(values).map(([name, value]) => [name, { value }]));
      const { status, errors, problem } = await sandbox.submitView({ as: ids[as], values: entered });
      return status === 200 && errors === null && problem === null;
    },
  };
}

function placeOf({ ref }: Address): { channel: string; thread: string } {
  const [, channel = '', thread = ''] = ref.split('/');
  return { channel, thread };
}

function createVendorFaults(sandbox: SlackSandbox): VendorFaults {
  return {
    next: (verb, failure) => sandbox.faults.set({ match: methods[verb], times: 1, ...failure }),
    requests: (verb) => sandbox.calls.filter(({ method }) => method === methods[verb]).length,
  };
}

interface Block {
  readonly type?: unknown;
  readonly text?: string | { readonly text: string };
  readonly elements?: readonly Element[];
}
interface Element {
  readonly action_id: string;
  readonly text?: { readonly text: string };
}

function elementsOf(block: Block): readonly Element[] {
  return block.type === 'actions' ? (block.elements ?? []) : [];
}

/** https://docs.slack.dev/reference/block-kit/blocks */
function readBlocks(blocks: readonly Block[], files: readonly object[]): SeenPost {
  const parts = blocks.flatMap(readBlock);
  return {
    text: [...parts.map(({ text }) => text), ...files.map(nameOf)].join('\n'),
    links: parts.flatMap(({ links }) => links),
    mentions: parts.flatMap(({ mentions }) => mentions),
    buttons: blocks.flatMap(elementsOf).map(({ text }) => text?.text ?? ''),
  };
}

function nameOf(file: object): string {
  const { name = '' } = file as { name?: string };
  return name;
}

function readBlock(block: Block): readonly Omit<SeenPost, 'buttons'>[] {
  const { type, text, elements = [] } = block;
  if (type === 'markdown' && typeof text === 'string') return [{ ...readMarkdown(text), mentions: pingsIn(text) }];
  if (type === 'section' && typeof text === 'object') return [readMrkdwn(text.text)];
  if (type === 'context') return elements.map((each) => readMrkdwn((each as unknown as { text: string }).text));
  return [];
}

/** https://docs.slack.dev/messaging/formatting-message-text: formatting is left as it is written. */
function readMrkdwn(source: string): Omit<SeenPost, 'buttons'> {
  const references = Array.from(source.matchAll(/<([^<>|]*)(?:\|([^<>]*))?>/g), ([, target = '']) => target);
  const text = source.replaceAll(/<([^<>|]*)(?:\|([^<>]*))?>/g, (_, target: string, label?: string) => label ?? target);
  return {
    text: text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&'),
    links: references.filter((target) => !/^[@#!]/.test(target)),
    mentions: pingsIn(source),
  };
}

function pingsIn(source: string): readonly string[] {
  return Array.from(source.matchAll(/<[@!][^<>]*>/g), ([reference]) => reference);
}

interface InputBlock extends Block {
  readonly block_id?: string;
  readonly element?: { readonly initial_value?: string; readonly initial_option?: { readonly value: string } };
}

function readModal(view: Readonly<Record<string, unknown>> | null): SeenForm | null {
  if (view === null) return null;
  const { title, blocks } = view as unknown as { title: { text: string }; blocks: readonly InputBlock[] };
  const inputs = blocks.filter(({ type }) => type === 'input');
  const holds = inputs.map(({ block_id: name = '', element }) => [
    name,
    element?.initial_value ?? element?.initial_option?.value ?? '',
  ]);
  return { title: title.text, holds: Object.fromEntries(holds) as Record<string, string> };
}

type Replay = (knock: Omit<Knock, 'status'>) => Promise<number>;

function forgeries(genuine: Knock, replay: Replay): readonly Attempt[] {
  const { 'x-slack-signature': _signature, ...unsigned } = genuine.headers;
  const now = Math.floor(Date.now() / 1000);
  const { body } = genuine;
  const made: readonly (readonly [string, Partial<Knock>])[] = [
    ['no signature', { headers: unsigned }],
    ['a signature of nothing', { headers: { ...unsigned, 'x-slack-signature': `v0=${'0'.repeat(64)}` } }],
    ['another’s secret', { headers: { ...unsigned, ...signatureHeaders('another', now, body) } }],
    ['another body', { body: body.replace('laptop', 'router') }],
    [
      'a time stamp that is none of the signature’s',
      { headers: { ...genuine.headers, 'x-slack-request-timestamp': String(now - 9) } },
    ],
  ];
  return made.map(([name, changes]) => ({ name, send: () => replay({ ...genuine, ...changes }) }));
}

/** What Slack signs, but of another form or button: in Slack nobody but Slack can do so. */
function alterations(
  genuine: Knock,
  { sandbox, replay }: { sandbox: SlackSandbox; replay: Replay },
): readonly Attempt[] {
  const payload = JSON.parse(new URLSearchParams(genuine.body).get('payload') ?? '{}') as Payload;
  const send = (altered: object) => {
    const body = new URLSearchParams({ payload: JSON.stringify({ ...payload, ...altered }) }).toString();
    const signature = signatureHeaders(sandbox.signingSecret, Math.floor(Date.now() / 1000), body);
    return replay({ ...genuine, body, headers: { ...genuine.headers, ...signature } });
  };
  const { view, actions = [] } = payload;
  if (view === undefined) {
    const [action] = actions;
    return [
      { name: 'another button', send: () => send({ actions: [{ ...action, action_id: 'format_disk' }] }) },
      { name: 'a button of no turn', send: () => send({ actions: [{ ...action, value: '' }] }) },
      { name: 'nobody', send: () => send({ user: undefined }) },
    ];
  }
  const origin = JSON.parse(view.private_metadata) as Record<string, unknown>;
  const from = (changes: object) =>
    send({ view: { ...view, private_metadata: JSON.stringify({ ...origin, ...changes }) } });
  return [
    { name: 'another’s form', send: () => send({ view: { ...view, callback_id: 'other' } }) },
    { name: 'no origin', send: () => send({ view: { ...view, private_metadata: '' } }) },
    { name: 'another address', send: () => from({ address: '../..' }) },
    { name: 'another action', send: () => from({ action: 'format' }) },
    { name: 'no turn', send: () => from({ turnId: '' }) },
  ];
}

interface Payload {
  readonly view?: { readonly private_metadata: string };
  readonly actions?: readonly object[];
}
