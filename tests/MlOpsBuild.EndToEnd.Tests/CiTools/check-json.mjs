// Prints every way in which a JSON file departs from the schema beside it, one in a line; ends with 1 when there are any.
// node check-json.mjs SCHEMA FILE
import { readFileSync } from "node:fs";
import Ajv2020 from "ajv/dist/2020.js";

const [schema, document] = process.argv.slice(2).map(path => JSON.parse(readFileSync(path, "utf8")));
const validate = new Ajv2020({ allErrors: true, strict: false, formats: { "date-time": true, uri: true } }).compile(schema);
if (!validate(document)) {
  for (const { instancePath, message } of validate.errors) {
    console.log(`${instancePath || "/"} ${message}`);
  }

  process.exitCode = 1;
}
