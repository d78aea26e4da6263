import { post } from '../api.js';
import { useQuery } from '../query.js';
import { createContext, useContext, useEffect, useState } from '../view.js';

const storageKey = 'firstline.staff';
const nothing = { staff: [], maxFileBytes: 0, otherProject: '' };
const listeners = new Set();

/**
 * What can be done with the issue that is open:
 * - `as`: whom one works as, `{ name, email }`; null while that is not known, or when nobody can do anything;
 * - `staff`, `maxFileBytes`, `otherProject`;
 * - `act(what, details)` does it and says whether it was done: an object, or null, and then `problem` says why not.
 */
export const Desk = createContext({ ...nothing, as: null, problem: null, act: async () => null });

export function useDesk() {
  return useContext(Desk);
}

/** Who works on tickets, and as whom one does so, which is remembered. */
export function useStaff() {
  const { data: about = nothing } = useQuery('/api/board/desk', () => false);
  const [email, setEmail] = useState(() => localStorage.getItem(storageKey));
  useEffect(() => {
    listeners.add(setEmail);
    return () => listeners.delete(setEmail);
  }, []);
  function choose(next) {
    localStorage.setItem(storageKey, next);
    for (const listener of listeners) listener(next);
  }
  const as = about.staff.find((person) => person.email === email) ?? about.staff[0] ?? null;
  return { ...about, as, choose };
}

/** The acts with one issue, by whom one works as. */
export function useActs(issueKey, as) {
  const [problem, setProblem] = useState(null);
  useEffect(() => setProblem(null), [issueKey]);
  async function act(what, details = {}) {
    setProblem(null);
    try {
      return await post(`/api/board/${what}`, { as: as.email, key: issueKey, ...details });
    } catch (error) {
      setProblem(error.message);
      return null;
    }
  }
  return { act, problem };
}

/** Whether somebody wrote this, as Jira tells them apart. */
export function isOwn({ author }, as) {
  return as !== null && author?.emailAddress?.toLowerCase() === as.email.toLowerCase();
}
