import type { TeamsMessage } from '../../sandbox/teams/contract.ts';
import { ask, issuesOf, named, posts, shown, ticketOf } from './threads.ts';
import { startWorkplace, type Workplace } from './workplace.ts';

// One person, and their request, in Slack and in Teams.

const patienceMs = 120_000;
/** No document has any of these words, or one like them. */
const unknown = 'the zorblatt flumox shows quintle 77 on every start';

let place: Workplace;
beforeAll(async () => {
  place = await startWorkplace();
}, patienceMs);
afterAll(() => place.close());

const staff = () => place.jira.staff()[0]!.emailAddress;
const commentsOf = (key: string) => JSON.stringify(place.jira.issue(key)?.comments.map(({ body }) => body));

/** All that a message of the bot in Teams shows. */
const shownInTeams = ({ text, attachments }: TeamsMessage) => `${text} ${JSON.stringify(attachments)}`;

function teamsPost(chat: string, words: string, after = '0') {
  return place.until(`“${words}” is in the chat`, () =>
    place.teams.messages(chat).find((one) => one.from === null && one.id > after && shownInTeams(one).includes(words)),
  );
}

function actionOf({ attachments }: TeamsMessage, title: string): Record<string, unknown> {
  const cards = attachments.map(
    ({ content }) => content as { actions?: readonly Record<string, unknown>[] } | undefined,
  );
  const action = cards.flatMap((card) => card?.actions ?? []).find((one) => one['title'] === title);
  if (action === undefined) throw new Error(`there is no button “${title}”`);
  return action;
}

test(
  'a request made in Slack is known in Teams: what is said there is on its ticket and in its thread, edits included, and IT answers where it began',
  async () => {
    const as = named(place, 'Inês');
    const thread = await ask(place, { as, text: unknown });
    const { key } = await ticketOf(place, thread);

    const chat = place.teams.personal(as);
    const said = await place.teams.say({ as, chat, text: `${unknown}, and again today` });
    const offer = await teamsPost(chat, `You have [${key}]`);
    expect(await place.teams.press({ as, chat, id: offer.id, action: actionOf(offer, 'Continue there') })).toEqual({
      kind: 'card',
    });
    await teamsPost(chat, 'What you wrote is added to');
    const inSlack = (words: string) => () => posts(place, thread).some((post) => shown(post).includes(words));
    await place.until('it is in the thread in Slack', inSlack('and again today'));
    await place.until('it is on the ticket', () => commentsOf(key).includes('and again today'));

    await place.teams.edit({ as, chat, id: said, text: `${unknown}, since the update` });
    await place.until('the thread says it anew', inSlack('since the update'));
    await place.until('the ticket says it anew', () => commentsOf(key).includes('since the update'));
    expect(commentsOf(key)).not.toContain('and again today');

    place.jira.comment({ as: staff(), key, text: 'Please try the other cable.' });
    await place.until('IT answers where it began', inSlack('Please try the other cable.'));
    expect(JSON.stringify(place.teams.messages(chat))).not.toContain('the other cable');
    expect(issuesOf(place, thread)).toHaveLength(1);
  },
  patienceMs,
);

test(
  'a request made in Teams goes on both ways in its chat, and “status” in Slack lists it with those made there',
  async () => {
    const as = named(place, 'Tomasz');
    const chat = place.teams.personal(as);
    await place.teams.say({ as, chat, text: `in Leeds ${unknown}` });
    const told = await teamsPost(chat, 'handed it over to the IT team');
    const [, key = ''] = /\[(IT-\d+)\]/.exec(shownInTeams(told)) ?? [];
    place.jira.comment({ as: staff(), key, text: 'Which floor is it on?' });
    const asked = await teamsPost(chat, 'Which floor is it on?', told.id);
    expect(shownInTeams(asked)).toContain(`${key}, about`);
    await place.teams.say({ as, chat, text: 'The second floor' });
    await place.until('the answer is on the ticket', () => commentsOf(key).includes('The second floor'));
    await teamsPost(chat, 'Added to', asked.id);

    const status = await ask(place, { as, text: 'status' });
    const listed = await place.until('the requests are listed', () =>
      posts(place, status).find((post) => shown(post).includes(key)),
    );
    expect(shown(listed)).toContain('waiting for IT');
  },
  patienceMs,
);

test(
  'what is said to a channel of Teams without a mention is nobody’s affair, and a thread there is a conversation',
  async () => {
    const [as, other] = [named(place, 'Priya'), named(place, 'Gareth')];
    const chat = place.teams.chatOf('C04HLP2T9QK');
    const talk = await place.teams.say({ as: other, chat, text: 'cake in the kitchen' });
    const question = await place.teams.say({ as, chat, text: `@Firstline ${unknown} at the desk` });
    const inThread = (words: string) => () =>
      place.teams.thread(chat, question).find((one) => one.from === null && shownInTeams(one).includes(words));
    const told = await place.until('it is handed over in the thread', inThread('handed it over to the IT team'));
    const [, key = ''] = /\[(IT-\d+)\]/.exec(shownInTeams(told)) ?? [];
    await place.teams.say({ as: other, chat, text: 'mine does that too', threadId: question });
    await place.until('the colleague is on the ticket', () => commentsOf(key).includes('mine does that too'));
    expect(place.teams.thread(chat, talk)).toHaveLength(1);
    expect(JSON.stringify(place.jira.issue(key))).not.toContain('cake');
  },
  patienceMs,
);
