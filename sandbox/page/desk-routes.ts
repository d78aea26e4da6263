import { z } from 'zod';
import type { Desk } from './desk.ts';
import { statusNames } from './jira-parts.ts';
import { route, type Routes } from './route.ts';

const Id = z.string().min(1).max(64);
const Act = z.object({ as: z.string().min(1).max(320), key: Id });
const OfComment = Act.extend({ id: Id });
/** As long as a text field of Jira takes. */
const Text = z.string().max(32_767);
const Files = z.array(Id).max(10);
const Saying = Act.extend({ text: Text, isInternal: z.boolean(), files: Files.default([]) }).refine(
  ({ text, files }) => text.trim() !== '' || files.length > 0,
  { path: ['text'] },
);

/** What IT staff do with an issue. Without a desk nobody does anything, and the staff is empty. */
export function deskRoutes(desk: Desk | null): Routes {
  if (desk === null) return { 'GET /api/board/desk': () => ({ staff: [], maxFileBytes: 0, otherProject: '' }) };
  return { 'GET /api/board/desk': () => desk.about(), ...commentRoutes(desk), ...issueRoutes(desk) };
}

function commentRoutes(desk: Desk): Routes {
  return {
    'POST /api/board/comment': route(Saying, (act) => desk.comment(act)),
    'POST /api/board/comment/edit': route(OfComment.extend({ text: Text.min(1) }), (act) => {
      desk.editComment(act);
      return {};
    }),
    'POST /api/board/comment/remove': route(OfComment, (act) => {
      desk.removeComment(act);
      return {};
    }),
  };
}

function issueRoutes(desk: Desk): Routes {
  const Resolving = Act.extend({ to: z.enum(statusNames), resolution: z.string().min(1).max(100).optional() });
  return {
    'POST /api/board/attach': route(Act.extend({ files: Files.min(1) }), (act) => {
      desk.attach(act);
      return {};
    }),
    'POST /api/board/assign': route(Act.extend({ assignee: z.string().min(1).max(320).nullable() }), (act) => {
      desk.assign(act);
      return {};
    }),
    'POST /api/board/transition': route(Resolving, (act) => {
      desk.transition(act);
      return {};
    }),
    'POST /api/board/remove': route(Act, (act) => {
      desk.removeIssue(act);
      return {};
    }),
    'POST /api/board/move': route(Act, (act) => desk.moveIssue(act)),
  };
}
