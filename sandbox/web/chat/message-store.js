import { get, pathTo } from '../api.js';

const pageSize = 100;
/** More changes than this are fetched as one stretch. */
const mostSingly = 20;
/** More than this are not kept: a page that is added at one end pushes others out at the other. */
const mostKept = 500;

export const nothingYet = {
  messages: undefined,
  hasEarlier: false,
  hasLater: false,
  readUntil: null,
  error: null,
  isLoading: false,
};

/**
 * The messages of one channel as one person sees them: the newest page first, older ones when asked for, never more
 * than a few pages at once, and of what changes only the messages that changed.
 * @param {(state: typeof nothingYet) => void} place.tell told of every new state; a message that did not change stays the same object
 * @param {() => boolean} place.isAtEnd whether the reader sees the newest message
 */
export function createMessageStore({ me, channel, tell, isAtEnd }) {
  let state = nothingYet;
  let isClosed = false;
  let isBusy = false;
  let isAllStale = true;
  const stale = new Set();

  function set(change) {
    if (isClosed) return;
    state = { ...state, ...change };
    tell(state);
  }
  const page = (query) => get(pathTo('/api/chat/messages', { ...me, channel, ...query }));
  const newest = () => page({ limit: pageSize });

  async function loadAll() {
    const [first] = state.messages ?? [];
    // who reads further up gets what they see, not all that came since
    const limit = Math.max(state.messages?.length ?? 0, pageSize);
    const again = () => page(state.hasLater ? { from: first.ts, limit } : { from: first.ts });
    const { readUntil, ...fresh } = await (first === undefined ? newest() : again());
    set({ ...pressed(fresh), readUntil: state.readUntil ?? readUntil, error: null });
  }

  async function loadSome(wanted) {
    const { messages: fresh } = await get(pathTo('/api/chat/some', { ...me, channel, ts: [...wanted].join(',') }));
    const { messages, hasEarlier, hasLater } = state;
    const from = hasEarlier ? Number(messages[0]?.ts ?? 0) : 0;
    const to = hasLater ? Number(messages.at(-1)?.ts ?? 0) : Number.POSITIVE_INFINITY;
    // what stands outside of what is loaded comes with its page
    const inside = fresh.filter(({ ts }) => Number(ts) >= from && Number(ts) <= to);
    const others = messages.filter(({ ts }) => !wanted.has(ts));
    set({ ...pressed({ messages: inOrder(others, inside), hasEarlier, hasLater }), error: null });
  }

  /** A reader at the end needs nothing that is far above it. */
  function pressed(fresh) {
    if (fresh.messages.length <= mostKept || fresh.hasLater || !isAtEnd()) return fresh;
    return { ...fresh, messages: fresh.messages.slice(-mostKept / 2), hasEarlier: true };
  }

  /** One request at a time: changes that come meanwhile are fetched together afterwards. */
  async function refresh() {
    if (isBusy) return;
    isBusy = true;
    while (!isClosed && (isAllStale || stale.size > 0)) {
      const wanted = new Set(stale);
      const isAll = isAllStale || wanted.size > mostSingly;
      stale.clear();
      isAllStale = false;
      try {
        await (isAll ? loadAll() : loadSome(wanted));
      } catch (error) {
        // fetched again when the connection is back
        isAllStale = true;
        set({ error: error.message });
        break;
      }
    }
    isBusy = false;
  }

  async function loadMore(has, load) {
    if (!has || state.isLoading) return;
    set({ isLoading: true });
    try {
      set({ ...(await load()), isLoading: false, error: null });
    } catch (error) {
      set({ isLoading: false, error: error.message });
    }
  }

  return {
    load: refresh,
    reload() {
      isAllStale = true;
      return refresh();
    },
    /** Something changed about these messages, or they are new, or gone. */
    changed(...ts) {
      // the first page is on its way, and may be from before the change
      if (state.messages === undefined) isAllStale = true;
      for (const one of ts) stale.add(one);
      return refresh();
    },
    loadEarlier: () =>
      loadMore(state.hasEarlier, async () => {
        const { messages, hasEarlier } = await page({ before: state.messages[0].ts, limit: pageSize });
        const all = [...messages, ...state.messages];
        const isTooMuch = all.length > mostKept;
        return { messages: all.slice(0, mostKept), hasEarlier, hasLater: state.hasLater || isTooMuch };
      }),
    loadLater: () =>
      loadMore(state.hasLater, async () => {
        const last = state.messages.at(-1);
        const { messages, hasLater } = await page({ from: last.ts, limit: pageSize + 1 });
        const all = [...state.messages, ...messages.filter(({ ts }) => Number(ts) > Number(last.ts))];
        const isTooMuch = all.length > mostKept;
        return { messages: all.slice(-mostKept), hasLater, hasEarlier: state.hasEarlier || isTooMuch };
      }),
    /** Leaves what was read for the newest page. @returns whether that is loaded */
    async toNewest() {
      if (!state.hasLater) return true;
      const { readUntil: _kept, ...fresh } = await newest().catch((error) => ({ error: error.message }));
      set({ error: null, ...fresh });
      return fresh.messages !== undefined;
    },
    close() {
      isClosed = true;
    },
  };
}

function inOrder(messages, fresh) {
  const last = Number(messages.at(-1)?.ts ?? 0);
  const isAfter = fresh.every(({ ts }) => Number(ts) > last);
  const all = [...messages, ...fresh];
  return isAfter ? all : all.sort((a, b) => Number(a.ts) - Number(b.ts));
}
