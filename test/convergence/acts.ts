import type { CompanyPerson } from '../../sandbox/company.ts';
import type { Comment, Issue } from '../../sandbox/jira/index.ts';
import type { Said, World } from './world.ts';

/** Something that somebody does; null where it cannot be done now. */
type Act = (world: World) => Promise<string | null>;

/** How often each is drawn, beside the others. */
const acts: readonly (readonly [number, Act])[] = [
  [6, say],
  [3, editMessage],
  [2, removeMessage],
  [4, press],
  [3, submit],
  [8, comment],
  [3, secretComment],
  [4, editComment],
  [2, removeComment],
  [2, hideOrShow],
  [2, assign],
  [3, transition],
  [2, inTriage],
];
const hat = acts.flatMap(([weight, act]) => Array.from({ length: weight }, () => act));

/** Does something that can be done now. */
export async function act(world: World): Promise<void> {
  for (let tries = 0; tries < 20; tries += 1) {
    const done = await world.random.pick(hat)(world);
    if (done === null) continue;
    world.acts.push(done);
    await world.jira.webhooksSettled();
    await nextMillisecond();
    return;
  }
}

/** Two changes of a ticket within one would be one change to whoever tells them by their time. */
async function nextMillisecond(): Promise<void> {
  const now = Date.now();
  while (Date.now() === now) await new Promise((resolve) => setImmediate(resolve));
}

/** The first message, which always arrives: nobody listens to a thread before. */
export async function open(world: World): Promise<void> {
  const { random, slack, channel, cast } = world;
  const word = wordOf(world);
  const about = random.pick(['how do I descale the kettle?', 'my trumpet squeaks', 'I want to talk to a person']);
  const isDirect = channel.startsWith('D');
  const text = `${isDirect ? '' : '@Firstline '}${about} (${word})`;
  const ts = await slack.say({ as: cast.requester.slackId, channel, text });
  world.thread = ts;
  keep(world.messages, { by: 'requester', words: [word], id: ts });
  await world.mailed((event) => event['ts'] === ts && event['type'] === 'message');
  if (!isDirect) await world.mailed((event) => event['ts'] === ts && event['type'] === 'app_mention');
  world.acts.push(`asks ${word} in ${channel}`);
}

function wordOf(world: World): string {
  world.words += 1;
  return `zq${world.words}x`;
}

function keep(list: Said[], said: Pick<Said, 'by' | 'words' | 'id'> & Partial<Said>): void {
  list.push({ files: [], isGone: false, isPublic: true, secrets: [], isDisturbed: false, ...said });
}

async function say(world: World): Promise<string> {
  const { random, slack, channel, cast, thread } = world;
  const by = !channel.startsWith('D') && random.chance(0.3) ? 'colleague' : 'requester';
  const as = cast[by].slackId;
  const word = wordOf(world);
  const file = random.chance(0.25) ? nameOf(world) : null;
  const files = file === null ? [] : [slack.upload({ as, name: file, mimetype: 'image/png', bytes: bytesOf() }).id];
  const text = `there is more: ${word}`;
  const ts = await slack.say({ as, channel, threadTs: thread, text, files });
  keep(world.messages, { by, words: [word], id: ts, files: file === null ? [] : [file] });
  await world.mailed((event) => event['ts'] === ts);
  return `${by} says ${word}${file === null ? '' : ` with ${file}`}`;
}

/** Now and then the name that every screenshot has. */
function nameOf(world: World): string {
  return world.random.chance(0.4) ? 'image.png' : `${wordOf(world)}.png`;
}

function bytesOf(): Buffer {
  return Buffer.from('not much of a picture');
}

function livingMessage({ messages, random }: World, from: number): Said | null {
  const living = messages.slice(from).filter(({ isGone, id }) => !isGone && id !== null);
  return living.length === 0 ? null : random.pick(living);
}

async function editMessage(world: World): Promise<string | null> {
  const message = livingMessage(world, 0);
  if (message === null || message.id === null) return null;
  const { slack, channel, cast } = world;
  const word = wordOf(world);
  const before = message.words.at(-1);
  const as = message.by === 'colleague' ? cast.colleague.slackId : cast.requester.slackId;
  await slack.edit({ as, channel, ts: message.id, text: `it is rather ${word}` });
  message.words.push(word);
  await world.mailed((event) => JSON.stringify(event['message'] ?? '').includes(word));
  return `${message.by} edits ${before} to ${word}`;
}

async function removeMessage(world: World): Promise<string | null> {
  const message = livingMessage(world, 1);
  if (message === null || message.id === null) return null;
  const { slack, channel, cast } = world;
  const as = message.by === 'colleague' ? cast.colleague.slackId : cast.requester.slackId;
  await slack.remove({ as, channel, ts: message.id });
  message.isGone = true;
  await world.mailed((event) => event['deleted_ts'] === message.id);
  return `${message.by} removes ${message.words.at(-1)}`;
}

interface Button {
  readonly ts: string;
  readonly actionId: string;
  readonly blockId: string;
}

function buttonsIn({ slack }: World, channel: string): readonly Button[] {
  return slack.messages(channel).flatMap(({ ts, bot_id, blocks = [] }) =>
    (bot_id === undefined ? [] : blocks).flatMap((block) => {
      const elements = (block['type'] === 'actions' ? block['elements'] : []) as readonly Record<string, unknown>[];
      return elements
        .filter(({ action_id, url }) => url === undefined && typeof action_id === 'string')
        .map(({ action_id }) => ({ ts, actionId: String(action_id), blockId: String(block['block_id']) }));
    }),
  );
}

async function press(world: World): Promise<string | null> {
  const { random, slack, channel, cast } = world;
  const buttons = buttonsIn(world, channel);
  if (buttons.length === 0) return null;
  const button = random.pick(buttons);
  const by = !channel.startsWith('D') && random.chance(0.15) ? 'colleague' : 'requester';
  await slack.click({ as: cast[by].slackId, channel, ...button });
  return `${by} presses ${button.actionId} of ${button.blockId}`;
}

/** Sends a form that is open, or closes it. */
async function submit(world: World): Promise<string | null> {
  const { random, slack, cast } = world;
  const open = [cast.requester, ...cast.staff].filter(({ slackId }) => slack.modal(slackId) !== null);
  if (open.length === 0) return null;
  const { slackId: as } = random.pick(open);
  const view = slack.modal(as);
  const blocks = (view?.['blocks'] ?? []) as readonly Record<string, unknown>[];
  const metadata = String(view?.['private_metadata']);
  const { action } = JSON.parse(metadata);
  if (random.chance(0.2)) {
    await slack.closeView({ as, all: true });
    return `form ${action} is closed`;
  }
  const word = wordOf(world);
  const values = Object.fromEntries(
    blocks
      .filter(({ type }) => type === 'input')
      .flatMap(({ block_id, element }) => {
        const { type, action_id } = Object(element);
        return type === 'plain_text_input' ? [[String(block_id), { [String(action_id)]: `entered ${word}` }]] : [];
      }),
  );
  await slack.submitView({ as, values });
  // only these are said to the other side; what else is entered stands in the description or in an internal comment
  if (action === 'not-yet') keep(world.messages, { by: 'requester', words: [word], id: null });
  if (action === 'answer-here') keep(world.answers, { by: 'staff', words: [word], id: null });
  return `form ${action} is sent with ${word}`;
}

function issueOf({ jira }: World): Issue | null {
  return jira.issues()[0] ?? null;
}

/** Somebody in IT, and the ticket. */
function scene(world: World): { issue: Issue; as: string } | null {
  const issue = issueOf(world);
  return issue === null ? null : { issue, as: world.random.pick(world.cast.staff).email };
}

async function comment(world: World): Promise<string | null> {
  const at = scene(world);
  if (at === null) return null;
  const word = wordOf(world);
  const file = world.random.chance(0.25) ? nameOf(world) : null;
  const files = file === null ? [] : [{ name: file, mimeType: 'image/png', bytes: bytesOf() }];
  const { id } = world.jira.comment({ as: at.as, key: at.issue.key, text: `We think ${word}.`, files });
  keep(world.comments, { by: 'staff', words: [word], id, files: file === null ? [] : [file] });
  return `IT comments ${word}${file === null ? '' : ` with ${file}`}`;
}

async function secretComment(world: World): Promise<string | null> {
  const at = scene(world);
  if (at === null) return null;
  const { random, jira } = world;
  const word = wordOf(world);
  const isRole = random.chance(0.4);
  const limits = isRole ? { visibility: { type: 'role', value: 'Administrators' } as const } : { internal: true };
  const file = random.chance(0.25) ? `${wordOf(world)}.png` : null;
  const files = file === null ? [] : [{ name: file, mimeType: 'image/png', bytes: bytesOf() }];
  const { id } = jira.comment({ as: at.as, key: at.issue.key, text: `Between us: ${word}.`, ...limits, files });
  const secrets = [word, ...(file === null ? [] : [file])];
  keep(world.comments, {
    by: 'staff',
    words: [word],
    id,
    files: file === null ? [] : [file],
    isPublic: false,
    secrets,
    isDisturbed: true,
  });
  return `IT comments ${isRole ? 'for a role' : 'internally'} ${word}`;
}

function livingComment(world: World): { said: Said; comment: Comment; issue: Issue } | null {
  const issue = issueOf(world);
  const living = world.comments.filter(({ isGone }) => !isGone);
  if (issue === null || living.length === 0) return null;
  const said = world.random.pick(living);
  const found = issue.comments.find(({ id }) => id === said.id);
  return found === undefined ? null : { said, comment: found, issue };
}

async function editComment(world: World): Promise<string | null> {
  const found = livingComment(world);
  if (found === null) return null;
  const { said, comment: one, issue } = found;
  const word = wordOf(world);
  const before = said.words.at(-1);
  const as = one.author.emailAddress;
  world.jira.editComment({ as, key: issue.key, commentId: one.id, text: `We rather think ${word}.` });
  said.words.push(word);
  if (!said.isPublic) said.secrets.push(word);
  said.isDisturbed ||= said.files.length > 0;
  return `IT edits ${before} to ${word}`;
}

async function removeComment(world: World): Promise<string | null> {
  const found = livingComment(world);
  if (found === null) return null;
  const { said, comment: one, issue } = found;
  world.jira.removeComment({ as: one.author.emailAddress, key: issue.key, commentId: one.id });
  said.isGone = true;
  return `IT removes ${said.words.at(-1)}`;
}

/** Marks a comment as internal, or as one for everybody, as the product itself does. */
async function hideOrShow(world: World): Promise<string | null> {
  const found = livingComment(world);
  if (found === null || found.comment.visibility !== undefined) return null;
  const { said, comment: one, issue } = found;
  const { url, apiToken } = world.jira;
  const internal = said.isPublic;
  const response = await fetch(`${url}/rest/api/3/issue/${issue.key}/comment/${one.id}`, {
    method: 'PUT',
    headers: {
      authorization: `Basic ${Buffer.from(`${one.author.emailAddress}:${apiToken}`).toString('base64')}`,
      'content-type': 'application/json',
    },
    body: JSON.stringify({ body: one.body, properties: [{ key: 'sd.public.comment', value: { internal } }] }),
  });
  if (!response.ok) throw new Error(`Jira refuses to change who may read a comment: ${response.status}`);
  await response.arrayBuffer();
  said.isPublic = !internal;
  said.isDisturbed = true;
  // what it says now is for everybody, with its files
  const told = [said.words.at(-1), ...said.files];
  if (!internal) said.secrets.splice(0, said.secrets.length, ...said.secrets.filter((word) => !told.includes(word)));
  return `IT makes ${said.words.at(-1)} ${internal ? 'internal' : 'public'}`;
}

async function assign(world: World): Promise<string | null> {
  const at = scene(world);
  if (at === null) return null;
  const assignee = world.random.chance(0.2) ? null : world.random.pick(world.cast.staff).email;
  world.jira.assign({ as: at.as, key: at.issue.key, assignee });
  return `IT assigns it to ${assignee ?? 'nobody'}`;
}

async function transition(world: World): Promise<string | null> {
  const at = scene(world);
  if (at === null) return null;
  const { random, jira } = world;
  const all = ['Done', 'Done', 'In Progress', 'Waiting for customer', 'To Do'] as const;
  const to = random.pick(all.filter((name) => name !== at.issue.status));
  jira.transition({ as: at.as, key: at.issue.key, to });
  return `IT moves it to ${to}`;
}

/** Whether the program has noted where its card is: who writes below it before opens a conversation of their own. */
async function isCardKnown({ database }: World): Promise<boolean> {
  return (await database.knex('ticket').whereNotNull('triage_address').first('conversation_id')) !== undefined;
}

/** Presses something in the triage channel, or answers there. */
async function inTriage(world: World): Promise<string | null> {
  const { random, slack, cast, triageChannel: channel } = world;
  if (channel === null || !(await isCardKnown(world))) return null;
  const { slackId: as }: CompanyPerson = random.pick(cast.staff);
  const buttons = buttonsIn(world, channel);
  if (buttons.length === 0) return null;
  const button = random.pick(buttons);
  if (random.chance(0.6)) {
    await slack.click({ as, channel, ...button });
    return `IT presses ${button.actionId} in the triage channel`;
  }
  const card = slack
    .messages(channel)
    .find(({ bot_id, thread_ts, ts }) => bot_id !== undefined && (thread_ts ?? ts) === ts);
  if (card === undefined) return null;
  const word = wordOf(world);
  const ts = await slack.say({ as, channel, threadTs: card.ts, text: `@Firstline please try ${word}` });
  keep(world.answers, { by: 'staff', words: [word], id: ts });
  await world.mailed((event) => event['ts'] === ts && event['type'] === 'app_mention');
  return `IT answers ${word} in the triage channel`;
}
