import { html } from '../view.js';
import { Children, wrapIn } from './node.js';

export const BulletList = wrapIn('ul', 'adf-list');
export const ListItem = wrapIn('li', 'adf-flow');
export const DecisionList = wrapIn('ul', 'adf-decisions');

export function OrderedList({ node }) {
  const order = Math.trunc(Number(node.attrs?.order ?? 1));
  return html`<ol class="adf-list" start=${Number.isFinite(order) ? order : 1}><${Children} node=${node} /></ol>`;
}

/** A list in a list of tasks is an item of it, as HTML wants it. */
export function TaskList({ node }) {
  const children = Array.isArray(node.content) ? node.content : [];
  return html`
    <ul class="adf-tasks">
      ${children.map((child) =>
        child?.type === 'taskList'
          ? html`<li class="adf-task-list"><${TaskList} node=${child} /></li>`
          : html`<${TaskItem} node=${child} />`,
      )}
    </ul>
  `;
}

export function TaskItem({ node }) {
  const isDone = node.attrs?.state === 'DONE';
  return html`
    <li class=${isDone ? 'adf-task is-done' : 'adf-task'}>
      <span class="adf-box" role="img" aria-label=${isDone ? 'Done' : 'To do'}>
        ${isDone && html`<svg viewBox="0 0 16 16" aria-hidden="true" focusable="false"><path d="M4 8.300l2.700 2.700L12 5.500" /></svg>`}
      </span>
      <div><${Children} node=${node} /></div>
    </li>
  `;
}

export function DecisionItem({ node }) {
  return html`
    <li class="adf-decision">
      <span class="adf-decision-sign" role="img" aria-label="Decision">
        <svg viewBox="0 0 16 16" aria-hidden="true" focusable="false"><path d="M13 13L5 5M5 10V5h5M11 8l2-2" /></svg>
      </span>
      <div><${Children} node=${node} /></div>
    </li>
  `;
}
