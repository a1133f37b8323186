/** One open graph. */
export interface GraphTabView {
  readonly id: string;
  readonly title: string;
  readonly isChanged: boolean;
  readonly isElsewhere: boolean;
  readonly isRunning: boolean;
}

/** What a user wants of the open graphs. */
export type GraphTabWish =
  | { readonly kind: 'show'; readonly id: string }
  | { readonly kind: 'close'; readonly id: string }
  | { readonly kind: 'move'; readonly id: string; readonly to: number }
  | { readonly kind: 'rename'; readonly id: string; readonly title: string }
  | { readonly kind: 'new' }
  | { readonly kind: 'list'; readonly at: readonly [x: number, y: number] };
