import { html } from '../view.js';

/** Teams' label of what an AI has written. https://learn.microsoft.com/microsoftteams/platform/bots/how-to/bot-messages-ai-generated-content */
export function AiBadge({ message }) {
  return isAiGenerated(message) && html`<span class="app-badge is-ai">AI generated</span>`;
}

export function isAiGenerated({ teams }) {
  const types = teams?.entities.flatMap(({ additionalType }) => additionalType ?? []) ?? [];
  return types.includes('AIGeneratedContent');
}
