import { slackNames } from './slack-names.js';

/** Name to character. Filled by all.js, in the page; the few here are what the texts of the helpdesk use. */
const byName = new Map(
  Object.entries({
    bulb: '💡',
    eyes: '👀',
    // Teams' own names of its reactions
    like: '👍',
    heart: '❤️',
    laugh: '😆',
    surprised: '😮',
    sad: '😢',
    angry: '😡',
    hourglass_flowing_sand: '⏳',
    information_source: 'ℹ️',
    robot_face: '🤖',
    tada: '🎉',
    ticket: '🎫',
    thumbsdown: '👎',
    thumbsup: '👍',
    warning: '⚠️',
    wave: '👋',
    white_check_mark: '✅',
  }),
);

/** Slack's number of a skin tone to the character that colours the one before it. */
const skinTones = { 2: '\u{1F3FB}', 3: '\u{1F3FC}', 4: '\u{1F3FD}', 5: '\u{1F3FE}', 6: '\u{1F3FF}' };
/** A letter of a flag's country as the character that makes the flag. */
const regionalA = 0x1f1e6;

/**
 * Takes in gemoji's list, under its names and under Slack's where they differ.
 * @param {{ emoji: string, names: string[] }[]} gemoji
 */
export function learnEmoji(gemoji) {
  for (const { emoji, names } of gemoji) for (const name of names) byName.set(name, emoji);
  for (const [slackName, name] of Object.entries(slackNames)) {
    const emoji = byName.get(name);
    if (emoji !== undefined) byName.set(slackName, emoji);
  }
}

/** The character of an emoji name (without colons), or null when there is none. */
export function emojiOf(name) {
  const [plain, tone] = name.split('::skin-tone-');
  const found = byName.get(plain) ?? flagOf(plain);
  if (found === null) return null;
  return tone === undefined ? found : found.replace('\uFE0F', '') + (skinTones[tone] ?? '');
}

/** Plain text with its `:names:` replaced. */
export function withEmoji(text) {
  return text.replaceAll(/:([a-z0-9_+'-]+(?:::skin-tone-[2-6])?):/g, (written, name) => emojiOf(name) ?? written);
}

/** Slack calls flags by the country's code: `flag-nl`. */
function flagOf(name) {
  const code = /^flag-([a-z]{2})$/.exec(name)?.[1];
  if (code === undefined) return null;
  return Array.from(code, (letter) => String.fromCodePoint(regionalA + letter.charCodeAt(0) - 97)).join('');
}
