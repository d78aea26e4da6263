import type { Answer, Call } from '../../http.ts';
import type { Core } from '../core.ts';
import { isAuthorized } from '../tokens.ts';
import type { Typing } from '../typing.ts';
import { createActivities, type Place } from './activities.ts';
import { createConversation } from './conversations.ts';
import { denied, refusal } from './refusal.ts';
import { createRosters } from './rosters.ts';

/** Teams has one for each part of the world. */
export const region = '/emea';

type Handler = (ids: readonly string[], call: Call) => Answer;

/**
 * The Bot Connector's REST API. Ids in paths are percent-encoded.
 * https://learn.microsoft.com/en-us/azure/bot-service/rest-api/bot-framework-rest-connector-api-reference
 */
export function createConnector(core: Core, typing: Typing): (call: Call) => Answer | null {
  const routes = routesOf(core, typing);
  return (call) => {
    if (!call.path.startsWith(`${region}/v3/`)) return null;
    if (!isAuthorized(core.keys, call)) return denied;
    const ids = idsOf(call.path.slice(region.length));
    if (ids === null) return refusal(400, 'BadArgument', 'The address cannot be read.');
    for (const [method, pattern, handler] of routes) {
      const found = method === call.method ? matched(pattern, ids) : null;
      if (found !== null) return handler(found, call);
    }
    return refusal(404, 'NotFound', `No HTTP resource was found that matches ${call.method} ${call.path}.`);
  };
}

function routesOf(core: Core, typing: Typing): readonly (readonly [string, string, Handler])[] {
  const activities = createActivities(core, typing);
  const rosters = createRosters(core);
  const inChat =
    (act: (place: Place, id: string, call: Call) => Answer): Handler =>
    ([conversation = '', id = ''], call) => {
      const place = activities.place(conversation);
      return 'status' in place ? place : act(place, id, call);
    };
  const post = inChat((place, _replyTo, call) => activities.post(place, call.body));
  return [
    ['POST', '/v3/conversations', (_ids, call) => createConversation(core, activities, call.body)],
    ['POST', '/v3/conversations/*/activities', post],
    // Teams does not route by what is replied to: any id will do
    ['POST', '/v3/conversations/*/activities/*', post],
    ['PUT', '/v3/conversations/*/activities/*', inChat((place, id, call) => activities.update(place, id, call.body))],
    ['DELETE', '/v3/conversations/*/activities/*', inChat((place, id) => activities.remove(place, id))],
    ['GET', '/v3/conversations/*/members', inChat(({ chat }) => rosters.members(chat))],
    ['GET', '/v3/conversations/*/members/*', inChat(({ chat }, id) => rosters.member(chat, id))],
    [
      'GET',
      '/v3/conversations/*/pagedmembers',
      inChat(({ chat }, _id, { query }) => rosters.pagedMembers(chat, query)),
    ],
    ['GET', '/v3/teams/*', ([team = '']) => rosters.team(team)],
    ['GET', '/v3/teams/*/conversations', ([team = '']) => rosters.teamChannels(team)],
    ['GET', '/v3/attachments/*/views/original', ([file = '']) => attachment(core, file)],
  ];
}

function attachment({ files }: Core, id: string): Answer {
  const file = files.find(id);
  const bytes = file?.bytes() ?? null;
  if (file === null || bytes === null) return refusal(404, 'AttachmentNotFound', 'The attachment was not found.');
  return { status: 200, headers: { 'content-type': file.mimetype }, body: bytes };
}

/** The parts of a path, each decoded; null when one cannot be. */
function idsOf(path: string): readonly string[] | null {
  try {
    return path.split('/').map((part) => decodeURIComponent(part));
  } catch {
    return null;
  }
}

/** What stands at the stars of the pattern, or null. */
function matched(pattern: string, parts: readonly string[]): readonly string[] | null {
  const expected = pattern.split('/');
  if (expected.length !== parts.length) return null;
  if (!expected.every((part, at) => part === '*' || part === parts[at])) return null;
  return parts.filter((_part, at) => expected[at] === '*');
}
