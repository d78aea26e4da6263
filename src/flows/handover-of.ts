import type { Conversation } from '#domain/conversation.ts';
import type { HandedOver, Handover } from '#domain/handover.ts';
import type { Routing } from '#domain/routing.ts';
import type { Clock, Store } from '#ports.ts';
import { type ChatPlatforms, findPerson, platformOf } from './people.ts';

export interface HandoverDeps {
  readonly store: Store;
  readonly platforms: ChatPlatforms;
  readonly routing: Routing;
  readonly answerAt: number;
  readonly clock: Clock;
}

/** All that a ticket tells, gathered. */
export async function handoverOf(
  conversation: Conversation,
  ticket: HandedOver,
  { store, platforms, routing, clock, answerAt }: HandoverDeps,
): Promise<Handover> {
  const platform = platformOf(platforms, conversation.address.platform);
  const find = (ref: string) => findPerson(ref, { platform, people: store.people, clock });
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
  };
}
