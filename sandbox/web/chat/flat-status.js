import { pathTo } from '../api.js';
import { useQuery } from '../query.js';
import { html } from '../view.js';
import { useWorkspace } from '../workspace.js';
import { StatusLine } from './status-line.js';

/** Below the messages of a chat without threads: whether the app is typing. */
export function FlatStatus({ channel: { id } }) {
  const { me } = useWorkspace();
  const path = pathTo('/api/chat/messages', { ...me, channel: id, limit: 1 });
  const { data } = useQuery(path, ({ type, channel }) => ['message', 'status'].includes(type) && channel === id);
  const stop = data?.canStop ? { channel: id, threadTs: '' } : null;
  return html`<${StatusLine} text=${data?.status} stop=${stop} />`;
}
