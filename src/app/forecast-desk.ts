import { createForecaster, type Forecaster } from '../core/forecast/forecast-graph.js';
import { createPlan } from '../core/engine/plan.js';
import { flatten, problemsAt } from '../core/graph/flatten.js';
import type { GraphDocument, NodeId } from '../core/graph/types.js';
import { isLink } from '../core/graph/types.js';
import { validateInner } from '../core/graph/validate.js';
import type { NodeRegistry } from '../core/node/registry.js';
import type { ForecastFacts, ModelFacts, VaeFacts } from '../diffusion/forecast-facts.js';
import { layerLaneNames } from '../diffusion/schedule-sources.js';
import type { RunClient } from '../worker/run-client.js';
import type { AppState } from './app-state.js';
import { changeSettings } from './change-settings.js';
import { misfitDialog, type ForecastDesk } from './forecast-contract.js';
import { forecastRun } from './run-forecast.js';
import type { RunForecast } from './run-outlook.js';
import { measuredSpeeds } from './run-speeds.js';
import type { Store } from './store.js';
import { wholeGraph } from './whole-graph.js';

/** How long the document must stay as it is before it is looked at. */
const SETTLED_MS = 150;

/** Watches the document and looks at it when it has settled, outside of the edit itself. */
export function createForecastDesk(
  store: Store<AppState>,
  registry: NodeRegistry,
  client: RunClient,
  changed: () => void,
): ForecastDesk {
  const shown = createForecaster(registry);
  const aside = createForecaster(registry);
  let facts: ForecastFacts = {
    model: () => undefined,
    vae: () => undefined,
    picture: () => undefined,
  };
  const library = createFacts(client, (next) => {
    facts = next;
    schedule();
  });
  let timer: ReturnType<typeof setTimeout> | undefined;
  let waiting: { readonly forecast: RunForecast; readonly go: () => void } | undefined;
  let seen: { readonly nodes: GraphDocument['nodes']; readonly device: AppState['device'] } = {
    nodes: {},
    device: undefined,
  };

  const make = (forecaster: Forecaster, targets?: readonly NodeId[]): RunForecast => {
    const { device } = store.get();
    const document = flatten(wholeGraph(store.get()));
    const outlook = forecaster.forecast(document, facts);
    const needed = new Set(createPlan(document, registry, targets).nodes);
    const loaders = new Set(
      Object.keys(document.nodes).filter((id) =>
        ['loaders', 'model'].includes(registry.get(document.nodes[id]?.type ?? '')?.category ?? ''),
      ),
    );
    const { provider = 'wasm', ...limits } = device ?? {};
    return forecastRun(outlook, needed, loaders, { provider, ...limits, deviceBytes: reported() });
  };
  const look = (): void => {
    timer = undefined;
    const { path } = store.get();
    const whole = wholeGraph(store.get());
    const flat = flatten(whole);
    library.ask(flat, registry);
    tellLayers(store, modelsOf(flat, registry, facts));
    const forecast = make(shown);
    const foreseen = problemsAt(whole, forecast.outlook.problems, path);
    const problems = [...validateInner(whole, registry, path), ...foreseen];
    store.set({ forecast, problems });
    changed();
  };
  function schedule(): void {
    clearTimeout(timer);
    timer = setTimeout(look, SETTLED_MS);
  }
  schedule();
  const stop = store.watch(({ document, device }) => {
    if (document.nodes === seen.nodes && device === seen.device) return;
    seen = { nodes: document.nodes, device };
    schedule();
  });
  return {
    guard(targets, go) {
      const forecast = make(aside, targets);
      if (forecast.misfits.length === 0) {
        go();
        return;
      }
      waiting = { forecast, go };
      store.set({ dialog: misfitDialog });
    },
    asked: () => waiting?.forecast,
    answer(isWanted) {
      const asked = waiting;
      waiting = undefined;
      if (isWanted) asked?.go();
    },
    learn({ run, board, result }) {
      const { device, settings } = store.get();
      const { nodes, subgraphs } = wholeGraph(store.get());
      const isShown = run.document.nodes === nodes && run.document.subgraphs === subgraphs;
      if (result.outcome !== 'success' || !device || !isShown) return;
      const elapsed = new Map(
        [...board.record.nodes].flatMap(([id, { status, elapsedMs }]) =>
          status.kind === 'done' ? [[id, elapsedMs] as const] : [],
        ),
      );
      const counted = result.unet?.forwardEquivalents ?? 0;
      const speeds = measuredSpeeds(make(aside, run.targets), device.provider, elapsed, counted);
      void changeSettings(store, { speeds: { ...settings.speeds, ...speeds } });
    },
    dispose() {
      clearTimeout(timer);
      stop();
    },
  };
}

/** Memory that the browser reports, in bytes; not every browser does. */
function reported(): number | undefined {
  const { navigator } = globalThis;
  const gibibytes: unknown = 'deviceMemory' in navigator ? navigator.deviceMemory : undefined;
  return typeof gibibytes === 'number' ? gibibytes * 2 ** 30 : undefined;
}

/** What is known of the models that a document names. */
function modelsOf(
  { nodes }: GraphDocument,
  registry: NodeRegistry,
  { model }: ForecastFacts,
): readonly ModelFacts[] {
  return Object.values(nodes).flatMap(({ type, inputs }) =>
    Object.entries(registry.get(type)?.inputs ?? {}).flatMap(([input, spec]) => {
      if (spec.type !== 'COMBO' || !('source' in spec) || spec.source !== 'models') return [];
      const value = inputs[input] ?? spec.default;
      const found = typeof value === 'string' ? model(value) : undefined;
      return typeof found === 'object' ? [found] : [];
    }),
  );
}

/** Puts the names of the models' mixed layers where widgets choose from, when they are others. */
function tellLayers(store: Store<AppState>, models: readonly ModelFacts[]): void {
  if (models.length === 0) return;
  const mixed = models.map(({ unet }) => unet.mixedLayers);
  const layers = [...new Set(mixed.flatMap(layerLaneNames))];
  const heads = Math.max(0, ...mixed.flat().map((layer) => layer.heads));
  const { lists } = store.get();
  if (layers.join() === lists.layers?.join() && heads === lists.heads) return;
  store.set({ lists: { ...lists, layers, heads } });
}

type PictureFacts = Exclude<ReturnType<ForecastFacts['picture']>, undefined>;

/** Which facts a widget with such a list names. */
const KINDS: Readonly<Record<string, 'model' | 'vae' | 'picture'>> = {
  models: 'model',
  vaes: 'vae',
  pictures: 'picture',
};

/** Asks the run thread for each model, autoencoder and picture that a document names, once. */
function createFacts(client: RunClient, changed: (facts: ForecastFacts) => void) {
  const known = {
    model: new Map<string, ModelFacts | string | undefined>(),
    vae: new Map<string, VaeFacts | string | undefined>(),
    picture: new Map<string, PictureFacts | undefined>(),
  };
  const ask = async (kind: keyof typeof known, name: string): Promise<void> => {
    const facts: Map<string, unknown> = known[kind];
    if (facts.has(name)) return;
    facts.set(name, undefined);
    const fact = await client.facts(kind, name);
    facts.set(name, fact);
    // What was refused may be there another time.
    if (typeof fact === 'string') setTimeout(() => facts.delete(name), 5000);
    changed({
      model: (named) => known.model.get(named),
      vae: (named) => known.vae.get(named),
      picture: (named) => known.picture.get(named),
    });
  };
  return {
    ask({ nodes }: GraphDocument, registry: NodeRegistry): void {
      for (const { type, inputs } of Object.values(nodes)) {
        for (const [input, spec] of Object.entries(registry.get(type)?.inputs ?? {})) {
          if (spec.type !== 'COMBO' || !('source' in spec)) continue;
          const value = inputs[input] ?? spec.default;
          if (isLink(value) || typeof value !== 'string' || value === '') continue;
          const kind = KINDS[spec.source];
          if (kind) void ask(kind, value);
        }
      }
    },
  };
}
