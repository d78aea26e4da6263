import type { Address, Click } from '#domain/conversation.ts';
import type { Form } from '#domain/form.ts';
import { formAfter } from '#domain/forms.ts';
import type { Inbox, Received, Store } from './ports.ts';

/**
 * Takes in what the chat platforms and the ticket system deliver: stored under the vendor's own id, in one transaction
 * with the job that deals with it, before the delivery is acknowledged. A redelivery changes nothing.
 */
export function createInbox(store: Store): Inbox {
  const receive = (write: (store: Store) => Promise<Received | null>) =>
    store.transaction(async (within) => {
      const received = await write(within);
      if (received !== null) await sendJob(within, received);
      return received;
    });

  return {
    async message(message) {
      await receive((within) => within.inbound.message(message));
    },
    async change(change) {
      await receive((within) => within.inbound.change(change));
    },
    async click(click) {
      const received = await receive((within) => within.inbound.click(click));
      return received === null ? null : formFor(store, { conversationId: received.conversationId, click });
    },
    async ticketHint(hint) {
      await store.transaction(async (within) => {
        const received = await within.inbound.ticketHint(hint);
        if (received === null) return;
        await within.jobs.sendUnlessWaiting('refresh-ticket', received.conversationId, received);
      });
    },
  };
}

async function sendJob({ jobs }: Store, { conversationId, turnId, as }: Received): Promise<void> {
  switch (as) {
    case 'pending':
      return jobs.send('answer', conversationId, { conversationId });
    case 'changed':
      return jobs.send('mirror', conversationId, { conversationId });
    case 'staff':
      return jobs.send('staff-act', conversationId, { conversationId, turnId });
  }
}

/** A press has its form; the submission of one has none. */
async function formFor(
  store: Store,
  { conversationId, click }: { conversationId: string; click: Click & { address: Address } },
): Promise<Form | null> {
  if (click.values !== null) return null;
  return formAfter(await store.conversations.load(conversationId), click);
}
