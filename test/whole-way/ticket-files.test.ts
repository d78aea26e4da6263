import type { Attachment, Comment } from '../../sandbox/jira/index.ts';
import type { ShownMessage } from '../../sandbox/slack/index.ts';
import { add, ask, issuesOf, named, posts, shown, type Thread, ticketOf } from './threads.ts';
import { startWorkplace, type Workplace } from './workplace.ts';

const patienceMs = 120_000;
/** No document has any of these words, or one like them. */
const unknown = 'the zorblatt flumox shows quintle 77 on every start';
const bytes = Buffer.from('not really a picture');

let place: Workplace;
let thread: Thread;
let key: string;
beforeAll(async () => {
  place = await startWorkplace();
  thread = await ask(place, { as: named(place, 'Inês'), text: unknown });
  ({ key } = await ticketOf(place, thread));
}, patienceMs);
afterAll(() => place.close());

const rui = () => place.jira.staff()[0]!.emailAddress;
const attachments = (): readonly Attachment[] => place.jira.issue(key)!.attachments;
const isAttached = (name: string) => attachments().some((one) => one.name === name);
const wordsOf = ({ body }: Comment) => JSON.stringify(body);
const commentWith = (words: string) => place.jira.issue(key)!.comments.find((one) => wordsOf(one).includes(words));
const sharedWith = (name: string): ShownMessage | undefined =>
  posts(place, thread).find(({ files = [] }) => files.some((file) => file['name'] === name));
const postWith = (words: string) => posts(place, thread).find((post) => shown(post).includes(words));

function upload(name: string): string {
  return place.slack.upload({ as: thread.person, name, mimetype: 'image/png', bytes }).id;
}
type Files = NonNullable<Parameters<Workplace['slack']['say']>[0]['files']>;
function say(text: string, files: Files): Promise<string> {
  const { person: as, channel, ts: threadTs } = thread;
  return place.slack.say({ as, channel, threadTs, text, files });
}

test('a screenshot that the employee deletes goes from the ticket, alone and with its message', async () => {
  const [one, two] = [upload('one.png'), upload('two.png')];
  const ts = await say('this is how it looks', [one, two]);
  await place.until('both are on the ticket', () => isAttached('one.png') && isAttached('two.png'));
  await place.until('the comment names both', () => commentWith('(files: one.png, two.png)'));

  place.slack.removeFile(thread.person, one);
  await place.until('one is gone', () => !isAttached('one.png'));
  await place.until('the comment names the other', () => commentWith('(files: two.png)'));
  expect(isAttached('two.png')).toBe(true);

  await place.slack.remove({ as: thread.person, channel: thread.channel, ts });
  await place.until('both are gone', () => attachments().length === 0);
  await place.until('the comment is gone', () => commentWith('this is how it looks') === undefined);
}, 60_000);

test('a screenshot that IT takes out of a comment, or deletes with it, goes from the thread', async () => {
  const files = ['guide.png', 'cable.png'].map((name) => ({ name, mimeType: 'image/png', bytes }));
  const { id: commentId } = place.jira.comment({ as: rui(), key, text: 'Like this', files: [files[0]!] });
  const { id: otherId } = place.jira.comment({ as: rui(), key, text: 'With this cable', files: [files[1]!] });
  await place.until('both are in the thread', () => sharedWith('guide.png') && sharedWith('cable.png'));

  place.jira.editComment({ as: rui(), key, commentId, text: 'Like this, without the picture' });
  await place.until('one is gone', () => sharedWith('guide.png') === undefined);
  await place.until('its words stay', () => postWith('Like this, without the picture'));
  expect([sharedWith('cable.png') === undefined, shown(postWith('Like this')).includes('guide.png')]).toEqual([
    false,
    false,
  ]);

  place.jira.removeComment({ as: rui(), key, commentId: otherId });
  await place.until('the other is gone', () => sharedWith('cable.png') === undefined);
  await place.until('with its words', () => postWith('With this cable') === undefined);
  expect(postWith('Like this')).toBeDefined();
}, 60_000);

test('a hostile name of a file becomes a plain one on the ticket', async () => {
  const names = ['../../etc/passwd', 'photo\u202Egnp.txt', `${'x'.repeat(300)}.png`];
  const before = attachments();
  await say('three files', names.map(upload));
  const added = await place.until('they are on the ticket', () => {
    const now = attachments().filter(({ id }) => !before.some((one) => one.id === id));
    return now.length === names.length && now;
  });
  const plain = expect.stringMatching(/^[\w. ]{1,255}$/);
  expect(added.map(({ name }) => name)).toEqual([plain, plain, plain]);
  expect(added[0]?.name).toBe('passwd');
}, 60_000);

test('a file of 200 MB stays in the thread, which the ticket says', async () => {
  const before = attachments().length;
  await say('a film of it', [{ name: 'film.mov', mimetype: 'video/quicktime', size: 200_000_000 }]);
  const comment = await place.until('it is on the ticket', () => commentWith('a film of it'));
  expect(wordsOf(comment)).toContain('(the file film.mov is only in the thread: 200 MB are more than the ');
  expect(attachments()).toHaveLength(before);
}, 60_000);

test('a comment that is very long, one that calls everybody, and one of unknown parts are safe in the thread', async () => {
  // as long as Jira takes it, and 98 kB of it
  place.jira.comment({ as: rui(), key, text: `Long: ${'漢字'.repeat(16_300)}` });
  const long = await place.until('the long one is there', () => postWith('Long: '));
  expect([shown(long).includes('(the rest is on the ticket)'), shown(long).length < 30_000]).toEqual([true, true]);

  place.jira.comment({ as: rui(), key, text: 'Hear, @everyone and <!channel> and <@U0SANDBOX0>' });
  const loud = await place.until('the loud one is there', () => postWith('Hear, '));
  expect([/<!|<@/.test(JSON.stringify(loud)), shown(loud).includes('everyone')]).toEqual([false, true]);

  const strange = place.jira.comment({ as: rui(), key, text: 'Strange parts' });
  // before it is read: a node that came to Jira after its documentation
  const inside = { type: 'text', text: 'inside of it' };
  (strange.body.content as object[]).push({ type: 'hologram', attrs: { x: {} }, content: [inside] }, { type: 'blob' });
  const post = await place.until('the strange one is there', () => postWith('Strange parts'));
  expect(shown(post)).not.toContain('[object');
  expect(shown(post)).toContain('inside of it');
}, 60_000);

test('after all that the thread and its ticket are in step', async () => {
  await add(place, thread, 'the very last word');
  await place.until('the last word is on the ticket', () => commentWith('the very last word'));
  expect(issuesOf(place, thread)).toHaveLength(1);
  expect(place.lines.filter(({ level }) => level === 'error')).toEqual([]);
});
