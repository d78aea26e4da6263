import { html } from '../view.js';
import { Button } from './button.js';
import { Picture } from './picture.js';
import { Text } from './text.js';

/** https://docs.slack.dev/reference/block-kit/blocks/card-block */
export function Card({ block }) {
  const { hero_image: hero, icon, title, subtitle, body, actions } = block;
  return html`
    <article class="kit-card">
      ${hero && html`<div class="kit-card-hero"><${Image} image=${hero} /></div>`}
      ${
        (icon || title || subtitle) &&
        html`<div class="kit-card-head">
          ${icon && html`<${Image} image=${icon} />`}
          <div>
            ${title && html`<div class="kit-card-title"><${Text} text=${title} /></div>`}
            ${subtitle && html`<div class="kit-card-subtitle"><${Text} text=${subtitle} /></div>`}
          </div>
        </div>`
      }
      ${body && html`<div class="kit-card-body"><${Text} text=${body} /></div>`}
      ${
        actions &&
        html`<div class="kit-actions">
          ${actions.map((element) => html`<${Button} key=${element.action_id} block=${block} element=${element} />`)}
        </div>`
      }
    </article>
  `;
}

/** Cards side by side. https://docs.slack.dev/reference/block-kit/blocks/carousel-block */
export function Carousel({ block }) {
  return html`
    <div class="kit-carousel" role="region" aria-label="Cards" tabindex="0">
      ${block.elements?.map((card, index) => html`<${Card} key=${card.block_id ?? index} block=${card} />`)}
    </div>
  `;
}

function Image({ image }) {
  return html`<${Picture} url=${image.image_url} file=${image.slack_file} alt=${image.alt_text} />`;
}
