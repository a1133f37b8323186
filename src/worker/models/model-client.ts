import type { ErrorDetails } from '../../core/errors.js';
import type { ModelPlace, ModelReply, ModelRequest, Prospect } from './model-messages.js';

/** What the model thread tells of its own accord. */
export interface ModelListener {
  models(told: Extract<ModelReply, { readonly type: 'models' }>): void;
  failed(details: ErrorDetails): void;
}

/** The page's side of the model thread. */
export interface ModelClient {
  /** Looks at a place; a later call makes an earlier one answer nothing. */
  look(place: ModelPlace, taken: readonly string[]): Promise<Prospect>;
  send(request: Exclude<ModelRequest, { readonly type: 'look' }>): void;
}

/** Talks with a started model thread. */
export function createModelClient(worker: Worker, listener: ModelListener): ModelClient {
  let nextId = 1;
  let waiting: { readonly id: number; readonly resolve: (prospect: Prospect) => void } | undefined;
  worker.addEventListener('message', ({ data }: MessageEvent<ModelReply>) => {
    switch (data.type) {
      case 'found':
        if (data.requestId === waiting?.id) waiting.resolve(data.prospect);
        return;
      case 'models':
        listener.models(data);
        return;
      case 'failed':
        listener.failed(data.details);
    }
  });
  worker.addEventListener('error', (event) => {
    event.preventDefault();
    const reason = event.message || 'the script could not be loaded';
    listener.failed({ code: 'worker/crashed', reason });
  });
  return {
    look(place, taken) {
      const requestId = nextId++;
      return new Promise((resolve) => {
        waiting = { id: requestId, resolve };
        worker.postMessage({ type: 'look', requestId, place, taken } satisfies ModelRequest);
      });
    },
    send(request) {
      worker.postMessage(request);
    },
  };
}
