import { pathTo } from '../api.js';
import { useQuery } from '../query.js';

/** The person's modal, or their Home tab: `{ view, error }`; view undefined while it loads, null when there is none. */
export function useView(which, as) {
  const { data, error } = useQuery(pathTo(`/api/view/${which}`, { as }), (change) => {
    return change.type === 'view' && change.as === as;
  });
  return { view: data?.view, error };
}
