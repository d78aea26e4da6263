import { z } from 'zod';

/*
 * The fields that are used of what Teams sends, no more. What is told in one place and left out or null in another is
 * `nullish`; what only adds to a message is no reason to lose it and `catch`es.
 */

/** Teams leaves out what is not there, or sends null. */
const MaybeText = z
  .string()
  .nullish()
  .transform((text) => text ?? '');
const AnyText = MaybeText.catch('');
/** The id of what is named; '' for none. */
const IdOf = z
  .object({ id: z.string() })
  .catch({ id: '' })
  .transform(({ id }) => id);

/** https://learn.microsoft.com/en-us/azure/bot-service/rest-api/bot-framework-rest-connector-api-reference#channelaccount-object */
const Account = z.object({ id: z.string().min(1), name: AnyText, aadObjectId: AnyText, role: AnyText });

/**
 * What all activities have. https://github.com/microsoft/botframework-sdk/blob/main/specs/botframework-activity/botframework-activity.md
 * with Teams' own in `channelData`: https://learn.microsoft.com/en-us/microsoftteams/platform/bots/how-to/conversations/conversation-basics
 */
export const Activity = z.object({
  type: z.string(),
  id: AnyText,
  name: AnyText,
  action: AnyText,
  timestamp: AnyText,
  replyToId: AnyText,
  serviceUrl: z.string().min(1),
  from: Account,
  recipient: z.object({ id: z.string().min(1) }),
  conversation: z.object({
    id: z.string().min(1),
    conversationType: AnyText,
    tenantId: AnyText,
    isGroup: z.boolean().nullish().catch(null),
  }),
  membersAdded: z
    .array(z.object({ id: AnyText }))
    .nullish()
    .catch(null),
  membersRemoved: z
    .array(z.object({ id: AnyText }))
    .nullish()
    .catch(null),
  channelData: z
    .object({
      eventType: AnyText,
      tenant: IdOf,
      team: IdOf,
      channel: z.object({ type: AnyText }).catch({ type: '' }),
      settings: z.object({ selectedChannel: IdOf }).catch({ selectedChannel: '' }),
    })
    .catch({ eventType: '', tenant: '', team: '', channel: { type: '' }, settings: { selectedChannel: '' } }),
});

/** A mention of somebody, or the message that a reply quotes. */
const Entity = z.object({
  type: AnyText,
  text: AnyText,
  mentioned: z.object({ id: AnyText, name: AnyText }).nullish().catch(null),
  quotedReply: z.object({ messageId: AnyText }).nullish().catch(null),
});

/** A file, a picture within the text, or the text itself in HTML. https://learn.microsoft.com/en-us/microsoftteams/platform/bots/how-to/bots-filesv4 */
export const Attachment = z.object({
  contentType: AnyText,
  contentUrl: AnyText,
  content: z.unknown().optional(),
  name: AnyText,
});

/** A field of another shape than is known here is left out. */
function listOf<T extends z.ZodType>(each: T) {
  return z
    .array(each.nullable().catch(null))
    .nullish()
    .catch(null)
    .transform((all) => (all ?? []).filter((one) => one !== null));
}

export const Post = z.object({
  text: MaybeText,
  textFormat: AnyText,
  /** Of a button that sends a message without words (`Action.Submit`). */
  value: z.unknown().optional(),
  entities: listOf(Entity),
  attachments: listOf(Attachment),
});

/** What a file attachment says. */
export const DownloadInfo = z.object({ downloadUrl: z.string().min(1) });

/** https://learn.microsoft.com/en-us/microsoftteams/platform/task-modules-and-cards/cards/universal-actions-for-adaptive-cards/work-with-universal-actions-for-adaptive-cards */
export const CardAction = z.object({
  value: z.object({ action: z.object({ verb: AnyText, data: z.unknown().optional() }), trigger: AnyText }),
});

/** https://learn.microsoft.com/en-us/microsoftteams/platform/task-modules-and-cards/task-modules/task-modules-bots */
export const Task = z.object({ value: z.object({ data: z.unknown().optional() }) });

/** https://learn.microsoft.com/en-us/microsoftteams/platform/bots/how-to/bot-messages-ai-generated-content#feedback-buttons */
export const Feedback = z.object({
  value: z.object({
    actionName: z.literal('feedback'),
    actionValue: z.object({ reaction: z.enum(['like', 'dislike']), feedback: AnyText }),
  }),
});
export const FeedbackText = z.object({ feedbackText: z.string() });

const noBody = { contentType: '', content: '' };
const nobody = { user: { displayName: '' } };

/**
 * Chosen in the box where one writes there is no message.
 * https://learn.microsoft.com/en-us/microsoftteams/platform/messaging-extensions/how-to/action-commands/create-task-module
 */
export const MessageAction = z.object({
  value: z.object({
    commandId: z.string(),
    data: z.unknown().optional(),
    messagePayload: z
      .object({
        body: z.object({ contentType: AnyText, content: AnyText }).catch(noBody),
        from: z.object({ user: z.object({ displayName: AnyText }) }).catch(nobody),
      })
      .catch({ body: noBody, from: nobody }),
  }),
});
