import { gemoji } from '/vendor/gemoji.js';
import { learnEmoji } from './emoji.js';
import { slackNames } from './slack-names.js';

learnEmoji(gemoji);

const slackNameOf = new Map(Object.entries(slackNames).map(([slackName, name]) => [name, slackName]));
/** Most that a search shows. */
const mostFound = 120;

/** An emoji of the picker: its character, its name in Slack, and all words it is found by. */
const entries = gemoji.map(({ emoji, names, tags, description, category }) => {
  const name = slackNameOf.get(names[0]) ?? names[0];
  return { emoji, name, category, words: [name, ...names, ...tags, description.toLowerCase()] };
});

/** The picker's groups in order, each with its emoji. */
export const emojiGroups = Array.from(
  Map.groupBy(entries, ({ category }) => category),
  ([name, list]) => ({
    name,
    list,
  }),
);

/** Emoji whose name, or another word of theirs, begins with the query, the better ones first. */
export function findEmoji(query, most = mostFound) {
  const wanted = query.trim().toLowerCase().replaceAll(' ', '_').replaceAll(':', '');
  if (wanted === '') return [];
  const ranked = entries.flatMap((entry) => {
    const rank = rankOf(entry, wanted);
    return rank === null ? [] : [{ entry, rank }];
  });
  return ranked
    .sort((a, b) => a.rank - b.rank)
    .slice(0, most)
    .map(({ entry }) => entry);
}

function rankOf({ name, words }, wanted) {
  if (name === wanted) return 0;
  if (name.startsWith(wanted)) return 1;
  if (words.some((word) => word.startsWith(wanted))) return 2;
  return words.some((word) => word.includes(wanted)) ? 3 : null;
}

const nameOf = new Map(entries.map(({ emoji, name }) => [emoji, name]));

/** Text with its emoji written by name, as Slack's client sends them. */
export function namesForEmoji(text) {
  return text.replaceAll(/\p{RGI_Emoji}/gv, (emoji) => {
    const name = nameOf.get(emoji) ?? nameOf.get(`${emoji}\uFE0F`);
    return name === undefined ? emoji : `:${name}:`;
  });
}
