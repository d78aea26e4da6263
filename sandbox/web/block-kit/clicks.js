import { post } from '../api.js';
import { createContext, html, useContext, useState } from '../view.js';

const Clicks = createContext(null);

/** Lets the buttons of one message be clicked, one at a time. Says so when the app does not take the click. */
export function ClickArea({ as, channel, ts, children }) {
  const [waitingFor, setWaitingFor] = useState(null);
  const [problem, setProblem] = useState(null);

  async function click(actionId) {
    setWaitingFor(actionId);
    setProblem(null);
    try {
      const { status } = await post('/api/chat/click', { as, channel, ts, actionId });
      if (status < 200 || status > 299) setProblem('The app did not take the click. Try again.');
    } catch (error) {
      setProblem(error.message);
    } finally {
      setWaitingFor(null);
    }
  }

  return html`
    <${Clicks.Provider} value=${{ waitingFor, click }}>
      ${children}
      ${problem !== null && html`<p class="problem" role="alert">${problem}</p>`}
    <//>
  `;
}

/** `waitingFor`: the action id that is under way, or null; `click(actionId)`. */
export function useClicks() {
  return useContext(Clicks);
}
