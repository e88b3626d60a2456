// Reads a file of Azure Pipelines as Microsoft's own language service does, by the keys that its documentation has: prints its jobs, or
// LINE: MESSAGE for each problem and ends with 1.
// node check-azure.mjs FILE
import { createRequire } from "node:module";
import { readFileSync } from "node:fs";

const require = createRequire(import.meta.url);
const { getLanguageService, parse } = require("azure-pipelines-language-service");
const yaml = require("js-yaml");

const text = { type: "string" };
const list = items => ({ type: "array", items });
const only = (properties, required = []) => ({ type: "object", additionalProperties: false, properties, required });
const map = { type: "object", additionalProperties: { type: ["string", "boolean", "number"] } };
const branches = only({ branches: only({ include: list(text), exclude: list(text) }) });
const common = { displayName: text, condition: text, continueOnError: { type: "boolean" }, env: map };
const step = {
  oneOf: [
    only({ checkout: text, fetchDepth: { type: "integer" }, persistCredentials: { type: "boolean" } }, ["checkout"]),
    only({ task: text, inputs: map, ...common }, ["task"]),
    only({ bash: text, ...common }, ["bash"]),
    only({ publish: text, artifact: text, ...common }, ["publish", "artifact"]),
    only({ download: text, artifact: text, ...common }, ["download"]),
  ],
};
const job = only({
  job: { type: "string", pattern: "^[A-Za-z_][A-Za-z0-9_]*$" }, displayName: text, dependsOn: { type: ["string", "array"] }, condition: text,
  pool: { oneOf: [only({ vmImage: text }, ["vmImage"]), only({ name: text }, ["name"])] }, container: text,
  strategy: only({ matrix: { type: "object", propertyNames: { pattern: "^[A-Za-z][A-Za-z0-9_]*$" }, additionalProperties: map } }, ["matrix"]),
  timeoutInMinutes: { type: "integer" }, steps: list(step),
}, ["job", "steps"]);
const schema = only({
  trigger: branches, pr: branches,
  schedules: list(only({ cron: text, displayName: text, branches: only({ include: list(text) }), always: { type: "boolean" } }, ["cron"])),
  parameters: list(only({ name: text, displayName: text, type: { enum: ["string"] }, default: text, values: list(text) }, ["name"])),
  jobs: list(job),
}, ["jobs"]);

const content = readFileSync(process.argv[2], "utf8");
const document = {
  uri: "file:///azure-pipelines.yml", languageId: "yaml", version: 1, getText: () => content, lineCount: content.split("\n").length,
  positionAt: offset => ({ line: content.slice(0, offset).split("\n").length - 1, character: 0 }), offsetAt: () => 0,
};
console.log = () => {}; // the service tells how it looks for schemas
const service = getLanguageService(async () => schema, [], async () => "schema:azure");
service.configure({ validate: true });
const problems = (await service.doValidation(document, parse(content))).map(({ range, message }) => `${range.start.line + 1}: ${message}`);
const names = problems.length > 0 ? [] : yaml.load(content).jobs.map(each => each.job);
const unknown = problems.length > 0 ? [] : yaml.load(content).jobs.flatMap(each => [each.dependsOn].flat()).filter(name => !names.includes(name));
const lines = [...problems, ...unknown.map(name => `dependsOn: ${name} is no job`)];
process.stdout.write([...(lines.length > 0 ? lines : names), ""].join("\n"));
process.exitCode = lines.length > 0 ? 1 : 0;
