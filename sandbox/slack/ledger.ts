import { isRecord } from './block-kit/shape.ts';
import type { RecordedDelivery } from './delivery.ts';
import type { OutgoingEvent } from './events.ts';
import type { Message } from './messages.ts';
import type { Workspace } from './workspace.ts';

/** Everything that was said where the app is, and what became of the events about it. */
export interface Ledger {
  readonly channels: readonly LedgerChannel[];
  /** Deliveries of an event beyond its first, since the start. */
  readonly sentAgain: number;
  /** The messages whose events were never taken, and are not sent any more. */
  readonly givenUp: readonly { readonly channel: string; readonly ts: string }[];
}

export interface LedgerChannel {
  readonly id: string;
  /** Messages of one person and the app. */
  readonly isDirect: boolean;
  readonly messages: readonly Message[];
}

/** The events that outlive a restart: those on their way, and what was lost. */
export interface StoredEvents {
  readonly undelivered: readonly OutgoingEvent[];
  readonly givenUp: Ledger['givenUp'];
}

export const noEvents: StoredEvents = { undelivered: [], givenUp: [] };

/** Knows of each event whether it has arrived, and keeps count of deliveries, of which the log holds the last thousand. */
export interface DeliveryCount {
  record(delivery: RecordedDelivery): void;
  sent(event: OutgoingEvent): void;
  /** The app took it, or it is not sent any more. */
  settled(event: OutgoingEvent, wasTaken: boolean): void;
  read(): Pick<Ledger, 'sentAgain' | 'givenUp'>;
  state(): StoredEvents;
}

/** @param onChange told when the state has changed. */
export function createDeliveryCount(stored: StoredEvents, onChange: () => void): DeliveryCount {
  const undelivered = new Map(stored.undelivered.map((event) => [event.eventId, event]));
  const givenUp = [...stored.givenUp];
  let sentAgain = 0;
  return {
    record({ kind, attempt }) {
      if (kind === 'event' && attempt > 1) sentAgain += 1;
    },
    sent(event) {
      undelivered.set(event.eventId, event);
      onChange();
    },
    settled(event, wasTaken) {
      undelivered.delete(event.eventId);
      const { channel, body } = event;
      const ts = isRecord(body['event']) ? body['event']['ts'] : undefined;
      if (!wasTaken && typeof ts === 'string') givenUp.push({ channel, ts });
      onChange();
    },
    read: () => ({ sentAgain, givenUp }),
    state: () => ({ undelivered: [...undelivered.values()], givenUp }),
  };
}

export function ledgerOf(workspace: Workspace, count: DeliveryCount): Ledger {
  const { channels, installation } = workspace;
  const joined = channels.all().filter(({ members }) => members.includes(installation.botUserId));
  return {
    channels: joined.map(({ id, kind }) => ({
      id,
      isDirect: kind === 'dm',
      messages: workspace.timeline(id).stored(),
    })),
    ...count.read(),
  };
}
