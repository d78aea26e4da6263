import { html } from '../view.js';
import { Alert } from './alert.js';
import { Card, Carousel } from './card.js';
import { Chart } from './chart.js';
import { Container } from './container.js';
import { DataTable } from './data-table.js';
import { Element } from './element.js';
import { FileBlock } from './file.js';
import { Header } from './header.js';
import { InputBlock } from './input.js';
import { Markdown } from './markdown.js';
import { Picture } from './picture.js';
import { RichText } from './rich-text.js';
import { Section } from './section.js';
import { Table } from './table.js';
import { Plan, TaskCard } from './task.js';
import { plainTextOf } from './text.js';
import { Unsupported } from './unsupported.js';
import { Video } from './video.js';

/** Block type to what draws it. https://docs.slack.dev/reference/block-kit/blocks */
const kinds = {
  actions: ({ block }) => html`<div class="kit-actions">${elementsOf(block)}</div>`,
  alert: Alert,
  card: Card,
  carousel: Carousel,
  container: ({ block }) => html`<${Container} block=${block}><${Blocks} blocks=${block.child_blocks ?? []} /><//>`,
  context: ({ block }) => html`<div class="kit-context">${elementsOf(block)}</div>`,
  context_actions: ({ block }) => html`<div class="kit-context-actions">${elementsOf(block)}</div>`,
  data_table: DataTable,
  data_visualization: Chart,
  divider: () => html`<hr class="kit-divider" />`,
  file: FileBlock,
  header: Header,
  image: ImageBlock,
  input: InputBlock,
  markdown: ({ block }) => html`<${Markdown} text=${block.text} />`,
  plan: Plan,
  rich_text: RichText,
  section: Section,
  table: Table,
  task_card: TaskCard,
  video: Video,
};

/** The blocks of a message or a view, top to bottom. A type that does not exist says so in its place. */
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
      <${Picture} url=${block.image_url} file=${block.slack_file} alt=${block.alt_text} />
    </figure>
  `;
}

function elementsOf(block) {
  return block.elements?.map(
    (element, index) => html`<${Element} key=${element?.action_id ?? index} block=${block} element=${element} />`,
  );
}
