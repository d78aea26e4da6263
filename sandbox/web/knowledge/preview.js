import { Markdown } from '../block-kit/markdown.js';
import { html, useEffect, useState } from '../view.js';

/** Long articles take some milliseconds to draw: once for a pause in the typing, not for each key. */
const pauseMs = 120;

/** What the article will look like. */
export function Preview({ title, markdown }) {
  const [shown, setShown] = useState(markdown);
  useEffect(() => {
    const timer = setTimeout(() => setShown(markdown), pauseMs);
    return () => clearTimeout(timer);
  }, [markdown]);
  return html`
    <div class="article-text">
      <h3 class="article-title">${title.trim() || 'Untitled'}</h3>
      <${Markdown} text=${shown} />
    </div>
  `;
}
