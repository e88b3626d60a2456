// What the published definitions of Kubernetes, the Gateway API and Argo Rollouts have against manifests: 0 and a line for each that they
// take, or 1 and why they do not.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import yaml from 'yaml';

const require = createRequire(import.meta.url);
const packages = {
  'gateway.networking.k8s.io': '@kubernetes-models/gateway-api/',
  'argoproj.io': '@kubernetes-models/argo-rollouts/',
};
let failed = false;
for (const file of process.argv.slice(2)) {
  for (const document of yaml.parseAllDocuments(readFileSync(file, 'utf8')).map(one => one.toJSON())) {
    const { apiVersion, kind, metadata } = document;
    try {
      const model = require(`${packages[apiVersion.split('/')[0]] ?? 'kubernetes-models/'}${apiVersion}/${kind}`)[kind];
      new model(document).validate();
      console.log(`${kind} ${metadata.name}`);
    } catch (problem) {
      failed = true;
      console.log(`${file}: ${kind} ${metadata?.name}: ${problem.message}`);
    }
  }
}

process.exit(failed ? 1 : 0);
