import { boardRoutes } from './board-routes.ts';
import type { Chat } from './chat.ts';
import { chatRoutes } from './chat-routes.ts';
import { controlRoutes } from './control-routes.ts';
import type { PageParts } from './parts.ts';
import type { Routes } from './route.ts';

/** What the page needs of its server beside the parts themselves. */
export interface ApiParts extends PageParts {
  readonly chat: Chat;
  /** Tells every open page that the faults or the deliveries have changed. */
  readonly announce: () => void;
}

/** The page's JSON API: method and path to what answers it. A wrong input throws a Refusal with 400. */
export function createApi(parts: ApiParts): Routes {
  return { ...chatRoutes(parts), ...boardRoutes(parts), ...controlRoutes(parts) };
}
