import { PanelTabs } from './controls/panel-tabs.js';
import { Icon } from './icons.js';
import { lazy } from './lazy.js';
import { decoded } from './links.js';
import { html } from './view.js';

const Board = lazy(async () => (await import('./board/board.js')).Board);
const Issue = lazy(async () => (await import('./board/issue.js')).Issue);
const Knowledge = lazy(async () => (await import('./knowledge/knowledge.js')).Knowledge);
const Story = lazy(async () => (await import('./story/story.js')).Story);

/** The right side: the board, the company's knowledge, or what happened behind a message. */
export function Panel({ boot, place, nav, news, go }) {
  const { panel } = nav;
  return html`
    <aside class="panel" aria-label="Beside the conversation">
      <${PanelTabs} panel=${panel} news=${news} onPanel=${nav.showPanel} />
      <section
        class=${panel === 'board' ? 'panel-body board' : `panel-body is-${panel}`}
        id="panel-body"
        role="tabpanel"
        aria-labelledby=${`tab-${panel}`}
        data-panel=${panel}
      >
        ${panel === 'board' && html`<${BoardPanel} boot=${boot} place=${place} go=${go} />`}
        ${panel === 'knowledge' && html`<${KnowledgePanel} place=${place} go=${go} />`}
        ${panel === 'story' && html`<${StoryPanel} place=${place} nav=${nav} />`}
      </section>
    </aside>
  `;
}

function BoardPanel({ boot, place, go }) {
  if (place.issue)
    return html`<${Issue}
      issueKey=${place.issue}
      onClose=${() => go({ issue: null })}
      onMoved=${(key) => go({ issue: key }, { replace: true })}
    />`;
  return html`<${Board} projectKey=${boot.jira.projectKey} onIssue=${(key) => go({ issue: key })} />`;
}

function KnowledgePanel({ place, go }) {
  return html`<${Knowledge} articleId=${place.article} onArticle=${(id) => go({ article: id, panel: 'knowledge' })} />`;
}

function StoryPanel({ place, nav }) {
  if (!place.story)
    return html`
      <div class="empty story-empty">
        <${Icon} name="story" />
        <h2>Why did it answer that?</h2>
        <p>Point at a question in the chat and press “Behind the scenes”, the button with this sign, to see each step.</p>
      </div>
    `;
  // those of Teams have its name in front
  const [ts, channel, app] = place.story.split('/').reverse();
  return html`<${Story} platform=${app ?? 'slack'} channel=${decoded(channel)} ts=${ts} onClose=${nav.closeStory} />`;
}
