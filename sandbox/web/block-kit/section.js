import { html, useState } from '../view.js';
import { Element } from './element.js';
import { idOf, useSurface } from './surface.js';
import { Text } from './text.js';

/** Longer texts are folded unless the app wants them whole; the documentation names no figures. */
const foldedFrom = { characters: 900, lines: 14 };

/** https://docs.slack.dev/reference/block-kit/blocks/section-block */
export function Section({ block }) {
  const { prefix } = useSurface();
  const { text, fields, accessory, expand } = block;
  const isLong = expand !== true && isLongText(text?.text ?? '');
  const words = text && html`<${Text} text=${text} />`;
  return html`
    <div class="kit-section">
      <div class="kit-section-words" id=${accessory && idOf(prefix, block, 'label')}>
        ${isLong ? html`<${Folded}>${words}<//>` : words}
        ${
          fields &&
          html`<div class="kit-fields">
            ${fields.map((field, index) => html`<div key=${index}><${Text} text=${field} /></div>`)}
          </div>`
        }
      </div>
      ${
        accessory &&
        html`<div class=${`kit-accessory is-${accessory.type}`}>
          <${Element} block=${block} element=${accessory} />
        </div>`
      }
    </div>
  `;
}

function isLongText(text) {
  return text.length > foldedFrom.characters || text.split('\n').length > foldedFrom.lines;
}

function Folded({ children }) {
  const [isOpen, setOpen] = useState(false);
  return html`
    <div class=${isOpen ? '' : 'kit-folded'}>${children}</div>
    <button type="button" class="kit-see-more" aria-expanded=${isOpen} onClick=${() => setOpen(!isOpen)}>
      ${isOpen ? 'See less' : 'See more'}
    </button>
  `;
}
