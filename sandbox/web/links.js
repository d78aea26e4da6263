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
 * The place in the chat that a Slack permalink names (`…/archives/C1/p1767225600000200?thread_ts=…`), or null.
 * https://docs.slack.dev/reference/methods/chat.getPermalink
 */
export function messagePlaceOf(address) {
  const url = new URL(address);
  const found = /\/archives\/([A-Z0-9]+)\/p(\d+)(\d{6})$/.exec(url.pathname);
  if (found === null) return null;
  const [, channel, seconds, fraction] = found;
  return { channel, thread: url.searchParams.get('thread_ts') ?? `${seconds}.${fraction}` };
}
