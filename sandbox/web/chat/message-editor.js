import { post } from '../api.js';
import { decodeEntities } from '../block-kit/mrkdwn.js';
import { namesForEmoji } from '../emoji/all.js';
import { withEmoji } from '../emoji/emoji.js';
import { html, useLayoutEffect, useRef, useState } from '../view.js';
import { useWorkspace } from '../workspace.js';

/** Edits one's own message in its place: Enter saves, Escape leaves it as it was. */
export function MessageEditor({ message, channel, onDone }) {
  const { me, people, bot } = useWorkspace();
  const [text, setText] = useState(() =>
    channel.platform === 'teams' ? message.text : asTyped(message.text, people, bot),
  );
  const [problem, setProblem] = useState(null);
  const field = useRef(null);

  // before the next paint: who types at once would otherwise lose the first letters
  useLayoutEffect(() => {
    field.current.focus();
    field.current.setSelectionRange(text.length, text.length);
  }, []);

  async function save() {
    if (text.trim() === '') return;
    try {
      const typed = channel.platform === 'teams' ? text.trim() : namesForEmoji(text.trim());
      await post('/api/chat/edit', { ...me, channel: channel.id, ts: message.ts, text: typed });
      onDone();
    } catch (error) {
      setProblem(error.message);
    }
  }

  function onKeyDown(event) {
    if (event.key === 'Escape') {
      event.preventDefault();
      event.stopPropagation();
      onDone();
    }
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    save();
  }

  return html`
    <div class="composer is-editing">
      <textarea
        ref=${field}
        rows=${Math.min(text.split('\n').length + 1, 8)}
        aria-label="Edit message"
        value=${text}
        onInput=${(event) => setText(event.currentTarget.value)}
        onKeyDown=${onKeyDown}
      ></textarea>
      <div class="composer-bar">
        ${problem !== null && html`<span class="problem" role="alert">${problem}</span>`}
        <span class="composer-hint"></span>
        <button type="button" class="small-button" onClick=${onDone}>Cancel</button>
        <button type="button" class="small-button is-primary" disabled=${text.trim() === ''} onClick=${save}>Save</button>
      </div>
    </div>
  `;
}

/** Slack keeps mentions by id and three characters escaped; a person edits what they typed. */
function asTyped(text, people, bot) {
  const named = text.replaceAll(/<@([A-Z0-9]+)(?:\|[^>]*)?>/g, (written, id) => {
    const name = id === bot.userId ? bot.name : people.get(id)?.name;
    return name === undefined ? written : `@${name}`;
  });
  return withEmoji(decodeEntities(named));
}
