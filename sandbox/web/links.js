const allowedProtocols = ['http:', 'https:', 'mailto:'];

/** The address if it may be followed, else null: no script, no data, nothing relative. */
export function safeUrl(address) {
  if (typeof address !== 'string' || !URL.canParse(address)) return null;
  const url = new URL(address);
  return allowedProtocols.includes(url.protocol) ? url.href : null;
}

/**
 * Tells the addresses of articles from others: those that are known, and all of the systems that keep articles.
 * @param {{ articles: string[], sites: string[] }} boot
 */
export function articleTest({ articles, sites }) {
  return (address) => articles.includes(address) || sites.some((site) => address.startsWith(site));
}

/** The issue key of a Jira address (`…/browse/IT-12`), or null. */
export function issueKeyOf(address, jiraUrl) {
  if (!address.startsWith(`${jiraUrl}/browse/`)) return null;
  return /^[A-Z][A-Z0-9_]*-\d+/.exec(address.slice(jiraUrl.length + '/browse/'.length))?.[0] ?? null;
}

/**
 * The place in the chat that a link to a message names, or null.
 * @returns `{ platform: 'slack' | 'teams', channel, thread }`
 */
export function messagePlaceOf(address, teamsUrl) {
  return slackPlaceOf(new URL(address)) ?? teamsPlaceOf(address, teamsUrl);
}

/**
 * `…/archives/C1/p1767225600000200?thread_ts=…`
 * https://docs.slack.dev/reference/methods/chat.getPermalink
 */
function slackPlaceOf(url) {
  const found = /\/archives\/([A-Z0-9]+)\/p(\d+)(\d{6})$/.exec(url.pathname);
  if (found === null) return null;
  const [, channel, seconds, fraction] = found;
  return { platform: 'slack', channel, thread: url.searchParams.get('thread_ts') ?? `${seconds}.${fraction}` };
}

/**
 * `…/l/message/<conversation>/<message>?parentMessageId=…`, whose messages are named by their milliseconds.
 * https://learn.microsoft.com/microsoftteams/platform/concepts/build-and-test/deep-link-teams
 */
function teamsPlaceOf(address, teamsUrl) {
  if (teamsUrl === undefined || !address.startsWith(`${teamsUrl}/l/message/`)) return null;
  const url = new URL(address);
  const [channel = '', id = ''] = url.pathname
    .slice(url.pathname.indexOf('/l/message/') + '/l/message/'.length)
    .split('/');
  const first = /^\d{4,}$/.exec(url.searchParams.get('parentMessageId') ?? id)?.[0];
  if (channel === '' || first === undefined) return null;
  return { platform: 'teams', channel: decoded(channel), thread: tsOfTeams(first) };
}

/** The page names every message by its seconds, with six digits behind the point. */
function tsOfTeams(milliseconds) {
  return `${milliseconds.slice(0, -3)}.${milliseconds.slice(-3)}000`;
}

/** A part of an address as it was before it was escaped; what cannot have been stays as it is. */
export function decoded(part) {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
