/**
 * Comments and changes in one order. That a comment was added is told by the comment itself wherever it is shown.
 * @param {'all' | 'comments' | 'history'} kind
 * @returns {{ id: string, at: string, comment: object | null, entry: object | null }[]}
 */
export function activityOf({ comments, history }, kind, isNewestFirst) {
  const said = comments.map((comment) => ({ id: `c${comment.id}`, at: comment.created, comment, entry: null }));
  const done = history
    .map((entry, index) => ({ id: `h${index}`, at: entry.at, comment: null, entry }))
    .filter(({ entry }) => kind === 'history' || entry.kind !== 'comment');
  const all = [...(kind === 'comments' ? [] : done), ...(kind === 'history' ? [] : said)];
  const oldestFirst = all.toSorted((one, other) => Date.parse(one.at) - Date.parse(other.at));
  return isNewestFirst ? oldestFirst.reverse() : oldestFirst;
}
