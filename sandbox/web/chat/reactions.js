import { post } from '../api.js';
import { emojiOf } from '../emoji/emoji.js';
import { EmojiButton } from '../emoji/picker-button.js';
import { html, useState } from '../view.js';
import { useWorkspace } from '../workspace.js';

const mostNames = 20;

/** Adds or takes back one's reaction. @returns a sentence when that failed, else null */
export async function react({ as, me, channel, message, name }) {
  const mine = message.reactions?.some((one) => one.name === name && one.users.includes(as)) ?? false;
  try {
    await post('/api/chat/react', { ...me, channel: channel.id, ts: message.ts, name, on: !mine });
    return null;
  } catch (error) {
    return error.message;
  }
}

/** A message's reactions, each with its count; one's own are marked, a press adds or takes back. */
export function Reactions({ message, channel }) {
  const { as, me } = useWorkspace();
  const [problem, setProblem] = useState(null);
  const { reactions = [] } = message;
  if (reactions.length === 0) return null;
  const toggle = async (name) => setProblem(await react({ as, me, channel, message, name }));
  return html`
    <div class="reactions" role="group" aria-label="Reactions">
      ${reactions.map((reaction) => html`<${Pill} key=${reaction.name} reaction=${reaction} onToggle=${toggle} />`)}
      <${EmojiButton} label="Add another reaction" icon="addEmoji" look="reaction is-adding" onChoose=${toggle} />
      ${problem !== null && html`<span class="problem" role="alert">${problem}</span>`}
    </div>
  `;
}

function Pill({ reaction, onToggle }) {
  const { as, people, bot } = useWorkspace();
  const { name, users } = reaction;
  const isMine = users.includes(as);
  const nameOf = (id) => (id === bot.userId ? bot.name : (people.get(id)?.name ?? 'Somebody'));
  const others = users
    .filter((id) => id !== as)
    .slice(0, mostNames)
    .map(nameOf);
  const who = inWords([...(isMine ? ['You'] : []), ...others]);
  const sentence = `${who} reacted with :${name}:`;
  return html`
    <button
      type="button"
      class=${isMine ? 'reaction is-mine' : 'reaction'}
      aria-pressed=${isMine}
      aria-label=${`${name.replaceAll('_', ' ')}, ${users.length}. ${sentence}`}
      title=${sentence}
      data-reaction=${name}
      onClick=${() => onToggle(name)}
    >
      <span class="reaction-emoji">${emojiOf(name) ?? `:${name}:`}</span>
      <span class="reaction-count">${users.length}</span>
    </button>
  `;
}

function inWords(names) {
  if (names.length < 2) return names[0] ?? '';
  return `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
}
