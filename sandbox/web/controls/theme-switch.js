import { Icon } from '../icons.js';
import { html, useState } from '../view.js';

const storageKey = 'firstline.theme';
const themes = { system: 'System', light: 'Light', dark: 'Dark' };

/** Light, dark, or as the system has it; kept for this browser. `theme.js` puts it back at the next load. */
export function ThemeSwitch() {
  const [theme, setTheme] = useState(document.documentElement.dataset.theme ?? 'system');

  function choose(next) {
    setTheme(next);
    if (next === 'system') {
      delete document.documentElement.dataset.theme;
      localStorage.removeItem(storageKey);
      return;
    }
    document.documentElement.dataset.theme = next;
    localStorage.setItem(storageKey, next);
  }

  return html`
    <label class="theme-switch bar-button" title="Theme">
      <${Icon} name="theme" />
      <span class="out-of-sight">Theme</span>
      <select value=${theme} onChange=${(event) => choose(event.currentTarget.value)}>
        ${Object.entries(themes).map(
          ([name, label]) => html`<option value=${name} selected=${name === theme}>${label}</option>`,
        )}
      </select>
    </label>
  `;
}
