/**
 * What has become of a question, read from its thread as it stands:
 * `answered` (a quote from a guide), `suggested` (links that may help), `ticket` (with its `key`), `taken` (the ticket
 * is still to come), `said` (anything else), or null while nothing is said.
 * @param {readonly object[]} messages
 * @param {string} jiraUrl
 */
export function outcomeOf(messages, jiraUrl) {
  const said = messages.filter(({ author }) => author.bot);
  if (said.length === 0) return null;
  const key = said.map((message) => keyIn(message, jiraUrl)).find((found) => found !== null);
  if (key !== undefined) return { kind: 'ticket', key };
  if (said.some(({ teams }) => teams !== undefined)) return { kind: kindInTeams(said) };
  const blocks = said.flatMap((message) => message.blocks ?? []);
  const types = blocks.map(({ type }) => type);
  if (types.includes('markdown')) return { kind: 'answered' };
  if (JSON.stringify(blocks).includes('<http')) return { kind: 'suggested' };
  return { kind: types.includes('actions') ? 'said' : 'taken' };
}

/** An answer quotes, and numbers what it quotes; suggestions only name what may help. */
function kindInTeams(said) {
  const entities = said.flatMap(({ teams }) => teams?.entities ?? []);
  if (entities.some(({ citation }) => citation?.length > 0))
    return said.some(({ text }) => text.includes('may help')) ? 'suggested' : 'answered';
  return JSON.stringify(said).includes('Action.') ? 'said' : 'taken';
}

function keyIn({ text, blocks, teams }, jiraUrl) {
  const words = `${text}${teams?.text ?? ''}${JSON.stringify([blocks, teams?.attachments])}`;
  const at = words.indexOf(`${jiraUrl}/browse/`);
  if (at < 0) return null;
  return /^[A-Z][A-Z0-9_]*-\d+/.exec(words.slice(at + `${jiraUrl}/browse/`.length))?.[0] ?? null;
}
