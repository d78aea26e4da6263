import { html } from '../view.js';
import { Element } from './element.js';
import { idOf, useSurface } from './surface.js';
import { plainTextOf } from './text.js';

/** A field with its label, hint and error. https://docs.slack.dev/reference/block-kit/blocks/input-block */
export function InputBlock({ block }) {
  const { prefix, errors } = useSurface();
  const { element = {}, hint, label, optional } = block;
  const error = errors[block.block_id];
  const isGroup = ['checkboxes', 'radio_buttons'].includes(element.type);
  const words = html`
    ${plainTextOf(label)}${optional === true && html` <span class="kit-optional">(optional)</span>`}
  `;
  const id = idOf(prefix, block, 'label');
  return html`
    <div class=${error === undefined ? 'kit-input' : 'kit-input is-wrong'} data-block-id=${block.block_id}>
      ${
        isGroup
          ? html`<span class="kit-label" id=${id}>${words}</span>`
          : html`<label class="kit-label" id=${id} for=${idOf(prefix, block, element.action_id)}>${words}</label>`
      }
      <${Element} block=${block} element=${element} />
      ${error !== undefined && html`<p class="kit-error" id=${idOf(prefix, block, 'error')}>${error}</p>`}
      ${hint && html`<p class="kit-hint" id=${idOf(prefix, block, 'hint')}>${plainTextOf(hint)}</p>`}
    </div>
  `;
}
