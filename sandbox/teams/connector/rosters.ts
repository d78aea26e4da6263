import type { Answer } from '../../http.ts';
import { isChannel } from '../activity.ts';
import type { TeamsPerson } from '../contract.ts';
import type { Core } from '../core.ts';
import { memberJson } from '../directory.ts';
import { tenantId } from '../ids.ts';
import type { Chat } from '../world.ts';
import { noConversation, noMember, notInRoster, refusal } from './refusal.ts';

/** https://learn.microsoft.com/en-us/microsoftteams/platform/bots/how-to/get-teams-context */
export interface Rosters {
  member(chat: Chat, memberId: string): Answer;
  members(chat: Chat): Answer;
  pagedMembers(chat: Chat, query: URLSearchParams): Answer;
  team(teamId: string): Answer;
  teamChannels(teamId: string): Answer;
}

const [fewestInPage, mostInPage, usualInPage] = [50, 500, 200];

export function createRosters(core: Core): Rosters {
  const { directory, world } = core;
  const peopleOf = ({ members }: Chat): readonly TeamsPerson[] => members.map((slackId) => directory.person(slackId));

  /** The team's own chat is its General channel. */
  function inTeam(teamId: string, tell: (chat: Chat, team: NonNullable<typeof world.team>) => unknown): Answer {
    const chat = world.chat(teamId);
    if (world.team === null || world.team.id !== teamId || chat === null) return noConversation;
    return core.isInstalled(chat) ? { status: 200, body: tell(chat, world.team) } : notInRoster;
  }

  return {
    member(chat, memberId) {
      const person = directory.byTeamsId(memberId);
      if (person === null || !chat.members.includes(person.slackId)) return noMember;
      return { status: 200, body: memberJson(person) };
    },
    members: (chat) => ({ status: 200, body: peopleOf(chat).map(memberJson) }),
    pagedMembers(chat, query) {
      const asked = Number(query.get('pageSize') ?? usualInPage);
      const size = Math.min(mostInPage, Math.max(fewestInPage, Number.isInteger(asked) ? asked : usualInPage));
      const token = query.get('continuationToken');
      const start = token === null || token === '' ? 0 : startOf(token);
      if (start === null) return refusal(400, 'BadArgument', 'Invalid continuation token.');
      // paging is for teams and channels: a chat has one page
      const end = isChannel(chat) ? start + size : chat.members.length;
      const members = peopleOf(chat).slice(start, end).map(memberJson);
      return {
        status: 200,
        body: { members, ...(end < chat.members.length ? { continuationToken: tokenOf(end) } : {}) },
      };
    },
    team: (teamId) =>
      inTeam(teamId, (chat, { id, name, aadGroupId }) => ({
        id,
        name,
        aadGroupId,
        tenantId,
        type: 'standard',
        channelCount: world.chats.filter(isChannel).length,
        memberCount: chat.members.length,
      })),
    teamChannels: (teamId) =>
      inTeam(teamId, () => ({
        conversations: world.chats
          .filter(({ kind }) => kind === 'channel')
          // General has its name from each client's language
          .map(({ id, name }) => ({ id, name: id === teamId ? null : name, type: 'standard' })),
      })),
  };
}

function tokenOf(start: number): string {
  return Buffer.from(`from:${start}`).toString('base64url');
}

function startOf(token: string): number | null {
  const [, start] = /^from:(\d+)$/.exec(Buffer.from(token, 'base64url').toString('utf8')) ?? [];
  return start === undefined ? null : Number(start);
}
