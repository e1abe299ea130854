import type { ShopEvent } from '../../schema/events.ts';
import { type CompanionClient, CompanionRefusal } from '../companion-client.ts';
import type { OutboxItem, Send, SendResult } from '../outbox.ts';

/** Sends what the outbox holds: events together, and one by one when the companion refuses the lot, to find the bad one. */
export function sendTo(client: Pick<CompanionClient, 'postEvents' | 'putDocument'>): Send {
  const sendOne = async (item: OutboxItem, signal: AbortSignal): Promise<SendResult> => {
    try {
      if (item.kind === 'event') await client.postEvents([item.body], { signal });
      else await client.putDocument(item.id, item.body, { signal });
      return null;
    } catch (thrown) {
      if (thrown instanceof CompanionRefusal) return { refused: thrown.message };
      throw thrown;
    }
  };
  return async (items, { signal }) => {
    const events = items.flatMap((item): ShopEvent[] => (item.kind === 'event' ? [item.body] : []));
    if (events.length === items.length && events.length > 1) {
      try {
        await client.postEvents(events, { signal });
        return items.map(() => null);
      } catch (thrown) {
        if (!(thrown instanceof CompanionRefusal)) throw thrown;
      }
    }
    const results: SendResult[] = [];
    for (const item of items) {
      try {
        results.push(await sendOne(item, signal));
      } catch (thrown) {
        // What was sent before the companion went away need not be sent again.
        if (results.length > 0) return results;
        throw thrown;
      }
    }
    return results;
  };
}
