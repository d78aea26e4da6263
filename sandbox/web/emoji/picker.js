import { Popup } from '../chat/popup.js';
import { html, useLayoutEffect, useMemo, useRef, useState } from '../view.js';
import { emojiGroups, findEmoji } from './all.js';

const columns = 8;
const recentKey = 'firstline.emoji';
const mostRecent = 16;
const usual = ['white_check_mark', 'eyes', 'raised_hands', '+1', 'tada', 'heart', 'pray', 'joy'];

/**
 * All emoji in groups, with a search; by arrow keys, Enter and Escape.
 * @param {(name: string) => void} onChoose
 */
export function EmojiPicker({ anchor, side, align, onChoose, onClose }) {
  const [query, setQuery] = useState('');
  const [at, setAt] = useState(null);
  const field = useRef(null);
  const grid = useRef(null);
  const groups = useMemo(() => shownGroups(query), [query]);
  const shown = useMemo(() => groups.flatMap(({ list }) => list), [groups]);
  useLayoutEffect(() => field.current.focus({ preventScroll: true }), []);
  const current = at === null ? null : shown[at];

  function choose(entry) {
    if (entry === undefined) return;
    remember(entry.name);
    onClose();
    anchor.focus({ preventScroll: true });
    onChoose(entry.name);
  }
  function onKeyDown(event) {
    if (event.isComposing) return;
    if (event.key === 'Enter') {
      event.preventDefault();
      choose(shown[at ?? 0]);
      return;
    }
    const next = nextIn(groups, at, event.key, query);
    if (next === null) return;
    event.preventDefault();
    setAt(next);
    grid.current.querySelector(`#emoji-${next}`)?.scrollIntoView({ block: 'nearest' });
  }
  function search(event) {
    setQuery(event.currentTarget.value);
    setAt(event.currentTarget.value === '' ? null : 0);
    grid.current.scrollTop = 0;
  }

  return html`
    <${Popup} anchor=${anchor} look="emoji-picker" side=${side} align=${align} onClose=${onClose} role="dialog" aria-label="Emoji">
      <input
        class="search-field"
        type="text"
        role="combobox"
        ref=${field}
        placeholder="Search all emoji"
        aria-label="Search all emoji"
        aria-expanded="true"
        aria-controls="emoji-grid"
        aria-autocomplete="list"
        aria-activedescendant=${at === null ? undefined : `emoji-${at}`}
        autocomplete="off"
        spellcheck=${false}
        value=${query}
        onInput=${search}
        onKeyDown=${onKeyDown}
      />
      <div class="emoji-grid" id="emoji-grid" role="listbox" aria-label="Emoji" tabindex="-1" ref=${grid}>
        <${Grid} groups=${groups} at=${at} onChoose=${choose} />
      </div>
      ${shown.length === 0 && html`<p class="emoji-none" role="status">No emoji is called that.</p>`}
      <div class="emoji-foot" aria-hidden="true">
        ${current ? html`<span class="emoji-big">${current.emoji}</span> :${current.name}:` : 'Choose an emoji'}
      </div>
    <//>
  `;
}

function Grid({ groups, at, onChoose }) {
  let index = -1;
  return groups.map(({ name, list }, number) => {
    const cells = list.map((entry) => {
      index += 1;
      return html`<div
        id=${`emoji-${index}`}
        class=${index === at ? 'emoji-cell is-current' : 'emoji-cell'}
        role="option"
        aria-selected=${index === at}
        aria-label=${entry.name.replaceAll('_', ' ')}
        title=${`:${entry.name}:`}
        data-emoji=${entry.name}
        onClick=${() => onChoose(entry)}
      >
        ${entry.emoji}
      </div>`;
    });
    return html`
      <div class="emoji-group" role="group" aria-labelledby=${`emoji-group-${number}`} key=${name}>
        <div class="emoji-group-name" id=${`emoji-group-${number}`} role="presentation">${name}</div>
        <div class="emoji-cells" role="presentation">${cells}</div>
      </div>
    `;
  });
}

function shownGroups(query) {
  if (query.trim() !== '') return [{ name: 'Found', list: findEmoji(query) }].filter(({ list }) => list.length > 0);
  const names = new Set([...readRecent(), ...usual]);
  const byName = new Map(emojiGroups.flatMap(({ list }) => list).map((entry) => [entry.name, entry]));
  const recent = [...names].flatMap((name) => byName.get(name) ?? []).slice(0, mostRecent);
  return [{ name: 'Frequently used', list: recent }, ...emojiGroups];
}

/** Up and down go by rows, and each group begins a row of its own. */
function nextIn(groups, at, key, query) {
  const count = groups.reduce((sum, { list }) => sum + list.length, 0);
  if (count === 0) return null;
  if (key === 'ArrowRight' && (at !== null || query === '')) return at === null ? 0 : Math.min(at + 1, count - 1);
  if (key === 'ArrowLeft' && at !== null) return Math.max(at - 1, 0);
  if (key !== 'ArrowDown' && key !== 'ArrowUp') return null;
  if (at === null) return 0;
  const cells = cellsOf(groups);
  const { row, column } = cells[at];
  const wanted = row + (key === 'ArrowDown' ? 1 : -1);
  const inRow = cells.filter((cell) => cell.row === wanted);
  if (inRow.length === 0) return at;
  return cells.indexOf(inRow[Math.min(column, inRow.length - 1)]);
}

function cellsOf(groups) {
  let firstRow = 0;
  return groups.flatMap(({ list }) => {
    const cells = list.map((_, index) => ({ row: firstRow + Math.floor(index / columns), column: index % columns }));
    firstRow += Math.ceil(list.length / columns);
    return cells;
  });
}

function readRecent() {
  const kept = localStorage.getItem(recentKey);
  return kept === null ? [] : kept.split(' ').slice(0, mostRecent);
}

function remember(name) {
  localStorage.setItem(recentKey, [name, ...readRecent().filter((one) => one !== name)].slice(0, mostRecent).join(' '));
}
