import { boardRoutes } from './board-routes.ts';
import type { ChatApps } from './chat-apps.ts';
import { chatRoutes } from './chat-routes.ts';
import { controlRoutes } from './control-routes.ts';
import type { Desk } from './desk.ts';
import { deskRoutes } from './desk-routes.ts';
import { createKnowledge } from '../knowledge/index.ts';
import { knowledgeRoutes } from './knowledge-routes.ts';
import { createModelDesk } from './model-desk.ts';
import type { PageParts } from './parts.ts';
import type { Routes } from './route.ts';
import { teamsRoutes } from './teams-routes.ts';
import { viewRoutes } from './view-routes.ts';
import { storyRoutes } from './story-routes.ts';

/** What the page needs of its server beside the parts themselves. */
export interface ApiParts extends PageParts {
  readonly chats: ChatApps;
  /** What IT staff do in Jira; null when it can only be read. */
  readonly desk: Desk | null;
  /** Tells every open page that the faults or the deliveries have changed, or the documents. */
  readonly announce: (type?: 'bot' | 'knowledge') => void;
}

/** The page's JSON API: method and path to what answers it. A wrong input throws a Refusal with 400. */
export function createApi(parts: ApiParts): Routes {
  const { knowledge = createKnowledge({ folder: parts.company.knowledgeFolder, shipped: null }), announce } = parts;
  const modelDesk = createModelDesk({ ...parts, announce: () => announce() });
  return {
    ...chatRoutes(parts),
    ...viewRoutes({ chat: parts.chats.slack.chat, slack: parts.slack }),
    ...teamsRoutes(parts),
    ...boardRoutes(parts),
    ...deskRoutes(parts.desk),
    ...knowledgeRoutes({ ...parts, knowledge, tell: () => announce('knowledge') }),
    ...controlRoutes({ ...parts, knowledge, modelDesk }),
    ...modelDesk.routes,
    ...storyRoutes(parts),
  };
}
