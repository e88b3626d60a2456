// Prints every error and warning that GitHub's own reader of workflows has about the files named, one in a line:
// FILE:LINE:COLUMN: MESSAGE. Ends with 1 when there are any.
import { readFileSync } from "node:fs";
import { basename } from "node:path";
import { validate } from "@actions/languageservice";
import { NoOperationTraceWriter, convertWorkflowTemplate, parseWorkflow } from "@actions/workflow-parser";
import { TextDocument } from "vscode-languageserver-textdocument";

// Keys, types, expressions; the order of jobs is only looked at when all of it is converted.
async function parserProblems(name, content) {
  const { context, value } = parseWorkflow({ name, content }, new NoOperationTraceWriter());
  if (value) {
    await convertWorkflowTemplate(context, value);
  }

  return context.errors.getErrors().map(error => ({ start: error.range?.start ?? { line: 0, column: 0 }, message: error.rawMessage }));
}

// The same again, and warnings: an input, an output of a step or a property of `github` that does not exist.
async function editorProblems(name, content) {
  const document = TextDocument.create(`file:///.github/workflows/${name}`, "yaml", 1, content);
  const diagnostics = await validate(document);
  return diagnostics.map(({ range, message }) => ({ start: { line: range.start.line + 1, column: range.start.character + 1 }, message }));
}

async function main(paths) {
  const lines = new Set();
  for (const path of paths) {
    const name = basename(path);
    const content = readFileSync(path, "utf8");
    for (const { start, message } of [...await parserProblems(name, content), ...await editorProblems(name, content)]) {
      lines.add(`${name}:${start.line}:${start.column}: ${message.split("\n")[0]}`);
    }
  }

  for (const line of lines) {
    console.log(line);
  }

  process.exitCode = lines.size === 0 ? 0 : 1;
}

main(process.argv.slice(2));
