import { html } from '../view.js';
import { Element } from './element.js';
import { Text } from './text.js';

/** https://docs.slack.dev/reference/block-kit/blocks/section-block */
export function Section({ block }) {
  const { text, fields, accessory } = block;
  return html`
    <div class="kit-section">
      <div class="kit-section-words">
        ${text && html`<${Text} text=${text} />`}
        ${
          fields &&
          html`<div class="kit-fields">
            ${fields.map((field) => html`<div><${Text} text=${field} /></div>`)}
          </div>`
        }
      </div>
      ${accessory && html`<div class="kit-accessory"><${Element} element=${accessory} /></div>`}
    </div>
  `;
}
