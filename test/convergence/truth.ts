import type { Database } from '../../adapters/postgres/database.ts';
import type { Attachment, Issue } from '../../sandbox/jira/index.ts';
import type { ShownMessage } from '../../sandbox/slack/index.ts';
import type { Said, World } from './world.ts';

/** A conversation, and what people on both sides have said in it. */
export type Talk = Pick<World, 'slack' | 'jira' | 'channel' | 'thread' | 'heard' | 'messages' | 'comments' | 'answers'>;

/** All that is not as it should be once things are calm, a sentence each. */
export async function differences(world: World): Promise<readonly string[]> {
  const { jira, faults, database } = world;
  const issues = jira.issues();
  const issue = issues[0] ?? null;
  return [
    ...faults,
    ...(issues.length > 1 ? [`there are ${issues.length} issues`] : []),
    ...differencesIn(world, issue),
    ...(await phaseDiffers(database, issue)),
    ...(await turnsDiffer(world)),
  ];
}

/** What thread and ticket do not both say, or say too often, or to people whom it is not for. */
export function differencesIn(world: Talk, issue: Issue | null): readonly string[] {
  const seen: Seen = { world, issue, posts: postsIn(world) };
  return [...secretsTold(seen), ...(issue === null ? [] : onTicket(seen, issue)), ...inThread(seen)];
}

interface Seen {
  readonly world: Talk;
  readonly issue: Issue | null;
  /** Of ours, in the conversation's thread. */
  readonly posts: readonly ShownMessage[];
}

function postsIn({ slack, channel, thread }: Talk): readonly ShownMessage[] {
  return slack.thread(channel, thread).filter(({ bot_id }) => bot_id !== undefined);
}

/** Words are numbered: none is a part of another. */
function holds(text: string, word: string): boolean {
  return text.includes(word);
}

function textOf(value: unknown): string {
  return JSON.stringify(value);
}

function secretsTold({ world: { slack, comments } }: Seen): readonly string[] {
  const told = textOf(slack.calls.map(({ args }) => args));
  return comments
    .flatMap(({ secrets }) => secrets)
    .filter((word) => holds(told, word))
    .map((word) => `${word} was never for everybody, and is told in chat`);
}

/** What people said in the thread, on the ticket. */
function onTicket(seen: Seen, issue: Issue): readonly string[] {
  const { heard, messages, answers, comments } = seen.world;
  const said = [...heard, ...messages.filter(({ id }) => id === null), ...answers];
  const ours = issue.comments.filter((comment) => comment.properties['firstline'] !== undefined);
  const shown = ours.filter((comment) => comment.public).map(({ body }) => textOf(body));
  const description = textOf(issue.description);
  const wrong = said.flatMap((one) => {
    const isForm = one.id === null;
    return one.words.flatMap((word, index) => {
      const isNow = !one.isGone && index === one.words.length - 1;
      const times = shown.filter((text) => holds(text, word)).length;
      const isDescribed = holds(description, word);
      const right = Number(isDescribed) + times === Number(isNow);
      const where = `${times} comments${isDescribed ? ' and the description' : ''}`;
      const since = one.isGone ? ', removed,' : ', edited since,';
      const what = isNow ? '' : since;
      return right ? [] : [`${isForm ? 'entered ' : ''}${word}${what} stands in ${where} of the ticket`];
    });
  });
  const places = heard
    .filter(({ isGone, isDisturbed }) => !isGone && !isDisturbed)
    .map(({ words }) => shown.findIndex((text) => holds(text, words.at(-1) ?? '')))
    .filter((place) => place !== -1);
  const echoes = ours.filter(({ body }) =>
    comments.some(({ words }) => words.some((word) => holds(textOf(body), word))),
  );
  return [
    ...wrong,
    ...(isRising(places) ? [] : ['the comments are in another order than the messages']),
    ...echoes.filter(({ public: isPublic }) => isPublic).map(({ id }) => `what IT wrote came back as comment ${id}`),
    ...filesDiffer({
      where: 'the ticket',
      there: issue.attachments.filter(isByBot(seen)).map(({ name }) => name),
      said: heard,
    }),
  ];
}

function isByBot({ world: { jira } }: Seen): (attachment: Attachment) => boolean {
  return ({ author }) => author.emailAddress === jira.email;
}

function isRising(places: readonly number[]): boolean {
  return places.every((place, index) => index === 0 || place > (places[index - 1] ?? -1));
}

interface Files {
  readonly where: string;
  readonly there: readonly string[];
  readonly said: readonly Said[];
}

/** Each once under its name; of what was taken back or changed meanwhile at most once. */
function filesDiffer({ where, there, said }: Files): readonly string[] {
  const names = new Set([...there, ...said.flatMap(({ files }) => files)]);
  return [...names].flatMap((name) => {
    const of = said.filter(({ files }) => files.includes(name));
    const certain = of.filter(({ isGone, isDisturbed }) => !isGone && !isDisturbed).length;
    const count = there.filter((one) => one === name).length;
    return count >= certain && count <= of.length
      ? []
      : [`${name} is ${count} times in ${where}, not ${certain} to ${of.length}`];
  });
}

/** What IT wrote, in the thread. */
function inThread({ world, posts, issue }: Seen): readonly string[] {
  const { comments, answers, messages, slack, channel, thread } = world;
  const texts = posts.map(({ text, blocks }) => textOf([text, blocks]));
  const said = [...comments, ...answers];
  const wrong = said.flatMap(({ words, isGone, isPublic }) =>
    words.flatMap((word, index) => {
      const isNow = !isGone && isPublic && index === words.length - 1;
      const times = texts.filter((text) => holds(text, word)).length;
      return times === (isNow ? 1 : 0)
        ? []
        : [`${word} stands in ${times} posts of the thread${isNow ? '' : ', though it is gone'}`];
    }),
  );
  const places = comments
    .filter(({ isGone, isPublic, isDisturbed }) => !isGone && isPublic && !isDisturbed)
    .map(({ words }) => texts.findIndex((text) => holds(text, words.at(-1) ?? '')))
    .filter((place) => place !== -1);
  const echoes = messages.filter(({ words }) => words.some((word) => texts.some((text) => holds(text, word))));
  const files = slack
    .thread(channel, thread)
    .flatMap(({ bot_id, files: shown = [] }) => (bot_id === undefined ? [] : shown.map(({ name }) => String(name))));
  const isKeyTold = issue === null || texts.some((text) => holds(text, issue.key));
  return [
    ...wrong,
    ...(isRising(places) ? [] : ['the posts are in another order than the comments']),
    ...echoes.map(({ words }) => `what was said in the thread (${words.at(-1)}) came back as a post`),
    ...filesDiffer({ where: 'the thread', there: files, said: comments }),
    ...(isKeyTold ? [] : ['the key of the ticket is not told']),
  ];
}

async function phaseDiffers(database: Database, issue: Issue | null): Promise<readonly string[]> {
  const row: { phase: string } | undefined = await database.knex('ticket').first('phase');
  if (issue === null) return row === undefined ? [] : ['there is a ticket without an issue'];
  if (row === undefined) return ['there is an issue without a ticket'];
  const expected = issue.status === 'Done' ? ['resolved', 'closed'] : ['open'];
  return expected.includes(row.phase) ? [] : [`the ticket is ${row.phase}, and ${issue.status} in Jira`];
}

/** As many turns of agents as there is to show: none of ours is among them. */
async function turnsDiffer({ database, comments, answers }: World): Promise<readonly string[]> {
  const rows = await database.knex('turn').where({ author: 'agent', stage: 'thread', withdrawn: false }).select('id');
  const shown = comments.filter(({ isGone, isPublic }) => !isGone && isPublic).length + answers.length;
  return rows.length === shown ? [] : [`there are ${rows.length} turns of agents, not ${shown}`];
}

/** What was written to either side since then. */
export function written(
  { slack, jira }: Pick<World, 'slack' | 'jira'>,
  since: Date,
): { slack: readonly string[]; jira: readonly string[] } {
  const reads = /^(?:conversations\.(?:replies|history|info|members|open)|users\.|auth\.|chat\.getPermalink|team\.)/;
  return {
    slack: slack.calls.filter(({ method, at }) => at > since && !reads.test(method)).map(({ method }) => method),
    jira: jira.calls
      .filter(({ method, path, at }) => new Date(at) > since && method !== 'GET' && !path.includes('search'))
      .map(({ method, path }) => `${method} ${path}`),
  };
}
