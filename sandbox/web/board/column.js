import { html, useLayoutEffect, useRef, useState } from '../view.js';
import { Card } from './card.js';
import { nextCard } from './card-keys.js';
import { remembered } from './remembered.js';

const emptyWords = {
  'To Do': 'No open issues. Ask the bot something that the guides do not answer.',
  'In Progress': 'Nothing is being worked on.',
  Done: 'Nothing is done yet.',
};

/** One column: its cards below each other, with a scroll of their own and one stop for the Tab key. */
export function Column({ column, isFiltered, onIssue, onMore }) {
  const { name, total, issues } = column;
  const id = `column-${name.toLowerCase().replaceAll(' ', '-')}`;
  const scroll = useRef(null);
  const [chosen, setChosen] = useState(remembered.opened);
  const stop = issues.some(({ key }) => key === chosen) ? chosen : issues[0]?.key;
  useScrollOf(scroll, name);
  const section = useRef(null);
  useLayoutEffect(() => begin(section.current, name), []);

  return html`
    <section class="column" aria-labelledby=${id} data-column=${name} ref=${section} tabindex="-1">
      <h3 id=${id}>${name} <span class="count">${total}</span></h3>
      <div class="column-scroll" ref=${scroll} onKeyDown=${nextCard}>
        <ul onFocusIn=${(event) => setChosen(event.target.closest('.card')?.dataset.issue ?? chosen)}>
          ${issues.map(
            (issue) => html`<li key=${issue.key}>
              <${Card} issue=${issue} isStop=${issue.key === stop} onIssue=${onIssue} />
            </li>`,
          )}
        </ul>
        ${total === 0 && html`<p class="column-empty">${isFiltered ? 'No issue fits the filter.' : emptyWords[name]}</p>`}
        ${
          total > issues.length &&
          html`<button type="button" class="more-button" onClick=${onMore}>${total - issues.length} more</button>`
        }
      </div>
    </section>
  `;
}

/** The column that was wished for is brought into view, and keys go on from there. */
function begin(section, name) {
  if (remembered.column !== name) return;
  remembered.column = null;
  section.scrollIntoView({ block: 'nearest', inline: 'start' });
  section.focus({ preventScroll: true });
}

/** The column stands where it stood, and the card of the issue that was open has the focus again. */
function useScrollOf(scroll, name) {
  useLayoutEffect(() => {
    const element = scroll.current;
    element.scrollTop = remembered.scroll.get(name) ?? 0;
    const card = element.querySelector(`.card[data-issue="${CSS.escape(remembered.opened ?? '')}"]`);
    if (card !== null) {
      remembered.opened = null;
      if (document.activeElement === document.body) card.focus();
    }
    const keep = () => remembered.scroll.set(name, element.scrollTop);
    element.addEventListener('scroll', keep, { passive: true });
    return () => element.removeEventListener('scroll', keep);
  }, []);
}
