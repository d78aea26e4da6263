import { html } from '../view.js';

const looks = { 'To Do': 'is-to-do', 'In Progress': 'is-in-progress', Done: 'is-done' };

/** A status as Jira's lozenge. */
export function Status({ name }) {
  return html`<span class=${`status-badge ${looks[name] ?? 'is-to-do'}`}>${name}</span>`;
}
