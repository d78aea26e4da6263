import { html, useState } from '../view.js';
import { useWorkspace } from '../workspace.js';
import { Avatar } from './avatar.js';

/** One that the guides answer, one that they come close to, one that only a person can take. */
export const questions = [
  'my vpn keeps droping',
  'How do I get a new phone set up for MFA?',
  'what is the wifi password of the moon office',
];

/** What to try in a DM where nothing has been said yet; a click asks the question. */
export function Suggestions({ onChoose }) {
  const { bot, platform } = useWorkspace();
  const [isSending, setSending] = useState(false);
  const [problem, setProblem] = useState(null);

  async function choose(question) {
    setSending(true);
    setProblem(null);
    try {
      await onChoose(question);
    } catch (error) {
      setProblem(error.message);
    } finally {
      setSending(false);
    }
  }

  return html`
    <div class="suggestions">
      <${Avatar} name=${bot.name} bot size="large" />
      <h2>What to try</h2>
      <p>
        ${bot.name} answers from the company's own guides, with the source, or opens a ticket with the IT
        team.${platform === 'slack' ? ' It replies in a thread.' : ''}
      </p>
      <ul>
        ${questions.map(
          (question) => html`<li>
            <button type="button" disabled=${isSending} onClick=${() => choose(question)}>${question}</button>
          </li>`,
        )}
      </ul>
      ${problem !== null && html`<p class="problem" role="alert">${problem}</p>`}
    </div>
  `;
}
