/** What the build makes of a source that is asked for as a text. */
declare module "*?bundled" {
  export const text: string;
  /** The text's name in a content-security policy: `sha256-…`. */
  export const hash: string;
  /** The licences of what is in it. */
  export const notices: string;
}
