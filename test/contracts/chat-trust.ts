import type { ChatStage } from './chat-stage.ts';
import { asks, heard, mentions, until } from './chat-stage.ts';

/** 403: signed by the vendor, but of another company, or to be answered elsewhere. */
const refused = [401, 403];

/** Whom we believe, and what we promise. */
export function trustContract(at: () => ChatStage): void {
  describe('who knocks', () => {
    test('what the vendor has not signed is refused, and reaches nobody', async () => {
      await heard(at(), asks);
      const attempts = at().forgeries(at().door.knockWith(asks.text));
      expect(attempts.length).toBeGreaterThan(3);
      for (const { name, send } of attempts) {
        const status = await send();
        expect([name, status, refused.includes(status)]).toEqual([name, status, true]);
        expect([name, at().inbox.begun]).toEqual([name, 1]);
      }
    });

    test('credentials that the vendor refuses are a fault of the set-up', async () => {
      await expect(at().wronglySetUp().start()).rejects.toMatchObject({ name: 'SetupError' });
    });
  });

  describe('what is promised', () => {
    test.each([
      ['a direct message', asks],
      ['a mention', mentions],
    ])('%s is not acknowledged while it is not stored', async (_, said) => {
      const { promise, resolve } = Promise.withResolvers<void>();
      at().inbox.hold = promise;
      await at().say(said);
      await until(() => at().inbox.begun > 0, 'it is in hand');
      const statuses = () =>
        at()
          .door.knocks.filter(({ body }) => body.includes(said.text))
          .map(({ status }) => status);
      expect(statuses()).not.toContain(200);
      resolve();
      await until(() => statuses().every((status) => status === 200), 'it is acknowledged');
      expect(at().inbox.messages).toHaveLength(1);
    });

    test('what could not be stored is told to the vendor, which delivers it again', async () => {
      at().inbox.failOnce();
      const { message } = await heard(at(), asks);
      const knocks = () => at().door.knocks.filter(({ body }) => body.includes(asks.text));
      await until(() => knocks()[1]?.status === 200, 'it is acknowledged');
      const [first, second] = knocks();
      expect(first?.status).toBeGreaterThanOrEqual(500);
      expect(second?.body).toBe(first?.body);
      expect(message).toMatchObject({ text: asks.text, addressed: true });
    });

    test('an edit that could not be stored comes again', async () => {
      const { spoken } = await heard(at(), asks);
      at().inbox.failOnce();
      await at().edit(spoken, 'my laptop beeps');
      await until(() => at().inbox.changes.length === 1, 'it comes again');
      expect(at().inbox.changes).toMatchObject([{ text: 'my laptop beeps' }]);
    });

    test('stopping waits for what is in hand, and takes no more', async () => {
      const { promise, resolve } = Promise.withResolvers<void>();
      const { platform, inbox, door } = at();
      inbox.hold = promise;
      await at().say(asks);
      await until(() => inbox.begun === 1, 'it is in hand');
      let stopped = false;
      const stopping = platform.stop().then(() => {
        stopped = true;
      });
      expect(await door.replay(door.knockWith(asks.text))).toBeGreaterThanOrEqual(500);
      expect([stopped, inbox.handed.messages.length]).toEqual([false, 0]);
      resolve();
      await stopping;
      expect(inbox.messages).toHaveLength(1);
    });

    test('after a stop and a start it takes what comes', async () => {
      await at().restart();
      const { message } = await heard(at(), asks);
      expect(message.addressed).toBe(true);
    });
  });
}
