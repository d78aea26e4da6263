import { Popup } from '../chat/popup.js';
import { Link } from '../link.js';
import { html, useRef, useState } from '../view.js';

/** The pointer may leave the number for this long on its way into what opened. */
const closeAfterMs = 150;

/**
 * The sources that a message names, by the number that stands for each in its text.
 * https://learn.microsoft.com/microsoftteams/platform/bots/how-to/bot-messages-ai-generated-content
 */
export function citationsOf(entities) {
  const all = entities.flatMap(({ citation }) => (Array.isArray(citation) ? citation : []));
  return new Map(all.map(({ position, appearance }) => [position, { position, ...appearance }]));
}

/** The number of a source: pointed at, focused or pressed it shows what it is, with the way there. */
export function Citation({ citation }) {
  const { position, name = '', abstract = '', url, keywords = [] } = citation;
  const [isOpen, setOpen] = useState(false);
  const timer = useRef(null);
  const button = useRef(null);

  function open() {
    clearTimeout(timer.current);
    setOpen(true);
  }
  function closeSoon() {
    clearTimeout(timer.current);
    timer.current = setTimeout(() => {
      if (!button.current?.parentElement.contains(document.activeElement)) setOpen(false);
    }, closeAfterMs);
  }
  function onKeyDown(event) {
    if (event.key !== 'Escape' || !isOpen) return;
    event.preventDefault();
    event.stopPropagation();
    setOpen(false);
    button.current.focus();
  }
  return html`
    <span class="citation-place" onPointerEnter=${open} onPointerLeave=${closeSoon} onFocusOut=${closeSoon} onKeyDown=${onKeyDown}>
      <button
        type="button"
        class="citation"
        ref=${button}
        aria-label=${`Source ${position}: ${name}`}
        aria-expanded=${isOpen}
        onFocus=${open}
        onClick=${open}
      >
        ${position}
      </button>
      ${
        isOpen &&
        html`<${Popup} anchor=${button.current} look="citation-card" side="above" role="group" aria-label=${`Source ${position}`} onClose=${() => setOpen(false)}>
          <strong class="citation-name">${url === undefined ? name : html`<${Link} href=${url}>${name}<//>`}</strong>
          ${abstract !== '' && html`<span class="citation-abstract">${abstract}</span>`}
          ${keywords.length > 0 && html`<span class="citation-keywords">${keywords.join(' · ')}</span>`}
        <//>`
      }
    </span>
  `;
}
