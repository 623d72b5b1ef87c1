/** What of a state wasn't taken as it was given. */
export const NOTES = {
  clipped: (name: string, taken: string, given: string) =>
    `${name} carries ${taken} at most; its set point of ${given} is taken as that.`,
};

export type NotesWords = typeof NOTES;
