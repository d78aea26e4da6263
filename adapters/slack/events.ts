import type { z } from 'zod';
import type { Address, Message, MessageChange } from '#domain/conversation.ts';
import type { Stop } from '#chat-ports.ts';
import { Changed, Envelope, MessageChanged, MessageDeleted, Place, Post, SessionStopped } from './schema.ts';
import { sharedFiles, shownFiles } from './shared-file.ts';
import { mentionsAny, plainText } from './text.ts';

/** What an event means to us; `why` says for the log why it means nothing. */
export type Incoming =
  | { readonly kind: 'message'; readonly message: Message }
  | { readonly kind: 'change'; readonly change: MessageChange }
  | { readonly kind: 'stop'; readonly stop: Stop }
  | { readonly kind: 'nothing'; readonly why: string };

type Post = z.infer<typeof Post>;
type EarlierPost = NonNullable<z.infer<typeof MessageChanged>['previous_message']>;

/** One delivery: its envelope, where it took place, and the user ids that are ours. */
interface Delivery {
  readonly envelope: z.infer<typeof Envelope>;
  readonly place: z.infer<typeof Place>;
  readonly ownUserIds: readonly string[];
}

/**
 * Reads a delivery of the Events API: `message` with its subtypes, `app_mention`, and `agent_session_stopped`.
 *
 * A mention in a channel comes as both. Both give the same message with the same id, so it does not matter which of
 * them is first.
 *
 * @param ownUserId our bot's user id, or null while it is not known; the delivery's own `authorizations` name it too.
 * @throws ZodError when Slack sends a shape that is not known here.
 * @throws Error when nobody knows our user id: without it a mention would look like talk among others.
 */
export function readEvent(body: unknown, ownUserId: string | null): Incoming {
  const envelope = Envelope.parse(body);
  const place = Place.parse(envelope.event);
  if (envelope.event.type === 'agent_session_stopped') return readStop(envelope, place);
  const delivery = { envelope, place, ownUserIds: ownIds(envelope, ownUserId) };
  switch (place.subtype ?? 'none') {
    case 'none':
    case 'file_share':
    case 'thread_broadcast':
      return readPost(Post.parse(envelope.event), delivery);
    case 'message_changed':
      return readChange(MessageChanged.parse(envelope.event), delivery);
    case 'message_deleted':
      return readDeletion(MessageDeleted.parse(envelope.event), delivery);
    default:
      return nothing(`subtype ${place.subtype}`);
  }
}

/** Whether who pressed is the one who waits, their conversation tells. */
function readStop(envelope: z.infer<typeof Envelope>, { channel }: z.infer<typeof Place>): Incoming {
  const { user, thread_ts: thread, event_ts: at } = SessionStopped.parse(envelope.event);
  if (thread == null) return nothing('a session without a thread is stopped');
  const stop: Stop = {
    eventId: eventId(envelope),
    address: toAddress({ team: envelope.team_id, channel, thread }),
    personRef: personRef(envelope.team_id, user),
    at: toDate(at ?? String(envelope.event_time ?? 0)),
  };
  return { kind: 'stop', stop };
}

function ownIds(envelope: z.infer<typeof Envelope>, ownUserId: string | null): readonly string[] {
  const authorized = (envelope.authorizations ?? []).flatMap(({ user_id, is_bot }) =>
    is_bot === true && typeof user_id === 'string' ? [user_id] : [],
  );
  const ids = ownUserId === null ? authorized : [...authorized, ownUserId];
  if (ids.length === 0) throw new Error('our own user id is not known yet');
  return ids;
}

function readPost(post: Post, delivery: Delivery): Incoming {
  if (isAutomatic(post, delivery)) return nothing('not written by a person');
  const message = messageIn(post, delivery);
  return message === null ? nothing('talk in a channel') : { kind: 'message', message };
}

/** Null when it can be no part of a conversation with us. */
function messageIn(post: Post, delivery: Delivery): Message | null {
  const { envelope, place, ownUserIds } = delivery;
  const text = post.text ?? '';
  const addressed = isDirect(place) || envelope.event.type === 'app_mention' || mentionsAny(text, ownUserIds);
  if (!addressed && !isReply(post)) return null;
  return {
    id: messageId(post.ts, delivery),
    eventId: eventId(envelope),
    address: toAddress({ team: envelope.team_id, channel: place.channel, thread: post.thread_ts ?? post.ts }),
    place: placeOf(delivery),
    authorRef: authorRef(post, envelope.team_id),
    text: plainText(text, ownUserIds),
    sentAt: toDate(post.ts),
    addressed,
    files: sharedFiles(post.files),
  };
}

/**
 * An edit by its author: of the text, or of the files, which then comes with the text as it was. Slack also sends
 * `message_changed` when it adds a link's preview, and when the first post of a thread is deleted: then a tombstone
 * takes its place.
 */
function readChange(event: z.infer<typeof MessageChanged>, delivery: Delivery): Incoming {
  const { message, previous_message: before } = event;
  if (before != null && isBot(before, delivery)) return nothing('a change of a post of a bot');
  if (message.subtype === 'tombstone') return change(message.ts, { text: null, post: before }, delivery);
  if (isAutomatic(message, delivery)) return nothing('a change of a post of a bot');
  const text = plainText(message.text ?? '', delivery.ownUserIds);
  const sameText = before?.text != null && plainText(before.text, delivery.ownUserIds) === text;
  if (sameText && !hasOtherFiles(message, before)) return nothing('the text is the same');
  return change(message.ts, { text, post: message }, delivery);
}

function hasOtherFiles(now: EarlierPost, before: EarlierPost): boolean {
  const [ids, idsBefore] = [now, before].map(({ files }) => shownFiles(files).toSorted().join());
  return ids !== idsBefore;
}

function readDeletion(event: z.infer<typeof MessageDeleted>, delivery: Delivery): Incoming {
  const { deleted_ts: ts, previous_message: before } = event;
  if (before != null && isBot(before, delivery)) return nothing('a post of a bot was deleted');
  return change(ts, { text: null, post: before }, delivery);
}

/** Later, a message that is not known was never one of ours: Slack's own redeliveries end after an hour, most after a minute. */
const mayOvertakeForSeconds = 300;

/** @param changed `post`: the whole of it; left out where Slack does not tell. */
function change(
  ts: string,
  { text, post }: { text: string | null; post: EarlierPost | null | undefined },
  delivery: Delivery,
): Incoming {
  const isRecent = Number(delivery.envelope.event_time ?? 0) - Number(ts) < mayOvertakeForSeconds;
  const whole = Post.safeParse({ ...post, ts });
  const message =
    isRecent && whole.success && !isAutomatic(whole.data, delivery) ? messageIn(whole.data, delivery) : null;
  const files = text === null ? {} : { files: sharedFiles(post?.files) };
  const known = { eventId: eventId(delivery.envelope), messageId: messageId(ts, delivery), order: orderOf(delivery) };
  return { kind: 'change', change: { ...known, text, ...files, message } };
}

/** When it was changed, in microseconds; where Slack does not tell, when it was delivered. */
function orderOf({ envelope }: Delivery): number {
  const { event_ts: at } = Changed.parse(envelope.event);
  return Math.round(Number(at ?? envelope.event_time ?? 0) * 1_000_000);
}

/** Answering our own posts would loop for ever, and so would two bots that answer one another. */
function isBot(post: EarlierPost, { envelope, ownUserIds }: Delivery): boolean {
  return (
    post.bot_id != null ||
    post.app_id === envelope.api_app_id ||
    post.user === 'USLACKBOT' ||
    ownUserIds.includes(post.user ?? '')
  );
}

function isAutomatic(post: Post, delivery: Delivery): boolean {
  const automatic = !['none', 'file_share', 'thread_broadcast'].includes(post.subtype ?? 'none');
  return automatic || post.user == null || isBot(post, delivery);
}

function isReply(post: Post): boolean {
  return post.thread_ts != null && post.thread_ts !== post.ts;
}

/** A thread's address. A reply to a top-level post starts its thread, so the post's own `ts` names it. */
export function toAddress(at: { team: string; channel: string; thread: string }): Address {
  return { platform: 'slack', ref: `${at.team}/${at.channel}/${at.thread}` };
}

/** The reverse of {@link toAddress}. */
export function fromAddress(address: Address): { team: string; channel: string; thread: string } {
  const [team = '', channel = '', thread = ''] = address.ref.split('/');
  return { team, channel, thread };
}

/** A person's ref, as {@link fromPersonRef} reads it. */
export function personRef(team: string, user: string): string {
  return `slack/${team}/${user}`;
}

/** The reverse of {@link personRef}. */
export function fromPersonRef(ref: string): { team: string; user: string } {
  const [, team = '', user = ''] = ref.split('/');
  return { team, user };
}

/** A message's id, in the workspace that Slack delivers for. */
export function messageIdOf(at: { team: string; channel: string; ts: string }): string {
  return `${at.team}/${at.channel}/${at.ts}`;
}

/** In a channel shared with another company the author's workspace is not the one that Slack delivers for. */
function authorRef(post: Post, team: string): string {
  return personRef(post.user_team ?? post.team ?? team, post.user ?? '');
}

/** A conversation with one person; one with several (`mpim`) is a channel. */
function isDirect(place: Delivery['place']): boolean {
  return place.channel_type === 'im' || place.channel.startsWith('D');
}

function placeOf({ envelope, place }: Delivery): Message['place'] {
  if (isDirect(place)) return 'direct';
  return envelope.is_ext_shared_channel === true ? 'shared' : 'channel';
}

function eventId(envelope: z.infer<typeof Envelope>): string {
  return `slack/${envelope.event_id}`;
}

function messageId(ts: string, { envelope, place }: Delivery): string {
  return messageIdOf({ team: envelope.team_id, channel: place.channel, ts });
}

/** `ts` is epoch seconds with a fraction. */
function toDate(ts: string): Date {
  return new Date(Math.floor(Number(ts) * 1000));
}

function nothing(why: string): Incoming {
  return { kind: 'nothing', why };
}
