import { html, useState } from '../view.js';
import { useWorkspace } from '../workspace.js';
import { AdaptiveCard } from './adaptive-card.js';
import { tell } from './wire.js';

/** A card below a message. What is pressed in it the app is told, one press at a time; its answer stands below the card. */
export function MessageCard({ card, channel, ts }) {
  const { as } = useWorkspace();
  const [isBusy, setBusy] = useState(false);
  const [answer, setAnswer] = useState(null);

  async function press(action, inputs) {
    if (isBusy) return;
    setBusy(true);
    setAnswer(null);
    const { said, isTrouble } = await tell('press', { as, channel, ts, action, inputs });
    setBusy(false);
    setAnswer(said === null ? null : { said, isTrouble });
  }
  return html`
    <div class=${isBusy ? 'teams-card is-busy' : 'teams-card'} aria-busy=${isBusy}>
      <${AdaptiveCard} card=${card} onPress=${press} />
      ${answer !== null && html`<p class=${answer.isTrouble ? 'card-answer is-trouble' : 'card-answer'} role="alert">${answer.said}</p>`}
    </div>
  `;
}
