import { welcomeOpening } from '#domain/openings.ts';
import type { Arrival } from '#chat-ports.ts';
import { type ChatPlatforms, platformOf } from './people.ts';

/** Says hello where we were brought in; not to IT staff in the triage channel, where nobody is to ask. */
export function createGreet({ platforms, triageChannel }: { platforms: ChatPlatforms; triageChannel: string | null }) {
  return async function greet(arrival: Arrival, again: boolean): Promise<void> {
    if (triageChannel !== null && decodeURIComponent(arrival.chat).includes(triageChannel)) return;
    const platform = platformOf(platforms, arrival.platform);
    await platform.greet(arrival, { reply: welcomeOpening(arrival.place), again });
  };
}
