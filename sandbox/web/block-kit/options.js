import { useWorkspace } from '../workspace.js';
import { plainTextOf } from './text.js';

/**
 * The options of a menu, in groups: `[{ label, options: [{ value, text, description }] }]`, label null for options
 * that stand in no group. People and channels are those that the reader sees.
 */
export function useOptions(element) {
  const workspace = useWorkspace();
  const { type, options = [], option_groups: groups } = element;
  if (/users_select$/.test(type)) return [groupOf(peopleOf(workspace))];
  if (/channels_select$/.test(type)) return [groupOf(channelsOf(workspace, (kind) => kind === 'channel'))];
  if (/conversations_select$/.test(type)) return [groupOf(channelsOf(workspace, filterOf(element.filter)))];
  if (groups === undefined) return [groupOf(options.map(shownOption))];
  return groups.map((group) => ({ label: plainTextOf(group.label), options: group.options.map(shownOption) }));
}

/** An option object as the page shows it. https://docs.slack.dev/reference/block-kit/composition-objects/option-object */
export function shownOption(option) {
  return { value: option.value, text: plainTextOf(option.text), description: plainTextOf(option.description) };
}

function groupOf(options) {
  return { label: null, options };
}

function peopleOf({ people }) {
  return [...people.values()].map(({ slackId, name }) => ({ value: slackId, text: name }));
}

function channelsOf({ channels }, fits) {
  const own = [...channels.values()].filter(({ kind }) => fits(kind));
  return own.map(({ id, name, kind }) => ({ value: id, text: kind === 'dm' ? name : `#${name}` }));
}

/** https://docs.slack.dev/reference/block-kit/composition-objects/conversation-filter-object */
function filterOf(filter) {
  const { include } = filter ?? {};
  if (!Array.isArray(include)) return () => true;
  const names = { channel: 'public', private: 'private', dm: 'im' };
  return (kind) => include.includes(names[kind]);
}
