/**
 * Makes a network, today's state of it and a list of findings from one city's tables of the Clean Watersheds Needs Survey
 * 2022 (US Environmental Protection Agency).
 *
 *     node seeds/cwns/build.mjs DIR OUT
 *
 * DIR holds FACILITIES.csv, DISCHARGES.csv, FLOW.csv, POPULATION_WASTEWATER.csv and PHYSICAL_LOCATION.csv, cut down to the
 * city's facilities; its name, e.g. milwaukee-wi, gives the title. OUT gets network.json, state.json and findings.md, the
 * same ones to the byte for the same tables. Data that the rules below can't read stops the script; everything else
 * that is left out, mended or odd goes to findings.md.
 *
 * Flows are counted in whole millilitres per day, as the library counts them once it has read a file, so that today's flows
 * balance to the last digit. Files have three decimals of a MGD, and more only where a set point needs them for that.
 */
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import { parse } from "csv-parse/sync";

const ML_PER_MGD = 3_785_411_784;
const GALLONS_PER_RESIDENT = 100;
const GALLONS_PER_NON_RESIDENT = 50;
/** Link capacity over today's flow. */
const PEAKING = 2.5;
/** What a link that is at 0 % today can take, as a share of PEAKING times what its upstream node passes. */
const STANDBY = 0.5;
/** How far north-west of a plant its own sewers are drawn, in degrees: they have no place of their own in the survey. */
const AREA_OFFSET = 0.012;

/** Names are often all capitals; these words stay so. */
const ACRONYMS = words("CS SD WSD MSD MMSD NTP NEORSD STP WW WWTP WWTF WPCP WPCC WPCF WRF AWRF");
/** Words of a name that don't tell one facility from another. */
const COMMON_WORDS = words(
  "co county twp township cs sd wsd ww w stp wwtp wwtf wpcp wpcc wpcf wrf coll col collection collectors sy sys sysc " +
    "system sewer sewers interceptors sanitary sanitation wastewater water reclamation san di district and",
);

/** What the script looks for in the survey, and what it does about it, in the order of findings.md. */
const CHECKS = {
  strangers: "Rows about facilities that the survey doesn't list: left out",
  planned: "Plants with a present design flow of 0: not built yet, left out with the links to them",
  missing: "Links to facilities that aren't there: left out",
  selves: "Facilities that discharge to themselves: the link is left out",
  twice: "Links that are listed twice: added up",
  percentages: "Percentages that don't add up to 100: scaled so that they do",
  standby: "Links at 0 % today: kept as standby interconnections",
  visits: "Non-residents that outnumber the residents of every facility: read as visits in a year, so divided by 365",
  passers: "Facilities with a design flow that pass all their sewage on: no plants",
  reuse: "Reuse: counted as treated at the plant, no link",
  beyond: "Plants beyond their design flow today, with the inflows assumed: kept",
  fixed: "Plants whose intake no gate can change: kept",
  parts: "Design flows whose parts don't add up: the total is used",
  peaks: "Wet weather peaks below the design flow: not used",
  residents:
    "Plants whose residents by the percentages differ by more than 1 % from the survey's own total: the percentages are used",
  places: "Facilities at the same place: kept",
};

const [dir, out] = process.argv.slice(2);
if (dir === undefined || out === undefined) {
  console.error("usage: node seeds/cwns/build.mjs DIR OUT");
  process.exit(2);
}

const survey = readSurvey();
const findings = new Map();
const facilities = readFacilities();
const planned = dropPlanned();
readWays();
nameIds();
const { links, arriving, treated, residents } = today();
const network = makeNetwork();
checkPlaces();
checkPlants();
checkReach();

const elements = (list) => list.map((element) => `    ${oneLine(element)}`).join(",\n");
mkdirSync(out, { recursive: true });
writeFileSync(
  join(out, "network.json"),
  `{
  "name": ${JSON.stringify(title())},
  "description": ${JSON.stringify(describe())},
  "units": { "flow": "MGD" },
  "nodes": [
${elements(network.nodes)}
  ],
  "links": [
${elements(network.links)}
  ]
}
`,
);
const gates = network.links.filter((link) => link.kind === "gate");
const setPoints = gates.map(({ id }) => `    "${id}": ${mgd(links.find((link) => link.id === id).flow)}`);
writeFileSync(join(out, "state.json"), `{\n  "setPoints": {\n${setPoints.join(",\n")}\n  }\n}\n`);
writeFileSync(join(out, "findings.md"), report());

// Reading

function readSurvey() {
  const read = (table) => parse(readFileSync(join(dir, `${table}.csv`)), { columns: true, bom: true, trim: true });
  return {
    facilities: read("FACILITIES"),
    discharges: read("DISCHARGES"),
    flows: read("FLOW"),
    populations: read("POPULATION_WASTEWATER"),
    places: read("PHYSICAL_LOCATION"),
  };
}

function figure(text) {
  const value = Number(text);
  if (text === "" || !Number.isFinite(value)) throw new Error(`"${text}" stands where a figure is expected.`);
  return value;
}

/** Facilities by CWNS id, with what the tables say of each. */
function readFacilities() {
  const known = new Set(survey.facilities.map((row) => row.CWNS_ID));
  for (const [table, rows] of Object.entries(survey)) {
    for (const { CWNS_ID: id } of rows) {
      if (!known.has(id)) find("strangers", `${table}: ${id}`);
    }
  }
  const only = (table, id) => {
    const rows = survey[table].filter((row) => row.CWNS_ID === id);
    if (rows.length !== 1) throw new Error(`${table}: ${rows.length} rows for facility ${id}, where one is expected.`);
    return rows[0];
  };
  const read = [...known].sort().map((id) => {
    const population = only("populations", id);
    const point = only("places", id);
    const name = only("facilities", id).FACILITY_NAME;
    const flow = (type) => {
      const row = survey.flows.find((entry) => entry.CWNS_ID === id && entry.FLOW_TYPE === type);
      return row === undefined || row.CURRENT_DESIGN_FLOW === "" ? undefined : figure(row.CURRENT_DESIGN_FLOW);
    };
    return {
      cwns: id,
      name: readable(name),
      at: [place(figure(point.LONGITUDE)), place(figure(point.LATITUDE))],
      residents: figure(population.RESIDENTIAL_POP_2022 || "0"),
      nonResidents: figure(population.NONRESIDENTIAL_POP_2022 || "0"),
      surveyResidents: figure(population.TOTAL_RES_POPULATION_2022 || "0"),
      design: flow("Total Flow"),
      peak: flow("Wet Weather Peak"),
      parts: ["Municipal Flow", "Industrial Flow", "Infiltration Flow"].map(flow).filter((part) => part !== undefined),
    };
  });
  const largest = Math.max(...read.map((facility) => facility.residents));
  for (const facility of read) {
    let visitors = facility.nonResidents;
    if (visitors > largest) {
      visitors /= 365;
      find("visits", `${facility.name}: ${count(facility.nonResidents)}, taken as ${count(visitors)} a day`);
    }
    const gallons = facility.residents * GALLONS_PER_RESIDENT + visitors * GALLONS_PER_NON_RESIDENT;
    facility.inflow = toMl(rounded(gallons / 1e6));
  }
  return new Map(read.map((facility) => [facility.cwns, facility]));
}

/** Takes out the plants that aren't built yet and returns their names by CWNS id. */
function dropPlanned() {
  const dropped = new Map();
  for (const facility of facilities.values()) {
    if (facility.design !== 0) continue;
    if (facility.inflow > 0) throw new Error(`${facility.name} has a design flow of 0 and people of its own.`);
    facilities.delete(facility.cwns);
    dropped.set(facility.cwns, facility.name);
    find("planned", facility.name);
  }
  return dropped;
}

/**
 * Gives each facility its ways out, `{ to, share, projected }`: `to` is the next facility, or undefined where the water
 * leaves treated, whether to a river or for reuse. Makes it a plant where water leaves and a design flow is known.
 */
function readWays() {
  for (const facility of facilities.values()) {
    facility.ways = [];
    const key = (row) => row.DISCHARGE_TYPE + row.DISCHARGES_TO_CWNSID;
    const rows = survey.discharges.filter((row) => row.CWNS_ID === facility.cwns);
    rows.sort((a, b) => (key(a) < key(b) ? -1 : 1));
    for (const row of rows) {
      const share = figure(row.PRESENT_DISCHARGE_PERCENTAGE);
      const passedOn = row.DISCHARGE_TYPE === "Discharge To Another Facility";
      const to = passedOn ? row.DISCHARGES_TO_CWNSID : undefined;
      if (to === facility.cwns) {
        find("selves", `${facility.name}, ${share} %`);
        continue;
      }
      if (passedOn && !facilities.has(to)) {
        find(planned.has(to) ? "planned" : "missing", `${facility.name} to ${planned.get(to) ?? to}, ${share} %`);
        continue;
      }
      if (row.DISCHARGE_TYPE.startsWith("Reuse")) {
        find("reuse", `${facility.name}: ${row.DISCHARGE_TYPE.slice("Reuse: ".length)}, ${share} %`);
      }
      const projected = figure(row.PROJECTED_DISCHARGE_PERCENTAGE);
      const same = facility.ways.find((way) => way.to === to);
      if (same === undefined) facility.ways.push({ to, share, projected });
      else {
        same.share += share;
        same.projected += projected;
        if (passedOn) find("twice", `${facility.name} to ${facilities.get(to).name}`);
      }
    }
    const total = facility.ways.reduce((sum, way) => sum + way.share, 0);
    if (total === 0) throw new Error(`${facility.name}: the survey doesn't say where its sewage goes today.`);
    if (Math.abs(total - 100) > 1e-9) find("percentages", `${facility.name}: ${total}`);
    for (const way of facility.ways) {
      way.share /= total;
      if (way.share === 0 && way.to !== undefined) {
        find("standby", `${facility.name} to ${facilities.get(way.to).name}; ${way.projected} % projected`);
      }
    }
    const leaves = facility.ways.some((way) => way.to === undefined);
    if (leaves && facility.design === undefined) {
      throw new Error(`${facility.name} discharges to the environment, but its design flow isn't known.`);
    }
    if (!leaves && facility.design !== undefined) find("passers", `${facility.name}, ${facility.design} MGD`);
    facility.kind = leaves ? "plant" : facility.inflow > 0 ? "catchment" : "junction";
  }
}

// Names

function readable(name) {
  const plain = name.replace("W P C F", "WPCF").replaceAll(" OF ", " of ");
  return plain.replaceAll(/[A-Z]{2,}/g, (word) => (ACRONYMS.has(word) ? word : word[0] + word.slice(1).toLowerCase()));
}

/** Short ids; longer ones where facilities would share one, with the last digits of the CWNS id if nothing else helps. */
function nameIds() {
  const forms = [
    ({ name }) => slug(name),
    ({ name, kind }) => (kind === "plant" ? `${slug(name)}-plant` : slug(name.replace(/, (\w+) of/, " $1"))),
    ({ name, cwns }) => `${slug(name)}-${cwns.slice(-6)}`,
  ];
  let unnamed = [...facilities.values()];
  const taken = new Set();
  for (const form of forms) {
    for (const [id, [facility, ...others]] of groupBy(unnamed, form)) {
      if (others.length > 0 || taken.has(id)) continue;
      facility.id = id;
      taken.add(id);
    }
    unnamed = unnamed.filter((facility) => facility.id === undefined);
  }
  if (unnamed.length > 0) throw new Error(`no id for ${unnamed.map((facility) => facility.name).join(", ")}.`);
}

/**
 * The place in a facility's name: what follows a dash or stands in brackets with a plant's abbreviation before the owner's
 * name, without the words that most names share.
 */
function slug(name) {
  const head = name.replace(/( \(|,| to | \S+\/).*/, "");
  const dash = head.split(" - ");
  const [, brackets = ""] = /\((.*)\)/.exec(name) ?? [];
  const named = /\b(WWTP|WPCP|WRF)\b/.test(brackets) ? brackets : "";
  for (const text of [named, dash.slice(1).join(" "), dash[0], brackets]) {
    const parts = text
      .toLowerCase()
      .replaceAll(".", "")
      .split(/[^a-z0-9]+/);
    const telling = parts.filter((part) => part !== "" && !COMMON_WORDS.has(part));
    const id = telling.slice(0, 4).join("-");
    if (/[a-z]/.test(id)) return id;
  }
  throw new Error(`no id can be made from "${name}".`);
}

// Today

/**
 * Today's flows: `links` between facilities with their share and flow, and for each facility what arrives, what it treats
 * and the residents whose sewage arrives.
 */
function today() {
  const water = propagate((facility) => facility.inflow);
  // All ways but one of a facility get a flow of three decimals. That one, the first step of a shortest way to a plant, takes
  // the rest: these steps never go round in a circle, so the balances come out one by one, from the farthest facility inwards.
  const levels = [[...facilities.values()].filter((facility) => facility.ways.some(isTreatment))];
  const toRest = new Map(levels[0].map((facility) => [facility, facility.ways.find(isTreatment)]));
  while (levels.at(-1).length > 0) {
    const reached = new Set(levels.at(-1).map((facility) => facility.cwns));
    const next = [...facilities.values()].filter((facility) => !toRest.has(facility));
    levels.push(next.filter((facility) => facility.ways.some((way) => way.share > 0 && reached.has(way.to))));
    for (const facility of levels.at(-1)) {
      const steps = facility.ways.filter((way) => reached.has(way.to));
      toRest.set(
        facility,
        steps.reduce((best, way) => (way.share > best.share ? way : best)),
      );
    }
  }
  const lost = [...facilities.values()].filter((facility) => !toRest.has(facility));
  if (lost.length > 0) throw new Error(`no plant is reached from ${lost.map((facility) => facility.name).join(", ")}.`);

  const arrives = new Map([...facilities.values()].map((facility) => [facility.cwns, facility.inflow]));
  const add = (way) => {
    if (way.flow < 0) throw new Error("what rounding leaves over is negative: a flow is too small to be split.");
    if (way.to !== undefined) arrives.set(way.to, arrives.get(way.to) + way.flow);
  };
  for (const facility of facilities.values()) {
    for (const way of facility.ways) {
      if (way === toRest.get(facility)) continue;
      way.flow = toMl(rounded((water.get(facility.cwns) * way.share) / ML_PER_MGD));
      add(way);
    }
  }
  for (const facility of levels.reverse().flat()) {
    const rest = toRest.get(facility);
    const others = facility.ways.filter((way) => way !== rest);
    rest.flow = arrives.get(facility.cwns) - others.reduce((sum, way) => sum + way.flow, 0);
    add(rest);
  }
  return {
    links: [...facilities.values()].flatMap((from) =>
      from.ways
        .filter((way) => way.to !== undefined)
        .map((way) => ({ ...way, id: `${from.id}-to-${facilities.get(way.to).id}`, from, to: facilities.get(way.to) })),
    ),
    arriving: (facility) => arrives.get(facility.cwns),
    treated: (facility) => facility.ways.find((way) => way.to === undefined).flow,
    residents: propagate((facility) => facility.residents),
  };
}

function isTreatment(way) {
  return way.to === undefined && way.share > 0;
}

/** What arrives at each facility when every one adds `own` and passes all on by its shares; cycles are followed round. */
function propagate(own) {
  let arrives = new Map();
  for (let round = 0; round < 10_000; round++) {
    const next = new Map([...facilities.values()].map((facility) => [facility.cwns, own(facility)]));
    for (const facility of facilities.values()) {
      for (const { to, share } of facility.ways) {
        if (to !== undefined) next.set(to, next.get(to) + (arrives.get(facility.cwns) ?? 0) * share);
      }
    }
    const settled = [...next].every(([id, amount]) => Math.abs(amount - (arrives.get(id) ?? 0)) < 1e-3);
    arrives = next;
    if (settled) return arrives;
  }
  throw new Error("some sewage goes round in a circle and never leaves.");
}

// The network

function makeNetwork() {
  const nodes = [];
  const conduits = [];
  for (const facility of facilities.values()) {
    const { id, name, at, kind, inflow, residents: population } = facility;
    const shown = { name, at };
    if (kind === "catchment") nodes.push({ id, kind, inflow: mgd(inflow), population, ...shown });
    else if (kind === "plant") nodes.push({ id, kind, capacity: facility.design, ...shown });
    else nodes.push({ id, kind, ...shown });
    if (kind === "plant" && inflow > 0) {
      const area = `${id}-area`;
      const drawn = { name: `${name}, own sewers`, at: [place(at[0] - AREA_OFFSET), place(at[1] + AREA_OFFSET)] };
      nodes.push({ id: area, kind: "catchment", inflow: mgd(inflow), population, ...drawn });
      conduits.push({ id: `${area}-to-${id}`, kind: "conduit", from: area, to: id, capacity: room(inflow) });
    }
  }
  for (const { id, from, to, share, flow } of links) {
    const kind = from.ways.length > 1 ? "gate" : "conduit";
    const capacity = room(share > 0 ? flow : STANDBY * arriving(from));
    conduits.push({ id, kind, from: from.id, to: to.id, capacity });
  }
  const byId = (a, b) => (a.id < b.id ? -1 : 1);
  const all = [...nodes, ...conduits].map((element) => element.id);
  if (new Set(all).size < all.length) throw new Error("two elements share an id.");
  return { nodes: nodes.sort(byId), links: conduits.sort(byId) };
}

/** Capacity of a link for a flow of today, rounded up; the flow's own rounding to a millilitre is no reason to round up. */
function room(flow) {
  return Math.ceil((PEAKING * flow * 1000) / ML_PER_MGD - 1e-6) / 1000;
}

function title() {
  const parts = basename(resolve(dir)).split("-");
  const state = parts.pop().toUpperCase();
  return `${parts.map((part) => part[0].toUpperCase() + part.slice(1)).join(" ")}, ${state}`;
}

function describe() {
  return (
    `The sewage works of ${title()}, from the Clean Watersheds Needs Survey 2022 of the US Environmental Protection Agency: ` +
    "facilities, places, populations, design flows, and which facility sends how much to which. Assumed, as the survey " +
    `doesn't say: inflows (${GALLONS_PER_RESIDENT} US gallons a day per resident, ${GALLONS_PER_NON_RESIDENT} per ` +
    `non-resident) and all link capacities (${PEAKING} times today's flow; for a link not used today ` +
    `${PEAKING * STANDBY} times what its upstream node passes today). See README.md and findings.md.`
  );
}

// Findings

function find(check, text) {
  findings.set(check, [...(findings.get(check) ?? []), text]);
}

function checkPlaces() {
  for (const [at, here] of groupBy(facilities.values(), (facility) => facility.at.join(", "))) {
    if (here.length < 2) continue;
    find("places", `${at}: ${here.map((facility) => facility.name).join("; ")}`);
  }
}

function checkPlants() {
  for (const plant of plants()) {
    const parts = plant.parts.reduce((sum, part) => sum + part, 0);
    if (plant.parts.length > 0 && Math.abs(parts - plant.design) > 0.0005) {
      find("parts", `${plant.name}: the parts make ${rounded(parts)} MGD, the total is ${plant.design} MGD`);
    }
    if (plant.peak < plant.design) {
      find("peaks", `${plant.name}: peak ${plant.peak} MGD, design flow ${plant.design} MGD`);
    }
    if (treated(plant) > toMl(plant.design)) {
      find("beyond", `${plant.name}: ${rounded(treated(plant) / ML_PER_MGD)} MGD, design flow ${plant.design} MGD`);
    }
    const reach = residents.get(plant.cwns);
    if (Math.abs(reach - plant.surveyResidents) > 0.01 * plant.surveyResidents) {
      find("residents", `${plant.name}: ${count(reach)}, survey ${count(plant.surveyResidents)}`);
    }
  }
}

/** Plants that no split can relieve or load are no fault, but a reader of a plan wants to know them. */
function checkReach() {
  for (const plant of plants()) {
    const controllable = (facility, seen) => {
      if (seen.has(facility)) return false;
      seen.add(facility);
      if (links.some((link) => link.from === facility && facility.ways.length > 1)) return true;
      return links.some((link) => link.to === facility && controllable(link.from, seen));
    };
    if (!controllable(plant, new Set())) find("fixed", `${plant.name}, ${rounded(treated(plant) / ML_PER_MGD)} MGD`);
  }
}

function plants() {
  return [...facilities.values()].filter((facility) => facility.kind === "plant");
}

function report() {
  const status = plants().map((plant) => {
    const intake = treated(plant) / ML_PER_MGD;
    const utilisation = ((intake / plant.design) * 100).toFixed(1);
    const cells = [plant.name, `\`${plant.id}\``, plant.design, plant.peak ?? "", rounded(intake), `${utilisation} %`];
    return `| ${cells.join(" | ")} |`;
  });
  const list = (texts) => texts.map((text) => `- ${text}\n`).join("");
  const found = Object.entries(CHECKS).filter(([check]) => findings.has(check));
  const sections = found.map(([check, heading]) => `## ${heading}\n\n${list(findings.get(check))}\n`);
  const clean = Object.entries(CHECKS).filter(([check]) => !findings.has(check));
  const kinds = groupBy(network.nodes, (node) => node.kind);
  const number = (kind) => kinds.get(kind)?.length ?? 0;
  const inflow = rounded(network.nodes.reduce((sum, node) => sum + (node.inflow ?? 0), 0));
  return `# Findings: ${title()}

Written by \`seeds/cwns/build.mjs\` with the network, from the same tables: what it found in the survey and what it did
about it.

| | |
| --- | --- |
| facilities in the survey | ${survey.facilities.length} |
| nodes | ${network.nodes.length}: ${number("catchment")} catchments, ${number("junction")} junctions, ${number("plant")} plants |
| links | ${network.links.length}: ${gates.length} gates, ${network.links.length - gates.length} conduits |
| inflow | ${inflow} MGD |

## Plants today

| plant | id | design flow, MGD | wet weather peak, MGD | intake today, MGD | utilisation |
| --- | --- | ---: | ---: | ---: | ---: |
${status.join("\n")}

${sections.join("")}## Looked for and not found

${list(clean.map(([, heading]) => heading.replace(/: [^:]*$/, "")))}`;
}

// Text

function words(text) {
  return new Set(text.split(" "));
}

function rounded(flow) {
  return Math.round(flow * 1000) / 1000;
}

/** Degrees to about a metre. */
function place(degrees) {
  return Math.round(degrees * 1e5) / 1e5;
}

function toMl(flow) {
  return Math.round(flow * ML_PER_MGD);
}

/** MGD with three decimals if they stand for these very millilitres per day, else with ten, which always do. */
function mgd(ml) {
  const short = rounded(ml / ML_PER_MGD);
  return toMl(short) === ml ? short : Number((ml / ML_PER_MGD).toFixed(10));
}

function count(people) {
  return Math.round(people).toLocaleString("en-US");
}

function groupBy(items, key) {
  const groups = new Map();
  for (const item of items) groups.set(key(item), [...(groups.get(key(item)) ?? []), item]);
  return groups;
}

/** JSON on one line, with a space where a reader wants one. */
function oneLine(value) {
  if (Array.isArray(value)) return `[${value.map(oneLine).join(", ")}]`;
  if (typeof value !== "object") return JSON.stringify(value);
  const fields = Object.entries(value).map(([key, field]) => `${JSON.stringify(key)}: ${oneLine(field)}`);
  return `{ ${fields.join(", ")} }`;
}
