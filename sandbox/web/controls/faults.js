import { post } from '../api.js';
import { html, useState } from '../view.js';

const manyCopies = 5;
const jiraDown = { match: '', kind: 'status', status: 503 };

/** Switches that make the vendors fail and the bot die, to see that nothing is lost and nothing is doubled. */
export function Faults({ boot }) {
  const [problem, setProblem] = useState(null);
  const { botState, copies, faults } = boot;
  const isDown = botState === 'down';

  async function send(path, body) {
    setProblem(null);
    try {
      await post(path, body);
    } catch (error) {
      setProblem(error.message);
    }
  }

  return html`
    <div id="faults" class="popover" popover="auto" role="dialog" aria-label="Faults">
      <h2>Faults</h2>
      <p class="faint">Disturb it on purpose: no question may be lost, no answer and no ticket doubled.</p>
      <${Switch}
        label="Deliver events five times"
        note="Slack sends each event again and again."
        isOn=${copies > 1}
        onChange=${(isOn) => send('/api/delivery', { copies: isOn ? manyCopies : 1 })}
      />
      <${Switch}
        label="Jira is down"
        note="Every request to it fails with 503."
        isOn=${faults.jira !== null}
        onChange=${(isOn) => send('/api/faults', { system: 'jira', fault: isOn ? jiraDown : null })}
      />
      <div class="popover-row">
        <button
          type="button"
          class="small-button is-danger"
          disabled=${isDown}
          onClick=${() => send('/api/bot', { action: 'kill' })}
        >
          Kill the bot
        </button>
        <button type="button" class="small-button" onClick=${() => send('/api/bot', { action: 'restart' })}>
          ${isDown ? 'Start the bot' : 'Restart the bot'}
        </button>
      </div>
      ${problem !== null && html`<p class="problem" role="alert">${problem}</p>`}
    </div>
  `;
}

function Switch({ label, note, isOn, onChange }) {
  return html`
    <label class="switch" data-switch=${label}>
      <input
        type="checkbox"
        role="switch"
        checked=${isOn}
        onChange=${(event) => onChange(event.currentTarget.checked)}
      />
      <span><span class="switch-label">${label}</span><span class="faint">${note}</span></span>
    </label>
  `;
}
