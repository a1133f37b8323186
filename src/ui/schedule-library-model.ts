/** A schedule that can be chosen. */
export interface ShelvedSchedule {
  readonly id: string;
  readonly label: string;
}

/** What shall happen to the schedule, or to those that are kept. */
export type ScheduleWish =
  | { readonly kind: 'apply'; readonly id: string; readonly every: number }
  | { readonly kind: 'save'; readonly name: string }
  | { readonly kind: 'delete'; readonly id: string }
  | { readonly kind: 'export' }
  | { readonly kind: 'import'; readonly file: File }
  | {
      readonly kind: 'morph';
      readonly from: string;
      readonly to: string;
      readonly share: number;
      readonly every: number;
    }
  | { readonly kind: 'stretch'; readonly steps: number; readonly skip: number };
