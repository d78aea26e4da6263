/**
 * A message of Teams as the page names it: its id is milliseconds since 1970, the page's `ts` seconds with six digits
 * behind the point. `1700000011000` is `1700000011.000000`.
 */
export function tsOfTeams(id: string): string {
  return `${id.slice(0, -3) || '0'}.${id.slice(-3).padStart(3, '0')}000`;
}

/** The reverse of {@link tsOfTeams}. */
export function teamsIdOf(ts: string): string {
  const [seconds = '', fraction = ''] = ts.split('.');
  return `${seconds}${fraction.slice(0, 3).padEnd(3, '0')}`;
}

/**
 * Whether the conversation has no threads: only channels have them, which Teams tells by their ids.
 * https://learn.microsoft.com/en-us/microsoftteams/platform/bots/how-to/conversations/channel-and-group-conversations
 */
export function isFlat(chat: string): boolean {
  return !/@thread\.(?:tacv2|skype)$/.test(chat);
}

/**
 * The link to a message, as Teams gives it out; `root` is the first message of its thread.
 * https://learn.microsoft.com/en-us/microsoftteams/platform/concepts/build-and-test/deep-link-teams
 */
export function teamsLink(
  { url, tenantId }: { readonly url: string; readonly tenantId: string },
  { chat, id, root }: { readonly chat: string; readonly id: string; readonly root: string },
): string {
  const query = isFlat(chat)
    ? new URLSearchParams({ tenantId, context: JSON.stringify({ contextType: 'chat' }) })
    : new URLSearchParams({ tenantId, parentMessageId: root });
  return `${url}/l/message/${encodeURIComponent(chat)}/${id}?${query.toString()}`;
}
