import { Icon } from '../icons.js';
import { html } from '../view.js';

/** A remote file; the block names it by the app's own id only. https://docs.slack.dev/reference/block-kit/blocks/file-block */
export function FileBlock({ block }) {
  return html`
    <div class="kit-file">
      <span class="kit-file-sign"><${Icon} name="file" /></span>
      <span>
        <strong>${block.external_id}</strong>
        <span class="kit-choice-note">Remote file</span>
      </span>
    </div>
  `;
}
