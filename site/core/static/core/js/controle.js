// Checks a loting in the browser itself: fetches the published files, works everything out again and says
// whether a ticket was drawn. What somebody types stays here. The page works without this file: the same
// check is published as controle.py.
//
// <form data-controle="/…/manifest.json"       the other files stand beside the manifest
//       data-hash="64 digits"                  of the manifest, as it was announced
//       data-uitkomst="/…/uitkomst.json"       only when there is an outcome
//       hidden>
//   <input name="lot">  <button>…</button>
//   <div role="status"><ul data-uitslag data-goed="…" data-fout="…" …></ul></div>
// </form>

// Every text, and what {names} may be in it. As data attributes with dashes: data-manifest-goed, and so on.
export const TEXTS = {
  goed: [], // the word before what is right
  fout: [], // the word before what is wrong
  bezig: [],
  onveilig: [], // this browser cannot make hashes here
  mislukt: [], // a file could not be fetched or read
  manifestGoed: ["hash"],
  manifestFout: ["hash"],
  bestandenGoed: ["aantal"],
  bestandFout: ["bestand"],
  lijstenGoed: ["aantal", "zetels"],
  lijstFout: ["lijst"],
  geenUitkomst: [],
  uitkomstGoed: [],
  uitkomstFout: ["veld"],
  handtekening: ["ronde", "waarde"], // what this check cannot see, and where to compare
  oefening: [],
  getrokken: ["lijst"],
  volgorde: [], // drawn by ranking, without lists
  lotOnbekend: ["lot"],
  lotDoetMee: ["lot"], // as long as there is no outcome
  lotLijsten: ["lot", "aantal", "lijsten"],
  lotGeloot: ["lot"],
  lotReserve: ["lot", "plaats"],
  lotDaarna: ["lot", "plaats"],
};

const FILES = /^(regels\.json|loten\.csv|quota\.csv|lijsten\.csv|controle\.py)$/;
const text = (bytes) => new TextDecoder("utf-8", { fatal: true }).decode(bytes);
const hex = (bytes) => [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
const unhex = (digits) => Uint8Array.from(digits.match(/../g), (pair) => Number.parseInt(pair, 16));
const isSame = (one, other) => JSON.stringify(one) === JSON.stringify(other);

async function sha256(content) {
  const bytes = typeof content === "string" ? new TextEncoder().encode(content) : content;
  return hex(new Uint8Array(await crypto.subtle.digest("SHA-256", bytes)));
}

async function load(url) {
  const answer = await fetch(url, { cache: "no-cache", credentials: "omit" });
  if (!answer.ok) throw new Error(`${answer.status} ${url}`);
  return new Uint8Array(await answer.arrayBuffer());
}

/** The rows of a file without quotes, below its heading. */
const rows = (bytes) =>
  text(bytes)
    .trimEnd()
    .split("\n")
    .slice(1)
    .map((line) => line.split(";"));

/** The files that the manifest names and that the rules need, each compared with its hash. */
async function loadFiles(manifestUrl, announced, say) {
  const manifest = await load(manifestUrl);
  const hash = await sha256(manifest);
  say(hash === announced ? "manifestGoed" : "manifestFout", { hash }, hash === announced);
  const listed = JSON.parse(text(manifest)).bestanden;
  const files = {};
  let wrong = 0;
  for (const { naam, bytes, sha256: expected } of listed) {
    if (FILES.test(naam)) files[naam] = await load(new URL(naam, manifestUrl));
    if (files[naam]?.length === bytes && (await sha256(files[naam])) === expected) continue;
    wrong += 1;
    say("bestandFout", { bestand: naam }, false);
  }
  if (!wrong) say("bestandenGoed", { aantal: listed.length }, true);
  return { files, hash };
}

/** The lists, each with its tickets, compared with the rules and with the tickets there are. */
function readLists(bytes, rules, tickets, say) {
  const lists = rows(bytes).map(([label, ...on]) => ({ label, on }));
  const known = new Set(tickets);
  const wrong = lists.filter(
    ({ label, on }, index) =>
      label !== String(index).padStart(rules.dobbelstenen, "0") ||
      on.length !== rules.zetels ||
      new Set(on).size !== on.length ||
      on.some((ticket) => !known.has(ticket)),
  );
  wrong.slice(0, 5).forEach(({ label }) => say("lijstFout", { lijst: label }, false));
  const isRight = !wrong.length && lists.length === rules.lijsten;
  if (isRight) say("lijstenGoed", { aantal: lists.length, zetels: rules.zetels }, true);
  else if (!wrong.length) say("lijstFout", { lijst: "lijsten.csv" }, false);
  return lists;
}

/** What follows from dice, round and signature: the fields of the outcome, and the whole order. */
async function draw({ dobbelgetal, ronde, handtekening }, { rules, tickets, lists, hash }) {
  const isAsked =
    new RegExp(`^[0-9]{${rules.dobbelstenen}}$`).test(dobbelgetal) &&
    /^[0-9a-f]{96}$/.test(handtekening) &&
    ronde === rules.baken.ronde;
  if (!isAsked) return null;
  const bakenwaarde = await sha256(unhex(handtekening));
  const toevalsgetal = await sha256(dobbelgetal + bakenwaarde);
  const places = await Promise.all(tickets.map(async (lot) => [await sha256(toevalsgetal + lot), lot]));
  const ranked = places.sort(([one], [other]) => (one < other ? -1 : 1)).map(([, lot]) => lot);
  let lijst = null;
  let geloot = ranked.slice(0, rules.zetels);
  if (rules.lijsten) {
    const index = Number((BigInt(dobbelgetal) + BigInt(`0x${bakenwaarde}`)) % BigInt(rules.lijsten));
    lijst = String(index).padStart(rules.dobbelstenen, "0");
    geloot = lists[index].on;
  }
  const order = ranked.filter((lot) => !geloot.includes(lot));
  const fields = {
    versie: 1,
    manifest_sha256: hash,
    dobbelgetal,
    ronde,
    handtekening,
    bakenwaarde,
    toevalsgetal,
    lijst,
    geloot,
    reserves: order.slice(0, rules.reserves),
  };
  return { fields, order };
}

async function checkOutcome(url, loting, say) {
  const found = JSON.parse(text(await load(url)));
  const outcome = await draw(found, loting);
  if (!outcome) {
    say("uitkomstFout", { veld: "dobbelgetal, ronde, handtekening" }, false);
    return null;
  }
  const { fields } = outcome;
  const names = new Set([...Object.keys(fields), ...Object.keys(found)]);
  const wrong = [...names].filter((name) => !isSame(found[name], fields[name]));
  if (wrong.length) say("uitkomstFout", { veld: wrong.join(", ") }, false);
  else say("uitkomstGoed", {}, true);
  if (loting.rules.oefening) say("oefening");
  else say("handtekening", { ronde: fields.ronde, waarde: fields.bakenwaarde });
  say(fields.lijst === null ? "volgorde" : "getrokken", { lijst: fields.lijst });
  return outcome;
}

function tellTicket(typed, { tickets, lists, rules }, outcome, say) {
  const width = (tickets[0]?.length ?? 2) - 2;
  const lot = `L-${typed.replace(/[^0-9]/g, "").padStart(width, "0")}`;
  if (!tickets.includes(lot)) {
    say("lotOnbekend", { lot: typed }, false);
    return;
  }
  if (!outcome) say("lotDoetMee", { lot });
  if (lists.length) {
    say("lotLijsten", { lot, aantal: lists.filter(({ on }) => on.includes(lot)).length, lijsten: lists.length });
  }
  if (!outcome) return;
  const plaats = outcome.order.indexOf(lot) + 1;
  say(!plaats ? "lotGeloot" : plaats <= rules.reserves ? "lotReserve" : "lotDaarna", { lot, plaats });
}

/** Everything, told line by line: say(key of the text, values, true or false for right or wrong). */
export async function check({ manifest, hash: announced, outcome: outcomeUrl, ticket }, say) {
  if (!globalThis.crypto?.subtle) {
    say("onveilig", {}, false);
    return;
  }
  try {
    const { files, hash } = await loadFiles(manifest, announced, say);
    const rules = JSON.parse(text(files["regels.json"]));
    const tickets = rows(files["loten.csv"]).map(([lot]) => lot);
    const lists = rules.lijsten ? readLists(files["lijsten.csv"], rules, tickets, say) : [];
    const loting = { rules, tickets, lists, hash };
    const outcome = outcomeUrl ? await checkOutcome(outcomeUrl, loting, say) : null;
    if (!outcomeUrl) say("geenUitkomst");
    if (ticket) tellTicket(ticket, loting, outcome, say);
  } catch {
    say("mislukt", {}, false);
  }
}

function start(form) {
  const list = form.querySelector("[data-uitslag]");
  const texts = list.dataset;
  const line = (key, values = {}, isRight = undefined) => {
    const item = document.createElement("li");
    const word = isRight === undefined ? "" : isRight ? texts.goed : texts.fout;
    if (isRight !== undefined) item.dataset.soort = isRight ? "goed" : "fout";
    const filled = (texts[key] ?? key).replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
    item.textContent = word ? `${word}: ${filled}` : filled;
    return item;
  };
  form.hidden = false;
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const { controle, hash, uitkomst } = form.dataset;
    const lines = [];
    list.replaceChildren(line("bezig"));
    await check(
      {
        manifest: new URL(controle, document.baseURI),
        hash,
        outcome: uitkomst && new URL(uitkomst, document.baseURI),
        ticket: form.elements.lot.value.trim(),
      },
      (...what) => lines.push(line(...what)),
    );
    // In one go, so that a screen reader reads the whole once.
    list.replaceChildren(...lines);
  });
}

document.querySelectorAll("form[data-controle]").forEach(start);
