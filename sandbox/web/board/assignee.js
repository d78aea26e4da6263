import { Avatar } from '../chat/avatar.js';
import { MenuButton } from '../chat/menu.js';
import { Icon } from '../icons.js';
import { html } from '../view.js';
import { useDesk } from './desk.js';
import { nameOf } from './names.js';
import { Nobody } from './signs.js';

/** Who works on the issue, to be chosen among the IT staff. */
export function Assignee({ person }) {
  const { as, staff, act } = useDesk();
  const name = nameOf(person);
  const shown = html`
    <span class="detail-person">
      ${name === '' ? html`<${Nobody} /> <span class="faint">Unassigned</span>` : html`<${Avatar} name=${name} size="small" /> <bdi>${name}</bdi>`}
    </span>
  `;
  if (as === null) return shown;

  const isMine = name === as.name;
  function takeIt({ currentTarget }) {
    // the button that was pressed goes away with the change
    currentTarget.closest('.assignee').querySelector('.assignee-button').focus({ preventScroll: true });
    act('assign', { assignee: as.email });
  }
  const items = [
    { label: 'Unassigned', icon: 'circle', onChoose: () => act('assign', { assignee: null }) },
    null,
    ...staff.map(({ name: one, email }) => ({
      label: one,
      icon: one === name ? 'check' : 'person',
      onChoose: () => act('assign', { assignee: email }),
    })),
  ];
  return html`
    <div class="assignee">
      <${MenuButton}
        label="Change the assignee"
        look="assignee-button"
        face=${html`${shown}<span class="out-of-sight">. Change the assignee</span><${Icon} name="down" />`}
        items=${items}
      />
      ${!isMine && html`<button type="button" class="text-button" onClick=${takeIt}>Assign to me</button>`}
    </div>
  `;
}
