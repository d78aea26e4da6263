import { Conversation } from './chat/conversation.js';
import { Sidebar } from './chat/sidebar.js';
import { Thread } from './chat/thread.js';
import { BotBar, ConnectionBar, NoticeBar } from './controls/bars.js';
import { SkipLink } from './controls/skip-link.js';
import { TopBar } from './controls/top-bar.js';
import { Views } from './controls/views.js';
import { lazy } from './lazy.js';
import { oneAtATime, useMedia } from './media.js';
import { useNavigation } from './navigation.js';
import { useNews } from './news.js';
import { Panel } from './panel.js';
import { usePlace } from './place.js';
import { useQuery } from './query.js';
import { useTitle } from './title.js';
import { useTour } from './tour/use-tour.js';
import { html, useLayoutEffect, useMemo, useState } from './view.js';
import { Workspace } from './workspace.js';

const Faults = lazy(async () => (await import('./controls/faults.js')).Faults);
const Modal = lazy(async () => (await import('./views/modal.js')).Modal);
const TeamsDialog = lazy(async () => (await import('./teams/dialog.js')).TeamsDialog);
const Tour = lazy(async () => (await import('./tour/tour.js')).Tour);

/** The whole page: loads who is who, then shows the place that the address names. */
export function App() {
  const { data: boot, error } = useQuery('/api/bootstrap', ({ type }) => type === 'bot' || type === 'knowledge');
  if (boot !== undefined) return html`<${Desk} boot=${boot} />`;
  return html`
    <div class="bars"><${ConnectionBar} /></div>
    <p class="starting" role="status">${error ?? 'Opening the sandbox…'}</p>
  `;
}

function Desk({ boot }) {
  const [place, go] = usePlace();
  const nav = useNavigation({ boot, place, go });
  const { channels, channel, platform, me, as, view, panel } = nav;
  const isTeams = platform === 'teams';
  const [areFaultsOpen, setFaultsOpen] = useState(false);
  useLook(platform);
  const tour = useTour(boot);
  const byId = useMemo(() => new Map((channels ?? []).map((item) => [item.id, item])), [channels]);
  const isNarrow = useMedia(oneAtATime);
  const shown = isNarrow ? [view === 'chat' ? 'chat' : panel] : ['chat', panel];
  const news = useNews(shown, byId);
  useTitle({ place: { ...place, view }, channel, channels, company: boot.company.name });

  const known = {
    people: nav.people,
    channels: byId,
    platform,
    me,
    bot: boot.bot,
    app: isTeams ? null : boot.app,
    botState: boot.botState,
    as,
    openHere: nav.openHere,
    openStory: nav.openStory,
    openArticle: nav.openArticle,
    openBoard: nav.openBoard,
    openMessage: nav.openMessage,
  };
  return html`
    <${Workspace.Provider} value=${known}>
      <${SkipLink} onFollow=${nav.showChat} />
      ${tour.isOpen && html`<${Tour} tour=${tour} boot=${boot} nav=${nav} onFaults=${() => setFaultsOpen(true)} />`}
      <${TopBar}
        boot=${boot}
        areFaultsOpen=${areFaultsOpen}
        onFaults=${() => setFaultsOpen(!areFaultsOpen)}
        onGuide=${tour.start}
      />
      <div class="bars">
        <${ConnectionBar} />
        <${BotBar} state=${boot.botState} />
        <${NoticeBar} notice=${nav.notice} onClose=${() => nav.setNotice(null)} />
      </div>
      <${Views} view=${view} panel=${panel} news=${news} onChat=${nav.showChat} onPanel=${nav.showPanel} />
      <div class="desk" data-view=${view} data-thread=${nav.thread !== null} data-menu=${nav.isMenuOpen}>
        <${Sidebar}
          company=${boot.company}
          people=${boot.people}
          channels=${channels ?? []}
          current=${channel?.id}
          as=${as}
          platform=${platform}
          hasTeams=${Boolean(boot.teams)}
          onApp=${nav.switchApp}
          onPerson=${nav.switchPerson}
          onChannel=${nav.showChannel}
        />
        <${Chat} nav=${nav} onClose=${() => go({ thread: null })} />
        <${Panel} boot=${boot} place=${place} nav=${nav} news=${news} go=${go} />
      </div>
      ${!isTeams && html`<${Modal} as=${as} />`}
      ${isTeams && html`<${TeamsDialog} key=${as} />`}
      ${areFaultsOpen && html`<${Faults} boot=${boot} onClose=${() => setFaultsOpen(false)} />`}
    <//>
  `;
}

/** The style sheets give the page the colours of the app that is shown. */
function useLook(platform) {
  useLayoutEffect(() => {
    document.documentElement.dataset.app = platform;
  }, [platform]);
}

function Chat({ nav, onClose }) {
  const { channel, thread } = nav;
  return html`
    <main class="chat" id="chat" tabindex="-1" aria-label="Conversation">
      ${
        channel &&
        html`<${Conversation}
          channel=${channel}
          pointed=${nav.pointed}
          onOpenThread=${nav.openThread}
          onBack=${() => nav.setMenuOpen(true)}
        />`
      }
      ${
        channel &&
        thread !== null &&
        html`<${Thread} channel=${channel} ts=${thread} focused=${nav.isThreadFocused} onClose=${onClose} />`
      }
    </main>
  `;
}
