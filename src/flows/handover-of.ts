import type { Conversation } from '#domain/conversation.ts';
import type { HandedOver, Handover } from '#domain/handover.ts';
import type { Routing } from '#domain/routing.ts';
import type { FileLimits } from '#domain/mirrored-file.ts';
import type { Clock, Store } from '#ports.ts';
import type { Ticketing } from '#ticket-ports.ts';
import { type ChatPlatforms, findPerson, platformOf } from './people.ts';

export interface HandoverDeps {
  readonly store: Store;
  readonly platforms: ChatPlatforms;
  readonly routing: Routing;
  readonly answerAt: number;
  /** Of files: which the ticket gets, unless the ticket system takes less. */
  readonly limits: FileLimits;
  readonly ticketing: Pick<Ticketing, 'largestFileBytes'>;
  readonly clock: Clock;
}

/** All that a ticket tells, gathered. */
export async function handoverOf(
  conversation: Conversation,
  ticket: HandedOver,
  { store, platforms, routing, clock, answerAt, limits, ticketing }: HandoverDeps,
): Promise<Handover> {
  const platform = platformOf(platforms, conversation.address.platform);
  const find = (ref: string) => findPerson(ref, { platforms, people: store.people, clock });
  const names = new Map<string, string>();
  for (const ref of new Set(conversation.turns.flatMap(({ personRef }) => personRef ?? []))) {
    names.set(ref, (await find(ref)).name);
  }
  const requester = await find(conversation.requesterRef);
  const asksForGroups = routing.rules.some(({ when }) => when.groups !== undefined);
  const groups = asksForGroups && requester.email !== null ? await store.knowledge.groupsOf(requester.email) : [];
  return {
    conversation,
    ticket,
    requester,
    names,
    permalink: await platform.permalink(conversation.address),
    channel: platform.channelOf(conversation.address),
    groups,
    routing,
    answerAt,
    limits: await limitsFor(conversation, limits, ticketing),
  };
}

/** While the ticket system cannot be asked, only our own limit is known. */
async function limitsFor(
  { turns }: Conversation,
  limits: FileLimits,
  ticketing: HandoverDeps['ticketing'],
): Promise<FileLimits> {
  if (turns.every(({ files }) => files.length === 0)) return limits;
  const theirs = await ticketing.largestFileBytes().catch(() => limits.largestBytes);
  return { ...limits, largestBytes: Math.min(limits.largestBytes, theirs) };
}
