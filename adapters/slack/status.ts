import type { webApi } from '@slack/bolt';
import type { Address } from '#domain/conversation.ts';
import type { WorkStage } from '#domain/reply.ts';
import type { Clock, Log } from '#ports.ts';
import { call } from './call.ts';
import { fromAddress } from './events.ts';

/** The line below a thread that says what we are doing there. Best effort: no verb throws. */
export interface Status {
  /** The same stage twice in a row is told once. */
  show(address: Address, stage: WorkStage): Promise<void>;
  clear(address: Address): Promise<void>;
  /** A post of ours is there: Slack has taken the line away. */
  posted(address: Address): void;
}

/** Slack puts our name before the status; the other line stands where the answer will. */
const words: Readonly<Record<WorkStage, { readonly status: string; readonly loading: string }>> = {
  searching: { status: 'is searching the IT guides…', loading: 'Searching the IT guides…' },
  reading: { status: 'is reading what it found…', loading: 'Reading what I found…' },
  checking: { status: 'is checking the answer…', loading: 'Checking the answer…' },
};

/** Another process may have posted meanwhile, and then the line is gone without our knowing: so it is shown again soon. */
const knownForMs = 10_000;

/** https://docs.slack.dev/reference/methods/assistant.threads.setStatus */
export function createStatus(client: webApi.WebClient, { log, clock }: { log: Log; clock: Clock }): Status {
  /** By thread; those that were shown last come last. */
  const shown = new Map<string, Shown>();

  function forgetOld(now: number): void {
    for (const [ref, { at }] of shown) {
      if (now - at < knownForMs) return;
      shown.delete(ref);
    }
  }

  async function set(address: Address, told: { status: string; loading_messages?: string[] }): Promise<boolean> {
    const { channel, thread } = fromAddress(address);
    try {
      await call('assistant.threads.setStatus', () =>
        client.assistant.threads.setStatus({ channel_id: channel, thread_ts: thread, ...told }),
      );
      return true;
    } catch (error) {
      log.debug('slack: the status could not be shown', { error });
      return false;
    }
  }

  return {
    async show(address, stage) {
      const now = clock().getTime();
      forgetOld(now);
      if (shown.get(address.ref)?.stage === stage) return;
      shown.delete(address.ref);
      const { status, loading } = words[stage];
      if (await set(address, { status, loading_messages: [loading] })) shown.set(address.ref, { stage, at: now });
    },
    async clear(address) {
      shown.delete(address.ref);
      await set(address, { status: '' });
    },
    posted(address) {
      shown.delete(address.ref);
    },
  };
}

interface Shown {
  readonly stage: WorkStage;
  /** Milliseconds since 1970. */
  readonly at: number;
}
