import { PopupButton } from '../chat/popup-button.js';
import { Popup } from '../chat/popup.js';
import { html, useLayoutEffect, useRef, useState } from '../view.js';
import { Icon } from '../icons.js';
import { useWorkspace } from '../workspace.js';
import { tell } from './wire.js';

const thumbs = [
  ['like', 'thumbUp', 'Like', 'What did you like?'],
  ['dislike', 'thumbDown', 'Dislike', 'What went wrong?'],
];

/**
 * Thumbs below what the app has written, each with a few words if one likes.
 * https://learn.microsoft.com/microsoftteams/platform/bots/how-to/bot-messages-ai-generated-content#feedback-buttons
 */
export function Feedback({ channel, ts }) {
  const { as } = useWorkspace();
  const [given, setGiven] = useState(null);
  const [said, setSaid] = useState(null);

  async function send(reaction, text) {
    const words = text.trim() === '' ? {} : { text: text.trim() };
    const { said: answer, isTrouble } = await tell('feedback', { as, channel, ts, reaction, ...words });
    if (!isTrouble) setGiven(reaction);
    setSaid(answer ?? 'Thank you for your feedback.');
  }
  return html`
    <div class="feedback" role="group" aria-label="Feedback">
      ${thumbs.map(
        ([reaction, icon, label, question]) => html`<${PopupButton}
          key=${reaction}
          kind="dialog"
          label=${given === reaction ? `${label} (given)` : label}
          icon=${icon}
          look=${given === reaction ? 'icon-button thumb is-given' : 'icon-button thumb'}
          show=${(opened) => html`<${Form} ...${opened} question=${question} onSend=${(text) => send(reaction, text)} />`}
        />`,
      )}
      <span class="feedback-said" role="status">${said}</span>
    </div>
  `;
}

function Form({ anchor, question, onSend, onClose }) {
  const [text, setText] = useState('');
  const field = useRef(null);
  useLayoutEffect(() => field.current.focus({ preventScroll: true }), []);
  function leave() {
    onClose();
    anchor.focus({ preventScroll: true });
  }
  function submit(event) {
    event.preventDefault();
    leave();
    onSend(text);
  }
  return html`
    <${Popup} anchor=${anchor} look="feedback-form" role="dialog" aria-label="Feedback" onClose=${onClose}>
      <form onSubmit=${submit}>
        <label>
          <span>${question} <span class="faint">(optional)</span></span>
          <textarea ref=${field} rows="3" maxlength="2000" value=${text} onInput=${(event) => setText(event.currentTarget.value)}></textarea>
        </label>
        <div class="feedback-buttons">
          <button type="button" class="small-button" onClick=${leave}>Cancel</button>
          <button type="submit" class="small-button is-primary">Submit</button>
        </div>
      </form>
    <//>
  `;
}
