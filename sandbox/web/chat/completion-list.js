import { html, useLayoutEffect, useRef } from '../view.js';
import { Avatar } from './avatar.js';

const titles = { command: 'Commands', person: 'People', emoji: 'Emoji' };

/** What can be chosen for the word that is being typed. The field keeps the focus and moves the mark. */
export function CompletionList({ id, kind, options, current, onChoose }) {
  const list = useRef(null);
  useLayoutEffect(() => {
    list.current.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' });
  }, [current]);
  return html`
    <div class="completion" data-kind=${kind}>
      <div class="completion-title" aria-hidden="true">
        ${titles[kind]}<span><kbd>↑</kbd> <kbd>↓</kbd> to move · <kbd>Enter</kbd> to choose · <kbd>Esc</kbd> to close</span>
      </div>
      <ul role="listbox" id=${id} aria-label=${titles[kind]} ref=${list}>
        ${options.map(
          (option, index) => html`
          <li
            key=${option.id}
            id=${`${id}-${index}`}
            role="option"
            aria-selected=${index === current}
            onPointerDown=${(event) => {
              event.preventDefault();
              onChoose(option);
            }}
          >
            ${option.person && html`<${Avatar} name=${option.label} bot=${option.person.bot} size="small" />`}
            ${option.sign && html`<span class="completion-sign" aria-hidden="true">${option.sign}</span>`}
            <bdi class="completion-label">${option.label}</bdi>
            ${option.note && html`<span class="completion-note">${option.note}</span>`}
          </li>
        `,
        )}
      </ul>
    </div>
  `;
}
