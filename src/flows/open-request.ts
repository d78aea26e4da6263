import type { Conversation } from '#domain/conversation.ts';
import type { OpenRequest, Verdict } from '#domain/decision.ts';
import { openRequestFor, requestLines } from '#domain/open-request.ts';
import type { Clock, Store } from '#ports.ts';
import { type ChatPlatforms, findPerson } from './people.ts';

interface RequestDeps {
  readonly store: Store;
  readonly platforms: ChatPlatforms;
  readonly clock: Clock;
}

/** So many of a person's requests are compared, and listed. */
const MOST = 50;
const LISTED = 15;

/**
 * The asker's own open ticket from another platform that the question is about; null when there is none. On the same one
 * they see their thread themselves, and a new thread there is meant as one.
 */
export async function findOpenRequest(
  asked: {
    readonly question: string;
    readonly askerRef: string;
    readonly conversation: Pick<Conversation, 'id' | 'address'>;
  },
  deps: RequestDeps,
): Promise<OpenRequest | null> {
  if (deps.platforms.size < 2) return null;
  const { id, address: here } = asked.conversation;
  const requests = await requestsOf(asked.askerRef, MOST, deps);
  const elsewhere = requests.filter((request) => request.address.platform !== here.platform);
  const found = openRequestFor(asked.question, elsewhere, id);
  const address = elsewhere.find(({ conversationId }) => conversationId === found?.conversationId)?.address;
  if (found === null || address === undefined) return null;
  const platform = deps.platforms.get(address.platform);
  // one that is no longer set up has no links any more
  return { ...found, thread: platform === undefined ? '' : await platform.permalink(address) };
}

/** The verdict with what it lists. */
export async function withRequests(verdict: Verdict, askerRef: string, deps: RequestDeps): Promise<Verdict> {
  if (verdict.kind !== 'status' || verdict.requests === null) return verdict;
  return { kind: 'status', requests: requestLines(await requestsOf(askerRef, LISTED, deps)) };
}

/** Who they are is asked first: by their address they are the same person on another platform. */
async function requestsOf(personRef: string, limit: number, { store, platforms, clock }: RequestDeps) {
  await findPerson(personRef, { platforms, people: store.people, clock });
  return store.requests.of(personRef, limit);
}
