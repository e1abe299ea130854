import type { Faults } from '../ai/faults.ts';
import type { WorkerLike } from './remote.ts';

/**
 * A worker with faults at `name.method` of each call, as its page sees them: one that hangs answers nothing any more until it is
 * replaced; one that is lost tells so with an error event. `worker` is told `lose-gpu` to lose its GPU. For tests.
 */
export function withWorkerFaults(worker: WorkerLike, name: string, faults: () => Faults): WorkerLike {
  const onMessage: ((event: MessageEvent<unknown>) => void)[] = [];
  const onError: ((event: Event) => void)[] = [];
  let hangs = false;
  const reply = (data: unknown): void => {
    for (const listener of onMessage) listener(new MessageEvent('message', { data }));
  };
  worker.addEventListener('message', (event) => {
    if (!hangs) reply(event.data);
  });
  worker.addEventListener('error', (event) => {
    for (const listener of onError) listener(event);
  });
  const strike = (id: number, place: string, send: () => void): void => {
    switch (faults().draw(place)) {
      case null:
        send();
        return;
      case 'throw': {
        const error = { name: 'Error', code: 'internal', message: `${place} was made to throw` };
        queueMicrotask(() => reply({ kind: 'failed', id, error }));
        return;
      }
      case 'hang':
        hangs = true;
        return;
      case 'late':
        setTimeout(send, faults().lateMs);
        return;
      case 'garbage':
        queueMicrotask(() => reply({ kind: 'done', id, value: faults().garbage(place) }));
        return;
      case 'gpu-lost':
        worker.postMessage('lose-gpu', []);
        send();
        return;
      case 'worker-lost':
        queueMicrotask(() => {
          for (const listener of onError) listener(new Event('error'));
        });
    }
  };
  return {
    postMessage: (message, transfer) => {
      if (hangs) return;
      const send = (): void => worker.postMessage(message, transfer);
      if (isCall(message)) strike(message.id, `${name}.${message.method}`, send);
      else send();
    },
    addEventListener: (type: string, listener: ((event: MessageEvent<unknown>) => void) & ((event: Event) => void)) => {
      if (type === 'message') onMessage.push(listener);
      else if (type === 'error') onError.push(listener);
    },
    terminate: () => worker.terminate(),
  };
}

function isCall(message: unknown): message is { id: number; method: string } {
  return typeof message === 'object' && message !== null && 'kind' in message && message.kind === 'call';
}
