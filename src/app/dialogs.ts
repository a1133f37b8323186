import type { TemplateResult } from 'lit';
import type { Application } from './application.js';
import type { AppState } from './app-state.js';
import { renderFinder, renderHelp, renderSettings } from './shell-dialogs.js';

type RenderDialog = (
  application: Application,
  state: AppState,
  close: () => void,
) => TemplateResult;

/** Every dialog that can be open, by the name that {@link AppState.dialog} has. */
export const dialogs: Readonly<Record<string, RenderDialog>> = {
  help: renderHelp,
  commands: renderFinder,
  settings: renderSettings,
};
