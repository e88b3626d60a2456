// What the published definitions of Kubernetes, the Gateway API and Argo Rollouts have against manifests: 0 and a line for each that they
// take, or 1 and why they do not. KServe's definition is in no package: a predictor is a pod as Kubernetes defines it, and what KServe adds.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import yaml from 'yaml';

const require = createRequire(import.meta.url);
const packages = {
  'gateway.networking.k8s.io': '@kubernetes-models/gateway-api/',
  'argoproj.io': '@kubernetes-models/argo-rollouts/',
};
const isCount = value => Number.isInteger(value) && value >= 0;
const added = {
  minReplicas: isCount,
  maxReplicas: isCount,
  scaleTarget: isCount,
  scaleMetric: value => ['cpu', 'memory', 'concurrency', 'rps'].includes(value),
  name: value => /^[a-z]([-a-z0-9]*[a-z0-9])?$/.test(value),
};
const scaling = ['maxReplicas', 'scaleTarget', 'scaleMetric', 'autoScaling'];

function validate(document) {
  const { apiVersion, kind } = document;
  if (kind === 'InferenceService' && apiVersion === 'serving.kserve.io/v1beta1') {
    validateInferenceService(document.spec);
    return;
  }

  const model = require(`${packages[apiVersion.split('/')[0]] ?? 'kubernetes-models/'}${apiVersion}/${kind}`)[kind];
  new model(document).validate();
}

function validateInferenceService({ predictor, canary = [], ...unknown }) {
  refuseAll('spec', Object.keys(unknown));
  validatePredictor('predictor', predictor);
  const names = new Set([predictor.name]);
  let share = 0;
  for (const { trafficPercent, predictor: trial, ...rest } of canary) {
    refuseAll('canary', [...Object.keys(rest), ...Object.keys(trial).filter(field => scaling.includes(field))]);
    validatePredictor('canary', trial);
    refuseAll('canary', isCount(trafficPercent) && !names.has(trial.name) ? [] : [`${trial.name} at ${trafficPercent}`]);
    names.add(trial.name);
    share += trafficPercent;
  }

  refuseAll('canary', share <= 100 ? [] : [`${share} percent`]);
}

function validatePredictor(where, predictor) {
  const pod = Object.fromEntries(Object.entries(predictor).filter(([field]) => !(field in added)));
  refuseAll(where, Object.keys(added).filter(field => field in predictor && !added[field](predictor[field])));
  refuseAll(where, predictor.maxReplicas < predictor.minReplicas ? ['maxReplicas'] : []);
  validate({ apiVersion: 'v1', kind: 'Pod', metadata: { name: where }, spec: pod });
}

function refuseAll(where, fields) {
  if (fields.length > 0) {
    throw new Error(`${where}: ${fields.join(', ')}`);
  }
}

let failed = false;
for (const file of process.argv.slice(2)) {
  for (const document of yaml.parseAllDocuments(readFileSync(file, 'utf8')).map(one => one.toJSON())) {
    try {
      validate(document);
      console.log(`${document.kind} ${document.metadata.name}`);
    } catch (problem) {
      failed = true;
      console.log(`${file}: ${document.kind} ${document.metadata?.name}: ${problem.message}`);
    }
  }
}

process.exit(failed ? 1 : 0);
