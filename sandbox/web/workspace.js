import { createContext, useContext } from './view.js';

/**
 * What every part of the page may need to know: the chat app (`platform`: `slack` or `teams`), people and channels by
 * id, the bot, what it offers in Slack (`commands`, `shortcuts`, `homeTab`; null in Teams), who one acts as (`as`, and
 * `me`, which is how a request says it), and the ways from one part to another:
 * - `openHere(url)` opens a link of the chat or the board inside the page and says whether it did,
 * - `openMessage({ channel, thread })` a thread, acting as somebody who sees it,
 * - `openStory(channel, ts)` what happened behind a message,
 * - `openArticle(idOrUrl)` one of the company's documents,
 * - `openBoard(column)` the board, beginning at a column.
 */
export const Workspace = createContext(null);

export function useWorkspace() {
  return useContext(Workspace);
}
