import type { Conversation, Turn } from './conversation.ts';
import type { EscalationReason } from './decision.ts';

/** All that is recorded of one conversation: what came in, what was decided on which grounds, what followed. */
export interface Trail {
  readonly conversation: Omit<Conversation, 'address' | 'turns' | 'version' | 'ticket'> & {
    readonly platform: Conversation['address']['platform'];
  };
  /** In order. */
  readonly turns: readonly TrailTurn[];
  /** What the platform delivered, each once however often it came; in order. */
  readonly events: readonly TrailEvent[];
  /** In the order they were sent. What is done is kept for a day. */
  readonly jobs: readonly TrailJob[];
  readonly ticket: TrailTicket | null;
}

export interface TrailTurn extends Omit<Turn, 'personRef'> {
  /** When we stored it; `at` is when it was said. The same as `at` where it was not recorded. */
  readonly recordedAt: Date;
  /** The platform's id of a person's message; null for a click, and for what we said. */
  readonly messageId: string | null;
}

export interface TrailEvent {
  /** The vendor's own. */
  readonly id: string;
  readonly receivedAt: Date;
  /** The turn it brought or changed. */
  readonly turnId: string | null;
}

export type JobState = 'waiting' | 'running' | 'retrying' | 'done' | 'given-up';

export interface TrailJob {
  readonly id: string;
  readonly name: string;
  readonly state: JobState;
  /** How often it was begun. */
  readonly tries: number;
  readonly sentAt: Date;
  /** Of the last try. */
  readonly startedAt: Date | null;
  readonly endedAt: Date | null;
  /** Why the last try that failed did; null when none has. */
  readonly error: string | null;
  /** The turns it is about; none when it is about the conversation. */
  readonly turnIds: readonly string[];
}

export interface TrailTicket {
  readonly reason: EscalationReason;
  readonly openedAt: Date;
  /** When the last attempt to create it began. */
  readonly triedAt: Date | null;
  /** Null until the ticket system has made it. */
  readonly key: string | null;
  readonly url: string | null;
}
