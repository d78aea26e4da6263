import { z } from 'zod';
import type { Answer } from '../../http.ts';
import { isChannel } from '../activity.ts';
import type { TeamsPerson } from '../contract.ts';
import type { Core } from '../core.ts';
import { personalChatOf, tenantId } from '../ids.ts';
import { chatFor, used } from '../people.ts';
import type { Activities } from './activities.ts';
import { checkActivity, parsed } from './checks.ts';
import { badSyntax, noConversation, noMember, notInRoster, refusal, tooBig } from './refusal.ts';

const parametersShape = z.looseObject({
  isGroup: z.boolean().optional(),
  members: z.array(z.looseObject({ id: z.string().min(1) })).optional(),
  tenantId: z.string().optional(),
  activity: z.unknown().optional(),
  channelData: z
    .looseObject({
      tenant: z.looseObject({ id: z.string() }).optional(),
      channel: z.looseObject({ id: z.string() }).optional(),
    })
    .optional(),
});
type Parameters = z.infer<typeof parametersShape>;

/**
 * `POST /v3/conversations`: a personal chat (the same each time), or a new thread in a channel.
 * https://learn.microsoft.com/en-us/microsoftteams/platform/bots/how-to/conversations/send-proactive-messages
 */
export function createConversation(core: Core, activities: Activities, body: string): Answer {
  if (body.length * 2 > 100 * 1024) return tooBig;
  const { success, data, error } = parametersShape.safeParse(parsed(body));
  if (!success) return badSyntax(z.prettifyError(error));
  return data.channelData?.channel === undefined
    ? personal(core, activities, data)
    : channelPost(activities, data, data.channelData.channel.id);
}

function channelPost(activities: Activities, { activity }: Parameters, channelId: string): Answer {
  const place = activities.place(channelId);
  if ('status' in place) return place;
  if (!isChannel(place.chat)) return noConversation;
  const checked = checkActivity(activity);
  if ('refused' in checked) return checked.refused;
  const activityId = activities.write({ chat: place.chat }, checked.activity);
  return { status: 201, body: { id: `${place.chat.id};messageid=${activityId}`, activityId } };
}

function personal(core: Core, activities: Activities, asked: Parameters): Answer {
  const person = personOf(core, asked);
  if ('status' in person) return person;
  const chat = used(core, chatFor(core, person.slackId, personalChatOf(person.slackId)), person.slackId);
  if (!core.isInstalled(chat)) return notInRoster;
  if (asked.activity === undefined) return { status: 201, body: { id: chat.id } };
  const checked = checkActivity(asked.activity);
  if ('refused' in checked) return checked.refused;
  return { status: 201, body: { id: chat.id, activityId: activities.write({ chat }, checked.activity) } };
}

function personOf({ directory }: Core, { members = [], isGroup, ...rest }: Parameters): TeamsPerson | Answer {
  const [member, ...others] = members;
  if (isGroup === true || member === undefined || others.length > 0)
    return refusal(400, 'BadArgument', 'A personal conversation has exactly one member.');
  if ((rest.tenantId ?? rest.channelData?.tenant?.id) !== tenantId)
    return refusal(403, 'Forbidden', 'The tenant of the conversation is missing or another one.');
  return directory.byTeamsId(member.id) ?? noMember;
}
