import { channelTitle } from './chat/channel-words.js';
import { useEffect } from './view.js';

/** Says in the tab's title where one is and how much is unread. */
export function useTitle({ place, channel, channels, company }) {
  const unread = (channels ?? []).reduce((sum, { id, unread: count }) => sum + (id === channel?.id ? 0 : count), 0);
  const where = placeName(place, channel);
  const title = [where, company, 'Firstline sandbox'].filter(Boolean).join(' · ');
  const full = unread > 0 ? `(${unread}) ${title}` : title;
  useEffect(() => {
    document.title = full;
  }, [full]);
}

function placeName(place, channel) {
  if (place.view === 'panel' && place.panel === 'knowledge') return 'Knowledge';
  if (place.view === 'panel' && place.panel === 'story') return 'Behind the scenes';
  if (place.view === 'panel') return place.issue ?? 'Board';
  if (channel === undefined) return '';
  return channelTitle(channel);
}
