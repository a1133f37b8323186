import type { Problem } from '../core/graph/problems.js';
import type { NodeId } from '../core/graph/types.js';
import type { NodeRegistry } from '../core/node/registry.js';
import { loadDocument } from '../core/graph/load.js';
import { texts } from '../texts/texts.js';
import type { RunClient } from '../worker/run-client.js';
import type { AppState } from './app-state.js';
import { changeSettings } from './change-settings.js';
import type { DocumentSession } from './document-session.js';
import { createLiveRuns } from './live-runs.js';
import { fixesOf, fixesOfFailure, type ProblemFix } from './problem-fixes.js';
import type { RunJournal } from './run-journal.js';
import type { RunSession } from './run-session.js';
import { advanceSeeds, setSeedControl, type SeedControl } from './seed-control.js';
import type { Store } from './store.js';
import { wholeGraph } from './whole-graph.js';
import type { ValueInspection } from './value-inspection.js';

/** Everything about runs that a user asks for: queueing, values, repairs, the journal. */
export interface Running {
  readonly journal: RunJournal;
  readonly values: ValueInspection;
  /** Queues the document as often as is set, seeds moved on before each run. */
  queue(wish?: { readonly targets?: readonly NodeId[]; readonly isFront?: boolean }): void;
  setSeed(node: NodeId, input: string, control: SeedControl): void;
  toggleLive(): Promise<void>;
  /** The current run has come to another pass. */
  passBegan(): void;
  /** The repairs of a problem of the shown graph. */
  fixesOf(problem: Problem): readonly ProblemFix[];
  /** Makes a named repair of the problem at that place of the list, as one step of undo. */
  fixAt(problem: number, name: string): void;
  /** Makes a named repair of a node's problems or failure. */
  fixNode(id: NodeId, name: string): void;
  /** The graph of a run of the journal. @throws AppError when it cannot be read. */
  graphOf(id: number): ReturnType<typeof loadDocument>['document'] | undefined;
  dispose(): void;
}

/** Introduces runs to the document, the thread and the journal. */
export function createRunning(
  store: Store<AppState>,
  registry: NodeRegistry,
  parts: {
    readonly session: DocumentSession;
    readonly client: RunClient;
    readonly runs: RunSession;
    readonly journal: RunJournal;
    /** Calls back at once, or when the user wants a run that will not fit all the same. */
    readonly guard: (targets: readonly NodeId[] | undefined, go: () => void) => void;
    readonly say: (text: string) => void;
    readonly failed: (error: unknown) => void;
    readonly pickPicture: (id: NodeId, input: string) => void;
  },
): Running {
  const { session, client, runs, journal } = parts;
  const live = createLiveRuns(store, registry, runs);
  const fixes = (problem: Problem): readonly ProblemFix[] => {
    const { document, lists } = store.get();
    return fixesOf(problem, document, registry, lists);
  };
  const fix = (chosen: ProblemFix): void => {
    const result = chosen.apply();
    if (result === 'pick-picture') {
      if (chosen.node !== undefined && chosen.input !== undefined) {
        parts.pickPicture(chosen.node, chosen.input);
      }
      return;
    }
    session.change(chosen.label, result);
    parts.say(texts().running.fixes.done(chosen.label));
  };
  const queue: Running['queue'] = (wish = {}) => {
    const { runCount } = store.get();
    for (let i = 0; i < runCount; i += 1) {
      const whole = wholeGraph(store.get());
      const next = advanceSeeds(whole, registry, Math.random);
      if (next !== whole) session.changeWhole(texts().edits.seed, next);
      void runs.run(wish);
    }
  };
  return {
    journal,
    values: valuesOf(async () => {
      const { createValueInspection } = await import('./value-inspection.js');
      return createValueInspection(store, registry, client, runs.flatView);
    }, parts.failed),
    queue(wish = {}) {
      parts.guard(wish.targets, () => {
        queue(wish);
      });
    },
    setSeed(node, input, control) {
      const whole = wholeGraph(store.get());
      const next = setSeedControl(whole, node, input, control);
      if (next !== whole) session.changeWhole(texts().edits.seed, next);
    },
    toggleLive: () => changeSettings(store, { isLive: !store.get().settings.isLive }),
    passBegan() {
      live.passBegan();
    },
    fixesOf: fixes,
    fixAt(at, name) {
      const problem = store.get().problems[at];
      const chosen = problem && fixes(problem).find((offer) => offer.name === name);
      if (chosen) fix(chosen);
    },
    fixNode(id, name) {
      const { document, lists, problems } = store.get();
      const failure = runs.failureOf(id);
      const offered = [
        ...problems.filter(({ nodeId }) => nodeId === id).flatMap(fixes),
        ...(failure ? fixesOfFailure(failure, id, document, registry, lists) : []),
      ];
      const chosen = offered.find((offer) => offer.name === name);
      if (chosen) fix(chosen);
    },
    graphOf(id) {
      const run = store.get().journal.find((entry) => entry.id === id);
      return run && loadDocument(run.graph, registry).document;
    },
    dispose() {
      live.dispose();
    },
  };
}

/** An inspection whose code is loaded when a value is first asked for; meanwhile the last wish counts. */
function valuesOf(
  load: () => Promise<ValueInspection>,
  failed: (error: unknown) => void,
): ValueInspection {
  let loading: Promise<void> | undefined;
  let values: ValueInspection | undefined;
  let wish: ((inspection: ValueInspection) => void) | undefined;
  const ask = (next: typeof wish): void => {
    wish = next;
    if (values) next?.(values);
    else
      loading ??= load().then((loaded) => {
        values = loaded;
        wish?.(loaded);
      }, failed);
  };
  return {
    hover(target) {
      if (values || target)
        ask((inspection) => {
          inspection.hover(target);
        });
      else wish = undefined;
    },
    show(target) {
      ask((inspection) => {
        inspection.show(target);
      });
    },
    close() {
      wish = undefined;
      values?.close();
    },
  };
}
