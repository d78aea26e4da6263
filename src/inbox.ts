import type { Inbox, Store } from './ports.ts';

/**
 * Takes in what the chat platforms deliver: stored under the vendor's own id, in one transaction with the job that
 * deals with it, before the delivery is acknowledged. A redelivery changes nothing.
 */
export function createInbox(store: Store): Inbox {
  const receive = (write: (store: Store) => Promise<{ conversationId: string } | null>) =>
    store.transaction(async (within) => {
      const received = await write(within);
      if (received === null) return;
      await within.jobs.send('answer', received.conversationId, received);
    });

  return {
    message: (message) => receive((within) => within.inbound.message(message)),
    change: (change) => receive((within) => within.inbound.change(change)),
    click: (click) => receive((within) => within.inbound.click(click)),
  };
}
