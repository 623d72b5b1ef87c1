import type { NotesWords } from "../en/notes.js";

export const NOTES: NotesWords = {
  clipped: (name, taken, given) => `${name}的输送能力为 ${taken}，设定值 ${given} 按此取用。`,
};
