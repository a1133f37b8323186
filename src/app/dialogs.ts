import { nothing, type TemplateResult } from 'lit';
import type { Application } from './application.js';
import type { AppState } from './app-state.js';
import { renderConnect } from './connect-dialog.js';
import { renderStoredGraphs, renderTemplates, renderVersions } from './files-dialogs.js';
import { misfitDialog } from './forecast-contract.js';
import { forecastView } from './late-code.js';
import {
  renderMaskEditor,
  renderScheduleComparison,
  renderScheduleGrid,
  renderScheduleLibrary,
} from './schedule-dialogs.js';
import { renderFinder, renderForm, renderHelp, renderSettings } from './shell-dialogs.js';

type RenderDialog = (
  application: Application,
  state: AppState,
  close: () => void,
) => TemplateResult | typeof nothing;

/** Every dialog that can be open, by the name that {@link AppState.dialog} has, up to a colon; what follows is for the dialog. */
export const dialogs: Readonly<Record<string, RenderDialog>> = {
  help: renderHelp,
  commands: renderFinder,
  settings: renderSettings,
  form: renderForm,
  connect: renderConnect,
  graphs: renderStoredGraphs,
  templates: renderTemplates,
  history: renderVersions,
  'paint-mask': renderMaskEditor,
  'schedule-library': renderScheduleLibrary,
  'schedule-grid': renderScheduleGrid,
  'compare-schedules': renderScheduleComparison,
  [misfitDialog]: (application, state, close) =>
    forecastView(application)?.renderMisfit(application, state, close) ?? nothing,
};
