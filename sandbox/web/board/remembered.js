/**
 * What the board keeps while an issue, or another part of the page, stands in its place: what was asked for, the
 * newest issue of the first look (what is newer is pointed out, once), the scroll of each column, the issue that was
 * opened, whose card gets the focus back, and the column at which it is to begin.
 */
export const remembered = {
  wish: { text: '', label: '', reporter: '', done: 30 },
  newest: null,
  pointedOut: new Set(),
  scroll: new Map(),
  opened: null,
  column: null,
};

/** The next time that the board is shown, it begins at this column. */
export function wishColumn(name) {
  remembered.column = name;
}

/** Whether this issue came after the first look and was not pointed out yet. */
export function isArrival({ key, created }) {
  const { newest, pointedOut } = remembered;
  return newest !== null && Date.parse(created) > Date.parse(newest) && !pointedOut.has(key);
}
