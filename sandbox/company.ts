import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** The sample company: its people, channels, past tickets, and the folder of its documents. */
export interface Company {
  readonly name: string;
  readonly people: readonly CompanyPerson[];
  readonly channels: readonly CompanyChannel[];
  readonly tickets: readonly PastTicket[];
  readonly knowledgeFolder: string;
  /** Where the documents are kept; not given: all of them in the folder. */
  readonly places?: CompanyPlaces;
  /** What of Teams is not in Slack; not given: a team of the company's name, and no group chats. */
  readonly teams?: CompanyTeams;
}
export interface CompanyTeams {
  /** The team's name, in which all channels are. */
  readonly team: string;
  /** Group chats with the bot in them; members by Slack ids. */
  readonly groups: readonly { readonly id: string; readonly name: string; readonly members: readonly string[] }[];
}
/** Folders of documents by the system that keeps them. What is named nowhere stays in the folder. */
export interface CompanyPlaces {
  readonly confluence: {
    readonly space: { readonly key: string; readonly name: string };
    /** The group that may read the space: all employees. */
    readonly readers: string;
    readonly folders: readonly string[];
  };
  readonly notion: { readonly folders: readonly string[] };
}
export interface CompanyPerson {
  readonly slackId: string;
  readonly name: string;
  readonly email: string;
  readonly title: string;
  readonly office: string;
  readonly team: string;
  readonly role: 'employee' | 'it-staff';
  readonly timezone: string;
  readonly jiraAccountId?: string;
  /** A guest of the workspace. */
  readonly guest?: boolean;
}
export interface CompanyChannel {
  readonly id: string;
  readonly name: string;
  readonly private: boolean;
  readonly topic: string;
  /** Slack ids. */
  readonly members: readonly string[];
  /** Shared with another company. */
  readonly isExtShared?: boolean;
}
export interface PastTicket {
  readonly key: string;
  readonly created: string;
  readonly resolved: string;
  readonly reporter: string;
  readonly assignee: string;
  readonly summary: string;
  readonly description: string;
  readonly comments: readonly { author: string; at: string; public: boolean; body: string }[];
  readonly resolution: string;
  readonly labels: readonly string[];
}

export function loadCompany(): Company {
  const read = (name: string) => JSON.parse(readFileSync(new URL(`./company/${name}`, import.meta.url), 'utf8'));
  const { name, channels, places, teams } = read('company.json');
  const people: readonly CompanyPerson[] = read('people.json');
  const everyone = people.map(({ slackId }) => slackId);
  return {
    name,
    channels: channels.map((channel: CompanyChannel | (CompanyChannel & { members: 'all' })) =>
      channel.members === 'all' ? { ...channel, members: everyone } : channel,
    ),
    people,
    tickets: read('tickets.json'),
    knowledgeFolder: fileURLToPath(new URL('./company/knowledge', import.meta.url)),
    places,
    teams,
  };
}
