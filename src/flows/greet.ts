import { welcomeOpening } from '#domain/openings.ts';
import type { Arrival } from '#ports.ts';
import { type ChatPlatforms, platformOf } from './people.ts';

/** Says hello where we were brought in. */
export function createGreet({ platforms }: { platforms: ChatPlatforms }) {
  return async function greet(arrival: Arrival, again: boolean): Promise<void> {
    const platform = platformOf(platforms, arrival.platform);
    await platform.greet(arrival, { reply: welcomeOpening(arrival.place), again });
  };
}
