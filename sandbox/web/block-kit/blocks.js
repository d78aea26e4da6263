import { html } from '../view.js';
import { Element } from './element.js';
import { Markdown } from './markdown.js';
import { Picture } from './picture.js';
import { RichText } from './rich-text.js';
import { Section } from './section.js';
import { Table } from './table.js';
import { plainTextOf } from './text.js';
import { Unsupported } from './unsupported.js';

/** Block type to what draws it. https://docs.slack.dev/reference/block-kit/blocks */
const kinds = {
  actions: ({ block }) => html`<div class="kit-actions">${elementsOf(block)}</div>`,
  context: ({ block }) => html`<div class="kit-context">${elementsOf(block)}</div>`,
  divider: () => html`<hr class="kit-divider" />`,
  header: ({ block }) => html`<h3 class="kit-header">${plainTextOf(block.text)}</h3>`,
  image: ImageBlock,
  markdown: ({ block }) => html`<${Markdown} text=${block.text} />`,
  rich_text: RichText,
  section: Section,
  table: Table,
};

/** A message's blocks, top to bottom. A type that is not drawn says so in its place. */
export function Blocks({ blocks }) {
  return html`<div class="blocks">
    ${blocks.map((block, index) => html`<${Block} key=${block?.block_id ?? index} block=${block} />`)}
  </div>`;
}

function Block({ block }) {
  const type = String(block?.type);
  if (!Object.hasOwn(kinds, type)) return html`<${Unsupported} what=${`${type} block`} />`;
  return html`<${kinds[type]} block=${block} />`;
}

function ImageBlock({ block }) {
  return html`
    <figure class="kit-image">
      ${block.title && html`<figcaption>${plainTextOf(block.title)}</figcaption>`}
      <${Picture} url=${block.image_url} alt=${block.alt_text} />
    </figure>
  `;
}

function elementsOf(block) {
  return block.elements?.map((element, index) => html`<${Element} key=${index} element=${element} />`);
}
