import { html } from '../view.js';
import { Choice } from './choice.js';
import { answers, lieRates, modelFaults, modelModes } from './model-words.js';
import { SelectChoice } from './select-choice.js';

const standIn = 'The model is a stand-in, no language model: it picks and rephrases sentences, and can be told to lie.';

/** Whether answers are quoted or written. The bot is started anew when that changes. */
export function Answers({ ai, onTurn }) {
  const { isOn, isOwn, isTurning, problem } = ai;
  if (isOwn) {
    return html`
      <section class="choice" aria-labelledby="answers-title">
        <h3 id="answers-title">Answers</h3>
        <p class="choice-note">Written by the model that your settings name.</p>
      </section>
    `;
  }
  // a note of its own for each would say what it is only once it is on
  const options = answers.map((option) => ({ ...option, note: standIn }));
  return html`
    <${Choice}
      name="answers"
      legend="Answers"
      options=${options}
      value=${isOn ? 'written' : 'quoted'}
      onChoose=${(value) => onTurn(value === 'written')}
    />
    <p class="choice-progress" role="status" data-turning=${isTurning}>${isTurning ? 'Restarting the bot…' : ''}</p>
    ${problem !== null && html`<p class="problem" role="alert">${problem}</p>`}
  `;
}

/** How the stand-in is made to fail and to lie. */
export function ModelFaults({ model, isOn, onChoose }) {
  const { fault, mode, every } = model;
  return html`
    <${Choice}
      name="model"
      legend="Model"
      options=${modelFaults}
      value=${fault}
      onChoose=${(value) => onChoose({ fault: value })}
    />
    ${!isOn && html`<p class="choice-note">It is not asked while answers are quoted.</p>`}
    <${SelectChoice}
      name="model-mode"
      legend="The model lies"
      groups=${modelModes}
      value=${mode}
      onChoose=${(value) => onChoose({ mode: value })}
    />
    <${Choice}
      name="model-every"
      legend="It lies now and then"
      options=${lieRates}
      value=${String(every)}
      onChoose=${(value) => onChoose({ every: Number(value) })}
    />
  `;
}
