/**
 * A conversation of Teams as we remember it: what is needed to write there later. Kept by the notes of the platform under
 * `chat/<tenantId>/<id>`, and written anew whenever an activity says otherwise (the `serviceUrl` changes).
 */
export interface TeamsChat {
  /** Without `;messageid=`. */
  readonly id: string;
  readonly tenantId: string;
  /** With its slash at the end. */
  readonly serviceUrl: string;
  /** `28:<app id>` as Teams calls us there. */
  readonly botId: string;
  readonly scope: 'personal' | 'groupChat' | 'channel';
  /** Of a channel: its team, by the id that the connector knows it by. */
  readonly teamId: string | null;
  /** Of a channel whose members are not the team's own, or that people of other tenants are in. */
  readonly isShared: boolean;
}
