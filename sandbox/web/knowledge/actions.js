import { post } from '../api.js';
import { MenuButton } from '../chat/menu.js';
import { Icon } from '../icons.js';
import { html, useLayoutEffect, useRef, useState } from '../view.js';
import { dropDraft } from './article-draft.js';
import { Confirm } from './confirm.js';
import { systemOf } from './systems.js';

/**
 * What can be done with the article that is open.
 * @param {(changed: { sync: object }) => void} onChanged told what the server answered
 */
export function Actions({ article, editRef, onEdit, onChanged }) {
  const [isAsking, setAsking] = useState(false);
  const [problem, setProblem] = useState(null);
  const { id, isInTrash, isChanged } = article;
  const isMoved = useRef(false);
  // the button that was pressed is gone then, and another stands in its place
  useLayoutEffect(() => {
    if (isMoved.current) editRef.current?.focus({ preventScroll: true });
  }, [isInTrash]);

  async function send(what, change = {}) {
    setProblem(null);
    try {
      const changed = await post(`/api/knowledge/${what}`, { id, ...change });
      if (what !== 'readers') dropDraft(id);
      onChanged(changed);
      return true;
    } catch (error) {
      setProblem(error.message);
      return false;
    }
  }

  async function move(inTrash) {
    isMoved.current = true;
    await send('trash', { inTrash });
  }

  async function restore() {
    setAsking(false);
    // the button that was pressed goes away with the change
    if (await send('restore')) editRef.current?.focus();
  }

  return html`
    ${problem !== null && html`<p class="problem" role="alert">${problem}</p>`}
    ${
      isInTrash
        ? html`<button type="button" class="small-button" ref=${editRef} onClick=${() => move(false)}>Restore from trash</button>`
        : html`
          ${isChanged && html`<button type="button" class="small-button" onClick=${() => setAsking(true)}>Restore the original</button>`}
          <button type="button" class="small-button" ref=${editRef} onClick=${onEdit}><${Icon} name="edit" /> Edit</button>
          <${MenuButton} label="More" icon="more" align="end" items=${itemsOf(article, { send, move })} />
        `
    }
    ${
      isAsking &&
      html`<${Confirm}
        title="Restore the original?"
        words="The article becomes what it was when the sandbox came. Your changes to it are lost."
        yes="Restore"
        no="Cancel"
        onYes=${restore}
        onNo=${() => setAsking(false)}
      />`
    }
  `;
}

function itemsOf({ system, audience }, { send, move }) {
  const readers = audience.includes('everyone')
    ? { label: 'Restrict to IT staff', icon: 'lock', onChoose: () => send('readers', { isOnlyStaff: true }) }
    : { label: 'Open to everyone', icon: 'person', onChoose: () => send('readers', { isOnlyStaff: false }) };
  const trash = {
    label: 'Move to trash',
    note: `In ${systemOf(system).name}: no answer comes from it any more`,
    icon: 'trash',
    isDanger: true,
    onChoose: () => move(true),
  };
  return system === 'confluence' ? [readers, null, trash] : [trash];
}
