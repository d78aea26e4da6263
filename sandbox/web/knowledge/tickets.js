import { Icon } from '../icons.js';
import { html } from '../view.js';
import { useWorkspace } from '../workspace.js';
import { systemOf } from './systems.js';

/** Tickets are read too; they are shown on the board. */
export function Tickets({ count }) {
  const { openBoard } = useWorkspace();
  const { name, icon } = systemOf('tickets');
  return html`
    <section data-system="tickets">
      <h3><${Icon} name=${icon} />${name} <span class="count">${count}</span></h3>
      <button type="button" class="article-item" onClick=${() => openBoard('Done')}>
        <span class="article-item-title">${count} in Jira, without internal comments, names and secrets</span>
        <span class="article-item-marks faint">On the board <${Icon} name="next" /></span>
      </button>
    </section>
  `;
}
