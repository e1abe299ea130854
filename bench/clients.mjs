import { randomUUID } from 'node:crypto';

/** How many clients there are; each waits for one answer before it sends again. */
export const clients = 16;

/**
 * Events per second that some clients get through.
 * @param {number} calls
 * @param {number} length events in each call
 * @param {(events: import('../src/schema/events.ts').ShopEvent[]) => Promise<unknown>} send
 */
export async function rate(calls, length, send) {
  const batches = Array.from({ length: calls }, () => Array.from({ length }, makeEvent));
  const from = performance.now();
  const client = async () => {
    for (let batch = batches.pop(); batch; batch = batches.pop()) await send(batch);
  };
  await Promise.all(Array.from({ length: clients }, client));
  return (calls * length * 1000) / (performance.now() - from);
}

function makeEvent() {
  const data = {
    intent: 'invoice',
    amount: 250,
    currency: 'USD',
    client: 'Kabongo',
    timings: { stt: 812, total: 1403 },
  };
  return { id: randomUUID(), type: 'turn', data, timestamp: 1_763_820_187.25, source: 'bench' };
}
