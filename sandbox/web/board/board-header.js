import { Icon } from '../icons.js';
import { html, useRef } from '../view.js';
import { ActingAs } from './acting-as.js';
import { useStaff } from './desk.js';

/** The project's name, and what the board is narrowed to. */
export function BoardHeader({ board, projectKey, wish, isFiltered, onChange }) {
  const { staff, as, choose } = useStaff();
  const found = board?.columns.reduce((sum, { total }) => sum + total, 0) ?? 0;
  return html`
    <div class="project-header">
      <span class="project-sign" aria-hidden="true">${projectKey}</span>
      <div class="project-names">
        <p class="crumbs">Projects <span aria-hidden="true">/</span> ${projectKey}</p>
        <h2>${board?.project.name ?? 'IT support'}</h2>
      </div>
      <span class="header-space"></span>
      <${ActingAs} staff=${staff} as=${as} choose=${choose} />
    </div>
    <div class="board-filter" role="search" aria-label="Board">
      <${Search} text=${wish.text} onChange=${onChange} />
      <${Choice}
        name="Label"
        value=${wish.label}
        among=${board?.labels ?? []}
        onChange=${(label) => onChange({ label })}
      />
      <${Choice}
        name="Reporter"
        value=${wish.reporter}
        among=${board?.reporters ?? []}
        onChange=${(reporter) => onChange({ reporter })}
      />
      ${
        isFiltered &&
        html`<button
          type="button"
          class="plain-button"
          onClick=${() => onChange({ text: '', label: '', reporter: '' })}
        >
          Clear
        </button>`
      }
      <p class=${isFiltered ? 'found' : 'out-of-sight'} role="status">
        ${isFiltered && board !== null && `${found} of ${board.total} issues`}
      </p>
    </div>
  `;
}

function Search({ text, onChange }) {
  const field = useRef(null);

  function press(event) {
    if (event.key === 'Escape' && text !== '') {
      event.stopPropagation();
      onChange({ text: '' });
    }
    if (event.key === 'ArrowDown') {
      const board = field.current.closest('.board') ?? document;
      board.querySelector('.card[tabindex="0"]')?.focus();
      event.preventDefault();
    }
  }

  return html`
    <label class="search-box">
      <${Icon} name="search" />
      <span class="out-of-sight">Search the board</span>
      <input
        type="search"
        ref=${field}
        placeholder="Search board"
        autocomplete="off"
        spellcheck="false"
        maxlength="200"
        value=${text}
        onInput=${(event) => onChange({ text: event.currentTarget.value })}
        onKeyDown=${press}
      />
    </label>
  `;
}

function Choice({ name, value, among, onChange }) {
  const names = value === '' || among.includes(value) ? among : [value, ...among];
  return html`
    <label class=${value === '' ? 'board-choice' : 'board-choice is-set'}>
      <span class="out-of-sight">${name}</span>
      <select value=${value} onChange=${(event) => onChange(event.currentTarget.value)}>
        <option value="" selected=${value === ''}>${name}</option>
        ${names.map((one) => html`<option key=${one} value=${one} selected=${one === value}>${one}</option>`)}
      </select>
    </label>
  `;
}
