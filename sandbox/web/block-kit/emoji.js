export { emojiOf, withEmoji } from '../emoji/emoji.js';
