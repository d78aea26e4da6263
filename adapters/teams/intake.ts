import type { Message } from '#domain/conversation.ts';
import type { Clock } from '#ports.ts';
import { createHands, type Ids } from '../chat/hands.ts';
import { known } from '../chat/known.ts';
import type { TeamsChat } from './chat.ts';
import { readPress } from './clicks.ts';
import { type Incoming, isRemoval, readEvent } from './events.ts';
import { idsOf, platform } from './ids.ts';
import { type Answer, answerInvoke, type InvokeDeps } from './invokes.ts';
import { readScene, type Scene } from './scene.ts';

/** Hands deliveries over to the inbox, and knows which are in hand. */
export interface Intake {
  /** Returns the answer when all is stored; throws when it is not, and then Teams must be told. */
  activity(body: unknown): Promise<Answer>;
  /** Takes deliveries again after `close`. */
  open(): void;
  /** Refuses further deliveries; returns when those in hand are stored. */
  close(): Promise<void>;
}

interface IntakeParts extends InvokeDeps {
  readonly clock: Clock;
  readonly appId: string;
  /** As for a scene. */
  readonly emulatedTenant: string | null;
}

const taken: Answer = { status: 200 };

export function createIntake(parts: IntakeParts): Intake {
  const { log, clock, appId, emulatedTenant } = parts;
  const hands = createHands({ platform, log });

  async function takeActivity(body: unknown, ids: Ids): Promise<Answer> {
    const scene = known(() => readScene(body, { appId, now: clock(), emulatedTenant }), ids, { platform, log });
    if (scene === null) return taken;
    if (scene.activity.type === 'invoke') return takeInvoke(body, scene, parts);
    await takeEvent({ body, ids }, scene, parts);
    return taken;
  }

  return {
    activity(body) {
      const ids = idsOf(body);
      return hands.take(ids, () => takeActivity(body, ids));
    },
    open: () => hands.open(),
    close: () => hands.close(),
  };
}

/** A message action may be chosen in any chat, with us or not: of those nothing is noted. */
async function takeInvoke(body: unknown, scene: Scene, parts: IntakeParts): Promise<Answer> {
  const isElsewhere = scene.activity.name.startsWith('composeExtension/');
  const chat: TeamsChat = isElsewhere
    ? { ...scene.chat, isShared: scene.chat.isShared ?? false }
    : await parts.chats.saw(scene.chat, scene.person);
  return answerInvoke({ body, scene, chat }, parts);
}

async function takeEvent({ body, ids }: { body: unknown; ids: Ids }, scene: Scene, parts: IntakeParts): Promise<void> {
  const { chats, log } = parts;
  if (isRemoval(scene)) {
    log.info('teams: taken out of a chat', ids);
    // a team has many channels, and tells of none of them: there Teams itself refuses us until we are back
    return scene.chat.scope === 'channel' ? undefined : chats.left(scene.chat.tenantId, scene.chat.id);
  }
  const chat = await chats.saw(scene.chat, null);
  const incoming = known(() => readEvent(body, scene, chat), ids, { platform, log });
  if (incoming === null) return;
  const takesPart = chat.scope === 'personal' || (await isOurAffair(incoming, parts));
  if (!takesPart && incoming.kind === 'message') return log.debug('teams: talk that is not with us', ids);
  if (takesPart) await chats.saw(scene.chat, scene.person);
  return store(incoming, { scene, ids }, parts);
}

/**
 * Of people is noted only who takes part in something of ours: where owners have consented to it, all that is said in
 * their teams and chats comes here.
 */
async function isOurAffair(incoming: Incoming, { inbox }: IntakeParts): Promise<boolean> {
  if (incoming.kind === 'press') return true;
  const message = messageOf(incoming);
  return message !== null && (message.addressed || inbox.isOurs(message));
}

function messageOf(incoming: Incoming): Message | null {
  if (incoming.kind === 'message') return incoming.message;
  return incoming.kind === 'change' ? incoming.change.message : null;
}

async function store(
  incoming: Incoming,
  { scene, ids }: { scene: Scene; ids: Ids },
  { inbox, log, clock }: IntakeParts,
): Promise<void> {
  switch (incoming.kind) {
    case 'message':
      log.debug('teams: message', { ...ids, lateByMs: clock().getTime() - incoming.message.sentAt.getTime() });
      return inbox.message(incoming.message);
    case 'change':
      return inbox.change(incoming.change);
    case 'press': {
      const click = readPress(incoming.data, scene);
      if (click === null) return log.warn('teams: press refused', ids);
      const { refusal } = await inbox.click(click);
      // nobody waits for an answer here
      return refusal === null ? undefined : log.info('teams: press counts for nothing', ids);
    }
    case 'arrival':
      return inbox.arrived(incoming.arrival);
    case 'nothing':
      return log.debug('teams: activity without meaning for us', { ...ids, why: incoming.why });
  }
}
