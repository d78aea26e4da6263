import { post } from '../api.js';
import { useEscape } from '../escape.js';
import { Icon } from '../icons.js';
import { html, useLayoutEffect, useRef, useState } from '../view.js';
import { Choice } from './choice.js';
import { deliveries, vendorFaults, vendorName, webhookModes } from './fault-words.js';
import { isDisturbed } from './is-disturbed.js';
import { Answers, ModelFaults } from './model-controls.js';
import { Tally } from './tally.js';

/** Makes the vendors fail and the bot die, to see that nothing is lost and nothing is doubled. Stays open beside it all. */
export function Faults({ boot, onClose }) {
  const { ai = null, botState, copies, faults, model = null, webhooks } = boot;
  const systems = Object.keys(faults);
  const [problem, setProblem] = useState(null);
  const panel = useRef(null);
  useLayoutEffect(() => panel.current.focus({ preventScroll: true }), []);
  useEscape(close);

  function close() {
    const hadFocus = panel.current.contains(document.activeElement);
    onClose();
    if (hadFocus) document.getElementById('faults-button').focus();
  }

  async function send(path, body) {
    setProblem(null);
    try {
      await post(path, body);
    } catch (error) {
      setProblem(error.message);
    }
  }

  async function restore() {
    for (const system of systems) await send('/api/faults', { system, fault: 'none' });
    await send('/api/delivery', { copies: 1 });
    if (webhooks !== undefined) await send('/api/webhooks', { mode: 'once' });
    if (model !== null) await send('/api/model', { fault: 'none', mode: 'good', every: 0 });
  }

  const isCalm = !isDisturbed(boot);
  const vendor = (system) => html`
    <${Choice}
      key=${system}
      name=${system}
      legend=${vendorName(system)}
      options=${vendorFaults(system)}
      value=${faults[system]}
      onChoose=${(fault) => send('/api/faults', { system, fault })}
    />
  `;
  /** How those that tell of events do so, below what else they do. */
  const events = {
    slack: html`<${Choice}
      key="copies"
      name="copies"
      legend=${systems.includes('teams') ? 'Events of Slack and Teams' : 'Events of Slack'}
      options=${deliveries}
      value=${String(copies)}
      onChoose=${(count) => send('/api/delivery', { copies: Number(count) })}
    />`,
    jira:
      webhooks !== undefined &&
      html`<${Choice}
        key="webhooks"
        name="webhooks"
        legend="Webhooks of Jira"
        options=${webhookModes}
        value=${webhooks}
        onChoose=${(mode) => send('/api/webhooks', { mode })}
      />`,
  };
  return html`
    <section class="faults" ref=${panel} tabindex="-1" aria-labelledby="faults-title">
      <header class="faults-header">
        <h2 id="faults-title">Faults</h2>
        <button type="button" class="icon-button" aria-label="Close faults" onClick=${close}><${Icon} name="close" /></button>
      </header>
      <div class="faults-body">
        <p class="faint">Break things on purpose. No question may get lost, no answer or ticket may come twice.</p>
        <${Tally} />
        ${problem !== null && html`<p class="problem" role="alert">${problem}</p>`}
        ${ai !== null && html`<${Answers} ai=${ai} onTurn=${(on) => send('/api/ai', { on })} />`}
        ${systems.map((system) => [vendor(system), events[system]])}
        ${
          model !== null &&
          html`<${ModelFaults} model=${model} isOn=${ai?.isOn === true} onChoose=${(wish) => send('/api/model', wish)} />`
        }
        <${BotButtons} state=${botState} onAction=${(action) => send('/api/bot', { action })} />
        <button type="button" class="small-button faults-calm" disabled=${isCalm} onClick=${restore}>
          All back to normal
        </button>
      </div>
    </section>
  `;
}

function BotButtons({ state, onAction }) {
  const words = { up: 'up', starting: 'starting…', down: 'down' };
  return html`
    <section class="choice" aria-labelledby="faults-bot">
      <h3 id="faults-bot">Bot: <span role="status">${words[state] ?? state}</span></h3>
      <div class="choice-options">
        <button type="button" class="small-button is-danger" disabled=${state === 'down'} onClick=${() => onAction('kill')}>
          Kill
        </button>
        <button type="button" class="small-button" disabled=${state === 'down'} onClick=${() => onAction('restart')}>
          Restart
        </button>
      </div>
      <p class="choice-note">
        Kill ends the process at once, as a crash does; Restart lets it finish what it has in hand. It comes back by
        itself and takes up what was left.
      </p>
    </section>
  `;
}
