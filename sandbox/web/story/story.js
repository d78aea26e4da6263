import { pathTo } from '../api.js';
import { Icon } from '../icons.js';
import { announce } from '../live.js';
import { meIn } from '../navigation.js';
import { useQuery } from '../query.js';
import { html, useEffect, useLayoutEffect, useRef, useState } from '../view.js';
import { useWorkspace } from '../workspace.js';
import { EventStep } from './event-step.js';
import { outcomes } from './outcomes.js';
import { Round, RoundSwitch } from './round.js';

/** How often it is looked again while something is under way that no change tells of. */
const lookAgainMs = 1000;

/** A message that is younger than this may still be on its way to the bot. */
const freshMs = 15_000;

/** Behind the scenes of one message: each step that was taken, and why. */
export function Story({ platform, channel, ts, onClose }) {
  const heading = useRef(null);
  useFocusWhileOpen(heading, ts);

  function closeByKey(event) {
    if (event.key !== 'Escape' || event.defaultPrevented) return;
    event.preventDefault();
    event.stopPropagation();
    onClose();
  }

  return html`
    <article class="story" aria-label="Behind the scenes" onKeyDown=${closeByKey}>
      <header class="board-header story-header">
        <h2 tabindex="-1" ref=${heading}>Step by step</h2>
        <button type="button" class="icon-button" aria-label="Close behind the scenes" onClick=${onClose}>
          <${Icon} name="close" />
        </button>
      </header>
      <div class="story-scroll" tabindex="0" role="region" aria-label="What happened">
        <${Told} key=${`${channel} ${ts}`} platform=${platform} channel=${channel} ts=${ts} />
      </div>
    </article>
  `;
}

function Told({ platform, channel, ts }) {
  const { as } = useWorkspace();
  const { data: story, error } = useQuery(pathTo('/api/story', { ...meIn(platform, as), channel, ts }), (change) => {
    if (change.type === 'message' || change.type === 'status') return change.channel === channel;
    return ['issue', 'bot', 'story'].includes(change.type);
  });
  const [chosen, setChosen] = useState(null);
  useEffect(() => {
    if (story === undefined || !isUnderWay(story)) return undefined;
    const timer = setTimeout(() => announce({ type: 'story' }), lookAgainMs);
    return () => clearTimeout(timer);
  }, [story]);

  if (story === undefined) {
    return error === null
      ? html`<p class="empty" role="status">Looking up what happened…</p>`
      : html`<p class="empty" role="alert">${error}</p>`;
  }
  const index = Math.min(chosen ?? story.current, story.rounds.length - 1);
  const round = story.rounds[index];
  return html`
    ${error !== null && html`<p class="problem" role="alert">${error}</p>`}
    ${
      round === undefined
        ? html`<${Untold} story=${story} />`
        : html`
            <${RoundSwitch} index=${index} count=${story.rounds.length} onChange=${setChosen} />
            <${Round} key=${index} round=${round} ticket=${story.ticket} />
          `
    }
  `;
}

/** Nothing is known of the message, or nobody can be asked. */
function Untold({ story }) {
  const { state, message, why, events } = story;
  const isDown = state === 'unavailable';
  return html`
    <div data-story=${state}>
      <blockquote class="story-said"><p><b>${message.author}</b> ${message.text}</p></blockquote>
      <p class=${`story-verdict is-${isDown ? 'bad' : outcomes.silent.tone}`} role="status">
        <${Icon} name=${isDown ? 'warning' : 'pause'} />
        <span>${isDown ? 'Firstline cannot be asked now' : 'Firstline has kept nothing of this message'}</span>
      </p>
      <p class="story-why">${why}</p>
      ${events.length > 0 && html`<ol class="story-line">${events.map((event) => html`<${EventStep} key=${event.id} step=${event} taken=${isDown ? 'Taken before the bot went down.' : 'Taken, and not kept.'} />`)}</ol>`}
    </div>
  `;
}

function isUnderWay({ state, message, rounds }) {
  if (state === 'unavailable') return true;
  if (state === 'not-stored') return Date.now() - Number(message.ts) * 1000 < freshMs;
  const isOpen = ({ kind, state: job }) => kind === 'job' && ['waiting', 'running', 'retrying'].includes(job);
  return rounds.some(({ verdict, steps }) => verdict === null || steps.some(isOpen));
}

/** Takes the focus when it opens, and gives it back when it is closed. */
function useFocusWhileOpen(heading, ts) {
  useLayoutEffect(() => {
    const before = document.activeElement;
    heading.current.focus({ preventScroll: true });
    return () => {
      // a menu's entry is gone by now; the message it belonged to is the next best place
      const message = `.message[data-ts="${CSS.escape(ts)}"]`;
      const back = before?.isConnected && before !== document.body ? before : document.querySelector(message);
      setTimeout(() => {
        if (document.activeElement === document.body) back?.focus({ preventScroll: true });
      });
    };
  }, [ts]);
}
