/** Longest name that is looked for behind an `@`. */
const maxQuery = 30;
const mostOptions = 8;

/**
 * What the text before the caret asks to have completed: a slash command at the very beginning, a person behind `@`, an
 * emoji behind `:`; or null.
 * @returns `{ kind: 'command' | 'person' | 'emoji', query, start }`: `start` is where the sign stands
 */
export function triggerAt(text, caret) {
  const before = text.slice(0, caret);
  const command = /^\/([\w-]*)$/.exec(before);
  if (command !== null) return { kind: 'command', query: command[1], start: 0 };
  const emoji = /(?:^|[\s(]):([a-z0-9_+-]{2,})$/.exec(before);
  if (emoji !== null) return { kind: 'emoji', query: emoji[1], start: before.lastIndexOf(':') };
  const person = new RegExp(`(?:^|[\\s(])@([^@\\n]{0,${maxQuery}})$`, 'u').exec(before);
  if (person !== null) return { kind: 'person', query: person[1], start: before.lastIndexOf('@') };
  return null;
}

/**
 * What can stand there instead.
 * @param known `{ people: [{ id, name, note }], commands: [{ command, description, usageHint }], findEmoji(query, most) }`
 * @returns `[{ id, label, note, insert, sign }]`
 */
export function optionsFor(trigger, { people, commands, findEmoji }) {
  switch (trigger?.kind) {
    case 'command':
      return commands
        .filter(({ command }) => command.slice(1).startsWith(trigger.query.toLowerCase()))
        .map(({ command, description, usageHint }) => ({
          id: command,
          label: [command, usageHint].filter(Boolean).join(' '),
          note: description,
          insert: `${command} `,
        }));
    case 'person':
      return peopleFor(trigger.query, people);
    case 'emoji':
      return findEmoji(trigger.query, mostOptions).map(({ emoji, name }) => ({
        id: name,
        label: `:${name}:`,
        sign: emoji,
        insert: `${emoji} `,
      }));
    default:
      return [];
  }
}

/** By the beginning of the name or of one of its words, whatever the case and the accents. */
function peopleFor(query, people) {
  const wanted = plain(query);
  if (/^\s/.test(query)) return [];
  const found = people.filter(({ name }) => {
    const own = plain(name);
    return own.startsWith(wanted) || own.split(/[\s'-]+/).some((word) => word.startsWith(wanted));
  });
  // all of the name is there already: nothing is left to choose
  if (found.length === 1 && plain(found[0].name) === wanted.trimEnd() && wanted.endsWith(' ')) return [];
  return found
    .slice(0, mostOptions)
    .map((person) => ({ id: person.id, label: person.name, note: person.note, insert: `@${person.name} `, person }));
}

function plain(text) {
  return text.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase();
}

/** The text with the option in the place of what was typed; `caret` stands behind it. */
export function complete(text, caret, { trigger, option }) {
  const head = text.slice(0, trigger.start) + option.insert;
  return { text: head + text.slice(caret).replace(/^ /, ''), caret: head.length };
}
