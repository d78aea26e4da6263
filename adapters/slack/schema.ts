import { z } from 'zod';
import { commandNames } from './usage.ts';

/*
 * The fields that are used of Slack's payloads, no more. Optional fields are `nullish`: Slack leaves them out in one
 * payload and sends null in another.
 */

/** Time and name of a message in its channel: epoch seconds, six decimals. https://docs.slack.dev/messaging/retrieving-messages */
const Ts = z.string().regex(/^\d{1,10}\.\d{1,6}$/);

/** What every event comes in. https://docs.slack.dev/apis/events-api/#callback-field */
export const Envelope = z.object({
  type: z.literal('event_callback'),
  team_id: z.string().min(1),
  api_app_id: z.string(),
  event_id: z.string().min(1),
  event_time: z.number().nullish(),
  is_ext_shared_channel: z.boolean().nullish(),
  authorizations: z.array(z.object({ user_id: z.string().nullish(), is_bot: z.boolean().nullish() })).nullish(),
  event: z.looseObject({ type: z.string() }),
});

/**
 * https://docs.slack.dev/reference/objects/file-object; with a `file_access` of `check_file_info` there is little more
 * than the id. A field of another sort than is known here is no reason to lose the message.
 */
export const File = z.object({
  id: z.string().nullish().catch(null),
  name: z.string().nullish().catch(null),
  title: z.string().nullish().catch(null),
  mimetype: z.string().nullish().catch(null),
  size: z.number().int().nonnegative().nullish().catch(null),
  mode: z.string().nullish().catch(null),
  is_external: z.boolean().nullish().catch(null),
  file_access: z.string().nullish().catch(null),
});

/**
 * A post, as an event of its own or inside an edit.
 * https://docs.slack.dev/reference/events/message and https://docs.slack.dev/reference/events/app_mention
 */
export const Post = z.object({
  subtype: z.string().nullish(),
  user: z.string().nullish(),
  bot_id: z.string().nullish(),
  app_id: z.string().nullish(),
  /** The author's workspace; in a channel shared with another company `user_team` says it too, and first. */
  team: z.string().nullish(),
  user_team: z.string().nullish(),
  text: z.string().nullish(),
  ts: Ts,
  thread_ts: Ts.nullish(),
  files: z.array(File).nullish(),
});

/** A post as it was before an edit or a deletion. */
const EarlierPost = Post.partial();

/** Where an event took place. `app_mention` comes without a `channel_type`. */
export const Place = z.object({
  channel: z.string().min(1),
  channel_type: z.string().nullish(),
  subtype: z.string().nullish(),
});

/**
 * Who waits has pressed Slack's own Stop. A `thread_ts` is missing where the session is a channel's.
 * https://docs.slack.dev/reference/events/agent_session_stopped
 */
export const SessionStopped = z.object({ user: z.string().min(1), thread_ts: Ts.nullish(), event_ts: Ts.nullish() });

/** When an event took place: with a change, when that was made. https://docs.slack.dev/apis/events-api/#callback-field */
export const Changed = z.object({ event_ts: Ts.nullish() });

/** https://docs.slack.dev/reference/events/message/message_changed */
export const MessageChanged = z.object({ message: Post, previous_message: EarlierPost.nullish() });

/** https://docs.slack.dev/reference/events/message/message_deleted */
export const MessageDeleted = z.object({ deleted_ts: Ts, previous_message: EarlierPost.nullish() });

/** Slack leaves out what is not there, or sends null. */
const MaybeText = z
  .string()
  .nullish()
  .transform((text) => text ?? '');

/** Whoever acts, and in which workspace. */
const Presser = {
  user: z.object({ id: z.string().min(1), team_id: MaybeText }),
  team: z.object({ id: z.string() }).nullish(),
};

/** A click on a button. https://docs.slack.dev/reference/interaction-payloads/block_actions-payload */
export const BlockActions = z
  .object({
    type: z.literal('block_actions'),
    ...Presser,
    trigger_id: MaybeText,
    response_url: MaybeText,
    container: z.object({ channel_id: MaybeText, message_ts: MaybeText, thread_ts: MaybeText }).nullish(),
    message: z.object({ thread_ts: MaybeText }).nullish(),
    actions: z.array(
      z.object({ action_id: z.string(), action_ts: Ts.nullish(), value: MaybeText }).transform((action) => ({
        id: action.action_id,
        ts: action.action_ts ?? null,
        value: action.value,
      })),
    ),
  })
  .transform(({ user, team, trigger_id: triggerId, response_url: responseUrl, container, message, actions }) => {
    const { channel_id: channel, message_ts: post, thread_ts } = container ?? emptyContainer;
    const teamId = team?.id ?? '';
    const thread = { team: teamId, channel, thread: thread_ts || message?.thread_ts || post };
    return { userId: user.id, userTeam: user.team_id || teamId, triggerId, responseUrl, post, thread, actions };
  });

const emptyContainer = { channel_id: '', message_ts: '', thread_ts: '' };

/** A command of ours that somebody typed. https://docs.slack.dev/interactivity/implementing-slash-commands#app_command_handling */
export const SlashCommand = z.object({
  command: z.enum(commandNames),
  text: MaybeText,
  team_id: z.string().min(1),
  user_id: z.string().min(1),
});

/** What an element of a form holds: a text, or the option that was chosen. Others are none of ours. */
const Entered = z
  .looseObject({ value: MaybeText, selected_option: z.object({ value: MaybeText }).nullish() })
  .transform(({ value, selected_option: chosen }) => chosen?.value ?? value);

/**
 * A submitted modal, of ours or not.
 * https://docs.slack.dev/reference/interaction-payloads/view-interactions-payload
 */
export const ViewSubmission = z
  .object({
    type: z.literal('view_submission'),
    ...Presser,
    view: z.object({
      id: z.string().min(1),
      hash: z.string().min(1),
      callback_id: MaybeText,
      private_metadata: MaybeText,
      state: z.object({ values: z.record(z.string(), z.record(z.string(), Entered)) }).nullish(),
    }),
  })
  .transform(({ user, team, view }) => ({
    userId: user.id,
    userTeam: user.team_id || (team?.id ?? ''),
    viewId: view.id,
    hash: view.hash,
    callbackId: view.callback_id,
    metadata: view.private_metadata,
    entered: view.state?.values ?? {},
  }));
