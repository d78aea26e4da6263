import { html } from '../view.js';
import { Button } from './button.js';
import { Picture } from './picture.js';
import { Text } from './text.js';
import { Unsupported } from './unsupported.js';

const elements = {
  button: Button,
  image: ({ element }) => html`<${Picture} url=${element.image_url} alt=${element.alt_text} />`,
  mrkdwn: ({ element }) => html`<${Text} text=${element} />`,
  plain_text: ({ element }) => html`<${Text} text=${element} />`,
};

/** One element of a section's accessory, an actions or a context block. */
export function Element({ element }) {
  const type = String(element?.type);
  if (!Object.hasOwn(elements, type)) return html`<${Unsupported} what=${`${type} element`} />`;
  return html`<${elements[type]} element=${element} />`;
}
