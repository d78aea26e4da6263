import { html } from '../view.js';

/** The first thing that Tab reaches: past the bars, to where one types. */
export function SkipLink({ onFollow }) {
  function follow(event) {
    // the address names the place in the workspace, not a part of the page
    event.preventDefault();
    onFollow();
    const chat = document.getElementById('chat');
    (chat.querySelector('textarea, [contenteditable="true"]') ?? chat).focus();
  }
  return html`<a class="skip-link" href="#chat" onClick=${follow}>Skip to the conversation</a>`;
}
