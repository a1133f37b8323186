/** What a language says of a kind of node in place of its definition's own English. */
export interface NodeWords {
  readonly title: string;
  readonly description: string;
  /** By name of the input or output; those that are missing keep the definition's. */
  readonly inputs?: Readonly<Record<string, string>>;
  readonly outputs?: Readonly<Record<string, string>>;
}

/** Kinds of nodes by type. Empty: English is what the definitions themselves say. */
export const nodes = {} as Readonly<Record<string, NodeWords>>;
