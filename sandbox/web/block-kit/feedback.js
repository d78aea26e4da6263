import { Icon } from '../icons.js';
import { html, useState } from '../view.js';
import { useElement } from './surface.js';
import { plainTextOf } from './text.js';

/** Thumbs up and down. https://docs.slack.dev/reference/block-kit/block-elements/feedback-buttons-element */
export function FeedbackButtons({ block, element }) {
  const { press, isBusy, isWaiting } = useElement(block, element);
  const [given, setGiven] = useState(null);
  const side = (button, icon, name) => {
    const words = plainTextOf(button?.text);
    // the examples have nothing but a thumb for a text
    const label = button?.accessibility_label ?? (/\p{L}/u.test(words) ? words : name);
    return html`
      <button
        type="button"
        class=${isWaiting && given === button.value ? 'kit-icon-button is-waiting' : 'kit-icon-button'}
        aria-label=${label}
        title=${label}
        aria-pressed=${given === button.value}
        aria-disabled=${isBusy ? 'true' : undefined}
        data-action-id=${element.action_id}
        data-value=${button.value}
        onClick=${() => {
          if (isBusy) return;
          setGiven(button.value);
          press(button.value);
        }}
      >
        <${Icon} name=${icon} />
      </button>
    `;
  };
  return html`
    <span class="kit-feedback" role="group" aria-label="Feedback">
      ${side(element.positive_button, 'thumbUp', 'Good')} ${side(element.negative_button, 'thumbDown', 'Bad')}
    </span>
  `;
}
