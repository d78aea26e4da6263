import { get } from './api.js';
import { onChange } from './live.js';
import { useEffect, useState } from './view.js';

const nothing = { data: undefined, error: null };

/**
 * What the server has at this path, fetched again whenever a change concerns it.
 * While a new path loads, `data` is undefined; after a failed refetch the last data stay, beside the error.
 * @param {string | null} path null: nothing to show
 * @param {(change: object) => boolean} concerns whether a change makes the data stale; may depend on the path only
 */
export function useQuery(path, concerns) {
  const [state, setState] = useState({ path: null, ...nothing });

  useEffect(() => {
    if (path === null) return undefined;
    let isGone = false;
    let isBusy = false;
    let isStale = false;

    async function load() {
      isStale = true;
      // one request at a time: changes that come meanwhile are fetched together afterwards
      if (isBusy) return;
      isBusy = true;
      while (isStale && !isGone) {
        isStale = false;
        const result = await get(path).then(
          (data) => ({ data, error: null }),
          (error) => ({ error: error.message }),
        );
        if (!isGone) setState((last) => ({ ...(last.path === path ? last : nothing), ...result, path }));
      }
      isBusy = false;
    }

    load();
    const stop = onChange((change) => {
      if (change.type === 'connected' || concerns(change)) load();
    });
    return () => {
      isGone = true;
      stop();
    };
  }, [path]);

  return state.path === path ? state : nothing;
}
