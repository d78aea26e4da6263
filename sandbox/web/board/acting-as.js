import { Avatar } from '../chat/avatar.js';
import { MenuButton } from '../chat/menu.js';
import { Icon } from '../icons.js';
import { html } from '../view.js';

/** As whom of the IT staff one works on tickets. */
export function ActingAs({ staff, as, choose }) {
  if (as === null) return null;
  const items = staff.map(({ name, email }) => ({
    label: name,
    note: email === as.email ? 'You act as this person' : undefined,
    icon: email === as.email ? 'check' : 'person',
    onChoose: () => choose(email),
  }));
  const face = html`
    <${Avatar} name=${as.name} size="small" />
    <span class="acting-words"><span class="acting-label">IT staff</span> <bdi>${as.name}</bdi></span>
    <span class="out-of-sight">. Act as somebody else</span>
    <${Icon} name="down" />
  `;
  return html`<${MenuButton}
    label="Act as somebody else of the IT staff"
    look="acting-as"
    align="end"
    face=${face}
    items=${items}
  />`;
}
