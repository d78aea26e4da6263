import type { Turn } from '#domain/conversation.ts';
import { RemoteError } from '#errors.ts';
import type { EscalationDeps } from './escalate.ts';
import { findPerson, platformOf } from './people.ts';

/** Links from the ticket back to the thread. */
export function createLink({ store, platforms, ticketing }: EscalationDeps) {
  return async function link(conversationId: string): Promise<void> {
    const { address, ticket } = await store.conversations.load(conversationId);
    if (ticket === null || ticket.key === null) return;
    const platform = platformOf(platforms, address.platform);

    const url = await platform.permalink(address);

    await ticketing.ensureLink(ticket.key, { url, title: `Conversation in ${titleCase(platform.name)}` });
  };
}

/** What is added to the thread after the ticket was opened goes to the ticket, in order. */
export function createComment({ store, platforms, ticketing, clock }: EscalationDeps) {
  return async function comment(turnIds: readonly string[], conversationId: string): Promise<void> {
    const { turns, address, ticket } = await store.conversations.load(conversationId);
    if (ticket === null || ticket.key === null) {
      throw new RemoteError('tickets', 'unavailable', { message: 'the ticket is not created yet' });
    }
    const platform = platformOf(platforms, address.platform);
    for (const turn of turns.filter(({ id }) => turnIds.includes(id))) {
      const author =
        turn.personRef === null ? null : await findPerson(turn.personRef, { platform, people: store.people, clock });
      await ticketing.ensureComment(ticket.key, {
        commentId: turn.id,
        author: author?.name ?? 'Someone',
        text: textWithFiles(turn),
      });
    }
  };
}

function textWithFiles({ text, files }: Turn): string {
  const attached = files.length === 0 ? '' : `(files in the thread: ${files.join(', ')})`;
  return [text, attached].filter((part) => part !== '').join('\n');
}

function titleCase(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1);
}
