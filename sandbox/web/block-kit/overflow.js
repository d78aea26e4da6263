import { Icon } from '../icons.js';
import { safeUrl } from '../links.js';
import { html, useRef, useState } from '../view.js';
import { useElement } from './surface.js';
import { plainTextOf } from './text.js';

const gap = 4;

/** "…" and its menu. https://docs.slack.dev/reference/block-kit/block-elements/overflow-menu-element */
export function Overflow({ block, element }) {
  const { press, isBusy, isWaiting } = useElement(block, element);
  const [isOpen, setOpen] = useState(false);
  const button = useRef(null);
  const menu = useRef(null);

  function open() {
    if (isBusy) return;
    menu.current.showPopover();
    placeBelow(menu.current, button.current);
    menu.current.querySelector('[role=menuitem]')?.focus();
  }
  function choose(option) {
    menu.current.hidePopover();
    button.current.focus();
    const target = safeUrl(option.url);
    if (target !== null) window.open(target, '_blank', 'noopener,noreferrer');
    press(option.value);
  }

  return html`
    <button
      type="button"
      ref=${button}
      class=${isWaiting ? 'kit-button kit-more is-waiting' : 'kit-button kit-more'}
      aria-label="More options"
      aria-haspopup="menu"
      aria-expanded=${isOpen}
      aria-disabled=${isBusy ? 'true' : undefined}
      data-action-id=${element.action_id}
      onClick=${open}
    >
      <${Icon} name="more" />
    </button>
    <div
      class="kit-menu"
      popover="auto"
      role="menu"
      aria-label="More options"
      ref=${menu}
      onToggle=${(event) => setOpen(event.newState === 'open')}
      onKeyDown=${(event) => moveIn(menu.current, event)}
    >
      ${element.options.map(
        (option) => html`
          <button type="button" role="menuitem" tabindex="-1" key=${option.value} onClick=${() => choose(option)}>
            <span>${plainTextOf(option.text)}</span>
            ${option.description && html`<span class="kit-choice-note">${plainTextOf(option.description)}</span>`}
          </button>
        `,
      )}
    </div>
  `;
}

/** In the top layer nothing cuts it off; so its place is counted from the window. */
function placeBelow(menu, button) {
  const at = button.getBoundingClientRect();
  const { offsetWidth: width, offsetHeight: height } = menu;
  const isRoomBelow = at.bottom + gap + height < innerHeight;
  menu.style.top = `${isRoomBelow ? at.bottom + gap : Math.max(gap, at.top - gap - height)}px`;
  menu.style.left = `${Math.max(gap, Math.min(at.left, innerWidth - width - gap))}px`;
}

const steps = { ArrowDown: 1, ArrowUp: -1 };

function moveIn(menu, event) {
  const items = [...menu.querySelectorAll('[role=menuitem]')];
  const here = items.indexOf(document.activeElement);
  const next = { Home: 0, End: items.length - 1 }[event.key] ?? here + (steps[event.key] ?? Number.NaN);
  if (event.key === 'Tab') menu.hidePopover();
  if (Number.isNaN(next)) return;
  event.preventDefault();
  items.at(next % items.length)?.focus();
}
