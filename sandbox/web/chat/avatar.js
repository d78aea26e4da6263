import { html } from '../view.js';

const toneCount = 8;

/** A person's initials on a colour of their own, the same in chat and board; the bot has its sign. Decoration: the name stands beside it. */
export function Avatar({ name, bot = false, size = 'normal' }) {
  if (bot) {
    return html`
      <span class=${`avatar is-bot is-${size}`} aria-hidden="true">
        <svg viewBox="0 0 32 32" focusable="false"><path d="M9 8h14v4H13v3h8v4h-8v6H9z" /></svg>
      </span>
    `;
  }
  return html`<span class=${`avatar tone-${toneOf(name)} is-${size}`} aria-hidden="true">${initialsOf(name)}</span>`;
}

/** First letters of the first and the last word. */
export function initialsOf(name) {
  const words = name.trim().split(/\s+/);
  const letters = words.length > 1 ? [words[0], words.at(-1)] : words;
  return letters
    .map((word) => [...word][0] ?? '')
    .join('')
    .toUpperCase();
}

function toneOf(name) {
  let sum = 0;
  for (const character of name) sum = (sum * 31 + character.codePointAt(0)) % 9973;
  return sum % toneCount;
}
