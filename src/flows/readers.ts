import type { Conversation } from '#domain/conversation.ts';
import { type Readers, readersOf } from '#domain/knowledge.ts';
import type { Clock, People } from '#ports.ts';
import { type ChatPlatforms, findPeople, findPerson, platformOf } from './people.ts';

export interface ReadersDeps {
  readonly people: People;
  readonly platforms: ChatPlatforms;
  readonly clock: Clock;
}

/** Everybody who reads along where the conversation takes place: the asker, and in a channel all its members. */
export async function readersAlong(
  { place, address }: Conversation,
  askerRef: string,
  deps: ReadersDeps,
): Promise<Readers> {
  if (place === 'direct') return readersAlone(askerRef, deps);
  if (place === 'shared') return readersOf(place, null);
  const platform = platformOf(deps.platforms, address.platform);
  const members = await platform.members(address);
  if (members === null) {
    const asker = await findPerson(askerRef, deps);
    return asker.outsider ? { kind: 'nobody' } : readersOf(place, null);
  }
  const persons = await findPeople([...new Set([askerRef, ...members])], deps);
  return readersOf(
    place,
    persons.filter(({ bot }) => !bot),
  );
}

/** The asker alone, as in a direct message. */
export async function readersAlone(askerRef: string, deps: ReadersDeps): Promise<Readers> {
  return readersOf('direct', [await findPerson(askerRef, deps)]);
}
