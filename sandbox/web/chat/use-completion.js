import { findEmoji } from '../emoji/all.js';
import { useMemo, useState } from '../view.js';
import { useWorkspace } from '../workspace.js';
import { complete, optionsFor, triggerAt } from './completion.js';

/**
 * Completes commands, people and emoji in a text field.
 * @param {(next: { text: string, caret: number }) => void} onComplete
 * @param {boolean} [hasCommands] false where there are none
 * @returns `options` (empty: nothing to choose), `current`, `kind`, `choose(option)`, and `onKeyDown(event)`, which says
 * whether it took the key
 */
export function useCompletion({ text, caret, onComplete, hasCommands = true }) {
  const { people, bot, app } = useWorkspace();
  const [closedAt, setClosedAt] = useState(null);
  const [marked, setMarked] = useState({ query: null, index: 0 });
  const known = useMemo(
    () => ({
      commands: hasCommands ? (app?.commands ?? []) : [],
      findEmoji,
      people: [
        { id: bot.userId, name: bot.name, note: 'App', bot: true },
        ...Array.from(people.values(), ({ slackId, name, title }) => ({ id: slackId, name, note: title, bot: false })),
      ],
    }),
    [people, bot, app],
  );
  const trigger = triggerAt(text, caret);
  const key = trigger === null ? null : `${trigger.kind} ${trigger.start}`;
  const query = trigger === null ? null : `${key} ${trigger.query}`;
  const options = key === null || key === closedAt ? [] : optionsFor(trigger, known);
  const current = marked.query === query ? Math.min(marked.index, options.length - 1) : 0;

  function choose(option) {
    onComplete(complete(text, caret, { trigger, option }));
  }
  function onKeyDown(event) {
    if (options.length === 0 || event.isComposing) return false;
    const act = {
      ArrowDown: () => setMarked({ query, index: (current + 1) % options.length }),
      ArrowUp: () => setMarked({ query, index: (current - 1 + options.length) % options.length }),
      Enter: () => choose(options[current]),
      Tab: () => choose(options[current]),
      Escape: () => setClosedAt(key),
    }[event.key];
    if (act === undefined || event.shiftKey) return false;
    event.preventDefault();
    event.stopPropagation();
    act();
    return true;
  }
  return { kind: trigger?.kind, options, current, choose, onKeyDown };
}
