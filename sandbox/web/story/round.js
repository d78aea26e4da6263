import { Icon } from '../icons.js';
import { Link } from '../link.js';
import { html } from '../view.js';
import { outcomes } from './outcomes.js';
import { Timeline } from './timeline.js';
import { actionWords, duration, formWords } from './words.js';

/** What people said, what was decided on it, and every step of the way. */
export function Round({ round, ticket }) {
  const { said, verdict, tookMs, steps, gap } = round;
  const { icon, tone } = outcomes[verdict?.decision] ?? outcomes.silent;
  const isHandedOver = ['escalate', 'forward', 'reopen', 'close', 'agent'].includes(verdict?.decision);
  return html`
    <div data-story="told">
      <blockquote class="story-said">
        ${said.map((one, index) => html`<${Said} key=${index} said=${one} />`)}
      </blockquote>
      <p class=${`story-verdict is-${tone}`} role="status">
        <${Icon} name=${icon} />
        <span>
          ${verdict?.sentence ?? 'Not decided yet.'}
          ${' '}
          ${isHandedOver && ticket !== null && html`<${Link} href=${ticket.url}>${ticket.key}<//>`}
        </span>
      </p>
      ${tookMs !== null && html`<p class="story-took">First words in the thread after ${duration(tookMs)}.</p>`}
      ${gap !== null && html`<p class="story-gap">${gap}</p>`}
      <${Timeline} steps=${steps} />
    </div>
  `;
}

function Said({ said: { author, text, files, action, entered, withdrawn } }) {
  return html`
    <p>
      <b>${author}</b> ${action === null ? text : html`<span class="faint">${wordsOf(action, entered)}</span>${entered ? html` ${entered}` : ''}`}
      ${withdrawn && html` <span class="faint">(deleted)</span>`}
      ${files.length > 0 && html` <span class="faint">with ${files.join(', ')}</span>`}
    </p>
  `;
}

/** What a form was about, or what was pressed. */
function wordsOf(action, entered) {
  return (entered === null ? actionWords[action] : formWords[action]) ?? action;
}

/** From one round of the conversation to another. */
export function RoundSwitch({ index, count, onChange }) {
  if (count < 2) return null;
  return html`
    <nav class="story-rounds" aria-label="Rounds of this conversation">
      <${Way} isOpen=${index > 0} onGo=${() => onChange(index - 1)}><${Icon} name="back" /> Earlier<//>
      <span role="status">Round ${index + 1} of ${count}</span>
      <${Way} isOpen=${index < count - 1} onGo=${() => onChange(index + 1)}>Later <${Icon} name="next" /><//>
    </nav>
  `;
}

/** Not `disabled` where there is nothing further: a button that is would lose the focus it has just been pressed with. */
function Way({ isOpen, onGo, children }) {
  return html`
    <button type="button" class="small-button" aria-disabled=${String(!isOpen)} onClick=${() => isOpen && onGo()}>
      ${children}
    </button>
  `;
}
