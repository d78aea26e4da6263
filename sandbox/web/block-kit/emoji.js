/** The emoji names that people and the bot use most; any other name stays as it is written. */
const emoji = {
  '+1': '👍',
  '-1': '👎',
  bell: '🔔',
  blush: '😊',
  bulb: '💡',
  computer: '💻',
  cry: '😢',
  exclamation: '❗',
  eyes: '👀',
  fire: '🔥',
  heart: '❤️',
  hourglass: '⌛',
  hourglass_flowing_sand: '⏳',
  information_source: 'ℹ️',
  iphone: '📱',
  key: '🔑',
  link: '🔗',
  lock: '🔒',
  mag: '🔍',
  moon: '🌔',
  pray: '🙏',
  printer: '🖨️',
  question: '❓',
  robot_face: '🤖',
  rocket: '🚀',
  slightly_smiling_face: '🙂',
  smile: '😄',
  speech_balloon: '💬',
  sweat_smile: '😅',
  tada: '🎉',
  thinking_face: '🤔',
  thumbsdown: '👎',
  thumbsup: '👍',
  ticket: '🎫',
  unlock: '🔓',
  warning: '⚠️',
  wave: '👋',
  white_check_mark: '✅',
  wrench: '🔧',
  x: '❌',
};

/** The character of an emoji name (without colons), or null when it is not kept. */
export function emojiOf(name) {
  return Object.hasOwn(emoji, name) ? emoji[name] : null;
}

/** Plain text with its `:names:` replaced. */
export function withEmoji(text) {
  return text.replaceAll(/:([a-z0-9_+-]+):/g, (written, name) => emojiOf(name) ?? written);
}
