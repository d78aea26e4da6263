import { MenuButton } from '../chat/menu.js';
import { Confirm } from '../knowledge/confirm.js';
import { html, useState } from '../view.js';
import { useDesk } from './desk.js';

/** What is done with an issue as a whole, each asked about first. */
export function IssueMenu({ issueKey, onMoved, onRemoved }) {
  const { as, act, otherProject } = useDesk();
  const [asking, setAsking] = useState(null);
  if (as === null) return null;

  const questions = {
    move: {
      title: `Move ${issueKey} to ${otherProject}?`,
      words: `It gets a key of ${otherProject} and leaves this board. Links with the old key still lead to it.`,
      yes: 'Move',
      async onYes() {
        setAsking(null);
        const moved = await act('move');
        if (moved !== null) onMoved(moved.key);
      },
    },
    remove: {
      title: `Delete ${issueKey}?`,
      words: 'The issue goes away with its comments, attachments and history, for good.',
      yes: 'Delete',
      async onYes() {
        setAsking(null);
        if ((await act('remove')) !== null) onRemoved();
      },
    },
  };
  const isMoved = issueKey.startsWith(`${otherProject}-`);
  const move = { label: `Move to project ${otherProject}`, icon: 'next', onChoose: () => setAsking('move') };
  const remove = { label: 'Delete', icon: 'trash', isDanger: true, onChoose: () => setAsking('remove') };
  return html`
    <${MenuButton} label="More about this issue" icon="more" align="end" items=${isMoved ? [remove] : [move, null, remove]} />
    ${asking !== null && html`<${Confirm} ...${questions[asking]} no="Cancel" onNo=${() => setAsking(null)} />`}
  `;
}
