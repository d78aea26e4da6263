import { type JiraOptions, type JiraSandbox, type PastTicket, startJira } from '../../../sandbox/jira/index.ts';

export const people = [
  { name: 'Ada Poe', email: 'ada@acme.example' },
  { name: 'Adam Poole', email: 'adam@acme.example', role: 'it-staff' },
  { name: 'Nia Hidden', email: 'nia@acme.example', hidesEmail: true, role: 'employee' },
];

export const past: PastTicket = {
  key: 'IT-1',
  created: '2026-02-02T08:47:00Z',
  resolved: '2026-02-02T12:10:00Z',
  reporter: 'ada@acme.example',
  assignee: 'adam@acme.example',
  summary: 'VPN goes down',
  description: 'Since Friday.',
  comments: [],
  resolution: 'Done',
  labels: [],
};

export const fields = { project: { key: 'IT' }, issuetype: { name: 'Task' }, summary: 'Help' };

export const adf = (text: string) => ({
  type: 'doc',
  version: 1,
  content: [{ type: 'paragraph', content: [{ type: 'text', text }] }],
});

/** What was answered; the body is JSON, or text. */
export interface Answered {
  readonly status: number;
  readonly headers: Headers;
  // what tests read of answers is as various as the answers
  // oxlint-disable-next-line typescript/no-explicit-any
  readonly body: any;
}

/** A site, and calls to it as the bot or as somebody else. */
export interface TestSite {
  readonly jira: JiraSandbox;
  call(method: string, path: string, sent?: unknown, as?: string): Promise<Answered>;
  upload(key: string, files: readonly { name: string; type: string; bytes: Buffer }[]): Promise<Answered>;
  /** Makes an issue. @returns its key. */
  create(more?: object): Promise<string>;
}

export async function startSite(options: Partial<JiraOptions> = {}): Promise<TestSite> {
  const jira = await startJira({ people, pastTickets: [past], ...options });
  const credentials = (as = jira.email) => `Basic ${Buffer.from(`${as}:${jira.apiToken}`).toString('base64')}`;

  async function call(...[method, path, sent, as]: Parameters<TestSite['call']>): Promise<Answered> {
    const response = await fetch(`${jira.url}${path}`, {
      method,
      headers: { authorization: credentials(as), 'content-type': 'application/json' },
      redirect: 'manual',
      ...(sent === undefined ? {} : { body: JSON.stringify(sent) }),
    });
    return answered(response);
  }

  return {
    jira,
    call,
    async upload(key, files) {
      const form = new FormData();
      for (const { name, type, bytes } of files) form.append('file', new Blob([new Uint8Array(bytes)], { type }), name);
      const headers = { authorization: credentials(), 'x-atlassian-token': 'no-check' };
      const address = `${jira.url}/rest/api/3/issue/${key}/attachments`;
      return answered(await fetch(address, { method: 'POST', headers, body: form }));
    },
    async create(more = {}) {
      const { status, body } = await call('POST', '/rest/api/3/issue', { fields: { ...fields, ...more } });
      if (status !== 201) throw new Error(`not made: ${JSON.stringify(body)}`);
      return body.key as string;
    },
  };
}

async function answered(response: Response): Promise<Answered> {
  const text = await response.text();
  const isJson = response.headers.get('content-type')?.startsWith('application/json') === true && text !== '';
  return { status: response.status, headers: response.headers, body: isJson ? JSON.parse(text) : text };
}
