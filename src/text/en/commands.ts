/** What the command line says besides what its plans and tables do. */
export const COMMANDS = {
  busiest: "Plants run",
  spills: "Spills",
  outfall: "outfall",
  floods: "Flooding",
  node: "at",
  above: "Mains above their target",
  main: "main",
  flow: "flow",
  why: "why",
  reasons: "Why",
  out: "out",
  moreFlooding: "more flooding",
  moreSpill: "more spill",
  losing: (bad: number, all: number) => `${bad} of ${all} outages lose water`,
  losingMore: (bad: number, all: number) => `${bad} of ${all} outages lose more than is lost without them`,
  more: (count: number) => `  … and ${count} more (--top, or --json for all)`,
  tooLong: "Not found in the work that is spent on it here; leastReinforcement goes on until it is.",
  screened: "Outages screened",
  survival: "What can still be treated",
  without: "without",
  nothing: "(nothing lost)",
  treated: "now",
  peak: "peak",
  reinforce: "Least capacity to add, to survive each single loss",
  add: "add",
  sum: "together",
  enough: "None: what is there is enough.",
  hopeless: (count: number) =>
    count === 1
      ? "In 1 case no capacity helps; it needs a way that isn't there:"
      : `In ${count} cases no capacity helps; they need a way that isn't there:`,
  steps: "Set, in this order",
  lost: "Lost by then",
  acting: "if everything is set for the best",
  forced: (list: string) => `Held in by what is full: ${list}`,
  forcedByLocks: (list: string) => `Held in by what operators hold: ${list}`,
  forcedOut: (list: string) => `Held in by what is out: ${list}`,
  routes: "Routes that end (−) and begin (+)",
  minutes: "min",
  open: "To open in a browser:",
  risk: "Lost at once after an outage, before anybody acts",
  price: "What that costs",
  unsecured: "not secured",
  secured: "secured",
};

export type CommandsWords = typeof COMMANDS;

const many = (count: number, one: string) => `${count} ${one}${count === 1 ? "" : "s"}`;

/** What keeps a command from its end, and what is said beside its result. */
export const FAULTS = {
  severity: { error: "error", warning: "warning" },
  colon: ": ",
  unreadable: (path: string, why: string) => `${path} can't be read: ${why}`,
  unwritable: (path: string, why: string) => `${path} can't be written: ${why}`,
  unprinted: (why: string) => `what is printed can't be written: ${why}`,
  files: {
    EACCES: "access is denied",
    EDQUOT: "the disk quota is used up",
    EFBIG: "it would be larger than a file may be",
    EISDIR: "it is a folder",
    ENOENT: "there is no such file or folder",
    ENOSPC: "the disk is full",
    ENOTDIR: "what should be a folder on the way there is a file",
    EPERM: "access is denied",
    EROFS: "the disk is read-only",
  },
  noFolder: "there is no such folder",
  /** The system's own code for it. */
  coded: (what: string, code: string) => `${what} (${code})`,
  namesNothing: (flag: string) => `${flag} names nothing; it lists ids, separated by commas.`,
  badShare: (flag: string, id: string, share: string) =>
    `${flag}: what is left of ${id} is ${share}; it is from 0 to 1, or from 0% to 100%, such as 0.4 or 40%.`,
  badEnd: (path: string) => `${path} ends in neither .html (a live page) nor .svg (a picture of the map).`,
  tooMany: (count: number) => `--json would list ${count} outages; say how many of the worst with --top.`,
  stopped: (done: number, all: number) => `stopped: ${done} of ${all} outages were screened`,
  stoppedSurvival: "stopped: what can still be treated wasn't worked out",
  stoppedReinforcement: "stopped: the least capacity to add wasn't worked out",
  noReasons: "the plan can't be explained",
  noPresent: "what keeping all set points gives isn't known",
  noWay: "the way to the plan can't be told",
  noTime: "how long there is for it can't be told",
  counts: (nodes: number, links: number, kinds: string) => `${many(nodes, "node")}, ${many(links, "link")} (${kinds})`,
  kind: (count: number, kind: string) => many(count, kind),
  and: ", ",
  findings: (warnings: number) => (warnings === 0 ? "no problems" : `${many(warnings, "warning")}, no errors`),

  /** What is wrong with how a command is called. */
  usage: {
    share: "A tolerance is a share from 0 to 1.",
    above0: "It is a number above 0.",
    depth: "It is 1 or 2.",
    seeHelp: "(trunkflow --help says what there is)",
    /** What commander says in English, and how it is said instead. */
    instead: [] as readonly (readonly [RegExp, string])[],
  },
};

export type FaultsWords = typeof FAULTS;

/** What commands and their options are for. */
export const HELP = {
  trunkflow: "Dispatches a city's sewage between its treatment plants.",
  check: "say what is wrong with a network file, or odd about it",
  dispatch: "the best plan for a network: least spill, even plants, least cost, in that order",
  redispatch: "what to do when something fails: the new plan, step by step, and how long there is for it",
  report: "a live page of the network and its plan, or a picture of the map",
  outages: "every outage, or every pair, worst first: what the city loses, and what it takes to survive it",
  /** How what is lost is listed. */
  lost: "ids separated by commas (in double quotes if that is unclear), ID=40% for what is left of one",
  file: "network file (JSON)",
  state: "state file (JSON): inflows, availability, outages, volumes, set points of this moment",
  language: "language of all that is said; the machine's if not given",
  tolerance: "by how much later objectives may move a plant from even, 0 to 1",
  rows: "rows of each table, those that matter most; 20 if not given",
  out: (lost: string) => `elements that are out, ${lost}; may be given again`,
  secure: (lost: string) => `outages to stand before anybody acts, ${lost}; and what that costs`,
  engine: "what solves it",
  output: "what to write: a page if it ends in .html, a picture if in .svg",
  depth: "1: single outages; 2: pairs besides",
  elements: (lost: string) => `what may be lost, ${lost}; everything but catchments if not given`,
  peak: "what inflows are multiplied by at the peak, for the table of what can be treated",
  worst: "how many of the worst to print; 20 if not given, all with --json",
  json: {
    check: "print the findings as JSON",
    dispatch: "print the plan as JSON",
    redispatch: "print plan, steps, routes and times as JSON",
    outages: "print all results as JSON",
  },
  /** Of parts of a help text, as commander has them. */
  titles: {} as Readonly<Record<string, string>>,
  help: "display help for command",
  version: "output the version number",
};

export type HelpWords = typeof HELP;
