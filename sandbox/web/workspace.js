import { createContext, useContext } from './view.js';

/**
 * What every part of the page may need to know: people and channels by id, the bot, who one acts as, and
 * `openHere(url)`, which opens a link of the chat or the board inside the page and says whether it did.
 */
export const Workspace = createContext(null);

export function useWorkspace() {
  return useContext(Workspace);
}
