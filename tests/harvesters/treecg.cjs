// The LDES client of TREE as a library: prints each member's triples as N-Quads whose graph is the member.
// node treecg.cjs ADDRESS [STATE]: with STATE it goes on where the run that wrote that file stopped, and writes it anew.
const fs = require("fs");
const { createRequire } = require("module");
const load = createRequire(`${process.cwd()}/`);
const { newEngine } = load("@treecg/actor-init-ldes-client");
const { DataFactory, Writer } = load("n3");

const [address, file] = process.argv.slice(2);
const before = file && fs.existsSync(file) ? JSON.parse(fs.readFileSync(file, "utf8")) : null;
const options = {
  representation: "Quads",
  emitMemberOnce: true,
  disableSynchronization: !file,
  pollingInterval: 1000,
  loggingLevel: "error",
};
const stream = newEngine().createReadStream(address, options, before);
const writer = new Writer({ format: "N-Quads" });

stream.on("data", ({ id, quads }) => {
  if (!id) return; // what it says of a page without members
  const own = quads.map((quad) => DataFactory.quad(quad.subject, quad.predicate, quad.object, DataFactory.namedNode(id.value)));
  process.stdout.write(writer.quadsToString(own));
});
stream.on("metadata", ({ url }) => process.stderr.write(`page ${url}\n`));
stream.on("synchronizing", () => stream.pause());
stream.on("pause", () => {
  fs.writeFileSync(file, JSON.stringify(stream.exportState()));
  process.exit(0);
});
