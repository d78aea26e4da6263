import type { Conversation } from '#domain/conversation.ts';
import type { CommentDraft, TicketLine } from '#domain/ticket.ts';
import { RemoteError } from '#errors.ts';
import type { Clock, Store } from '#ports.ts';
import type { Ticketing } from '#ticket-ports.ts';
import { type ChatPlatforms, findPerson, platformOf } from './people.ts';

export interface CountFollowersDeps {
  readonly store: Store;
  readonly platforms: ChatPlatforms;
  readonly ticketing: Pick<Ticketing, 'ensureComment' | 'editComment'>;
  readonly clock: Clock;
}

/** Named on the ticket; who comes later is counted. Each costs a request for the link, each time somebody follows. */
const mostListed = 50;

/**
 * Tells IT staff on the ticket, in one internal comment, how many people have its problem, and who follows it. The
 * comment says what is so now, however often this runs; there is none while nobody follows.
 */
export function createCountFollowers(deps: CountFollowersDeps) {
  const { store, ticketing } = deps;

  return async function countFollowers(conversationId: string): Promise<void> {
    const followers = await store.incidents.followers(conversationId);
    const ticket = followers.length === 0 ? null : await store.tickets.find(conversationId);
    if (ticket === null || ticket.phase === 'gone') return;
    if (ticket.created === null) {
      throw new RemoteError('tickets', 'unavailable', { message: 'the ticket is not created yet' });
    }
    const { requesterRef } = await store.conversations.load(conversationId);
    const conversations = [];
    for (const follower of followers) conversations.push(await store.conversations.load(follower));
    const people = peopleIn(requesterRef, conversations);
    const mark = `${ticket.name}/followers`;
    const lines = await linesOf({ people, conversations }, deps);
    const draft: CommentDraft = { mark, author: null, lines, internal: true };

    const { commentId } = await ticketing.ensureComment(ticket.created.id, draft);
    // One that was there before says what was so then.
    await ticketing.editComment(ticket.created.id, { commentId, draft });
  };
}

/** Also those who asked about the same before and have tickets of their own: so many were told to who then followed. */
function peopleIn(requesterRef: string, followers: readonly Conversation[]): number {
  const known = new Set([requesterRef, ...followers.map((follower) => follower.requesterRef)]).size;
  const told = followers.flatMap(({ turns }) =>
    turns.flatMap(({ decision }) => (decision?.kind === 'follow' ? [decision.incident.people + 1] : [])),
  );
  return Math.max(known, ...told);
}

async function linesOf(
  { people, conversations }: { people: number; conversations: readonly Conversation[] },
  deps: CountFollowersDeps,
): Promise<readonly TicketLine[]> {
  const count = people === 1 ? '1 person has' : `${people} people have`;
  const lines: TicketLine[] = [{ kind: 'text', text: `${count} this problem. These follow this ticket:` }];
  for (const conversation of conversations.slice(0, mostListed)) lines.push(await lineOf(conversation, deps));
  const more = conversations.length - mostListed;
  return more > 0 ? [...lines, { kind: 'text', text: `and ${more} more.` }] : lines;
}

async function lineOf(
  { requesterRef, address }: Conversation,
  { store, platforms, clock }: CountFollowersDeps,
): Promise<TicketLine> {
  const platform = platformOf(platforms, address.platform);
  const { name } = await findPerson(requesterRef, { platforms, people: store.people, clock });
  return { kind: 'link', text: name, url: await platform.permalink(address), note: '' };
}
