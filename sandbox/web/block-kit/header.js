import { html } from '../view.js';
import { plainTextOf } from './text.js';

/** Large words. https://docs.slack.dev/reference/block-kit/blocks/header-block */
export function Header({ block }) {
  const level = [1, 2, 3, 4].includes(block.level) ? block.level : 2;
  return html`<h3 class=${`kit-header is-level-${level}`}>${plainTextOf(block.text)}</h3>`;
}
