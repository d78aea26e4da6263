import { Menu } from '../chat/menu.js';
import { Icon } from '../icons.js';
import { html, useRef, useState } from '../view.js';
import { useDesk } from './desk.js';
import { nameOf } from './names.js';
import { ResolveDialog } from './resolve-dialog.js';
import { lookOf, Status } from './status.js';

/** What leads to each status, and the sign beside it. */
const ways = {
  'To Do': ['Put back', 'circle'],
  'In Progress': ['Start work', 'play'],
  'Waiting for customer': ['Wait for customer', 'clock'],
  Done: ['Resolve…', 'check'],
};
const waysBack = { 'To Do': ['Reopen', 'sync'], 'In Progress': ['Reopen and start work', 'play'] };

/** The issue's status, which opens the ways to the others; to be resolved it needs a resolution. */
export function StatusMenu({ issue }) {
  const { as, act } = useDesk();
  const [isOpen, setOpen] = useState(false);
  const [isResolving, setResolving] = useState(false);
  const button = useRef(null);
  const status = nameOf(issue.status);
  if (as === null) return html`<${Status} name=${status} />`;

  const known = status === 'Done' ? { ...ways, ...waysBack } : ways;
  const items = Object.entries(known)
    .filter(([to]) => to !== status)
    .map(([to, [label, icon]]) => ({
      label,
      icon,
      note: `→ ${to}`,
      onChoose: () => (to === 'Done' ? setResolving(true) : act('transition', { to })),
    }));
  return html`
    <button
      type="button"
      class=${`status-button status-badge ${lookOf(status)}`}
      ref=${button}
      aria-haspopup="menu"
      aria-expanded=${isOpen}
      onClick=${() => setOpen(!isOpen)}
    >
      ${status}<span class="out-of-sight">. Change the status</span> <${Icon} name="down" />
    </button>
    ${
      isOpen &&
      html`<${Menu} anchor=${button.current} label="Change the status" items=${items} onClose=${() => setOpen(false)} />`
    }
    ${
      isResolving &&
      html`<${ResolveDialog}
        onResolve=${(resolution) => {
          setResolving(false);
          act('transition', { to: 'Done', resolution });
        }}
        onCancel=${() => setResolving(false)}
      />`
    }
  `;
}
