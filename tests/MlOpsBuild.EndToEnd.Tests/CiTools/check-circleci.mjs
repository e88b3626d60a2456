// Reads a file of CircleCI as CircleCI's own parser does: prints WORKFLOW: JOBS for each workflow, or what is wrong and ends with 1.
// node check-circleci.mjs FILE
import { createRequire } from "node:module";
import { readFileSync } from "node:fs";

const { parseConfig } = createRequire(import.meta.url)("@circleci/circleci-config-parser");
try {
  // The parser knows the machines of CircleCI only, not those of one's own, which have no image and a class of their own.
  const text = readFileSync(process.argv[2], "utf8")
    .replaceAll(/^( +- [\w-]+): \[success, failed\]$/gm, "$1") // newer than the parser: a job that runs however another one ended
    .replaceAll(/^    machine: true\n    resource_class: .*\n/gm, "    machine:\n      image: own\n    resource_class: medium\n");
  for (const { name, jobs } of parseConfig(text).workflows) {
    console.log(`${name}: ${jobs.map(each => each.job?.name ?? each.name).join(", ")}`);
  }
} catch (problem) {
  console.log(problem.message);
  process.exitCode = 1;
}
