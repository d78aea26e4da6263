import { outageContract } from './chat-outages.ts';
import { placesContract } from './chat-places.ts';
import { postingContract } from './chat-posting.ts';
import { pressingContract } from './chat-pressing.ts';
import { receivingContract } from './chat-receiving.ts';
import type { ChatStage } from './chat-stage.ts';
import { trustContract } from './chat-trust.ts';

/**
 * What every chat platform does, whichever it is: the same conversation rules, proven by the same tests. Run against the
 * real adapter, with the vendor's server of the sandbox behind it.
 *
 * @param open a new stage, with `crowd` more people in all channels.
 */
export function chatPlatformContract(name: string, open: (wish: { crowd: number }) => Promise<ChatStage>): void {
  let stage: ChatStage;
  beforeEach(async () => {
    stage = await open({ crowd: 0 });
  });
  afterEach(() => stage.close());
  const at = () => stage;

  describe(`${name}, receiving`, () => receivingContract(at));
  describe(`${name}, posting`, () => postingContract(at));
  describe(`${name}, pressing`, () => pressingContract(at));
  describe(`${name}, places and people`, () => placesContract(at, open));
  describe(`${name}, outages`, () => outageContract(at));
  describe(`${name}, trust`, () => trustContract(at));
}
