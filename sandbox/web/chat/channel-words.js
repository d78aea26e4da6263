/** A conversation as its app writes it: only Slack puts a sign before the name of a channel. */
export function channelTitle({ name, kind, platform }) {
  return kind === 'dm' || platform === 'teams' ? name : `#${name}`;
}

/** The icon of a conversation that has no face. */
export function channelIcon({ kind, platform }) {
  if (kind === 'private') return 'lock';
  if (kind === 'group') return 'people';
  return platform === 'teams' ? 'channel' : 'hash';
}
