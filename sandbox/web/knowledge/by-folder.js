/**
 * Articles by the folder they lie in, both sorted by name; those that lie in none come first.
 * @returns {[string, object[]][]}
 */
export function byFolder(articles) {
  const folders = Map.groupBy(articles, ({ folder }) => folder);
  const sorted = [...folders].map(([folder, inside]) => [folder, inside.toSorted(byTitle)]);
  return sorted.toSorted(([one], [other]) => one.localeCompare(other));
}

/**
 * Articles by what keeps them, in the order of `systems`; what keeps none of them is left out.
 * @param {{ system: string }[]} systems
 * @returns {[object, object[]][]}
 */
export function bySystem(articles, systems) {
  const found = Map.groupBy(articles, ({ system }) => system);
  return systems.flatMap((one) => (found.has(one.system) ? [[one, found.get(one.system)]] : []));
}

/** A folder's path as words: `it/remote-work` is "It / Remote work". */
export function folderName(folder) {
  if (folder === '') return 'Without a folder';
  const words = folder.split('/').map((name) => name.replaceAll(/[-_]+/g, ' ').trim() || name);
  return words.map((name) => name.charAt(0).toUpperCase() + name.slice(1)).join(' / ');
}

function byTitle(one, other) {
  return one.title.localeCompare(other.title);
}
