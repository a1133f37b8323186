/** What a template is called, what it is, and what to change first. */
interface TemplateWords {
  readonly title: string;
  readonly description: string;
  readonly tryThis: string;
}

/** The templates of `graphs/`, by file name, in the order of the gallery. */
export const templates: Readonly<Record<string, TemplateWords>> = {
  'appearance-transfer': {
    title: 'Appearance transfer',
    description:
      'The whole method as its reference code runs it: a giraffe with the looks of a zebra.',
    tryThis: 'drop pictures of your own on the two Load Image nodes.',
  },
  consistent: {
    title: 'Transfer, faster',
    description:
      'Inversion and replay predict the same noise, so both branches cost no pass of their own.',
    tryThis: 'compare its time in the Runs tab with the first template.',
  },
  'own-masks': {
    title: 'Masks of your own',
    description: 'Two drawn masks in place of the self-segmentation say where the appearance goes.',
    tryThis: 'load a mask picture that covers only a part of the animal.',
  },
  'structure-injection': {
    title: 'How much structure is put back in',
    description:
      'Three schedules on the same branches: structure never, every fifth pass, every second pass.',
    tryThis: 'open the timeline (T) and paint the structure passes by hand.',
  },
  ablation: {
    title: 'What each part does',
    description:
      'Keys and values alone, then contrast, AdaIN and guidance added one by one, on shared inversions.',
    tryThis: 'set the contrast of the last schedule back to 1.',
  },
  grid: {
    title: 'Structures against appearances',
    description:
      'Two structures, each in the looks of two animals, on one contact sheet. Every picture is inverted once, every branch serves two results.',
    tryThis: 'add a third appearance: copy its chain and link two more loops to it.',
  },
  seeds: {
    title: 'The same transfer, other seeds',
    description:
      'One structure inverted with three seeds, in the looks of one animal: how much is chance?',
    tryThis: 'change the seed of one inversion: only its loop runs again.',
  },
  creatures: {
    title: 'Two creatures, scored',
    description:
      'Draws two animals from seeds and transfers between them; their known parts score the result.',
    tryThis: 'change a seed, the species or the length of the neck.',
  },
  'three-structures': {
    title: 'One appearance, three structures',
    description:
      'One appearance branch serves three animals; its keys and values are computed once.',
    tryThis: 'change the appearance picture: only what depends on it runs again.',
  },
  'two-appearances': {
    title: 'Two appearances in turn',
    description: 'A first zone mixes in one animal’s looks, a second zone goes on with another’s.',
    tryThis: 'move the handover: end_at of the first zone and start_at of the second.',
  },
  reconstruction: {
    title: 'Reconstruction check',
    description: 'Inverts a picture and replays it with nothing mixed in: what is lost on the way?',
    tryThis: 'compare it with what the autoencoder alone loses.',
  },
  'single-step': {
    title: 'One pass under the lens',
    description:
      'The same latents after one plain pass and after one cross-image pass, side by side.',
    tryThis: 'set start_at and end_at of both zones to an earlier pass.',
  },
  paper: {
    title: 'As the paper describes it',
    description: 'All hundred passes, without the reference code’s lag, clip and structure passes.',
    tryThis: 'choose the official preset of the schedule and look at the difference.',
  },
};
