import type { Comment } from '../../sandbox/jira/index.ts';
import { ask, issuesOf, named, posts, shown, type Thread, ticketOf } from './threads.ts';
import { startWorkplace, type Workplace } from './workplace.ts';

const patienceMs = 120_000;
/** No document has any of these words, or one like them. */
const unknown = 'the zorblatt flumox shows quintle 77 on every start';
const solution = 'Hold the flumox key for ten seconds and start the zorblatt again; quintle 77 is then gone.';

let place: Workplace;
beforeAll(async () => {
  place = await startWorkplace({ CLOSE_AFTER_DAYS: '1' });
}, patienceMs);
afterAll(() => place.close());

const rui = () => place.jira.staff()[0]!.emailAddress;

async function escalated(name: string, text: string): Promise<{ thread: Thread; key: string }> {
  const thread = await ask(place, { as: named(place, name), text });
  return { thread, key: (await ticketOf(place, thread)).key };
}

function until(what: string, thread: Thread, words: string) {
  return place.until(what, () => posts(place, thread).find((post) => shown(post).includes(words)));
}

function press(thread: Thread, ts: string, actionId: string, as = thread.person) {
  return place.slack.click({ as, channel: thread.channel, ts, actionId });
}

function wordsOf({ body }: Comment): string {
  return JSON.stringify(body);
}

test(
  'question, ticket, comments, a screenshot, solved, not yet, solved again, rated, learnt: and then it is an answer',
  async () => {
    const { thread, key } = await escalated('Inês', unknown);
    place.jira.comment({ as: rui(), key, text: 'secret: she never restarts anything', internal: true });
    place.jira.comment({ as: rui(), key, text: 'Which zorblatt is it?' });
    await until('the comment is in the thread', thread, 'Which zorblatt is it?');
    place.jira.assign({ as: rui(), key, assignee: rui() });
    await until('who has it is told', thread, 'has taken this');

    const files = [{ name: 'screen.png', mimetype: 'image/png', bytes: Buffer.from('not really a picture') }];
    const file = place.slack.upload({ as: thread.person, ...files[0]! });
    await place.slack.say({
      as: thread.person,
      channel: thread.channel,
      threadTs: thread.ts,
      text: 'this one',
      files: [file.id],
    } as never);
    await place.until('the screenshot is on the ticket', () =>
      place.jira.issue(key)?.attachments?.some(({ name }) => name === 'screen.png'),
    );

    place.jira.comment({ as: rui(), key, text: 'Please start it once more, that should do.' });
    place.jira.transition({ as: rui(), key, to: 'Done' });
    const asked = await until('it is asked', thread, 'Is it solved for you?');
    await press(thread, asked.ts, 'not_yet');
    await place.until('it is open again', () => place.jira.issue(key)?.status !== 'Done');
    await until('that is told', thread, 'This is open again');

    place.jira.comment({ as: rui(), key, text: solution });
    place.jira.transition({ as: rui(), key, to: 'Done' });
    const again = await place.until(
      'it is asked again',
      () => posts(place, thread).filter((post) => shown(post).includes('Is it solved for you?'))[1],
    );
    await press(thread, again.ts, 'solved');
    const thanks = await until('a rating is asked for', thread, 'How did this go?');
    await press(thread, thanks.ts, 'rate_5');
    await until('the rating is kept', thread, 'Rated 5 of 5');
    expect(posts(place, thread).map(shown).join('\n')).not.toContain('secret');
    expect(issuesOf(place, thread)).toHaveLength(1);

    const proposal = await place.until('it is proposed on the ticket', () =>
      place.jira.issue(key)?.comments.find((comment) => wordsOf(comment).includes('/firstline approve')),
    );
    expect(proposal.public).toBe(false);
    place.jira.comment({ as: rui(), key, text: '/firstline approve', internal: true });
    await place.until('it is knowledge', () =>
      place.lines.some(
        ({ msg, job, key: of }) => msg === 'job done' && job === 'refresh' && String(of).startsWith('lessons'),
      ),
    );
    const other = await ask(place, { as: named(place, 'Tomasz'), text: unknown });
    const answer = await until('it is answered', other, 'Hold the flumox key');
    expect(shown(answer)).toContain(`/browse/${key}`);
  },
  patienceMs,
);
