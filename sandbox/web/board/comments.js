import { Adf } from '../adf.js';
import { Avatar } from '../chat/avatar.js';
import { Icon } from '../icons.js';
import { Confirm } from '../knowledge/confirm.js';
import { html, useRef, useState } from '../view.js';
import { CommentEditor } from './comment-editor.js';
import { isOwn, useDesk } from './desk.js';
import { nameOf } from './names.js';
import { Since } from './since.js';

/** One comment, with whether the reporter can read it. One's own can be changed and deleted. */
export function Comment({ comment }) {
  const { as } = useDesk();
  const [isEditing, setEditing] = useState(false);
  const edit = useRef(null);
  const name = nameOf(comment.author) || 'Somebody';
  const isInternal = comment.public === false;

  function endEditing() {
    setEditing(false);
    // drawn first: the button is not there while the editor is
    requestAnimationFrame(() => edit.current?.focus({ preventScroll: true }));
  }

  return html`
    <li class=${isInternal ? 'comment is-internal' : 'comment'} data-comment=${comment.id}>
      <${Avatar} name=${name} size="small" />
      <div>
        <p class="byline">
          <strong>${name}</strong>
          <span class="faint"><${Since} at=${comment.created} /></span>
          <${Readers} comment=${comment} />
          ${comment.updated && comment.updated !== comment.created && html`<span class="faint">Edited</span>`}
        </p>
        ${
          isEditing
            ? html`<${CommentEditor} comment=${comment} onDone=${endEditing} />`
            : html`
              <${Adf} document=${comment.body} />
              ${isOwn(comment, as) && html`<${OwnActions} comment=${comment} editRef=${edit} onEdit=${() => setEditing(true)} />`}
            `
        }
      </div>
    </li>
  `;
}

function Readers({ comment }) {
  const { visibility } = comment;
  return html`
    ${comment.public === false && html`<span class="internal-note"><${Icon} name="lock" /> Internal note</span>`}
    ${comment.public === true && html`<span class="public-note">Public</span>`}
    ${visibility && html`<span class="internal-note"><${Icon} name="lock" /> Only ${visibility.value}</span>`}
  `;
}

function OwnActions({ comment, editRef, onEdit }) {
  const { act } = useDesk();
  const [isAsking, setAsking] = useState(false);
  async function remove() {
    setAsking(false);
    const list = editRef.current.closest('[role="tabpanel"]');
    // the comment goes away, and with it what had the focus
    if ((await act('comment/remove', { id: comment.id })) !== null) list.focus({ preventScroll: true });
  }
  return html`
    <p class="own-actions">
      <button type="button" class="text-button" ref=${editRef} onClick=${onEdit}>Edit</button>
      <span aria-hidden="true">·</span>
      <button type="button" class="text-button" onClick=${() => setAsking(true)}>Delete</button>
    </p>
    ${
      isAsking &&
      html`<${Confirm}
        title="Delete this comment?"
        words="It goes away for good, wherever it is shown."
        yes="Delete"
        no="Cancel"
        onYes=${remove}
        onNo=${() => setAsking(false)}
      />`
    }
  `;
}
