import type { EscalationDeps } from './escalate.ts';
import { platformOf } from './people.ts';

/** Links from the ticket back to the thread. */
export function createLink({ store, platforms, ticketing }: EscalationDeps) {
  return async function link(conversationId: string): Promise<void> {
    const { address } = await store.conversations.load(conversationId);
    const ticket = await store.tickets.find(conversationId);
    if (ticket === null || ticket.created === null) return;
    const platform = platformOf(platforms, address.platform);

    const url = await platform.permalink(address);

    await ticketing.ensureLink(ticket.created.id, { url, title: `Conversation in ${titleCase(platform.name)}` });
  };
}

function titleCase(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1);
}
