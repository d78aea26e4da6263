import { z } from 'zod';
import type { Answer } from '../../http.ts';
import { badSyntax, tooBig } from './refusal.ts';

const attachment = z.looseObject({
  contentType: z.string().min(1),
  contentUrl: z.string().optional(),
  content: z.unknown().optional(),
  name: z.string().optional(),
});
const entity = z.looseObject({ type: z.string().min(1) });

/** https://github.com/microsoft/botframework-sdk/blob/main/specs/botframework-activity/botframework-activity.md */
const activityShape = z.looseObject({
  type: z.enum(['message', 'typing']),
  text: z.string().optional(),
  textFormat: z.enum(['plain', 'markdown', 'xml']).optional(),
  summary: z.string().optional(),
  attachments: z.array(attachment).optional(),
  attachmentLayout: z.enum(['list', 'carousel']).optional(),
  entities: z.array(entity).optional(),
  channelData: z.looseObject({}).optional(),
});

/** An activity of the app, its shape as it should be. */
export type SentActivity = z.infer<typeof activityShape>;
export type SentAttachment = z.infer<typeof attachment>;

export type Checked = { readonly activity: SentActivity } | { readonly refused: Answer };

/** Counted in UTF-16, over the whole payload. */
const mostBytes = 100 * 1024;
/**
 * Of one card, in UTF-8. Teams' documentation gives the number and no status for it, so it is that of a message that is
 * too big. https://learn.microsoft.com/en-us/microsoftteams/platform/bots/how-to/format-your-bot-messages
 */
const mostCardBytes = 28 * 1024;
const mostCitations = 20;

export const adaptiveCard = 'application/vnd.microsoft.card.adaptive';

/** Reads the body of a request that sends or changes an activity. */
export function checkBody(body: string): Checked {
  if (body.length * 2 > mostBytes) return { refused: tooBig };
  return checkActivity(parsed(body));
}

export function checkActivity(sent: unknown): Checked {
  const { success, data: activity, error } = activityShape.safeParse(sent);
  if (!success) return { refused: badSyntax(`Activity: ${z.prettifyError(error)}`) };
  const refused = refusedAttachment(activity) ?? refusedEntity(activity) ?? refusedWhole(activity);
  return refused === null ? { activity } : { refused };
}

export function parsed(body: string): unknown {
  try {
    return JSON.parse(body) as unknown;
  } catch {
    return null;
  }
}

function refusedWhole({ type, text = '', attachments = [] }: SentActivity): Answer | null {
  if (type !== 'message' || text !== '' || attachments.length > 0) return null;
  return badSyntax('Activity: a message needs text or an attachment.');
}

function refusedAttachment({ attachments = [] }: SentActivity): Answer | null {
  for (const { contentType, content, contentUrl } of attachments) {
    if (contentType === adaptiveCard) {
      const refused = refusedCard(content);
      if (refused !== null) return refused;
    } else if (contentType.startsWith('application/vnd.microsoft.')) {
      if (content === undefined) return badSyntax(`Attachment of type ${contentType} has no content.`);
    } else if (contentType.startsWith('image/')) {
      if (contentUrl === undefined) return badSyntax(`Attachment of type ${contentType} has no contentUrl.`);
    } else return badSyntax(`Unknown attachment type ${contentType}.`);
  }
  return null;
}

const cardShape = z.looseObject({
  type: z.literal('AdaptiveCard'),
  version: z.string(),
  body: z.array(z.unknown()).optional(),
});

/**
 * The versions that Teams' clients draw. https://learn.microsoft.com/en-us/microsoftteams/platform/task-modules-and-cards/cards/cards-reference#adaptive-card
 */
export function isDrawable(version: string): boolean {
  return /^1\.[0-5]$/.test(version);
}

function refusedCard(content: unknown): Answer | null {
  const card = cardShape.safeParse(content);
  if (!card.success) return badSyntax(`Adaptive Card: ${z.prettifyError(card.error)}`);
  if (!isDrawable(card.data.version)) return badSyntax(`Adaptive Card: version ${card.data.version} is not supported.`);
  return Buffer.byteLength(JSON.stringify(content)) > mostCardBytes ? tooBig : null;
}

const messageEntity = z.looseObject({
  '@type': z.literal('Message'),
  citation: z
    .array(
      z.looseObject({
        '@type': z.literal('Claim'),
        position: z.number().int().min(1),
        appearance: z.looseObject({
          '@type': z.literal('DigitalDocument'),
          name: z.string().min(1).max(80),
          abstract: z.string().min(1).max(160),
          keywords: z.array(z.string().max(28)).max(3).optional(),
        }),
      }),
    )
    .max(mostCitations)
    .optional(),
});

/** https://learn.microsoft.com/en-us/microsoftteams/platform/bots/how-to/bot-messages-ai-generated-content */
function refusedEntity({ entities = [], text = '' }: SentActivity): Answer | null {
  const roots = entities.filter(({ type }) => type === 'https://schema.org/Message');
  if (roots.length > 1) return refusedEntities('only one entity of type https://schema.org/Message is allowed');
  for (const root of roots) {
    const { success, error } = messageEntity.safeParse(root);
    if (!success) return refusedEntities(z.prettifyError(error));
  }
  for (const mention of entities) {
    const tag = mention['text'];
    if (mention.type === 'mention' && (typeof tag !== 'string' || !text.includes(tag)))
      return refusedEntities('the text of a mention is not in the text of the message');
  }
  return null;
}

function refusedEntities(why: string): Answer {
  return badSyntax(`Entities: ${why}.`);
}
