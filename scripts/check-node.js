// Runs before the program, as plain JavaScript: an older Node cannot even read the program's TypeScript.
// Installing with --ignore-scripts leaves out the Node that the package "node" brings, and the scripts then
// fall back to the system's without a word.
const [major] = process.versions.node.split('.');
if (Number(major) < 24) {
  console.error(
    `Firstline needs Node 24 or later and this is ${process.version}. Run "npm install" without --ignore-scripts: it brings the right one along.`,
  );
  process.exit(1);
}
