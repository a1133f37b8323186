import type { RunEvent } from '../core/engine/events.js';
import type { ValuePlace } from '../core/engine/value-places.js';
import type { ErrorDetails } from '../core/errors.js';
import type { GraphDocument, NodeId } from '../core/graph/types.js';
import type { LensAnswer, LensQuestion } from '../core/node/lens-answer.js';
import type { InspectedValue } from '../core/node/value-description.js';
import type { DeviceVerdict, RunReply, RunRequest } from './messages.js';
import { createResultMirror } from './result-mirror.js';

/** Bytes of finished results that the page keeps for a thread that dies. */
const MIRROR_BYTES = 64 * 2 ** 20;

/** How a run ended. */
export type RunResult = Extract<RunReply, { readonly type: 'finished' }>;

/** What the run thread can choose from, for widgets. */
export interface RunLists {
  readonly models: readonly string[];
  readonly loras?: readonly string[];
  readonly vaes?: readonly string[];
  readonly embeddings?: readonly string[];
  readonly pictures: readonly string[];
}

/** What the run thread tells of its own accord. */
export interface RunClientListener {
  deviceChanged(device: DeviceVerdict): void;
  /** The thread could not start, or died and is started anew. */
  failed(details: ErrorDetails): void;
  event(runId: number, event: RunEvent): void;
}

/** The main thread's side of the run thread. */
export interface RunClient {
  /** Runs a document; resolves when it ended in any way. One run at a time: a second one is refused by a rejection. */
  run(document: GraphDocument, targets?: readonly NodeId[], scope?: string): Promise<RunResult>;
  /** What is kept of a value of the last run of its scope; `not-kept` when the thread died meanwhile. */
  inspect(place: ValuePlace, socketType: string): Promise<InspectedValue>;
  /** Where a place of a result looks; undefined while a run goes on, and when what it takes is not kept. */
  lens(
    places: Readonly<Record<string, ValuePlace>>,
    question: LensQuestion,
  ): Promise<LensAnswer | undefined>;
  /** What is known of a model or a picture without loading it; a sentence when it cannot be known. */
  facts(kind: 'model' | 'vae' | 'picture', name: string): Promise<object | string>;
  /** Asks the current run to stop at the next possible place. */
  interrupt(): void;
  /** Asks for the lists that widgets choose from. */
  lists(): Promise<RunLists>;
  dispose(): void;
}

interface Pending {
  readonly runId: number;
  /** What was asked, to be asked again of a new thread. */
  readonly request: RunRequest;
  isSecondTry: boolean;
  readonly resolve: (result: RunResult) => void;
}

/**
 * Starts the run thread with `start` and keeps it alive: when it crashes, a new thread goes on with the run from the last
 * pass that was finished, once; a second crash fails it in words.
 */
export function createRunClient(start: () => Worker, listener: RunClientListener): RunClient {
  let worker: Worker | undefined;
  let nextRunId = 1;
  let nextRequestId = 1;
  const asked = new Map<number, (value: InspectedValue) => void>();
  const looked = new Map<number, (answer: LensAnswer | undefined) => void>();
  const wondered = new Map<number, (fact: object | string) => void>();
  let current: Pending | undefined;
  let waiting: ((lists: RunLists) => void)[] = [];
  let isDisposed = false;
  const mirror = createResultMirror(MIRROR_BYTES);

  const post = (request: RunRequest): void => {
    worker ??= open();
    worker.postMessage(request.type === 'run' ? mirror.withKept(request) : request);
  };
  worker = open();
  return {
    run(document, targets, scope) {
      if (current) return Promise.reject(new Error('A run is still going on.'));
      const runId = nextRunId++;
      return new Promise((resolve) => {
        const request: RunRequest = {
          type: 'run',
          runId,
          document,
          ...(targets && { targets }),
          ...(scope !== undefined && { scope }),
        };
        current = { runId, request, isSecondTry: false, resolve };
        post(request);
      });
    },
    inspect(place, socketType) {
      const requestId = nextRequestId++;
      return new Promise((resolve) => {
        asked.set(requestId, resolve);
        post({ type: 'inspect', requestId, place, socketType });
      });
    },
    lens(places, question) {
      const requestId = nextRequestId++;
      return new Promise((resolve) => {
        looked.set(requestId, resolve);
        post({ type: 'lens', requestId, places, question });
      });
    },
    facts(kind, name) {
      const requestId = nextRequestId++;
      return new Promise((resolve) => {
        wondered.set(requestId, resolve);
        post({ type: 'facts', requestId, kind, name });
      });
    },
    interrupt() {
      // Whoever wants a run to stop does not want it begun again.
      if (!current) return;
      current.isSecondTry = true;
      post({ type: 'interrupt', runId: current.runId });
    },
    lists() {
      return new Promise((resolve) => {
        waiting.push(resolve);
        if (waiting.length === 1) post({ type: 'lists' });
      });
    },
    dispose() {
      isDisposed = true;
      worker?.terminate();
      worker = undefined;
    },
  };

  function open(): Worker {
    const opened = start();
    opened.addEventListener('message', ({ data }: MessageEvent<RunReply>) => {
      if (opened === worker) receive(data);
    });
    opened.addEventListener('error', (event) => {
      event.preventDefault();
      if (opened === worker) crash(event.message || 'the script could not be loaded');
    });
    opened.addEventListener('messageerror', () => {
      if (opened === worker) crash('a message could not be read');
    });
    return opened;
  }

  function receive(reply: RunReply): void {
    switch (reply.type) {
      case 'ready':
        listener.deviceChanged(reply.device);
        return;
      case 'failed':
        listener.failed(reply.details);
        return;
      case 'lists': {
        const answered = waiting;
        waiting = [];
        for (const resolve of answered) resolve(reply);
        return;
      }
      case 'inspected':
        asked.get(reply.requestId)?.(reply.value);
        asked.delete(reply.requestId);
        return;
      case 'lensed':
        looked.get(reply.requestId)?.(reply.answer);
        looked.delete(reply.requestId);
        return;
      case 'facts':
        wondered.get(reply.requestId)?.(reply.fact);
        wondered.delete(reply.requestId);
        return;
      case 'event':
        if (reply.runId === current?.runId) listener.event(reply.runId, reply.event);
        return;
      case 'kept':
        mirror.keep(reply.result);
        return;
      case 'finished':
        if (reply.runId === current?.runId) settle(reply);
    }
  }

  function settle(result: RunResult): void {
    const ended = current;
    current = undefined;
    ended?.resolve(result);
  }

  /** A dead thread takes its caches with it; the next request starts a new one, the next run hands it the mirror. */
  function crash(reason: string): void {
    worker?.terminate();
    worker = undefined;
    if (isDisposed) return;
    mirror.owe();
    const answered = waiting;
    waiting = [];
    for (const resolve of answered) resolve({ models: [], pictures: [] });
    for (const resolve of asked.values()) resolve({ kind: 'not-kept' });
    asked.clear();
    for (const resolve of looked.values()) resolve(undefined);
    looked.clear();
    for (const resolve of wondered.values()) resolve(reason);
    wondered.clear();
    listener.failed({ code: 'worker/crashed', reason });
    if (current && !current.isSecondTry) {
      current.isSecondTry = true;
      post(current.request);
    } else if (current) {
      settle({
        type: 'finished',
        runId: current.runId,
        outcome: 'error',
        problems: [],
        bytesRead: 0,
      });
    }
  }
}
