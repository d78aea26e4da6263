import { textWithMentions, withFilesShown } from './adf-writing.ts';
import type { Api, By } from './api.ts';
import { historyEntry } from './api.ts';
import { withFiles } from './attachments.ts';
import { addComment, commentOf, editedComment, withComment, withoutComment } from './comments.ts';
import type { Act, CommentAct, PeopleActs } from './contract.ts';
import { assigned, editedIssue, removeIssue } from './issues.ts';
import { type Account, type Attachment, type Comment, type Issue, projects } from './model.ts';
import { projectKeyOf } from './render.ts';
import { transitioned } from './transitions.ts';

/** Who acts, and on which issue. */
interface Scene {
  readonly issue: Issue;
  readonly by: By;
}

export function createActs(api: Api): PeopleActs {
  const { store, site } = api;
  return {
    staff: () => site.accounts.staff,
    ...commentActs(api),
    attach(act) {
      const { issue, by } = sceneOf(act, api);
      const { issue: changed, added } = withFiles(issue, [act], by);
      store.put(changed, by.actor);
      return firstOf(added);
    },
    assign(act) {
      const assignee = act.assignee === null ? null : { accountId: accountOf(act.assignee, api).accountId };
      change(sceneOf(act, api), ({ issue, by }) => assigned(issue, assignee, by));
    },
    transition(act) {
      const fields = act.resolution === undefined ? {} : { resolution: { name: act.resolution } };
      change(sceneOf(act, api), ({ issue, by }) => transitioned(issue, { to: act.to, fields }, by));
    },
    setSecurity(act) {
      const security = act.level === null ? null : { name: act.level };
      change(sceneOf(act, api), ({ issue, by }) => editedIssue(issue, { security }, by));
    },
    removeIssue(act) {
      const { issue, by } = sceneOf(act, api);
      removeIssue(issue, by);
    },
    moveIssue: (act) => change(sceneOf(act, api), ({ issue, by }) => movedIssue(issue, act.projectKey, by)).key,
    attachment(id) {
      const attachment = store.withAttachment(id)?.attachment;
      if (attachment === undefined) return null;
      const { name, mimeType } = attachment;
      return { name, mimeType, bytes: () => store.blobs.get(id) ?? Buffer.alloc(0) };
    },
  };
}

function commentActs(api: Api): Pick<PeopleActs, 'comment' | 'editComment' | 'removeComment'> {
  return {
    comment: (act) => comment(act, sceneOf(act, api)),
    editComment(act) {
      const { issue, by } = sceneOf(act, api);
      const sent = { body: textWithMentions(act.text, api.site.accounts.all) };
      const edited = editedComment(issue, { comment: commentOf(act.commentId, issue), sent }, by);
      api.store.put(withComment(issue, edited, api.now()), by.actor);
      return edited;
    },
    removeComment(act) {
      change(sceneOf(act, api), ({ issue }) => withoutComment(issue, act.commentId, api.now()));
    },
  };
}

/** @throws Error when there is no such person or issue. */
function sceneOf({ as, key }: Act, api: Api): Scene {
  const issue = api.store.find(key);
  if (issue === null) throw new Error(`There is no issue ${key}.`);
  return { issue, by: { actor: accountOf(as, api), api } };
}

/** Keeps the issue as it is afterwards. */
function change(scene: Scene, changed: (scene: Scene) => Issue): Issue {
  const issue = changed(scene);
  scene.by.api.store.put(issue, scene.by.actor);
  return issue;
}

/** The comment with its files, all in one change. @throws Refusal 400 when it is empty. */
function comment(act: CommentAct, { issue, by }: Scene): Comment {
  const { text = '', body, internal = false, visibility, files = [] } = act;
  const { issue: withAll, added } = files.length === 0 ? { issue, added: [] } : withFiles(issue, files, by);
  const written = body ?? textWithMentions(text, by.api.site.accounts.all);
  const sent = {
    body: withFilesShown(written, added),
    ...(visibility === undefined ? {} : { visibility }),
    ...(internal ? { properties: [{ key: 'sd.public.comment', value: { internal: true } }] } : {}),
  };
  const { issue: commented, comment: made } = addComment(withAll, sent, by);
  by.api.store.put(commented, by.actor);
  return made;
}

function movedIssue(issue: Issue, projectKey: string, { actor, api }: By): Issue {
  const from = projects.find(({ key }) => key === projectKeyOf(issue));
  const to = projects.find(({ key }) => key === projectKey);
  if (to === undefined || to === from) throw new Error(`${issue.key} cannot be moved to ${projectKey}.`);
  const key = api.store.nextKey(to.key);
  const at = api.now();
  const entries = [
    historyEntry({ kind: 'edit', field: 'project', from: from?.name ?? null, to: to.name }, { actor, at }),
    historyEntry({ kind: 'key', from: issue.key, to: key }, { actor, at }),
  ];
  return {
    ...issue,
    key,
    formerKeys: [...issue.formerKeys, issue.key],
    // the other project has no service desk
    request: null,
    updated: at.toISOString(),
    history: [...issue.history, ...entries],
  };
}

function accountOf(email: string, { site }: Api): Account {
  const account = site.accounts.byEmail(email);
  if (account !== null) return account;
  throw new Error(`Nobody has the address ${email}.`);
}

function firstOf([first]: readonly Attachment[]): Attachment {
  if (first !== undefined) return first;
  throw new Error('No file was attached.');
}
