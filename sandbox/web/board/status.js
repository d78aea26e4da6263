import { html } from '../view.js';

const looks = {
  'To Do': 'is-to-do',
  'In Progress': 'is-in-progress',
  'Waiting for customer': 'is-on-hold',
  Done: 'is-done',
};

/** A status as Jira's lozenge. */
export function Status({ name }) {
  return html`<span class=${`status-badge ${lookOf(name)}`}>${name}</span>`;
}

/** The class of a status's colours. */
export function lookOf(name) {
  return Object.hasOwn(looks, name) ? looks[name] : 'is-to-do';
}
