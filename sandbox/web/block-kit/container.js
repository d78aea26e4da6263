import { Icon } from '../icons.js';
import { html, useState } from '../view.js';
import { Picture } from './picture.js';
import { RichText } from './rich-text.js';
import { plainTextOf, Text } from './text.js';

/** A frame around other blocks. https://docs.slack.dev/reference/block-kit/blocks/container-block */
export function Container({ block, children }) {
  const { is_collapsible: canFold, default_collapsed, has_header_divider: hasLine, width } = block;
  const [isOpen, setOpen] = useState(canFold !== true || default_collapsed !== true);
  const look = ['kit-container', `is-${width ?? 'standard'}`, hasLine === true && canFold !== true ? 'has-line' : ''];
  return html`
    <section class=${look.join(' ').trim()}>
      <div class="kit-container-head">
        <${Heading} block=${block} />
        ${
          canFold === true &&
          html`<button
            type="button"
            class="kit-icon-button"
            aria-expanded=${isOpen}
            aria-label=${isOpen ? 'Fold' : 'Unfold'}
            onClick=${() => setOpen(!isOpen)}
          >
            <${Icon} name=${isOpen ? 'up' : 'down'} />
          </button>`
        }
      </div>
      ${isOpen && children}
    </section>
  `;
}

function Heading({ block }) {
  const { icon, title, rich_text_title: richTitle, subtitle } = block;
  return html`
    ${icon && html`<${Picture} url=${icon.image_url} file=${icon.slack_file} alt=${icon.alt_text} />`}
    <div class="kit-container-words">
      <div class="kit-container-title">
        ${richTitle ? html`<${RichText} block=${richTitle} />` : plainTextOf(title)}
      </div>
      ${subtitle && html`<div class="kit-card-subtitle"><${Text} text=${subtitle} /></div>`}
    </div>
  `;
}
