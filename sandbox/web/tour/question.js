import { pathTo, post } from '../api.js';
import { meIn } from '../navigation.js';
import { useQuery } from '../query.js';
import { html, useState } from '../view.js';
import { useTakenFocus } from './held-focus.js';
import { outcomeOf } from './outcome.js';
import { Told } from './told.js';
import { offers, waiting } from './words.js';

/** One question: it is offered, asked, waited for, and what came of it is pointed out. */
export function Question({ tour, text, boot, nav, focus }) {
  const { step, asked } = tour.progress;
  const place = asked[step] ?? null;
  const outcome = useOutcome(place, boot.jira.url);

  function next() {
    tour.set({ step: step + 1 });
  }

  if (place === null)
    return html`<${Offer} text=${text} step=${step} nav=${nav} focus=${focus} onAsked=${(at) => tour.set({ asked: [...asked, at] })} />`;
  if (outcome === null || outcome.kind === 'taken')
    return html`<${Waiting} text=${text} boot=${boot} isTaken=${outcome !== null} onNext=${next} focus=${focus} />`;
  return html`<${Told} outcome=${outcome} place=${place} boot=${boot} nav=${nav} onNext=${next} focus=${focus} />`;
}

/** What the thread says has become of the question; null while nothing has. */
function useOutcome(place, jiraUrl) {
  const path = place === null ? null : pathOf(place);
  const { data } = useQuery(path, ({ type, channel }) => type === 'message' && channel === place.channel);
  return data === undefined ? null : outcomeOf(data.messages, jiraUrl);
}

/** Where there are no threads, what was said since stands below the question. */
function pathOf({ platform, as, channel, ts, flat }) {
  const where = { ...meIn(platform, as), channel };
  return flat ? pathTo('/api/chat/messages', { ...where, from: ts }) : pathTo('/api/chat/thread', { ...where, ts });
}

function Offer({ text, step, nav, onAsked, focus }) {
  const [isSending, setSending] = useState(false);
  const [problem, setProblem] = useState(null);
  const dm = nav.channels?.find(({ kind }) => kind === 'dm');
  useTakenFocus(focus);

  async function ask() {
    setSending(true);
    setProblem(null);
    try {
      const { ts } = await post('/api/chat/say', { ...nav.me, channel: dm.id, text });
      onAsked({ platform: nav.platform, as: nav.as, channel: dm.id, ts, flat: dm.flat === true });
      await nav.openMessage({ channel: dm.id, thread: ts });
    } catch (error) {
      setProblem(error.message);
      setSending(false);
    }
  }

  return html`
    <div aria-live="polite">
      <h2>${offers[step].title}</h2>
      <p>${offers[step].text}</p>
      <p class="tour-question">${text}</p>
    </div>
    ${problem !== null && html`<p class="problem" role="alert">${problem}</p>`}
    <div class="tour-actions">
      <button
        type="button"
        class="small-button is-primary"
        data-tour="ask"
        disabled=${isSending || dm === undefined}
        onClick=${ask}
      >
        Ask it
      </button>
    </div>
  `;
}

function Waiting({ text, boot, isTaken, onNext, focus }) {
  useTakenFocus(focus);
  return html`
    <div aria-live="polite">
      <h2>${isTaken ? 'Taken' : 'Firstline is reading…'}</h2>
      <p>${waitingWords(boot, isTaken)}</p>
      <p class="tour-question">${text}</p>
    </div>
    <div class="tour-actions">
      <span class="tour-progress" aria-hidden="true"><i></i></span>
      <button type="button" class="small-button" data-tour="on" onClick=${onNext}>Go on without waiting</button>
    </div>
  `;
}

function waitingWords({ botState, faults, copies }, isTaken) {
  if (isTaken) return waiting.taken;
  if (botState !== 'up') return waiting.away;
  const isFailing = ['slack', 'teams', 'jira'].some((name) => (faults[name] ?? 'none') !== 'none');
  return isFailing || copies > 1 ? waiting.disturbed : waiting.up;
}
