using MlOpsBuild.Components.Flow;

namespace MlOpsBuild.Components;

/// <summary>Writes manifests for a cluster, for teams in which another tool applies them.</summary>
public interface IGenerateManifests : IExportModel
{
    /// <summary>For whom: <c>kubernetes</c>, <c>kserve</c> or <c>argo-rollouts</c>.</summary>
    [Parameter("With GenerateManifests: kubernetes (what Deploy --environment kubernetes applies, the default), kserve or argo-rollouts")]
    string? For => TryGetValue(() => For);

    /// <summary>Where the analysis of Argo Rollouts asks for metrics.</summary>
    [Parameter("With GenerateManifests --for argo-rollouts: the address of the Prometheus; http://prometheus.monitoring.svc:9090 by default")]
    string? Prometheus => TryGetValue(() => Prometheus);

    /// <summary>Writes manifests of a version.</summary>
    Target GenerateManifests => _ => _
        .Description("Writes the manifests of --model-version, of what serves, or else the newest one, as YAML: for kubectl, KServe or Argo Rollouts")
        .Example("GenerateManifests --registry ghcr.io/acme/models", "what Deploy --environment kubernetes would apply")
        .Example("GenerateManifests --for kserve --model-version 4", "version 4 as the canary of what serves")
        .ReadsState(this, async (session, ct) =>
        {
            RequireOnePipeline("--to", To);
            var choices = ManifestChoices.Of(For, To, Prometheus);
            foreach (var pipeline in Pipelines.Where(pipeline => PickedNames.Contains(pipeline.Name)))
            {
                var policy = pipeline.Specify(new Dictionary<string, string>()).Canary;
                await ManifestFlow.WriteAsync(session, pipeline.Name, policy, ModelVersion, choices, ct);
            }
        });
}
