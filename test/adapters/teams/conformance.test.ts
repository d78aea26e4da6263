import { createTeams } from '../../../adapters/teams/index.ts';
import type { Dialog, Json, Shown, TeamsMessage, TeamsSandbox, TokenWish } from '../../../sandbox/teams/contract.ts';
import { startTeams } from '../../../sandbox/teams/index.ts';
import { type Knock, openDoor } from '../../contracts/chat-door.ts';
import { createRecordingInbox } from '../../contracts/chat-inbox.ts';
import { readMarkdown } from '../../contracts/chat-markdown.ts';
import { createMemoryNotes } from '../../contracts/chat-notes.ts';
import { chatPlatformContract } from '../../contracts/chat-platform.ts';
import {
  type Attempt,
  type ChatStage,
  people,
  type SeenForm,
  type SeenPost,
  type Spoken,
  type VendorFaults,
  type Verb,
  type Where,
  type Who,
} from '../../contracts/chat-stage.ts';
import { createRecordingLog } from '../slack/doubles.ts';
import type { Address } from '#domain/conversation.ts';
import type { ChatPlatform } from '#chat-ports.ts';

const ids: Readonly<Record<Who, string>> = { ana: 'U0ANA0001', ben: 'U0BEN0001', gus: 'U0GUS0001' };
const seeds = { help: 'C0HELP001', it: 'C0TRIAGE1', group: 'G0GROUP01' } as const;

chatPlatformContract('Teams', openStage);

async function openStage({ crowd }: { crowd: number }): Promise<ChatStage> {
  const sandbox = await startTeams(company(crowd));
  const inbox = createRecordingInbox();
  const notes = createMemoryNotes();
  const withSecret = (secret: string): ChatPlatform =>
    createTeams(settingsOf(sandbox, secret), { inbox, notes, log: createRecordingLog(), clock: () => new Date() });
  let platform = withSecret(sandbox.appPassword);
  const door = await openDoor((request, response) => platform.webhook?.handle(request, response));
  await platform.start();
  sandbox.connectApp(`${door.url}/api/messages`);

  return {
    differs: {
      findsItsPosts: false,
      formButton: 'Add details',
      findsStrangers: false,
      namesPictures: false,
      answersPresses: true,
      tellsOfStops: false,
    },
    get platform() {
      return platform;
    },
    inbox,
    door,
    faults: createVendorFaults(sandbox),
    wronglySetUp: () => withSecret('another secret'),
    async restart() {
      await platform.stop();
      platform = withSecret(sandbox.appPassword);
      await platform.start();
    },
    async close() {
      await sandbox.close();
      await platform.stop();
      await door.close();
    },
    refOf: (who) => `teams/${sandbox.tenantId}/${sandbox.aadIdOf(ids[who])}`,
    ...createTalking(sandbox),
    ...createPressing(sandbox),
    lastAct: () => door.knockWith('"invoke"'),
    forgeries: (genuine) => forgeries(genuine, sandbox),
    alterations: (genuine) => alterations(genuine, sandbox),
  };
}

function company(crowd: number): Parameters<typeof startTeams>[0] {
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
      { id: seeds.help, name: 'help-it', members: 'all' },
      { id: seeds.it, name: 'it-triage', private: true, members: [ids.ana, ids.ben] },
    ],
    groups: [{ id: seeds.group, name: 'The three', members: Object.values(ids) }],
    company: 'Northwind',
    retrySchedule: [0, 0, 0],
  };
}

function settingsOf(sandbox: TeamsSandbox, secret: string): Parameters<typeof createTeams>[0] {
  const { appId, tenantId, openIdMetadataUrl, loginUrl, serviceUrl } = sandbox;
  return {
    appId,
    tenantId,
    credentials: { kind: 'secret', secret },
    allowedTenants: [tenantId],
    serviceHosts: [new URL(serviceUrl).host],
    openIdMetadataUrl,
    loginUrl,
    webUrl: sandbox.url,
  };
}

type Talking = Pick<
  ChatStage,
  'channelId' | 'say' | 'replyBelow' | 'edit' | 'remove' | 'otherAppSays' | 'seen' | 'isWorking' | 'stop'
>;

/** What people write in Teams, and what they see there. */
function createTalking(sandbox: TeamsSandbox): Talking {
  const channelId = (where: Where): string => {
    if (where === 'help' || where === 'it' || where === 'group') return sandbox.chatOf(seeds[where]);
    return sandbox.personal(ids[where.slice('dm '.length) as Who]);
  };
  return {
    channelId,
    async say({ as, where, text, mention, replyTo, files = [] }) {
      const chat = channelId(where);
      const uploads = files.map(({ mimeType, ...file }) =>
        sandbox.upload({ as: ids[as], ...file, mimetype: mimeType }),
      );
      const id = await sandbox.say({
        as: ids[as],
        chat,
        text: mention === undefined ? text : `@Firstline ${text}`,
        files: uploads.map((upload) => upload.id),
        ...belowOf(chat, replyTo),
      });
      return { as, chat, id, thread: replyTo?.thread ?? id };
    },
    async replyBelow(address, { as, text }) {
      const { chat, thread } = placeOf(address);
      await sandbox.say({ as: ids[as], chat, threadId: thread ?? '', text });
    },
    edit: ({ as, chat, id }, text) => sandbox.edit({ as: ids[as], chat, id, text }),
    remove: ({ as, chat, id }) => sandbox.remove({ as: ids[as], chat, id }),
    async otherAppSays(where, text) {
      const chat = channelId(where);
      const id = String(Date.now());
      const { status } = await sandbox.deliverRaw({
        type: 'message',
        id,
        from: { id: '28:7d1f1a52-0000-4000-8000-000000000001', name: 'Builds' },
        conversation: {
          isGroup: true,
          conversationType: 'channel',
          tenantId: sandbox.tenantId,
          id: `${chat};messageid=${id}`,
        },
        channelData: {
          tenant: { id: sandbox.tenantId },
          team: { id: sandbox.chatOf(seeds.help) },
          channel: { id: chat },
        },
        text: `<at>Firstline</at> ${text}`,
        entities: [
          { type: 'mention', text: '<at>Firstline</at>', mentioned: { id: sandbox.botId, name: 'Firstline' } },
        ],
      });
      expect(status).toBe(200);
    },
    seen: (address, as) => ours(sandbox, address).map((message) => readMessage(message, as)),
    isWorking(address) {
      const { chat, thread } = placeOf(address);
      return sandbox.isTyping(chat, thread ?? undefined) || sandbox.stream(chat) !== null;
    },
    stop(address, as) {
      expect(sandbox.stopStream({ as: ids[as], chat: placeOf(address).chat })).toBe(true);
    },
  };
}

/** Where there are no threads, a reply quotes. */
function belowOf(chat: string, replyTo: Spoken | undefined): { threadId?: string; quotes?: string } {
  if (replyTo === undefined) return {};
  return isChannel(chat) ? { threadId: replyTo.thread } : { quotes: replyTo.id };
}

function isChannel(chat: string): boolean {
  return chat.endsWith('@thread.tacv2');
}

/** Our messages in the thread of a channel, or else in the whole chat. */
function ours(sandbox: TeamsSandbox, address: Address): readonly TeamsMessage[] {
  const { chat, thread } = placeOf(address);
  const messages = thread === null ? sandbox.messages(chat) : sandbox.thread(chat, thread);
  return messages.filter(({ from, deleted }) => from === null && deleted !== true);
}

function placeOf({ ref }: Address): { chat: string; thread: string | null } {
  const [, chat = '', root = ''] = ref.split('/').map(decodeURIComponent);
  return { chat, thread: isChannel(chat) ? root : null };
}

type Pressing = Pick<ChatStage, 'press' | 'form' | 'send' | 'told'>;

/** What people press, and what Teams shows them then. */
function createPressing(sandbox: TeamsSandbox): Pressing {
  const dialogs = new Map<Who, { readonly dialog: Dialog }>();
  const lines: { readonly chat: string; readonly as: Who; readonly text: string }[] = [];

  function show(as: Who, chat: string, shown: Shown): boolean {
    if (shown.kind === 'dialog') dialogs.set(as, shown);
    if (shown.kind === 'message') lines.push({ chat, as, text: shown.text });
    return shown.kind !== 'error';
  }

  return {
    async press({ as, address, title }) {
      const { chat } = placeOf(address);
      for (const message of ours(sandbox, address).toReversed()) {
        const action = cardsOf(message, as)
          .flatMap(actionsOf)
          .find((each) => each['title'] === title);
        if (action === undefined) continue;
        return show(as, chat, await sandbox.press({ as: ids[as], chat, id: message.id, action }));
      }
      throw new Error(`there is no button “${title}”`);
    },
    told(address, as) {
      const { chat } = placeOf(address);
      return lines.filter((line) => line.chat === chat && line.as === as).map(({ text }) => text);
    },
    form(as) {
      const open = dialogs.get(as);
      return open === undefined ? null : readDialog(open.dialog);
    },
    async send(as, values) {
      const open = dialogs.get(as);
      if (open === undefined) throw new Error(`${as} has no dialog open`);
      const { id, card } = open.dialog;
      const own = actionsOf(card).find(({ type }) => type === 'Action.Submit')?.['data'];
      const data = { ...Object(own), ...readDialog(open.dialog).holds, ...values } as Json;
      const shown = await sandbox.submit({ as: ids[as], dialog: id, data });
      if (shown.kind !== 'error') dialogs.delete(as);
      return show(as, '', shown);
    },
  };
}

function readDialog({ title, card }: Dialog): SeenForm {
  const inputs = elementsOf(card).filter(({ type }) => typeof type === 'string' && type.startsWith('Input.'));
  return { title, holds: Object.fromEntries(inputs.map(({ id, value = '' }) => [String(id), String(value)])) };
}

function createVendorFaults(sandbox: TeamsSandbox): VendorFaults {
  const conversations = '/emea/v3/conversations';
  const places: Readonly<Record<Verb, { readonly method: string; readonly path: RegExp }>> = {
    post: { method: 'POST', path: /\/activities/ },
    'show-working': { method: 'POST', path: /\/activities/ },
    update: { method: 'PUT', path: /\/activities/ },
    remove: { method: 'DELETE', path: /\/activities/ },
    begin: { method: 'POST', path: /\/v3\/conversations$/ },
  };
  return {
    next(verb, failure) {
      const where = verb === 'begin' ? { only: `POST ${conversations}` } : {};
      sandbox.faults.set({ match: verb === 'begin' ? conversations : '/activities', ...where, times: 1, ...failure });
    },
    requests: (verb) =>
      sandbox.calls.filter(({ method, path }) => method === places[verb].method && places[verb].path.test(path)).length,
  };
}

const cardType = 'application/vnd.microsoft.card.adaptive';

/** The message's cards, with what this person sees in their place after a press. */
function cardsOf({ attachments, cardsFor }: TeamsMessage, as?: Who): readonly Json[] {
  const own = as === undefined ? undefined : cardsFor?.[ids[as]];
  if (own !== undefined) return [own];
  return attachments
    .filter(({ contentType }) => contentType === cardType)
    .map(({ content }) => Object(content) as Json);
}

function list(value: unknown): readonly Json[] {
  return Array.isArray(value) ? (value as Json[]) : [];
}

/** Of a card all that stands in it, in order. */
function elementsOf(element: Json): readonly Json[] {
  const inner = ['body', 'items', 'columns', 'inlines', 'rows', 'cells', 'facts'].flatMap((name) =>
    list(element[name]),
  );
  return inner.flatMap((each) => [each, ...elementsOf(each)]);
}

function actionsOf(card: Json): readonly Json[] {
  const sets = elementsOf(card).filter(({ type }) => type === 'ActionSet');
  return [...sets.flatMap(({ actions }) => list(actions)), ...list(card['actions'])];
}

/** https://learn.microsoft.com/en-us/microsoftteams/platform/bots/how-to/format-your-bot-messages */
function readMessage(message: TeamsMessage, as?: Who): SeenPost {
  const cards = cardsOf(message, as);
  const text = message.textFormat === 'markdown' ? readMarkdown(message.text) : { text: message.text, links: [] };
  const blocks = cards
    .flatMap(elementsOf)
    .map((element) => readMarkdown(typeof element['text'] === 'string' ? element['text'] : ''));
  const actions = cards.flatMap(actionsOf);
  const read = [text, ...blocks].filter((each) => each.text !== '');
  const buttons = actions.filter(({ type }) => type === 'Action.Execute' || type === 'Action.Submit');
  return {
    text: [...read.map((each) => each.text), ...namesIn(message)].join('\n'),
    links: [...read.flatMap(({ links }) => links), ...linksOf(actions), ...citedIn(message)],
    buttons: buttons.map(({ title }) => String(title)),
    mentions: [...message.entities, ...cards.flatMap((card) => list(Object(card['msteams']).entities))]
      .filter(({ type }) => type === 'mention')
      .map(({ text: words }) => String(words)),
  };
}

function namesIn({ attachments }: TeamsMessage): readonly string[] {
  return attachments.flatMap(({ name }) => (typeof name === 'string' ? [name] : []));
}

function linksOf(elements: readonly Json[]): readonly string[] {
  return elements.flatMap(({ type, url }) => (type === 'Action.OpenUrl' ? [String(url)] : []));
}

/** What the numbers in the text lead to. */
function citedIn({ entities }: TeamsMessage): readonly string[] {
  const citations = entities.flatMap((entity) => list(entity['citation']));
  return citations.flatMap(({ appearance }) => {
    const { url } = Object(appearance) as { url?: string };
    return url === undefined ? [] : [url];
  });
}

function forgeries(genuine: Knock, sandbox: TeamsSandbox): readonly Attempt[] {
  const activity = JSON.parse(genuine.body) as Json;
  const elsewhere = 'https://smba.evil.example/emea/';
  const otherTenant = '11111111-2222-4333-8444-555555555555';
  const wishes: readonly (readonly [string, TokenWish, Json?])[] = [
    ['no token', { none: true }],
    ['a token with another key', { forged: true }],
    ['a token that is over', { expired: true }],
    ['a token for another app', { audience: '99999999-2222-4333-8444-555555555555' }],
    ['a token of somebody else', { issuer: 'https://sts.windows.net/other/' }],
    ['a token for another channel', { endorsements: ['directline'] }],
    ['a token for another service address', { serviceUrl: elsewhere }],
    ['our own token', { own: true }],
    ['an answer wanted elsewhere', { serviceUrl: elsewhere }, { serviceUrl: elsewhere }],
    ['no service address', {}, { serviceUrl: '' }],
    ['another channel', {}, { channelId: 'directline' }],
    [
      'another company',
      {},
      {
        conversation: { ...Object(activity['conversation']), tenantId: otherTenant },
        channelData: { tenant: { id: otherTenant } },
      },
    ],
  ];
  return wishes.map(([name, token, changes = {}]) => ({
    name,
    send: async () => (await sandbox.deliverRaw({ ...activity, ...changes }, { token })).status ?? 0,
  }));
}

/** What stands in a card's button or a dialog comes back from whoever has pressed, as they please. */
function alterations(genuine: Knock, sandbox: TeamsSandbox): readonly Attempt[] {
  const activity = JSON.parse(genuine.body) as Json;
  const value = Object(activity['value']) as Json;
  const { action } = value;
  const data = Object(action === undefined ? value['data'] : Object(action).data) as Json;
  const withData = (changed: unknown): Json =>
    action === undefined
      ? { ...value, data: changed }
      : { ...value, action: { ...Object(action), ...verbOf(changed), data: changed } };
  const otherChat = `${sandbox.tenantId}/${encodeURIComponent(sandbox.personal(ids.gus))}/1767225600000`;
  const made: readonly (readonly [string, unknown])[] = [
    ['another action', { ...data, verb: 'format', action: 'format' }],
    ['no turn', { ...data, turn: '' }],
    ['a turn that is none', { ...data, turn: { $ne: null } }],
    ['the thread of another chat', { ...data, thread: otherChat }],
    ['an address that is none', { ...data, thread: '../..' }],
    ['nothing', null],
    ['words', 'get-human'],
    ['a list', [data]],
  ];
  return made.map(([name, changed]) => ({
    name,
    send: async () => (await sandbox.deliverRaw({ ...activity, value: withData(changed) })).status ?? 0,
  }));
}

function verbOf(data: unknown): Json {
  const { verb } = Object(data) as { verb?: unknown };
  return verb === undefined ? {} : { verb };
}
