import { Icon } from '../icons.js';
import { html } from '../view.js';
import { Ground, hexOf, paint } from './colors.js';
import { marksOf } from './marks.js';
import { Children, wrapIn } from './node.js';
import { panelSigns } from './panel-signs.js';

export const BodiedRule = ({ node }) => html`<div class="adf-bodied-rule"><hr /><${Children} node=${node} /></div>`;
export const Document = wrapIn('div', 'adf-flow');
export const Frame = wrapIn('div', 'adf-frame adf-flow');
export const Quote = wrapIn('blockquote', 'adf-flow');

export function Paragraph({ node }) {
  return html`<p class=${placing(node)}><${Children} node=${node} /></p>`;
}

/** All of one level below the issue's own headings, whatever the writer chose: only the looks differ. */
export function Heading({ node }) {
  const level = Math.min(Math.max(Math.trunc(Number(node.attrs?.level)) || 1, 1), 6);
  return html`<h4 class=${`is-level-${level} ${placing(node)}`}><${Children} node=${node} /></h4>`;
}

export function Rule({ node }) {
  const { color, style, weight } = node.attrs ?? {};
  const look = {
    borderTopColor: hexOf(color) ?? undefined,
    borderTopWidth: Number(weight) > 1 ? `${Math.min(weight, 3)}px` : undefined,
  };
  return html`<hr class=${['dashed', 'dotted'].includes(style) ? `is-${style}` : ''} style=${look} />`;
}

export function CodeBlock({ node }) {
  const { language, wrap } = node.attrs ?? {};
  return html`
    <div class="adf-code">
      ${typeof language === 'string' && language !== '' && html`<p class="adf-code-language">${language}</p>`}
      <pre
        class=${wrap === true ? 'code-block is-wrapped' : 'code-block'}
        tabindex="0"
        role="region"
        aria-label="Code"
      ><${Children} node=${node} /></pre>
    </div>
  `;
}

export function Panel({ node }) {
  const { panelType, panelColor, panelIconText, panelIcon } = node.attrs ?? {};
  const color = panelType === 'custom' ? hexOf(panelColor) : null;
  const type = Object.hasOwn(panelSigns, panelType) ? panelType : 'info';
  const sign = panelIconText || panelIcon;
  const body = html`
    <div class=${`adf-panel ${panelType === 'custom' ? 'is-custom' : `is-${type}`}`} style=${paint(color)} role="note">
      ${panelType === 'custom' ? sign && html`<span class="adf-panel-sign">${sign}</span>` : panelSign(type)}
      <div class="adf-flow"><${Children} node=${node} /></div>
    </div>
  `;
  return color === null ? body : html`<${Ground.Provider} value=${color}>${body}<//>`;
}

function panelSign(type) {
  const { words, path } = panelSigns[type];
  return html`<span class="adf-panel-sign">
    <svg viewBox="0 0 16 16" aria-hidden="true" focusable="false"><path fill-rule="evenodd" d=${path} /></svg>
    <span class="out-of-sight">${words}: </span>
  </span>`;
}

export function Expand({ node }) {
  return html`
    <details class="adf-expand">
      <summary><${Icon} name="next" />${node.attrs?.title || 'Click to expand'}</summary>
      <div class="adf-flow"><${Children} node=${node} /></div>
    </details>
  `;
}

export const LayoutSection = wrapIn('div', 'adf-layout');

export function LayoutColumn({ node }) {
  const width = Number(node.attrs?.width);
  const grow = width > 0 && width <= 100 ? width : 50;
  const valign = ['middle', 'bottom'].includes(node.attrs?.valign) ? `is-${node.attrs.valign}` : '';
  return html`<div class=${`adf-flow ${valign}`} style=${{ flexGrow: grow }}><${Children} node=${node} /></div>`;
}

/** Classes of the marks that a paragraph or a heading can have. */
function placing(node) {
  const { alignment, indentation, fontSize } = marksOf(node);
  const level = Math.trunc(Number(indentation?.level));
  return [
    ['center', 'end'].includes(alignment?.align) && `is-${alignment.align}`,
    level >= 1 && level <= 6 && `is-indented-${level}`,
    fontSize?.fontSize === 'small' && 'is-small',
  ]
    .filter(Boolean)
    .join(' ');
}
