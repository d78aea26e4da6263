import { Icon } from '../icons.js';
import { Link } from '../link.js';
import { html } from '../view.js';
import { isOwn, Picture } from './picture.js';
import { plainTextOf } from './text.js';

/** A film from elsewhere: its thumbnail and a link to it. https://docs.slack.dev/reference/block-kit/blocks/video-block */
export function Video({ block }) {
  const { title, title_url, video_url, thumbnail_url, author_name, provider_name, description, alt_text } = block;
  const source = [provider_name, author_name].filter(Boolean).join(' · ');
  return html`
    <figure class="kit-video">
      ${source !== '' && html`<div class="kit-video-source">${source}</div>`}
      <figcaption>
        <strong><${Link} href=${title_url ?? video_url}>${plainTextOf(title)}<//></strong>
        ${description && html`<div>${plainTextOf(description)}</div>`}
      </figcaption>
      <${Link} href=${title_url ?? video_url}>
        <span class="kit-video-still">
          ${isOwn(thumbnail_url) && html`<${Picture} url=${thumbnail_url} alt=${alt_text} />`}
          <span class="kit-video-play"><${Icon} name="play" /></span>
          ${!isOwn(thumbnail_url) && html`<span>${alt_text}</span>`}
        </span>
      <//>
    </figure>
  `;
}
