import type { Person, PlatformName } from '#domain/conversation.ts';
import type { ChatPlatform } from '#chat-ports.ts';
import type { Clock, People } from '#ports.ts';

export type ChatPlatforms = ReadonlyMap<PlatformName, ChatPlatform>;

export function platformOf(platforms: ChatPlatforms, name: PlatformName): ChatPlatform {
  const platform = platforms.get(name);
  if (platform === undefined) throw new Error(`the platform ${name} is not set up`);
  return platform;
}

/** The platform that a person's ref is of: in one conversation there are people of several, for IT answers from another one. */
export function homeOf(platforms: ChatPlatforms, ref: string): ChatPlatform {
  const [name] = ref.split('/');
  return platformOf(platforms, name === 'teams' ? 'teams' : 'slack');
}

/** People change name, e-mail and standing seldom; an hour bounds how long someone who left keeps their rights. */
const fresh = 60 * 60 * 1000;

/** How many people a platform is asked for at the same time. */
const atOnce = 8;

/** Who is behind a ref, asked of the platform at most once an hour. */
export async function findPerson(
  ref: string,
  deps: { platforms: ChatPlatforms; people: People; clock: Clock },
): Promise<Person> {
  const { platforms, people, clock } = deps;
  const known = await people.find(ref);
  if (known !== null && clock().getTime() - known.fetchedAt.getTime() < fresh) return known.person;
  const person = await homeOf(platforms, ref).person(ref);
  await people.save(person, clock());
  return person;
}

/** Who is behind each of the refs, in no particular order; a few at a time are asked for. */
export async function findPeople(
  refs: readonly string[],
  deps: Parameters<typeof findPerson>[1],
): Promise<readonly Person[]> {
  const waiting = [...refs];
  const found: Person[] = [];
  async function work(): Promise<void> {
    for (let ref = waiting.pop(); ref !== undefined; ref = waiting.pop()) found.push(await findPerson(ref, deps));
  }
  try {
    await Promise.all(Array.from({ length: atOnce }, work));
  } catch (error) {
    waiting.length = 0; // the others need not go on for nothing
    throw error;
  }
  return found;
}
