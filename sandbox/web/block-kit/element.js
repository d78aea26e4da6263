import { html } from '../view.js';
import { Button, IconButton, WorkflowButton } from './button.js';
import { Checkboxes, RadioButtons } from './choice.js';
import { ExternalMenu } from './external-menu.js';
import { FeedbackButtons } from './feedback.js';
import { Menu, MultiMenu } from './menu.js';
import { Overflow } from './overflow.js';
import { Picker } from './picker.js';
import { Picture } from './picture.js';
import { Text } from './text.js';
import { FileInput, TextInput } from './text-input.js';
import { Unsupported } from './unsupported.js';

/** Element type to what draws it. https://docs.slack.dev/reference/block-kit/block-elements */
const elements = {
  button: Button,
  channels_select: Menu,
  checkboxes: Checkboxes,
  conversations_select: Menu,
  datepicker: Picker,
  datetimepicker: Picker,
  email_text_input: TextInput,
  external_select: ExternalMenu,
  feedback_buttons: FeedbackButtons,
  file_input: FileInput,
  icon_button: IconButton,
  image: ({ element }) =>
    html`<${Picture} url=${element.image_url} file=${element.slack_file} alt=${element.alt_text} />`,
  mrkdwn: ({ element }) => html`<${Text} text=${element} />`,
  multi_channels_select: MultiMenu,
  multi_conversations_select: MultiMenu,
  multi_external_select: ExternalMenu,
  multi_static_select: MultiMenu,
  multi_users_select: MultiMenu,
  number_input: TextInput,
  overflow: Overflow,
  plain_text: ({ element }) => html`<${Text} text=${element} />`,
  plain_text_input: TextInput,
  radio_buttons: RadioButtons,
  rich_text_input: TextInput,
  static_select: Menu,
  timepicker: Picker,
  url_text_input: TextInput,
  users_select: Menu,
  workflow_button: WorkflowButton,
};

/** One element, and the block that it stands in. */
export function Element({ block, element }) {
  const type = String(element?.type);
  if (!Object.hasOwn(elements, type)) return html`<${Unsupported} what=${`${type} element`} />`;
  return html`<${elements[type]} block=${block} element=${element} />`;
}
